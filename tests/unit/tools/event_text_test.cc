#include <gtest/gtest.h>

#include "tests/support/events.h"
#include "tools/trede/rows/event_csv.h"
#include "tools/trede/rows/event_json.h"

namespace trede::tool {
namespace {

// The stored bytes of an event at `position`.
std::string stored(const pb::Event& event, std::uint64_t position) {
  Envelope envelope;
  envelope.positie = Position{position};
  envelope.vastgelegd_op = Moment{std::chrono::microseconds{1'600'000'000'000'000}};
  envelope.versie = StreamVersion{1};
  return encode_stored(envelope, encode_content(event));
}

pb::Event aanmelding() {
  pb::Event event = test::event(test::dossier(1), test::event_id(1), "2021-01-04", "aanmelding",
                                {{"gemeente", "Velsen"},
                                 {"regeling", "ioaw"},
                                 {"doelgroepen", "statushouder|jongere"},
                                 {"geboortejaar", "1980"}});
  event.set_actor("wc7");
  return event;
}

std::string json_of(const std::string& bytes, std::string_view key = "K1") {
  return event_json_line(bytes, *decode_any(bytes), key);
}

// The line without `"bytes":...`.
std::string readable(const std::string& line) { return line.substr(0, line.find(",\"bytes\"")); }

TEST(EventJson, SaysWhatTheEventIs) {
  EXPECT_EQ(readable(json_of(stored(aanmelding(), 3))),
            "{\"key\":\"K1\",\"positie\":3,\"vastgelegd_op\":\"2020-09-13T12:26:40.000000Z\","
            "\"stream_id\":\"dossier/d0000000-0000-0000-0000-000000000001\",\"versie\":1,"
            "\"event_id\":\"a0000000-0000-0000-0000-000000000001\",\"geldig_op\":\"2021-01-04\","
            "\"actor\":\"wc7\",\"soort\":\"aanmelding\",\"attributen\":{\"gemeente\":\"Velsen\","
            "\"regeling\":\"ioaw\",\"doelgroepen\":[\"statushouder\",\"jongere\"],"
            "\"geboortejaar\":1980}");
}

TEST(EventJson, SaysWhyItWasRecordedAfterClosing) {
  pb::Event event = aanmelding();
  event.set_na_afsluiting(pb::NA_AFSLUITING_CONTROLE);
  EXPECT_TRUE(
      json_of(stored(event, 3)).contains("\"actor\":\"wc7\",\"na_afsluiting\":\"controle\""));
}

TEST(EventJson, EveryFormReadsBackToTheSameBytes) {
  const pb::Event intrekking =
      test::intrekking(test::dossier(1), test::event_id(2), test::event_id(1));
  const pb::Event correctie = test::correctie(
      test::dossier(1), test::event_id(3), test::event_id(1), "2021-01-05", "dienstverband_start",
      {{"dienstverband", "ambtelijk"}, {"afdeling", "Groen west"}, {"deeltijdfactor", "0.8"}});
  const pb::Event boeking = test::event(kOrganisatie, test::event_id(4), "2021-01-05", "boeking",
                                        {{"programma", "6.4"},
                                         {"soort_bedrag", "lasten"},
                                         {"bedrag_eurocent", "-999999999999999999"},
                                         {"periode", "2021"}});
  pb::Event confirmed = aanmelding();
  confirmed.set_na_afsluiting(pb::NA_AFSLUITING_HERSTEL);
  const std::string head(64, '7');
  const pb::Event rapport =
      test::event(kOrganisatie, test::event_id(5), "2021-04-15", "rapport_vastgesteld",
                  {{"rapport", "p-en-c"},
                   {"periode", "2021-01-01/2021-03-31"},
                   {"definitie", "2"},
                   {"catalogus", "5"},
                   {"bekend_positie", "999999999999999999"},
                   {"boomkop", head},
                   {"cijfers", "AP8="}});
  for (const pb::Event& event :
       {aanmelding(), intrekking, correctie, boeking, confirmed, rapport}) {
    const std::string bytes = stored(event, 3);
    const bool has_key = event.stream_soort() != pb::STREAM_SOORT_ORGANISATIE;
    const auto parsed = parse_event_json(json_of(bytes, has_key ? "K1" : ""));
    ASSERT_TRUE(std::holds_alternative<JsonEvent>(parsed)) << std::get<ColumnFlaw>(parsed).message;
    EXPECT_EQ(std::get<JsonEvent>(parsed).bytes, bytes);
    EXPECT_EQ(std::get<JsonEvent>(parsed).key, has_key ? "K1" : "");
  }
}

// The stored bytes of an event with a kind of a newer version (field 100 of the body).
std::string newer_kind(std::uint64_t position) {
  pb::Event event = aanmelding();
  event.mutable_body()->Clear();
  event.mutable_body()
      ->GetReflection()
      ->MutableUnknownFields(event.mutable_body())
      ->AddLengthDelimited(100)
      ->assign("\x08\x01");
  return stored(event, position);
}

TEST(EventJson, KindOfANewerVersionSurvives) {
  const std::string bytes = newer_kind(3);
  const std::string line = json_of(bytes);
  EXPECT_EQ(line.find("soort"), std::string::npos);
  const auto parsed = parse_event_json(line);
  ASSERT_TRUE(std::holds_alternative<JsonEvent>(parsed));
  EXPECT_EQ(std::get<JsonEvent>(parsed).bytes, bytes);
}

TEST(EventJson, WhatANewerVersionSaysAboutItsKindIsNotDoubted) {
  std::string line = json_of(newer_kind(3));
  line.insert(1, "\"soort\":\"uitgevonden_in_2031\",\"attributen\":{\"x\":1},");
  EXPECT_TRUE(std::holds_alternative<JsonEvent>(parse_event_json(line)));
}

TEST(EventJson, ReadablePartThatDisagreesIsRefused) {
  const std::string good = json_of(stored(aanmelding(), 3));
  const std::vector<std::array<std::string, 3>> table = {
      {"\"positie\":3", "\"positie\":4", "positie"},
      {"2020-09-13T12", "2020-09-13T13", "vastgelegd_op"},
      {"dossier/d0", "dossier/d1", "stream_id"},
      {"\"versie\":1", "\"versie\":2", "versie"},
      {"\"a0000000", "\"a1000000", "event_id"},
      {"2021-01-04", "2021-01-05", "geldig_op"},
      {"wc7", "wc8", "actor"},
      {"aanmelding", "intake", "soort"},
      {"Velsen", "Beverwijk", "attributen"},
      {"1980}", "1981}", "attributen"},
      {"\"actor\"", "\"vervangt\"", "vervangt"},
      {"\"key\":\"K1\"", "\"key\":\"K 1\"", "key"},
      {"\"key\":\"K1\"", "\"key\":1", "key"},
      {"\"bytes\"", "\"byte\"", "bytes"},
      {"\"bytes\":\"", "\"bytes\":\"!", "bytes"},
      {"\"bytes\":\"", "\"bytes\":\"AAAA", "bytes"},
      {"{\"key\"", "[\"key\"", "json"},
  };
  for (const auto& [from, to, member] : table) {
    std::string line = good;
    line.replace(line.find(from), from.size(), to);
    const auto parsed = parse_event_json(line);
    ASSERT_TRUE(std::holds_alternative<ColumnFlaw>(parsed)) << to;
    EXPECT_EQ(std::get<ColumnFlaw>(parsed).column, member) << to;
  }
}

TEST(EventJson, OrganisationHasNoKey) {
  const pb::Event event = test::event(kOrganisatie, test::event_id(4), "2021-01-05",
                                      "afdeling_ingesteld", {{"afdeling", "Groen"}});
  const auto parsed = parse_event_json(json_of(stored(event, 1), "K1"));
  ASSERT_TRUE(std::holds_alternative<ColumnFlaw>(parsed));
  EXPECT_EQ(std::get<ColumnFlaw>(parsed).column, "key");
}

// Line n of CSV as cells; no cell of these tests has a separator in it.
std::string cells_of(const pb::Event& event, std::string_view key) {
  const auto line = EventCsv({soort_of_row(event)}).line(event, key, "");
  if (!line) return "error: " + line.error().message;
  return line->substr(0, line->find_last_not_of(",\n") + 1);
}

TEST(EventCsv, HasTheColumnsOfTheEnvelopeThenTheAttributesOfItsKinds) {
  EXPECT_EQ(EventCsv({Soort::kTrajectStart, Soort::kAanmelding}).header(),
            "stream,soort,geldig_op,vastgelegd_op,event_id,actor,vervangt,groep,gemeente,regeling,"
            "doelgroepen,bron,geboortejaar,trede,vorm\n");
}

TEST(EventCsv, LeavesTheColumnsOfOtherKindsEmpty) {
  const EventCsv csv({Soort::kAanmelding, Soort::kAfdelingIngesteld});
  const auto event = test::recorded(test::event(kOrganisatie, test::event_id(4), "2021-01-05",
                                                "afdeling_ingesteld", {{"afdeling", "Groen"}}),
                                    1);
  EXPECT_TRUE(csv.line(event, "", "")->ends_with(",,,,,,,,Groen\n"));
}

TEST(EventCsv, ReasonAfterClosingStandsBehindTheGroepWhereThereIsAColumnForIt) {
  auto event = *decode_any(stored(aanmelding(), 3));
  const EventCsv csv({Soort::kAanmelding}, true);
  EXPECT_TRUE(csv.header().contains(",groep,na_afsluiting,gemeente,"));
  EXPECT_TRUE(csv.line(event, "K1", "g3")->contains(",g3,,Velsen,"));
  event.set_na_afsluiting(pb::NA_AFSLUITING_NAGEKOMEN);
  EXPECT_TRUE(csv.line(event, "K1", "g3")->contains(",g3,nagekomen,Velsen,"));
}

TEST(EventCsv, CorrectieHasTheAttributesOfWhatStandsIn) {
  const auto event =
      test::recorded(test::correctie(test::dossier(1), test::event_id(4), test::event_id(1),
                                     "2021-01-05", "abc_meting", {{"afstand", "kort"}}),
                     2);
  EXPECT_EQ(soort_of_row(event), Soort::kAbcMeting);
  EXPECT_TRUE(cells_of(event, "K1").ends_with(",kort"));
}

TEST(EventCsv, RowSaysWhatTheEventIs) {
  const auto event = decode_any(stored(aanmelding(), 3));
  EXPECT_EQ(cells_of(*event, "K1"),
            "dossier/K1,aanmelding,2021-01-04,2020-09-13T12:26:40.000000Z,"
            "a0000000-0000-0000-0000-000000000001,wc7,,,Velsen,ioaw,statushouder|jongere,,1980");
}

TEST(EventCsv, StreamWithoutKeyIsWrittenWithItsId) {
  const auto event = decode_any(stored(aanmelding(), 3));
  EXPECT_TRUE(cells_of(*event, "").starts_with("dossier/d0000000-0000-0000-0000-000000000001,"));
}

// The cells `groep` of the rows that come out for appends of as many events as `sizes` has, from
// position 7 on; event n is of dossier n / `share`.
std::string groepen(const std::vector<std::uint32_t>& sizes, std::uint64_t share) {
  const EventCsv csv({Soort::kAanmelding});
  AppendCsv rows(csv);
  std::string out;
  std::uint64_t position = 7;
  for (const std::uint32_t size : sizes) {
    for (std::uint32_t index = 0; index < size; ++index, ++position) {
      auto event = *decode_any(stored(aanmelding(), position));
      set_stream(event, test::dossier((position - 7) / share));
      event.set_atomair_index(index);
      event.set_atomair_aantal(size);
      const auto text = rows.add(event, "K1");
      EXPECT_EQ(text->empty(), index + 1 < size);
      for (std::size_t at = 0; (at = text->find(",wc7,,", at)) != std::string::npos;) {
        at += std::string_view(",wc7,,").size();
        out += text->substr(at, text->find(',', at) - at) + "\n";
      }
    }
  }
  return out;
}

TEST(AppendCsv, EventsAppendedTogetherShareAGroep) {
  EXPECT_EQ(groepen({1, 2, 1, 3}, 100), "\ng8\ng8\n\ng11\ng11\ng11\n");
}

TEST(AppendCsv, GroepOverSeveralStreamsSaysSo) {
  EXPECT_EQ(groepen({1, 2, 3}, 1), "\n@g8\n@g8\n@g10\n@g10\n@g10\n");
  EXPECT_EQ(groepen({2, 2, 4}, 2), "g7\ng7\ng9\ng9\n@g11\n@g11\n@g11\n@g11\n");
}

TEST(EventCsv, KindOfANewerVersionCannotBeWritten) {
  const auto line = EventCsv({Soort::kAanmelding}).line(*decode_any(newer_kind(3)), "K1", "");
  ASSERT_FALSE(line);
  EXPECT_EQ(line.error().code, ErrorCode::kNewer);
}

}  // namespace
}  // namespace trede::tool
