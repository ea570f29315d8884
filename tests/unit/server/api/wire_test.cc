#include "tools/server/api/wire.h"

#include <gtest/gtest.h>

#include "proto/api.pb.h"

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
      {R"({"gebeurtenissen":[{"soort":"a","geldigOp":"x","geldig_op":"y"}]})", "geldig_op"},
      {R"({"gebeurtenissen":[{"soort":"a","attributen":{"x":"1","x":"2"}}]})", "x"},
      {R"({"gebeurtenissen":[]})", "gebeurtenissen"},
      {R"({"gebeurtenissen":[{"geldigOp":"2021-01-01"}]})", "gebeurtenissen[0].soort"},
  };
  for (const auto& [body, place] : cases) EXPECT_EQ(flaw_of(body), place) << body;
}

TEST(ReadJson, ValuesOfAnotherTypeAreRefused) {
  for (const char* body : {R"({"gebeurtenissen":{}})", R"({"gebeurtenissen":[7]})",
                           R"({"gebeurtenissen":[{"soort":7}]})",
                           R"({"gebeurtenissen":[{"soort":"a","attributen":{"x":[1]}}]})"}) {
    EXPECT_NE(flaw_of(body), "") << body;
  }
}

TEST(ReadJson, NumbersOutOfRangeAreRefused) {
  for (const char* number : {"4294967296", "-1", "1.5", "1e400", "\"x\""}) {
    api::Groep message;
    const std::string body = R"({"delen":[{"stream":"organisatie","versie":)" +
                             std::string(number) + R"(,"gebeurtenissen":[{"soort":"a"}]}]})";
    EXPECT_FALSE(read_message(kJson, body, message).has_value()) << number;
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
