// Files of stored events that were tampered with: whoever made them, the rules are not passed by.
#include <gtest/gtest.h>

#include "tests/support/events.h"
#include "tests/unit/tools/program.h"
#include "tools/trede/rows/event_json.h"

namespace trede::tool {
namespace {

using test::Attributes;

class StoredImport : public testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(program_.run({"init", "--data", program_.data()}).status, 0); }

  // The line of the next event of dossier K, as an export would have it.
  void add(std::string_view soort, Attributes attributes) {
    const auto event =
        test::event(test::dossier(1), test::event_id(++position_), "2021-01-04", soort, attributes);
    add(encode_stored(test::recorded(event, position_, position_)));
  }
  void add(const std::string& stored) {
    lines_ += event_json_line(stored, *decode_any(stored), "K");
  }
  static std::string encode_stored(const pb::Event& event) { return event.SerializeAsString(); }

  test::ProgramRan import(const std::string& rest = "") {
    program_.write("in.ndjson", lines_ + rest);
    return program_.run({"import", program_.path("in.ndjson"), "--data", program_.data()});
  }
  void expect_bad(const test::ProgramRan& ran, const std::string& says) {
    EXPECT_EQ(ran.status, 2);
    EXPECT_TRUE(ran.err.contains(program_.path("in.ndjson") + says)) << ran.err;
    EXPECT_EQ(program_.run({"export", "--data", program_.data()}).out, "");
  }

  test::Program program_;
  std::string lines_;
  std::uint64_t position_ = 0;
};

TEST_F(StoredImport, TakesWhatFoldsClean) {
  add("aanmelding", {{"gemeente", "A"}, {"regeling", "ww"}});
  add("intake", {{"uitkomst", "positief"}});
  add("traject_start", {{"trede", "4"}});
  const auto ran = import();
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(program_.run({"verify", "--data", program_.data()}).status, 0);
}

TEST_F(StoredImport, AHistoryThatCannotBeTrueIsRefusedAtItsLine) {
  add("aanmelding", {{"gemeente", "A"}, {"regeling", "ww"}});
  add("intake", {{"uitkomst", "negatief"}});
  add("traject_start", {{"trede", "4"}});
  expect_bad(import(), ":3: soort: niet_wachtend: Traject start op 04-01-2021 kan niet: ");
}

TEST_F(StoredImport, EveryLineThatIsNoEventIsNamed) {
  add("aanmelding", {{"gemeente", "A"}, {"regeling", "ww"}});
  const auto ran = import("rubbish\n{}\n");
  expect_bad(ran, ":2: json: ");
  expect_bad(ran, ":3: bytes: ");
}

TEST_F(StoredImport, AClockThatStandsBackIsBlamedBeforeADayIsJudged) {
  add("aanmelding", {{"gemeente", "A"}, {"regeling", "ww"}});
  ASSERT_EQ(import().status, 0);
  program_.clock.set(Moment{Day{std::chrono::year{2020} / 1 / 1}});
  const auto ran = program_.run({"record", "--data", program_.data(), "--stream", "dossier/K",
                                 "--soort", "intake_gestart", "--geldig-op", "2021-01-05"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_TRUE(ran.err.contains("the clock stands at 2020-01-01T00:00:00")) << ran.err;
}

}  // namespace
}  // namespace trede::tool
