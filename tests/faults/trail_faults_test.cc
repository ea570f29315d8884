// The audit trail and its copy on a disk that fails.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "engine/trail/trail.h"
#include "tests/faults/store_trial.h"
#include "tests/support/fakes.h"

namespace trede::test {
namespace {

namespace fs = std::filesystem;

class TrailStore final : public Store {
 public:
  TrailStore(const fs::path& folder, std::uint64_t seed) : Store(folder), seed_(seed) {}

  void lay() override {
    fs::create_directory(data());
    fs::create_directory(copy());
  }

  void act() override {
    add(1);
    attempt();
    add(40);  // more than a page of the file
    follow();
    if (seed_ % 2 == 0) trail_.reset();
    add(2);
    attempt();
    follow();
  }

  void let_go() override { trail_.reset(); }

  void look() override {
    // Whoever reads comes first, and undoes what was cut short.
    auto read = Trail::open(data(), kLog, TrailAccess::kRead, clock_);
    const bool may_be_missing = possible_.front().empty();
    if (!read && !(read.error().code == ErrorCode::kNotFound && may_be_missing)) {
      return find("it does not open to be read: " + read.error().message);
    }
    if (read) look_at(**read);
    read = Error{ErrorCode::kNotFound, ""};
    auto written = Trail::open(data(), kLog, TrailAccess::kWrite, clock_);
    if (!must("it does not open", written)) return;
    const TrailEntry entry = entry_of("afterwards");
    must("it takes no record", (*written)->append({&entry, 1}));
    look_at_copy(**written);
  }

 private:
  using Records = std::vector<std::string>;

  static constexpr Uuid kLog{{1, 2, 3}};
  fs::path data() const { return folder() / "data"; }
  fs::path copy() const { return folder() / "copy"; }

  static TrailEntry entry_of(const std::string& object) {
    return {.object = object, .origin = "cli", .actor = "coach-7"};
  }

  bool open() {
    if (trail_) return true;
    auto opened = Trail::open(data(), kLog, TrailAccess::kWrite, clock_);
    if (did(opened)) trail_ = std::move(*opened);
    return trail_ != nullptr;
  }

  std::vector<TrailEntry> next(std::size_t count) {
    clock_.advance(std::chrono::milliseconds{1});
    std::vector<TrailEntry> entries;
    for (std::size_t i = 0; i < count; ++i) {
      entries.push_back(entry_of("record " + std::to_string(++last_)));
    }
    return entries;
  }

  // An error of a commit leaves open whether it stands.
  void took(const std::vector<TrailEntry>& entries, const Status& status) {
    std::vector<Records> before = did(status) ? std::exchange(possible_, {}) : possible_;
    for (Records& records : before) {
      for (const TrailEntry& entry : entries) records.push_back(entry.object);
      possible_.push_back(std::move(records));
    }
  }

  void add(std::size_t count) {
    if (!open()) return;
    const auto entries = next(count);
    took(entries, trail_->append(entries));
  }

  void attempt() {
    if (!open()) return;
    const auto begun = next(2);
    const auto number = trail_->begin(begun);
    took(begun, number ? Status() : Status(number.error()));
    if (!number) return;
    auto ended = next(2);
    for (TrailEntry& entry : ended) entry.attempt = *number;
    took(ended, trail_->append(ended));
  }

  void follow() {
    if (!open()) return;
    auto kept = Trail::open(copy(), kLog, TrailAccess::kWrite, clock_);
    if (!did(kept)) return;
    const auto head = trail_->head();
    if (!did((*kept)->take_over(*trail_)) || !head) return;
    followed_ = head->count;
  }

  void look_at(Trail& trail) {
    const auto flaw = trail.verify();
    if (must("it cannot be verified", flaw) && !flaw->empty()) find(*flaw);
    Records records;
    must("it cannot be read", trail.scan({}, [&](const TrailRecord& record) -> Status {
      records.push_back(record.object);
      return {};
    }));
    if (std::ranges::find(possible_, records) != possible_.end()) return;
    find("the trail has " + std::to_string(records.size()) + " records of " +
         std::to_string(possible_.front().size()) + ": lost");
  }

  void look_at_copy(Trail& trail) {
    auto kept = Trail::open(copy(), kLog, TrailAccess::kWrite, clock_);
    if (!must("the copy does not open", kept)) return;
    const auto before = (*kept)->head();
    if (must("the copy has no head", before) && before->count < followed_) {
      find("the copy ends at " + std::to_string(before->count) + ": lost");
    }
    must("the copy does not follow", (*kept)->take_over(trail));
    const auto flaw = (*kept)->verify();
    if (must("the copy cannot be verified", flaw) && !flaw->empty()) find("the copy: " + *flaw);
    const auto own = trail.head();
    const auto head = (*kept)->head();
    if (!own || !head || *own != *head) find("the copy is another one");
  }

  std::uint64_t seed_;
  FakeClock clock_;
  std::unique_ptr<Trail> trail_;
  std::vector<Records> possible_ = {{}};
  std::uint64_t last_ = 0;
  std::uint64_t followed_ = 0;  // of the copy, acknowledged
};

std::unique_ptr<Store> make(const fs::path& folder, std::uint64_t seed) {
  return std::make_unique<TrailStore>(folder, seed);
}

TEST(TrailFaults, LoseNoRecordAndLeaveNoneHalf) { StoreRounds(make).run_share(120); }

// The journal that SQLite would undo a change by is not in the page cache either.
TEST(TrailFaults, OfASyncThatForgetsLeaveNothingThatNobodyWrote) {
  StoreRounds rounds(make);
  const DiskPlace place{"data/trail/trail.sqlite-journal", DiskCall::kSync};
  const std::uint64_t count = rounds.run({}).calls.at(place);
  EXPECT_GE(count, 10U);
  for (std::uint64_t nth = 1; nth <= count; ++nth) {
    const Trial trial{.fault = DiskFault{place, nth, Harm::kForgets}};
    EXPECT_EQ(rounds.run(trial).findings, std::vector<std::string>()) << trial.text();
  }
}

TEST(TrailFaults, OfTheFolderAboveItAreMadeGoodLater) {
  const Trial trial{.fault = DiskFault{{"copy", DiskCall::kSyncFolder}, 1, Harm::kNoSpace},
                    .ending = Ending::kPowerLoss};
  EXPECT_EQ(StoreRounds(make).run(trial).findings, std::vector<std::string>());
}

TEST(TrailFaults, AFileWhereItsFolderShouldStandIsOneClearError) {
  const TempDir dir;
  std::ofstream(dir / "trail") << "no folder";
  const FakeClock clock;
  for (const TrailAccess access : {TrailAccess::kRead, TrailAccess::kWrite}) {
    const auto opened = Trail::open(dir.path(), Uuid{}, access, clock);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::kCorrupt);
    EXPECT_EQ(opened.error().message,
              (dir / "trail").string() + " is no folder, expected one with trail.sqlite in it");
  }
  EXPECT_FALSE(load_trail_head(dir.path(), Uuid{}, clock));  // which is not an empty trail
}

}  // namespace
}  // namespace trede::test
