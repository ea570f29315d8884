// What an Api tells who looks after the server, and what it makes of what cannot be.
#include <mutex>
#include <stdexcept>
#include <thread>

#include "engine/sqlite/sqlite_file.h"
#include "tests/unit/server/api/api_fixture.h"

namespace trede::test {
namespace {

class WatchedTest : public ApiFixture {
 protected:
  WatchedTest() {
    const auto let_in = [this](const server::Credentials&) -> Result<server::Identity> {
      if (throws_) throw std::runtime_error("no memory");
      let_in_by_ = std::this_thread::get_id();
      return identities_.at(who_);
    };
    server::ApiParts parts{.folder = *folder_,
                           .recorder = *recorder_,
                           .projections = *projections_,
                           .clock = clock_,
                           .random = random_,
                           .pool = pool_.get_executor(),
                           .authenticate = let_in};
    parts.on_refused = [this](const std::string& rule) { told(rule); };
    parts.on_unnoted = [this] { told("unnoted"); };
    parts.on_figure = [this](const std::string& measure, std::chrono::nanoseconds took) {
      told(took.count() > 0 ? measure : "no time");
    };
    parts.knows_at_once = [this] { return knows_at_once_; };
    auto api = server::Api::open(std::move(parts));
    EXPECT_TRUE(api.has_value());
    api_->stop();
    api_ = std::move(*api);
  }
  ~WatchedTest() override {
    api_->stop();
    pool_.join();
  }

  // From now on the trail takes nothing.
  void break_trail() {
    ASSERT_TRUE(trail_file_.execute(
        "CREATE TRIGGER z BEFORE INSERT ON spoor BEGIN SELECT raise(IGNORE); END"));
  }
  void mend_trail() { ASSERT_TRUE(trail_file_.execute("DROP TRIGGER z")); }
  Answered record_contact() {
    return ask({"POST", path_of(one()) + "/gebeurtenissen", "werkcoach",
                R"({"gebeurtenissen":[{"soort":"contactmoment","geldigOp":"2021-04-01",
                    "attributen":{"contact":"gesprek"}}]})"});
  }
  Answered lay_down() {
    return ask({"POST", "/v1/rapporten/kwartaal/vaststellingen", "controller",
                R"({"van":"2021-01-01","tm":"2021-03-31"})"});
  }

  void told(const std::string& what) {
    const std::lock_guard lock(mutex_);
    told_.push_back(what);
    told_in_ = std::this_thread::get_id();
  }
  using Told = std::vector<std::string>;

  std::string who_ = "auditor";
  bool throws_ = false;
  bool knows_at_once_ = true;
  std::thread::id told_in_;
  std::thread::id let_in_by_;
  SqliteFile trail_file_ =
      std::move(*SqliteFile::open(trail_file(folder_->path()), SqliteAccess::kWrite));
  std::mutex mutex_;
  Told told_;
};

TEST_F(WatchedTest, AFigureThatWasWorkedOutIsToldOfAndNoOther) {
  const std::string target = "/v1/cijfers/trajecten?op=2021-03-31";
  const auto answered = get(target);
  ASSERT_EQ(answered.status(), 200U) << answered.body;
  EXPECT_EQ(told_, Told{"trajecten"});
  EXPECT_EQ(get(target + "&wachtOp=1").status(), 200U);
  EXPECT_EQ(told_, (Told{"trajecten", "trajecten"}));
  Asked again{.target = target};
  again.headers = {{"If-None-Match", answered.header("ETag")}};
  EXPECT_EQ(ask(again).status(), 304U);
  EXPECT_EQ(get("/v1/cijfers/verzonnen?op=2021-03-31").status(), 404U);
  EXPECT_EQ(get("/v1/cijfers/trajecten?op=x").status(), 400U);
  EXPECT_EQ(get("/v1/cijfers/trajecten/verklaring?op=2021-03-31").status(), 200U);
  EXPECT_EQ(told_.size(), 2U);
}

TEST_F(WatchedTest, WhatTheTrailDidNotTakeIsToldOf) {
  ASSERT_EQ(get(path_of(one())).status(), 200U);
  EXPECT_EQ(told_, Told{});
  break_trail();
  EXPECT_EQ(get(path_of(one())).status(), 503U);
  EXPECT_EQ(told_, Told{"unnoted"});
}

// Nobody reads in the meantime, so nothing but what is recorded finds out.
TEST_F(WatchedTest, RecordingGoesOnWhenTheTrailTakesItAgain) {
  for (const bool is_report : {false, true}) {
    who_ = is_report ? "controller" : "werkcoach";
    const auto recording = [&] { return is_report ? lay_down() : record_contact(); };
    const auto before = last();
    break_trail();
    who_ = "auditor";
    EXPECT_EQ(get(path_of(one())).status(), 503U);
    who_ = is_report ? "controller" : "werkcoach";
    const auto refused = recording();
    EXPECT_EQ(refused.status(), 503U);
    EXPECT_EQ(refused.header("Retry-After"), "1");
    EXPECT_EQ(last(), before);
    mend_trail();
    EXPECT_EQ(recording().status(), 503U);  // it finds out
    EXPECT_EQ(recording().status(), 201U);
    EXPECT_EQ(last(), before + 1);
  }
}

// The thread that tells of a figure is the one that worked it out.
TEST_F(WatchedTest, WhatWasRefusedSaysNothingOfHowLongAnAnswerTakes) {
  const std::string target = "/v1/cijfers/trajecten?op=2021-03-31";
  for (int i = 0; i < 3; ++i) EXPECT_EQ(get(target + "&van=2021-01-01").status(), 400U);
  ASSERT_EQ(get(target).status(), 200U);
  EXPECT_NE(told_in_, std::this_thread::get_id());
}

TEST_F(WatchedTest, WhoAsksIsLookedUpInThePoolWhenThatMayTakeADisk) {
  EXPECT_EQ(get("/v1/maten").status(), 200U);
  EXPECT_EQ(let_in_by_, std::this_thread::get_id());
  knows_at_once_ = false;
  EXPECT_EQ(get("/v1/maten").status(), 200U);
  EXPECT_NE(let_in_by_, std::this_thread::get_id());
  who_ = "werkcoach";
  EXPECT_EQ(get("/v1/gebeurtenissen?vanaf=1").status(), 403U);
}

TEST_F(WatchedTest, WhatIsThrownInThePoolIsAnAnswerAndTheNextIsAnsweredAsBefore) {
  throws_ = true;
  for (const char* target : {"/v1/maten", "/v1/maten?wachtOp=1"}) {
    const auto failed = get(target);
    EXPECT_EQ(failed.status(), 500U) << target;
    EXPECT_EQ(failed.problem(), "storing") << target;
    EXPECT_EQ(failed.body.find("no memory"), std::string::npos) << target;
  }
  EXPECT_EQ(told_, Told{});
  EXPECT_EQ(record_contact().status(), 500U);
  EXPECT_EQ(told_, Told{"unnoted"});  // it may have been recorded
  throws_ = false;
  EXPECT_EQ(get("/v1/maten").status(), 200U);
}

}  // namespace
}  // namespace trede::test
