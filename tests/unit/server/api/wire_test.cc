#include "tools/server/api/wire.h"

#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include "proto/api.pb.h"
#include "tools/server/api/endpoint.h"
#include "tools/server/api/strict_json.h"

namespace trede::server {
namespace {

// Where the body is wrong; empty when it is not.
std::string flaw_of(std::string_view body) {
  api::Vastlegging message;
  const auto read = read_message(kJson, body, message);
  return read ? "" : read.error().says.fouten(0).plaats();
}

TEST(ReadJson, AGoodMessageIsRead) {
  api::Vastlegging message;
  ASSERT_TRUE(read_message(kJson, R"({"gebeurtenissen":[{"soort":"uitstroom",
      "geldigOp":"2021-03-30","attributen":{"reden":"verhuizing"}}]})",
                           message)
                  .has_value());
  EXPECT_EQ(message.gebeurtenissen(0).attributen().at("reden"), "verhuizing");
}

// An empty element takes two or three bytes in a body, and some hundreds in memory.
TEST(ReadMessage, MoreElementsThanGoInAtOnceAreRefusedBeforeTheyTakeMemory) {
  const auto json = [](std::size_t count) {
    std::string out = R"({"gebeurtenissen":[)";
    for (std::size_t i = 1; i < count; ++i) out += "{},";
    return out + "{}]}";
  };
  const auto wire = [](std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out += std::string("\x0a\x00", 2);
    return out;
  };
  const auto says = [](std::string_view type, const std::string& body) {
    api::Vastlegging message;
    const auto read = read_message(type, body, message);
    return read ? "" : read.error().says.detail();
  };
  const std::string too_many = "body: more than 150000 elements of lists in all";
  const std::string read = "gebeurtenissen[0].soort: missing, expected a value";
  EXPECT_EQ(says(kJson, json(150'000)), read);
  EXPECT_EQ(says(kJson, json(150'001)), too_many);
  EXPECT_EQ(says(kProtobuf, wire(150'000)), read);
  EXPECT_EQ(says(kProtobuf, wire(150'001)), too_many);
}

TEST(ReadMessage, ElementsOfMapsCountWithThoseOfLists) {
  std::string json = R"({"gebeurtenissen":[{"attributen":{)";
  for (int i = 1; i < 150'000; ++i) json += '"' + std::to_string(i) + R"(":"",)";
  json += R"("a":""}}]})";
  api::Vastlegging message;
  const auto read = read_message(kJson, json, message);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().says.detail(), "body: more than 150000 elements of lists in all");
}

TEST(ReadProtobuf, AFieldThatTheMessageDoesNotHaveIsRefusedWhereverItStands) {
  const std::string_view bodies[] = {
      {"\x78\x00", 2},          // field 15
      {"\x0b\x0c", 2},          // a group
      {"\x08\x07", 2},          // gebeurtenissen as a number
      {"\x0a\x02\x78\x00", 4},  // in the first of them
      {"\x0a\x02\x08\x07", 4},  // its soort as a number
  };
  for (const std::string_view body : bodies) {
    api::Vastlegging message;
    const auto read = read_message(kProtobuf, body, message);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().says.detail(), "body: has a field that is not known here");
  }
  for (const std::string_view cut : {std::string_view("\x0a\x05\x0a", 3), {"\x0a", 1}, {"\0", 1}}) {
    api::Vastlegging message;
    const auto read = read_message(kProtobuf, cut, message);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().says.detail(),
              "body: not a message of this endpoint, or text in it that is not UTF-8");
  }
}

TEST(ReadJson, EachFlawIsNamedByItsPlace) {
  const std::pair<std::string, std::string_view> cases[] = {
      {"", "body"},
      {"[]", "body"},
      {"7", "body"},
      {"{", "body"},
      {"{} {}", "body"},
      {"{'gebeurtenissen':[]}", "body"},
      {R"({"gebeurtenissen":[],})", "body"},
      {std::string(R"({"gebeurtenissen":")") + "\xff\"}", "body"},
      {std::string(40, '[') + std::string(40, ']'), "body"},
      {R"({"onbekend":1})", "onbekend"},
      {R"({"gebeurtenissen":[{"soort":"a","onbekend":1}]})", "gebeurtenissen[0].onbekend"},
      {R"({"gebeurtenissen":[],"gebeurtenissen":[]})", "gebeurtenissen"},
      {R"({"gebeurtenissen":[{"soort":"a","geldigOp":"x","geldig_op":"y"}]})",
       "gebeurtenissen[0].geldig_op"},
      {R"({"gebeurtenissen":[{"soort":"a","attributen":{"x":"1","x":"2"}}]})",
       "gebeurtenissen[0].attributen.x"},
      {R"({"gebeurtenissen":[]})", "gebeurtenissen"},
      {R"({"gebeurtenissen":[{"geldigOp":"2021-01-01"}]})", "gebeurtenissen[0].soort"},
  };
  for (const auto& [body, place] : cases) EXPECT_EQ(flaw_of(body), place) << body;
}

// `place: what was found, what was expected`; empty when there is no flaw.
template <typename Message>
std::string words_for(std::string_view body) {
  Message message;
  const auto read = read_message(kJson, body, message);
  if (read) return "";
  const auto& flaw = read.error().says.fouten(0);
  return flaw.plaats() + ": " + flaw.melding();
}

TEST(ReadJson, AValueOfAnotherKindIsToldWithItsPlaceAndWhatWasExpected) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {R"({"gebeurtenissen":{}})", "gebeurtenissen: found an object, expected a list [...]"},
      {R"({"gebeurtenissen":"x"})", "gebeurtenissen: found a text, expected a list [...]"},
      {R"({"gebeurtenissen":[7]})", "gebeurtenissen[0]: found a number, expected an object {...}"},
      {R"({"gebeurtenissen":[null]})", "gebeurtenissen[0]: found null, expected an object {...}"},
      {R"({"gebeurtenissen":[{"soort":"a"},[]]})",
       "gebeurtenissen[1]: found a list, expected an object {...}"},
      {R"({"gebeurtenissen":[{"soort":7}]})",
       "gebeurtenissen[0].soort: found a number, expected a text"},
      {R"({"gebeurtenissen":[{"soort":true}]})",
       "gebeurtenissen[0].soort: found true or false, expected a text"},
      {R"({"gebeurtenissen":[{"soort":"a"},{"soort":["a"]}]})",
       "gebeurtenissen[1].soort: found a list, expected a text"},
      {R"({"gebeurtenissen":[{"soort":"a","attributen":[]}]})",
       "gebeurtenissen[0].attributen: found a list, expected an object {...}"},
      {R"({"gebeurtenissen":[{"soort":"a","attributen":{"x":[1]}}]})",
       "gebeurtenissen[0].attributen.x: found a list, expected a text"},
      {R"({"gebeurtenissen":[{"soort":"a","attributen":{"w":"1","x":{}}}]})",
       "gebeurtenissen[0].attributen.x: found an object, expected a text"},
      {R"({"gebeurtenissen":[{"soort":"a","attributen":{"x":null}}]})",
       "gebeurtenissen[0].attributen.x: found null, expected a text"},
  };
  for (const auto& [body, words] : cases) EXPECT_EQ(words_for<api::Vastlegging>(body), words);
}

TEST(ReadJson, AnUnknownNameIsToldWithThoseThatThereAre) {
  EXPECT_EQ(words_for<api::NieuweSessie>(R"({"actor":"a","password":"b"})"),
            "password: unknown, expected one of actor, wachtwoord");
}

TEST(ReadJson, NullIsAFieldThatIsLeftOut) {
  EXPECT_EQ(words_for<api::Vastlegging>(
                R"({"gebeurtenissen":[{"soort":"a","geldigOp":null,"attributen":null}]})"),
            "");
  EXPECT_EQ(words_for<api::Vastlegging>(R"({"gebeurtenissen":null})"),
            "gebeurtenissen: missing, expected a value");
}

std::string with_version(std::string_view number) {
  return R"({"delen":[{"stream":"organisatie","versie":)" + std::string(number) +
         R"(,"gebeurtenissen":[{"soort":"a"}]}]})";
}

TEST(ReadJson, NumbersOutOfRangeAreRefused) {
  constexpr std::string_view kWhole = "a whole number from 0 to 4294967295";
  for (const char* number : {"4294967296", "-1", "1.5", "1e400", "18446744073709551616"}) {
    EXPECT_EQ(words_for<api::Groep>(with_version(number)),
              "delen[0].versie: found another number, expected " + std::string(kWhole))
        << number;
  }
  for (const char* text : {"\"x\"", "\"\"", "\"1.5\"", "\"4294967296\"", "\" 1\"",
                           "\"0000000000000000000000000000001\""}) {
    EXPECT_EQ(words_for<api::Groep>(with_version(text)),
              "delen[0].versie: found a text, expected " + std::string(kWhole))
        << text;
  }
}

TEST(ReadJson, AWholeNumberIsReadHoweverItIsWritten) {
  for (const char* number : {"7", "\"7\"", "7.0", "70e-1"}) {
    api::Groep message;
    ASSERT_TRUE(read_message(kJson, with_version(number), message).has_value()) << number;
    EXPECT_EQ(message.delen(0).versie(), 7U) << number;
  }
}

// Of `type` and of all that it holds.
void expect_all_read(const google::protobuf::Descriptor& type) {
  for (int i = 0; i < type.field_count(); ++i) {
    const google::protobuf::FieldDescriptor& field = *type.field(i);
    EXPECT_TRUE(is_read_from_json(field)) << field.full_name();
    const bool has_own = field.cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE;
    if (has_own && !field.is_map()) expect_all_read(*field.message_type());
  }
}

TEST(ReadJson, EveryFieldThatIsSentIsOfAKindThatIsRead) {
  std::size_t requests = 0;
  for (const Endpoint& endpoint : endpoints()) {
    if (endpoint.request == nullptr) continue;
    ++requests;
    expect_all_read(*endpoint.request);
  }
  EXPECT_GE(requests, 7U);
  EXPECT_FALSE(is_read_from_json(*api::Sessie::descriptor()->FindFieldByName("tot")));
}

TEST(ReadJson, IsReadAsTheProtobufLibraryReadsIt) {
  const std::string_view bodies[] = {
      R"({"delen":[]})",
      R"({"delen":[{"stream":"organisatie","gebeurtenissen":[{"soort":"a"},{"soort":"b",
          "geldigOp":"2021-03-30","attributen":{"y":"","x":"1"},"vervangt":"v","oorzaak":"o"}]},
          {"stream":"dossier/x","versie":7},{"stream":"s","versie":"8"},{"versie":0}]})",
      R"({"delen":[{"stream":null,"versie":null,"gebeurtenissen":null}]})",
      R"({"delen":[{"stream":"\u00e9\ud83d\ude00\n\"\\ é 😀","versie":4294967295}]})",
      R"({"delen":[{"gebeurtenissen":[{"geldig_op":"x","na_afsluiting":"y","event_id":"z"}]}]})",
      R"({"delen":[{"gebeurtenissen":[{"attributen":{"":"leeg","\u0000":"\u0000"}}]}]})",
      R"({"delen":[{"versie":7.0},{"versie":7e0}]})",
  };
  for (const std::string_view body : bodies) {
    api::Groep ours;
    ASSERT_TRUE(read_strict_json(body, ours).has_value()) << body;
    api::Groep theirs;
    const auto read = google::protobuf::util::JsonStringToMessage(std::string(body), &theirs);
    ASSERT_TRUE(read.ok()) << body << ": " << read.ToString();
    EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(ours, theirs))
        << body << "\n"
        << ours.DebugString() << theirs.DebugString();
  }
}

TEST(ReadProtobuf, UnknownFieldsAndWhatIsNoMessageAreRefused) {
  api::Vastlegging good;
  good.add_gebeurtenissen()->set_soort("uitstroom");
  api::Vastlegging read;
  EXPECT_TRUE(read_message(kProtobuf, good.SerializeAsString(), read).has_value());
  EXPECT_EQ(read.gebeurtenissen(0).soort(), "uitstroom");
  const std::string bytes = good.SerializeAsString();
  EXPECT_FALSE(read_message(kProtobuf, bytes + "\x78\x01", read).has_value());  // field 15
  EXPECT_FALSE(read_message(kProtobuf, bytes.substr(0, bytes.size() - 1), read).has_value());
  // Two fields of length 1 around what is no UTF-8.
  EXPECT_FALSE(read_message(kProtobuf, "\x0a\x03\x0a\x01\xff", read).has_value());
}

TEST(MediaType, IsReadWithoutItsParameters) {
  EXPECT_EQ(media_type_of("Application/JSON; charset=UTF-8"), "application/json");
  EXPECT_EQ(media_type_of("application/json"), "application/json");
  EXPECT_EQ(media_type_of("application/json; charset=latin1"), std::nullopt);
  EXPECT_EQ(media_type_of(""), std::nullopt);
}

TEST(MediaType, AcceptChoosesByQualityThenByOurOrder) {
  const std::vector<std::string> produced = {"application/json", "application/x-protobuf"};
  const std::pair<std::string_view, std::optional<std::string>> cases[] = {
      {"", "application/json"},
      {"*/*", "application/json"},
      {"application/*", "application/json"},
      {"application/x-protobuf", "application/x-protobuf"},
      {"application/json;q=0.5, application/x-protobuf", "application/x-protobuf"},
      {"application/json;q=0, */*", "application/x-protobuf"},
      {"text/html", std::nullopt},
      {"application/json;q=0", std::nullopt},
      {"application/json;q=x", std::nullopt},
  };
  for (const auto& [accept, chosen] : cases) {
    EXPECT_EQ(choose_media_type(accept, produced), chosen) << accept;
  }
}

}  // namespace
}  // namespace trede::server
