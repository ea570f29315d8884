// Appends that are judged while those before them are being written: none is answered before all
// that it rests on is on disk, and a write that fails fails all of them.
#include <thread>

#include "engine/log/verify.h"
#include "tests/unit/log/faulty_disk_internal.h"

namespace trede::test {
namespace {

using namespace std::chrono_literals;

// Counts how often it is asked: an append that is being judged has asked.
class CountingClock final : public Clock {
 public:
  explicit CountingClock(const Clock& clock) : clock_(clock) {}
  Moment now() const override {
    ++asked_;
    asked_.notify_all();
    return clock_.now();
  }
  int asked() const { return asked_; }
  void wait_until_asked_after(int before) const {
    for (int seen = asked_; seen <= before; seen = asked_) asked_.wait(seen);
  }

 private:
  const Clock& clock_;
  mutable std::atomic<int> asked_ = 0;
};

// An append in a thread of its own.
struct Caller {
  Result<Appended> answer{Appended{}};
  std::atomic<bool> is_answered = false;
  std::jthread thread;
};

class AppendUnderWayTest : public FaultyDiskTest {
 protected:
  AppendUnderWayTest() : log_(open_on_faulty_disk(counting_)) { append_each(*log_, kOld, 1, 5); }
  ~AppendUnderWayTest() override { disk_->release(); }  // callers wait for it

  Caller& call(const StreamAppend& events) {
    Caller& caller = *callers_.emplace_back(std::make_unique<Caller>());
    caller.thread = std::jthread([this, &caller, events] {
      caller.answer = append(*log_, {events});
      caller.is_answered = true;
    });
    return caller;
  }
  // Returns when its write waits for the disk.
  Caller& call_and_hold(const StreamAppend& events) {
    disk_->hold();
    Caller& caller = call(events);
    disk_->wait_until_held();
    return caller;
  }
  // Returns when it is judged and waits for the write before it.
  Caller& call_behind(const StreamAppend& events) {
    const int before = counting_.asked();
    Caller& caller = call(events);
    counting_.wait_until_asked_after(before);
    // Who is judged next is judged after it.
    const int between = counting_.asked();
    call(to(kOld, 99, {1000 + callers_.size()}));
    counting_.wait_until_asked_after(between);
    return caller;
  }
  void release_and_join() {
    disk_->release();
    for (const auto& caller : callers_) caller->thread.join();
  }
  std::uint64_t last() const { return log_->last_position().value; }

  const StreamId kOld = dossier(1);
  const StreamId kFirst = dossier(2);
  const StreamId kSecond = dossier(3);
  CountingClock counting_{clock_};
  std::unique_ptr<RocksLog> log_;
  std::vector<std::unique_ptr<Caller>> callers_;
};

TEST_F(AppendUnderWayTest, NothingIsAcknowledgedOrSeenBeforeItIsOnDisk) {
  const LogHead before = value_of(log_->head());
  const auto follower = value_of(log_->follow(Position{5}));
  const Caller& first = call_and_hold(to(kFirst, 0, {10}));
  const Caller& second = call_behind(to(kFirst, 1, {11, 12}));
  EXPECT_FALSE(first.is_answered);
  EXPECT_FALSE(second.is_answered);
  EXPECT_EQ(last(), 5U);
  EXPECT_EQ(value_of(log_->head()).root, before.root);
  EXPECT_TRUE(failed_with(log_->load(Position{6}), ErrorCode::kNotFound));
  EXPECT_EQ(value_of(log_->find_event(event_id(10))), std::nullopt);
  EXPECT_EQ(value_of(log_->version_of(kFirst)), StreamVersion{0});
  EXPECT_TRUE(value_of(log_->read_stream(kFirst, StreamVersion{1}, 10)).empty());
  EXPECT_TRUE(value_of(follower->next(10, 0ms, {})).empty());

  release_and_join();
  EXPECT_EQ(value_of(first.answer).last, Position{6});
  EXPECT_EQ(value_of(second.answer).first, Position{7});
  EXPECT_EQ(last(), 8U);
  EXPECT_EQ(value_of(follower->next(10, 1h, {})).size(), 3U);
}

TEST_F(AppendUnderWayTest, ARedeliveryOfWhatIsBeingWrittenWaitsForTheDisk) {
  const Caller& first = call_and_hold(to(kFirst, 0, {10}));
  const Caller& again = call_behind(to(kFirst, 0, {10}));
  const Caller& behind = call_behind(to(kSecond, 0, {20}));
  const Caller& behind_again = call_behind(to(kSecond, 0, {20}));
  EXPECT_FALSE(again.is_answered);
  EXPECT_FALSE(behind_again.is_answered);
  release_and_join();
  EXPECT_FALSE(value_of(first.answer).already_there);
  EXPECT_TRUE(value_of(again.answer).already_there);
  EXPECT_EQ(value_of(again.answer).last, Position{6});
  EXPECT_EQ(value_of(again.answer).vastgelegd_op, value_of(first.answer).vastgelegd_op);
  EXPECT_FALSE(value_of(behind.answer).already_there);
  EXPECT_TRUE(value_of(behind_again.answer).already_there);
  EXPECT_EQ(last(), 7U);
}

TEST_F(AppendUnderWayTest, AConflictWithWhatIsBeingWrittenIsToldWhenThatCanBeSeen) {
  call_and_hold(to(kFirst, 0, {10}));
  const Caller& other = call_behind(to(kFirst, 0, {11}));
  EXPECT_FALSE(other.is_answered);
  release_and_join();
  EXPECT_TRUE(failed_with(other.answer, ErrorCode::kConflict));
  EXPECT_TRUE(append(*log_, {to(kFirst, 1, {11})}));
}

TEST_F(AppendUnderWayTest, AWriteThatFailsFailsAllThatWasJudgedBehindIt) {
  const Caller& first = call_and_hold(to(kFirst, 0, {10}));
  const Caller& on_top = call_behind(to(kFirst, 1, {11}));
  const Caller& beside = call_behind(to(kSecond, 0, {20}));
  const Caller& again = call_behind(to(kFirst, 0, {10}));
  const Caller& conflict = call_behind(to(kFirst, 0, {12}));
  const Caller& there_before = call_behind(to(kOld, 0, {1}));
  disk_->fail_with(Fault::kSync);
  release_and_join();
  disk_->fail_with(Fault::kNone);
  EXPECT_TRUE(failed_with(first.answer, ErrorCode::kIo, "injected"));
  for (const Caller* caller : {&on_top, &beside, &again, &conflict}) {
    EXPECT_TRUE(failed_with(caller->answer, ErrorCode::kClosed, "injected"));
  }
  EXPECT_TRUE(value_of(there_before.answer).already_there);
  EXPECT_EQ(last(), 5U);
  EXPECT_TRUE(failed_with(append(*log_, {to(kOld, 5, {30})}), ErrorCode::kClosed));
  EXPECT_TRUE(failed_with(log_->begin_import({}), ErrorCode::kClosed));
  log_.reset();

  reopen();
  // What failed is there or not; nothing that stood behind it is.
  EXPECT_LE(log().last_position(), Position{6});
  EXPECT_EQ(value_of(log().find_event(event_id(11))), std::nullopt);
  EXPECT_EQ(value_of(log().find_event(event_id(20))), std::nullopt);
  EXPECT_EQ(value_of(verify_log(*folder_)), std::vector<std::string>());
}

TEST_F(AppendUnderWayTest, ClosingWaitsForWhatIsUnderWay) {
  const Caller& first = call_and_hold(to(kFirst, 0, {10}));
  const Caller& second = call_behind(to(kSecond, 0, {20}));
  std::atomic<bool> is_closed = false;
  std::jthread closer([&] {
    EXPECT_TRUE(log_->close());
    is_closed = true;
  });
  EXPECT_FALSE(is_closed);
  release_and_join();
  closer.join();
  EXPECT_TRUE(first.answer);
  EXPECT_TRUE(second.answer);
  EXPECT_EQ(last(), 7U);
  EXPECT_TRUE(failed_with(append(*log_, {to(kOld, 5, {30})}), ErrorCode::kClosed));
  log_.reset();
  reopen();
  EXPECT_EQ(log().last_position(), Position{7});
}

TEST_F(AppendUnderWayTest, AnImportBeginsBehindWhatIsUnderWayAndBeforeWhatComesLater) {
  call_and_hold(to(kFirst, 0, {10}));
  call_behind(to(kSecond, 0, {20}));
  std::unique_ptr<StagedImport> import;
  std::jthread importer([&] { import = value_of(log_->begin_import({})); });
  release_and_join();
  importer.join();
  EXPECT_EQ(import->last_position(), Position{7});
  callers_.clear();
  const Caller& later = call(to(kSecond, 1, {21}));
  ASSERT_TRUE(append(*import, {to(dossier(9), 0, {40})}));
  EXPECT_FALSE(later.is_answered);
  ASSERT_TRUE(import->commit());
  callers_.back()->thread.join();
  EXPECT_EQ(value_of(later.answer).first, Position{9});
  log_.reset();
  reopen();
  EXPECT_EQ(value_of(verify_log(*folder_)), std::vector<std::string>());
}

}  // namespace
}  // namespace trede::test
