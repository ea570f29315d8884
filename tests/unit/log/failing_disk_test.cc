// A disk that fails or is full: an error, nothing lost, and no write until it is known what stands.
#include <thread>

#include "engine/log/verify.h"
#include "tests/unit/log/faulty_disk_internal.h"
#include "tests/unit/log/log_fixture.h"

namespace trede::test {
namespace {

class FailingDiskTest : public FaultyDiskTest, public ::testing::WithParamInterface<Fault> {};

TEST_P(FailingDiskTest, AfterAWriteThatFailedNothingIsWrittenUntilTheLogIsReopened) {
  auto log = open_on_faulty_disk();
  append_each(*log, dossier(1), 1, 5);
  const std::vector<std::string> before = stored_events(*log);

  disk_->fail_with(GetParam());
  EXPECT_TRUE(failed_with(append(*log, {to(dossier(1), 5, {6})}), ErrorCode::kIo));
  disk_->fail_with(Fault::kNone);
  EXPECT_TRUE(failed_with(append(*log, {to(dossier(1), 5, {7})}), ErrorCode::kClosed));
  EXPECT_TRUE(failed_with(log->begin_import({}), ErrorCode::kClosed));
  EXPECT_EQ(stored_events(*log), before);
  EXPECT_EQ(value_of(log->version_of(dossier(1))), StreamVersion{5});
  log.reset();

  reopen();
  // The event whose fate was unknown is there or not, but nothing else changed.
  const auto after = stored_events(this->log());
  ASSERT_GE(after.size(), before.size());
  EXPECT_LE(after.size(), before.size() + 1);
  EXPECT_TRUE(std::equal(before.begin(), before.end(), after.begin()));
  EXPECT_EQ(value_of(verify_log(*folder_)), std::vector<std::string>());
  const auto again = append(this->log(), {to(dossier(1), 5, {6})});
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->already_there, after.size() > before.size());
  EXPECT_EQ(this->log().last_position(), Position{6});
}

TEST_P(FailingDiskTest, EveryCallerOfAGroupThatFailedIsTold) {
  auto log = open_on_faulty_disk();
  append_each(*log, dossier(1), 1, 5);
  disk_->fail_with(GetParam());
  {
    std::vector<std::jthread> callers;
    for (std::uint64_t caller = 10; caller < 20; ++caller) {
      callers.emplace_back([&log, caller] {
        const auto refused = append(*log, {to(dossier(caller), 0, {caller})});
        EXPECT_TRUE(!refused && (refused.error().code == ErrorCode::kIo ||
                                 refused.error().code == ErrorCode::kClosed));
      });
    }
  }
  EXPECT_EQ(log->last_position(), Position{5});
}

TEST_P(FailingDiskTest, AnImportWhoseCommitFailedIsNotThere) {
  auto log = open_on_faulty_disk();
  append_each(*log, dossier(1), 1, 5);
  {
    const auto import = value_of(log->begin_import({}));
    append_each(*import, dossier(2), 100, 10);
    disk_->fail_with(GetParam());
    EXPECT_TRUE(failed_with(import->commit(), ErrorCode::kIo));
    EXPECT_TRUE(failed_with(import->commit(), ErrorCode::kClosed));
    EXPECT_TRUE(failed_with(append(*import, {to(dossier(2), 10, {200})}), ErrorCode::kClosed));
  }
  EXPECT_TRUE(failed_with(append(*log, {to(dossier(1), 5, {6})}), ErrorCode::kClosed));
  disk_->fail_with(Fault::kNone);
  log.reset();
  reopen();
  const std::uint64_t last = this->log().last_position().value;
  EXPECT_TRUE(last == 5 || last == 15) << last;
  EXPECT_EQ(value_of(verify_log(*folder_)), std::vector<std::string>());
}

TEST_P(FailingDiskTest, AnImportOfWhichAWriteFailedOnTheWayIsNotThere) {
  auto log = open_on_faulty_disk();
  append_each(*log, dossier(1), 1, 5);
  {
    const auto import = value_of(log->begin_import({.id = {}, .held_bytes = 300}));
    append_each(*import, dossier(2), 100, 10);
    disk_->fail_with(GetParam());
    // The write goes on beside the appends: one of the next is told, or the commit.
    Status failed;
    for (std::uint64_t i = 10; i < 60 && failed; ++i) {
      const auto appended = append(*import, {to(dossier(2), i, {100 + i})});
      if (!appended) failed = appended.error();
    }
    if (failed) failed = import->commit();
    EXPECT_TRUE(failed_with(failed, ErrorCode::kIo));
    EXPECT_TRUE(failed_with(import->commit(), ErrorCode::kClosed));
  }
  EXPECT_TRUE(failed_with(append(*log, {to(dossier(1), 5, {6})}), ErrorCode::kClosed));
  disk_->fail_with(Fault::kNone);
  log.reset();
  reopen();
  EXPECT_EQ(this->log().last_position(), Position{5});
  EXPECT_EQ(value_of(verify_log(*folder_)), std::vector<std::string>());
  EXPECT_TRUE(append(this->log(), {to(dossier(2), 0, {100})}));
}

INSTANTIATE_TEST_SUITE_P(Fault, FailingDiskTest, ::testing::Values(Fault::kSync, Fault::kNoSpace),
                         [](const auto& one) {
                           return one.param == Fault::kSync ? "Sync" : "NoSpace";
                         });

class FullDiskTest : public LogTest {};

TEST_F(FullDiskTest, ARoomGuardStopsBeforeTheDiskIsFullAndLetsGoOnWhenThereIsRoom) {
  std::uint64_t free = 100 << 20;
  std::uint64_t all = 1 << 30;
  RoomGuard guard("folder", [&] { return RoomGuard::Disk{free, all}; });
  const auto check = [&] {
    guard.ask_again();
    return guard.check();
  };
  EXPECT_TRUE(check());
  free = (32 << 20) - 1;
  EXPECT_TRUE(failed_with(check(), ErrorCode::kIo, "the disk is full"));
  EXPECT_TRUE(failed_with(guard.check(), ErrorCode::kIo, "nothing was written"));
  free = 32 << 20;
  EXPECT_TRUE(check());
  all = 40 << 20;  // a small disk keeps a twentieth free
  free = 2 << 20;
  EXPECT_TRUE(check());
  free = (2 << 20) - 1;
  EXPECT_TRUE(failed_with(check(), ErrorCode::kIo));
}

TEST_F(FullDiskTest, ARoomGuardLooksAnewForEveryLargeWrite) {
  std::uint64_t free = 100 << 20;
  RoomGuard guard("folder", [&] { return RoomGuard::Disk{free, std::uint64_t{1} << 30}; });
  EXPECT_TRUE(guard.check(68 << 20));
  EXPECT_TRUE(failed_with(guard.check((68 << 20) + 1), ErrorCode::kIo, "are needed"));
  EXPECT_TRUE(guard.check());
  free = 40 << 20;
  EXPECT_TRUE(guard.check(1 << 20));  // a little: what was seen just now counts
  EXPECT_TRUE(failed_with(guard.check(9 << 20), ErrorCode::kIo, "the disk is full"));
}

}  // namespace
}  // namespace trede::test
