#include "engine/event/event.h"

#include <gtest/gtest.h>

#include <cstdio>

#include "engine/event/recorded.h"
#include "engine/event/without_figures.h"
#include "tests/support/events.h"

namespace trede {
namespace {

using test::dossier;
using test::event_id;

const Envelope kEnvelope{.positie = Position{7},
                         .vastgelegd_op = Moment{std::chrono::microseconds{1'000'000}},
                         .versie = StreamVersion{2},
                         .atomair_index = 0,
                         .atomair_aantal = 1,
                         .import = std::nullopt,
                         .overgenomen_op = std::nullopt};

pb::Event intake() {
  return test::event(dossier(1), event_id(1), "2021-03-31", "intake", {{"uitkomst", "positief"}});
}

std::string stored(const pb::Event& event) {
  return encode_stored(kEnvelope, encode_content(event));
}

std::string code_name(const Error& error) {
  switch (error.code) {
    case ErrorCode::kCorrupt: return "corrupt";
    case ErrorCode::kNewer: return "newer";
    case ErrorCode::kInvalid:
    case ErrorCode::kRefused:
    case ErrorCode::kConflict:
    case ErrorCode::kNotFound:
    case ErrorCode::kLocked:
    case ErrorCode::kIo:
    case ErrorCode::kClock:
    case ErrorCode::kClosed: return "another code";
  }
  return "no code";
}

// "good", or `code: message`.
template <typename Event>
std::string verdict(const Result<Event>& event) {
  return event ? "good" : code_name(event.error()) + ": " + event.error().message;
}

std::string hex(std::string_view bytes) {
  std::string out;
  for (const char byte : bytes) {
    char digits[4];
    std::snprintf(digits, sizeof digits, "%02x", static_cast<unsigned char>(byte));
    out += digits;
  }
  return out;
}

TEST(Encode, StoredBytesAreTheEnvelopeThenTheContent) {
  const std::string content = encode_content(intake());
  // stream_soort 1; stream_id; event_id; geldig_op 18717 (zigzag); body { intake { uitkomst 1 } }
  EXPECT_EQ(hex(content),
            "4001"
            "4a10d0000000000000000000000000000001"
            "5210a0000000000000000000000000000001"
            "58baa402"
            "8201041a020801");
  // positie 7; vastgelegd_op 1000000; versie 2
  const std::string bytes = encode_stored(kEnvelope, content);
  EXPECT_EQ(hex(bytes), "080710c0843d1802" + hex(content));
  const auto again = content_of(bytes);
  ASSERT_TRUE(again);
  EXPECT_EQ(*again, content);
}

TEST(Encode, TheWholeEnvelopeComesBack) {
  Envelope envelope = kEnvelope;
  envelope.atomair_index = 2;
  envelope.atomair_aantal = 3;
  envelope.import = ImportId{event_id(9).uuid};
  envelope.overgenomen_op = Moment{std::chrono::microseconds{5}};
  pb::Event given = intake();
  given.set_actor("wc.12");
  given.set_oorzaak(std::string(event_id(4).uuid.view()));
  const auto event = decode_event(encode_stored(envelope, encode_content(given)));
  ASSERT_TRUE(event) << event.error().message;
  EXPECT_EQ(position_of(*event), Position{7});
  EXPECT_EQ(moment_of(*event), Moment{std::chrono::microseconds{1'000'000}});
  EXPECT_EQ(event->versie(), 2U);
  EXPECT_EQ(stream_of(*event), dossier(1));
  EXPECT_EQ(id_of(*event), event_id(1));
  EXPECT_EQ(day_of(*event), test::day("2021-03-31"));
  EXPECT_EQ(append_first(*event), Position{5});
  EXPECT_EQ(append_last(*event), Position{7});
  EXPECT_EQ(event->import_id(), event_id(9).uuid.view());
  EXPECT_EQ(event->overgenomen_op(), 5);
  EXPECT_EQ(event->actor(), "wc.12");
  EXPECT_EQ(encode_content(*event), encode_content(given));
}

TEST(Encode, AnAppendOfOneIsItsOwnFirstAndLast) {
  const auto event = decode_event(stored(intake()));
  ASSERT_TRUE(event);
  EXPECT_EQ(append_first(*event), Position{7});
  EXPECT_EQ(append_last(*event), Position{7});
  EXPECT_EQ(event->atomair_aantal(), 0U);  // costs no byte
}

TEST(Encode, WhatTheLogGivesIsNoPartOfTheContent) {
  pb::Event given = intake();
  const std::string content = encode_content(given);
  given.set_positie(5);
  given.set_vastgelegd_op(6);
  given.set_versie(7);
  given.set_atomair_index(1);
  given.set_atomair_aantal(2);
  given.set_import_id("0123456789abcdef");
  given.set_overgenomen_op(8);
  EXPECT_EQ(encode_content(given), content);
}

TEST(Encode, TheSameEventGivesTheSameBytes) {
  pb::Event forward;
  set_stream(forward, dossier(1));
  set_id(forward, event_id(1));
  forward.set_geldig_op(18'717);
  *forward.mutable_body() = test::body("intake", {{"uitkomst", "positief"}, {"fase", "kort"}});
  pb::Event backward;
  *backward.mutable_body() = test::body("intake", {{"fase", "kort"}, {"uitkomst", "positief"}});
  backward.set_geldig_op(18'717);
  set_id(backward, event_id(1));
  set_stream(backward, dossier(1));
  EXPECT_EQ(encode_content(forward), encode_content(backward));
}

TEST(SetStream, TheOrganisationHasNoStreamId) {
  pb::Event event = intake();
  set_stream(event, kOrganisatie);
  EXPECT_TRUE(event.stream_id().empty());
  *event.mutable_body() = test::body("afdeling_ingesteld", {{"afdeling", "Groen"}});
  const auto decoded = decode_event(stored(event));
  ASSERT_TRUE(decoded);
  EXPECT_EQ(stream_of(*decoded), kOrganisatie);
}

// An event with one thing changed, and what decoding says of it.
struct DecodeCase {
  const char* name;
  std::function<void(pb::Event&)> change;
  const char* any;    // decode_any
  const char* event;  // decode_event
};

void expect_verdicts(const std::vector<DecodeCase>& cases, const pb::Event& good) {
  for (const auto& [name, change, any, event] : cases) {
    pb::Event changed = good;
    change(changed);
    const std::string bytes = changed.SerializeAsString();
    EXPECT_EQ(verdict(decode_any(bytes)), any) << name;
    EXPECT_EQ(verdict(decode_event(bytes)), event) << name;
    google::protobuf::Arena arena;
    EXPECT_EQ(verdict(decode_recorded(bytes, arena)), event) << name;
  }
}

TEST(Decode, RefusesAnEnvelopeThatNoLogWrote) {
  const auto bytes = [](std::size_t count) { return std::string(count, 'x'); };
  const auto same = [](const char* name, std::function<void(pb::Event&)> change,
                       const char* message) {
    return DecodeCase{name, std::move(change), message, message};
  };
  expect_verdicts(
      {
          same(
              "as it is", [](auto&) {}, "good"),
          same(
              "no position", [](auto& e) { e.clear_positie(); },
              "corrupt: stored event: no positie"),
          same(
              "no version", [](auto& e) { e.clear_versie(); }, "corrupt: stored event: no versie"),
          same(
              "place beyond the append", [](auto& e) { e.set_atomair_index(1); },
              "corrupt: stored event: place outside its atomic append"),
          same(
              "place at the end of the append",
              [](auto& e) {
                e.set_atomair_index(2);
                e.set_atomair_aantal(2);
              },
              "corrupt: stored event: place outside its atomic append"),
          same(
              "an append that begins before the log",
              [](auto& e) {
                e.set_atomair_index(7);
                e.set_atomair_aantal(9);
              },
              "corrupt: stored event: place outside its atomic append"),
          same(
              "import id", [&](auto& e) { e.set_import_id(bytes(15)); },
              "corrupt: stored event: import_id is not 16 bytes"),
          same(
              "no event id", [](auto& e) { e.clear_event_id(); },
              "corrupt: stored event: event_id is not 16 bytes"),
          same(
              "event id", [&](auto& e) { e.set_event_id(bytes(17)); },
              "corrupt: stored event: event_id is not 16 bytes"),
          same(
              "cause", [&](auto& e) { e.set_oorzaak(bytes(1)); },
              "corrupt: stored event: oorzaak is not 16 bytes"),
          same(
              "no stream", [](auto& e) { e.clear_stream_soort(); },
              "corrupt: stored event: no kind of stream"),
          same(
              "stream id", [&](auto& e) { e.set_stream_id(bytes(15)); },
              "corrupt: stored event: stream_id has the wrong length"),
          same(
              "stream id of the organisation",
              [](auto& e) { e.set_stream_soort(pb::STREAM_SOORT_ORGANISATIE); },
              "corrupt: stored event: stream_id has the wrong length"),
          same(
              "a stream of a newer version",
              [](auto& e) { e.set_stream_soort(static_cast<pb::StreamSoort>(4)); },
              "newer: event at positie 7 has an unknown kind of stream; upgrade trede"),
      },
      test::recorded(intake(), 7, 2));
}

TEST(Decode, RefusesADayThatNoEventMayHave) {
  const auto case_of = [](const char* name, std::function<void(pb::Event&)> change,
                          const char* message) {
    return DecodeCase{name, std::move(change), "good", message};
  };
  expect_verdicts(
      {
          case_of(
              "none", [](auto& e) { e.clear_geldig_op(); }, "corrupt: stored event: no geldig_op"),
          case_of(
              "the first", [](auto& e) { e.set_geldig_op(day_number(kFirstDay)); }, "good"),
          case_of(
              "before the first", [](auto& e) { e.set_geldig_op(day_number(kFirstDay) - 1); },
              "corrupt: stored event: geldig_op out of range"),
          case_of(
              "beyond the years", [](auto& e) { e.set_geldig_op(day_number(kMostDay) + 1); },
              "corrupt: stored event: geldig_op out of range"),
          case_of(
              "of an intrekking",
              [](auto& e) {
                *e.mutable_body() = test::intrekking(dossier(1), event_id(2), event_id(1)).body();
              },
              "corrupt: stored event: geldig_op of an intrekking"),
      },
      test::recorded(intake(), 7, 2));
}

TEST(Decode, RefusesCodesThatAreNoneAndThoseOfANewerVersion) {
  const auto case_of = [](const char* name, std::function<void(pb::Event&)> change,
                          const char* message) {
    return DecodeCase{name, std::move(change), "good", message};
  };
  expect_verdicts(
      {
          case_of(
              "zero",
              [](auto& e) {
                e.mutable_body()->mutable_aanmelding()->set_bron(pb::BRON_UNSPECIFIED);
              },
              "corrupt: event at positie 7, aanmelding: bron has code 0, which is never valid"),
          case_of(
              "zero in a list",
              [](auto& e) {
                e.mutable_body()->mutable_aanmelding()->add_doelgroepen(pb::DOELGROEP_UNSPECIFIED);
              },
              "corrupt: event at positie 7, aanmelding: doelgroepen has code 0, which is never "
              "valid"),
          case_of(
              "required and zero",
              [](auto& e) {
                e.mutable_body()->mutable_aanmelding()->set_regeling(pb::REGELING_UNSPECIFIED);
              },
              "corrupt: event at positie 7, aanmelding: regeling is missing"),
          case_of(
              "required text missing",
              [](auto& e) { e.mutable_body()->mutable_aanmelding()->clear_gemeente(); },
              "corrupt: event at positie 7, aanmelding: gemeente is missing"),
          case_of(
              "unknown",
              [](auto& e) {
                e.mutable_body()->mutable_aanmelding()->set_bron(static_cast<pb::Bron>(6));
              },
              "newer: event at positie 7, aanmelding: bron has the unknown code 6; upgrade trede"),
          case_of(
              "unknown in a list",
              [](auto& e) {
                e.mutable_body()->mutable_aanmelding()->add_doelgroepen(
                    static_cast<pb::Doelgroep>(9));
              },
              "newer: event at positie 7, aanmelding: doelgroepen has the unknown code 9; upgrade "
              "trede"),
          case_of(
              "of the enum, but not of this attribute",
              [](auto& e) {
                e.mutable_body()->mutable_aanmelding()->set_regeling(pb::REGELING_WSW);
              },
              "newer: event at positie 7, aanmelding: regeling has the unknown code 9; upgrade "
              "trede"),
          case_of(
              "negative",
              [](auto& e) {
                e.mutable_body()->mutable_aanmelding()->set_bron(static_cast<pb::Bron>(-1));
              },
              "newer: event at positie 7, aanmelding: bron has the unknown code -1; upgrade trede"),
          case_of(
              "confirmed for no reason",
              [](auto& e) { e.set_na_afsluiting(pb::NA_AFSLUITING_UNSPECIFIED); },
              "corrupt: stored event: na_afsluiting has code 0, which is never valid"),
          case_of(
              "confirmed for a reason of a newer version",
              [](auto& e) { e.set_na_afsluiting(static_cast<pb::NaAfsluiting>(5)); },
              "newer: event at positie 7: na_afsluiting has the unknown code 5; upgrade trede"),
          case_of(
              "no body", [](auto& e) { e.clear_body(); }, "corrupt: stored event: no body"),
      },
      test::recorded(test::event(dossier(1), event_id(1), "2021-01-01", "aanmelding",
                                 {{"gemeente", "Alkmaar"}, {"regeling", "ioaw"}}),
                     7, 2));
}

TEST(Decode, RefusesACorrectieOrIntrekkingOfNothing) {
  const auto case_of = [](const char* name, std::function<void(pb::Event&)> change,
                          const char* message) {
    return DecodeCase{name, std::move(change), "good", message};
  };
  expect_verdicts(
      {
          case_of(
              "correctie of no id",
              [](auto& e) { e.mutable_body()->mutable_correctie()->clear_vervangt(); },
              "corrupt: stored event: vervangt is not 16 bytes"),
          case_of(
              "nothing put in place",
              [](auto& e) { e.mutable_body()->mutable_correctie()->clear_door(); },
              "corrupt: stored event: no body"),
          case_of(
              "a code of a newer version put in place",
              [](auto& e) {
                auto& door = *e.mutable_body()->mutable_correctie()->mutable_door();
                door.mutable_intake()->set_uitkomst(static_cast<pb::IntakeUitkomst>(4));
              },
              "newer: event at positie 7, intake: uitkomst has the unknown code 4; upgrade trede"),
          case_of(
              "an intrekking put in place",
              [](auto& e) {
                *e.mutable_body()->mutable_correctie()->mutable_door() = test::body("intrekking");
              },
              "corrupt: stored event: a correctie of a correctie or intrekking"),
          case_of(
              "intrekking of no id",
              [](auto& e) {
                e.clear_geldig_op();
                *e.mutable_body() = test::body("intrekking", {{"reden", "dubbel"}});
              },
              "corrupt: stored event: vervangt is not 16 bytes"),
      },
      test::recorded(test::correctie(dossier(1), event_id(2), event_id(1), "2021-01-01", "intake",
                                     {{"uitkomst", "positief"}}),
                     7, 2));
}

TEST(Decode, AnyPrefixOfAnEventIsNoEvent) {
  const std::string bytes = stored(intake());
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    const std::string cut = bytes.substr(0, length);
    const auto event = decode_event(cut);
    ASSERT_FALSE(event) << length;
    EXPECT_EQ(event.error().code, ErrorCode::kCorrupt) << length;
    google::protobuf::Arena arena;
    EXPECT_EQ(verdict(decode_recorded(cut, arena)), verdict(event)) << length;
  }
  EXPECT_EQ(verdict(decode_event(bytes + std::string(1, '\0'))),
            "corrupt: stored event: not an event");
}

TEST(Decode, TextThatIsNotUtf8IsNoEvent) {
  pb::Event event = intake();
  event.set_actor("wc");
  std::string bytes = stored(event);
  bytes[bytes.find("wc")] = '\xFF';
  EXPECT_EQ(verdict(decode_any(bytes)), "corrupt: stored event: not an event");
}

TEST(Decode, AFieldOfTheEnvelopeStandsOnceAndInFront) {
  const std::string out_of_place =
      "corrupt: stored event: a field of the envelope out of its place";
  const std::string bytes = stored(intake());
  const std::string positie("\x08\x09", 2);
  EXPECT_EQ(verdict(decode_any(bytes + positie)), out_of_place);
  EXPECT_EQ(verdict(decode_any(positie + bytes)), out_of_place);
  const std::string versie("\x18\x01", 2);
  EXPECT_EQ(verdict(decode_any(versie + bytes)), out_of_place);
}

// As an unknown field it would be taken for content, and written behind the envelope.
TEST(Decode, AFieldOfTheEnvelopeHasItsOwnForm) {
  std::string bytes = stored(intake());
  const std::size_t content = bytes.find('\x40');
  for (const std::string& field : {std::string("\x32\x00", 2), std::string("\x35\0\0\0\0", 5),
                                   std::string("\x3a\x01\x01", 3)}) {
    const std::string other = bytes.substr(0, content) + field + bytes.substr(content);
    const bool is_import_id = field[0] == '\x32';
    EXPECT_EQ(verdict(decode_any(other)) ==
                  "corrupt: stored event: a field of the envelope in another form",
              !is_import_id)
        << hex(field);
  }
}

TEST(Decode, AMomentLiesInAYearThatCanBeWritten) {
  Envelope envelope = kEnvelope;
  for (const auto& [moment, is_good] :
       {std::pair(Moment::min(), false), std::pair(Moment::max(), false),
        std::pair(*parse_moment("0001-01-01T00:00:00Z"), true),
        std::pair(*parse_moment("9999-12-31T23:59:59.999999Z"), true)}) {
    envelope.vastgelegd_op = moment;
    EXPECT_EQ(verdict(decode_any(encode_stored(envelope, encode_content(intake())))) ==
                  "corrupt: stored event: a moment outside the years 1 to 9999",
              !is_good);
  }
}

TEST(ContentOf, RefusesWhatHasNone) {
  const std::string envelope = encode_stored(kEnvelope, "");
  for (const std::string& bytes : {std::string{}, envelope, std::string("\x0A\x05y", 3)}) {
    const auto content = content_of(bytes);
    ASSERT_FALSE(content) << hex(bytes);
    EXPECT_EQ(content.error().code, ErrorCode::kCorrupt);
  }
}

TEST(NewerVersion, AnUnknownKindIsNamedNotDropped) {
  pb::Event event = intake();
  event.clear_body();
  event.mutable_body()
      ->GetReflection()
      ->MutableUnknownFields(event.mutable_body())
      ->AddLengthDelimited(99, "of a later day");
  const std::string content = encode_content(event);
  const std::string bytes = encode_stored(kEnvelope, content);
  EXPECT_EQ(verdict(decode_event(bytes)),
            "newer: event at positie 7 is of an unknown kind; upgrade trede");
  const auto any = decode_any(bytes);
  ASSERT_TRUE(any);
  EXPECT_EQ(encode_content(*any), content);
  EXPECT_EQ(verdict(check_known(*any).has_value() ? Result<pb::Event>(*any)
                                                  : Result<pb::Event>(check_known(*any).error())),
            "newer: event at positie 7 is of an unknown kind; upgrade trede");
}

TEST(NewerVersion, UnknownAttributesSurviveByteForByte) {
  pb::Event event = intake();
  const auto add = [](google::protobuf::Message* message, int number) {
    message->GetReflection()->MutableUnknownFields(message)->AddVarint(number, 5);
  };
  add(event.mutable_body()->mutable_intake(), 30);
  add(event.mutable_body(), 200);
  add(&event, 60);
  const std::string content = encode_content(event);
  const auto decoded = decode_event(encode_stored(kEnvelope, content));
  ASSERT_TRUE(decoded) << decoded.error().message;
  EXPECT_EQ(encode_content(*decoded), content);
  EXPECT_NE(content, encode_content(intake()));
}

// What a fold keeps of a frozen report, also of one that a correctie puts in place.
TEST(WithoutFigures, LeavesThemOutAndAllElseAsItIs) {
  pb::Body frozen = test::body("rapport_vastgesteld", {{"rapport", "kwartaal"},
                                                       {"periode", "2021-Q1"},
                                                       {"definitie", "1"},
                                                       {"catalogus", "1"},
                                                       {"bekend_positie", "1"},
                                                       {"boomkop", std::string(64, '7')}});
  frozen.mutable_rapport_vastgesteld()->set_cijfers(std::string(100'000, 'x'));
  pb::Event events[] = {intake(), intake(), intake()};
  *events[1].mutable_body() = frozen;
  auto& correctie = *events[2].mutable_body()->mutable_correctie();
  correctie.set_vervangt(std::string(16, 'v'));
  *correctie.mutable_door() = frozen;
  for (const pb::Event& event : events) {
    const std::string bytes = stored(event);
    google::protobuf::Arena arena;
    const auto whole = decode_recorded(bytes, arena);
    const auto light = decode_without_figures(bytes, arena);
    ASSERT_TRUE(whole);
    ASSERT_TRUE(light);
    EXPECT_EQ(light->position, whole->position);
    EXPECT_EQ(light->id, whole->id);
    EXPECT_EQ(light->geldig_op, whole->geldig_op);
    pb::Body expected = *whole->body;
    pb::Body& placed =
        expected.has_correctie() ? *expected.mutable_correctie()->mutable_door() : expected;
    if (placed.has_rapport_vastgesteld()) {
      EXPECT_EQ(placed.rapport_vastgesteld().cijfers().size(), 100'000U);
      placed.mutable_rapport_vastgesteld()->clear_cijfers();
    }
    EXPECT_EQ(light->body->SerializeAsString(), expected.SerializeAsString());
  }
  google::protobuf::Arena arena;
  const std::string cut = stored(events[1]).substr(0, 50'000);
  EXPECT_EQ(verdict(decode_without_figures(cut, arena)), verdict(decode_recorded(cut, arena)));
}

}  // namespace
}  // namespace trede
