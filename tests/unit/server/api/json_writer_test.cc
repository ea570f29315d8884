#include "tools/server/api/json_writer.h"

#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include "proto/api.pb.h"
#include "tools/server/api/moments.h"

namespace trede::server {
namespace {

namespace gp = google::protobuf;

api::Gebeurtenis full_event() {
  api::Gebeurtenis event;
  event.set_positie(18446744073709551615U);
  event.set_stream("dossier/x");
  event.set_versie(4294967295U);
  event.set_soort("aan\"mel\\ding\n\x01 é €");
  event.set_geldig_op("2021-01-04");
  (*event.mutable_attributen())["regeling"] = "nug";
  (*event.mutable_attributen())["gemeente"] = "Velsen";
  set_moment(*event.mutable_vastgelegd_op(), Moment{std::chrono::microseconds{1618212456123456}});
  return event;
}

TEST(JsonWriter, WritesWhatTheLibraryReadsBackAsTheSameMessage) {
  api::Tijdlijn timeline;
  *timeline.add_gebeurtenissen() = full_event();
  timeline.add_gebeurtenissen();
  api::Tijdlijn read;
  ASSERT_TRUE(gp::util::JsonStringToMessage(json_of(timeline), &read).ok());
  EXPECT_TRUE(gp::util::MessageDifferencer::Equals(timeline, read));
}

TEST(JsonWriter, FieldsWithoutPresenceAreAlwaysThere) {
  EXPECT_EQ(json_of(api::Rij()), R"({"codes":[]})");
  EXPECT_EQ(json_of(api::StreamVersie()), R"({"stream":"","versie":0})");
}

TEST(JsonWriter, MomentsHaveSixDecimalsAlsoBefore1970) {
  api::Wijziging change;
  set_moment(*change.mutable_bekend_op(), Moment{std::chrono::microseconds{-1}});
  EXPECT_EQ(
      json_of(change),
      R"({"positie":"0","bekendOp":"1969-12-31T23:59:59.999999Z","rijen":[],"vervallen":[]})");
}

TEST(JsonWriter, KeysOfAMapStandInOrder) {
  const std::string text = json_of(full_event());
  EXPECT_NE(text.find(R"("attributen":{"gemeente":"Velsen","regeling":"nug"})"), std::string::npos);
}

}  // namespace
}  // namespace trede::server
