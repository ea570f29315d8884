// What an Api tells who looks after the server, and what it makes of what cannot be.
#include <mutex>
#include <stdexcept>

#include "engine/sqlite/sqlite_file.h"
#include "tests/unit/server/api/api_fixture.h"

namespace trede::test {
namespace {

class WatchedTest : public ApiFixture {
 protected:
  WatchedTest() {
    const auto let_in = [this](const server::Credentials&) -> Result<server::Identity> {
      if (throws_) throw std::runtime_error("no memory");
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
    auto api = server::Api::open(std::move(parts));
    EXPECT_TRUE(api.has_value());
    api_->stop();
    api_ = std::move(*api);
  }
  ~WatchedTest() override {
    api_->stop();
    pool_.join();
  }

  void told(const std::string& what) {
    const std::lock_guard lock(mutex_);
    told_.push_back(what);
  }
  using Told = std::vector<std::string>;

  std::string who_ = "auditor";
  bool throws_ = false;
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
  auto file = SqliteFile::open(trail_file(folder_->path()), SqliteAccess::kWrite);
  ASSERT_TRUE(file.has_value());
  ASSERT_TRUE(
      file->execute("CREATE TRIGGER z BEFORE INSERT ON spoor BEGIN SELECT raise(IGNORE); "
                    "END"));
  EXPECT_EQ(get(path_of(one())).status(), 503U);
  EXPECT_EQ(told_, Told{"unnoted"});
}

TEST_F(WatchedTest, WhatIsThrownInThePoolIsAnAnswerAndTheNextIsAnsweredAsBefore) {
  throws_ = true;
  for (const char* target : {"/v1/maten", "/v1/maten?wachtOp=1"}) {
    const auto failed = get(target);
    EXPECT_EQ(failed.status(), 500U) << target;
    EXPECT_EQ(failed.problem(), "storing") << target;
    EXPECT_EQ(failed.body.find("no memory"), std::string::npos) << target;
  }
  throws_ = false;
  EXPECT_EQ(get("/v1/maten").status(), 200U);
}

}  // namespace
}  // namespace trede::test
