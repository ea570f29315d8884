// Backups, and folders that are made of them, on a disk that fails while the data folder's does
// not.
#include <gtest/gtest.h>

#include "engine/backup/backup.h"
#include "engine/backup/restore.h"
#include "engine/backup/verify_backup.h"
#include "engine/erasure/erasure.h"
#include "engine/log/verify.h"
#include "engine/vault/vault.h"
#include "tests/faults/persons.h"
#include "tests/faults/store_trial.h"
#include "tests/unit/log/log_fixture.h"

namespace trede::test {
namespace {

namespace fs = std::filesystem;

// A data folder with two persons and a trail; its backups are to stand in `away`.
class KeptStore : public Store {
 public:
  KeptStore(const fs::path& folder, std::uint64_t seed)
      : Store(folder), random_(seed), master_(master_key()) {}

  void lay() override {
    EXPECT_TRUE(DataFolder::create(data(), clock_, random_));
    EXPECT_TRUE(open());
    grow(5);
    EXPECT_TRUE(folder_->keys().assign(
        std::vector<KeyEntry>{{dossier(1), "KEY-1"}, {dossier(2), "KEY-2"}}));
    const VaultPlace place{data(), folder_->log().identity()};
    EXPECT_TRUE(Vault::create(place, master_, random_));
    const auto vault = value_of(Vault::open(place, master_, random_));
    auto changes = value_of(vault->begin());
    for (std::uint64_t number = 1; number <= 2; ++number) {
      EXPECT_TRUE(changes.set(dossier(number), {{{PersonField::kNaam, "Iemand"}}, {}}));
      EXPECT_TRUE(changes.add_note(dossier(number), {random_.uuid4(), NoteCategory::kDossier,
                                                     clock_.now(), "coach-7", "notitie"}));
    }
    EXPECT_TRUE(changes.commit());
    note_in_trail();
    fs::create_directory(folder() / "away");
  }
  fs::path watched() const override { return folder() / "away"; }
  void begin() override { secrets_ = secrets_of(data(), dossier(2)); }
  void let_go() override { folder_.reset(); }

 protected:
  static SecretKey master_key() {
    SeededRandom random(1);
    return SecretKey::random(random);
  }
  fs::path data() const { return folder() / "data"; }

  bool open() {
    folder_.reset();
    auto opened = DataFolder::open(data(), OpenMode::kWrite, clock_, random_);
    if (!must("the data folder does not open", opened)) return false;
    folder_ = std::move(*opened);
    next_ = folder_->log().last_position().value + 1;
    return true;
  }
  void grow(std::uint64_t count) {
    clock_.advance(std::chrono::milliseconds{1});
    append_each(folder_->log(), dossier(1), next_, count);
    next_ += count;
  }
  void note_in_trail() {
    const auto trail =
        value_of(Trail::open(data(), folder_->log().identity(), TrailAccess::kWrite, clock_));
    const TrailEntry entry{.object = "log", .origin = "cli", .actor = "coach-7"};
    EXPECT_TRUE(trail->append({&entry, 1}));
  }

  // A folder that was put back must have everything.
  void look_at_restored(const fs::path& made, std::uint64_t events, bool has_second) {
    const auto restored = DataFolder::open(made, OpenMode::kWrite, clock_, random_);
    if (!must("what was put back does not open", restored)) return;
    const auto wrong = verify_log(**restored);
    if (must("what was put back cannot be verified", wrong)) find_all("put back", *wrong);
    if ((*restored)->log().last_position().value < events) find("events put back: lost");
    const Uuid log = (*restored)->log().identity();
    const auto trail = Trail::open(made, log, TrailAccess::kWrite, clock_);
    if (must("the trail put back does not open", trail)) {
      const auto flaw = (*trail)->verify();
      if (!flaw || !flaw->empty()) find("the trail put back does not fit");
    }
    const auto flaws = find_person_flaws(**restored);
    if (must("persons put back cannot be looked at", flaws)) find_all("put back", *flaws);
    const auto vault = Vault::open({made, log}, master_, random_);
    if (!must("the vault put back does not open", vault)) return;
    const auto sealed = (*vault)->verify();
    if (must("the vault put back cannot be verified", sealed)) find_all("put back", *sealed);
    const auto first = (*vault)->find_person(dossier(1));
    if (!first || !*first) find("a person put back: lost");
    const auto second = (*vault)->find_person(dossier(2));
    if (!second || second->has_value() != has_second) find("the second person is there or not");
  }

  FakeClock clock_;
  SeededRandom random_;
  SecretKey master_;
  std::unique_ptr<DataFolder> folder_;
  std::vector<std::string> secrets_;
  std::uint64_t next_ = 1;
};

class BackupStore final : public KeptStore {
 public:
  using KeptStore::KeptStore;

  void act() override {
    if (!open()) return;
    back_up_now();
    grow(3);
    note_in_trail();
    must("KEY", folder_->keys().assign(std::vector<KeyEntry>{{dossier(3), "KEY-3"}}));
    back_up_now();
    const auto erased = erase(*folder_, {{dossier(2)}, {}}, clock_);
    if (!must("nobody is erased", erased)) return;
    is_reached_ = !erased->copies.empty();
    for (const CopyOutcome& copy : erased->copies) {
      if (!copy.why_not.empty()) did(Status(Error{ErrorCode::kIo, copy.why_not}));
      is_reached_ = is_reached_ && copy.why_not.empty();
    }
    if (is_reached_ && is_noted_both_) look_for_secrets();
    grow(1);
    back_up_now();
  }

  void look() override {
    // It is good, or says why not.
    const auto before = verify_backup(kept(), clock_);
    if (is_kept_ && !before) find("the backup cannot be verified: " + before.error().message);
    if (before && before->head.size < kept_events_) find("events kept: lost");
    if (is_kept_ && before) find_all("backup", before->findings);
    if (is_reached_ && is_noted_both_) look_for_secrets();
    if (!open()) return;
    must("the erasure is not done", erase(*folder_, {{dossier(2)}, {}}, clock_));
    const auto run = run_now();
    if (!must("it is not mended", run)) return;
    if (!run->trail_finding.empty()) find(run->trail_finding);
    const auto after = verify_backup(kept(), clock_);
    if (must("after it was mended", after)) find_all("mended", after->findings);
    look_for_secrets();
    const auto put =
        restore({.dir = kept(), .data = folder() / "new", .key_dir = key_dir()}, clock_, random_);
    if (must("it is not put back", put)) look_at_restored(folder() / "new", next_ - 1, false);
  }

 private:
  fs::path kept() const { return folder() / "away" / "kept"; }
  fs::path key_dir() const { return folder() / "away" / "sleutels"; }

  Result<BackupRun> run_now() {
    return back_up(*folder_, {.dir = kept(), .key_dir = key_dir()}, clock_);
  }
  void back_up_now() {
    const auto run = run_now();
    if (!did(run)) return;
    is_kept_ = is_noted_both_ = true;
    kept_events_ = run->state.head.size;
  }
  void look_for_secrets() {
    for (const std::string& secret : secrets_) {
      if (holds(watched(), secret)) find("a backup has bytes of who was erased");
    }
  }

  bool is_kept_ = false;        // a run ended
  bool is_noted_both_ = false;  // so that an erasure reaches both
  bool is_reached_ = false;
  std::uint64_t kept_events_ = 0;
};

class RestoredStore final : public KeptStore {
 public:
  using KeptStore::KeptStore;

  void lay() override {
    KeptStore::lay();
    EXPECT_TRUE(back_up(*folder_, {.dir = kept(), .key_dir = key_dir()}, clock_));
    folder_.reset();
  }
  void act() override { is_made_ = did(restore_now()); }

  void look() override {
    if (is_made_) return look_at_restored(made(), 5, true);
    const auto opened = DataFolder::open(made(), OpenMode::kRead, clock_, random_);
    // Without power nobody was told: it may be whole by then. Else it failed, and is none.
    if (opened && !was_cut_) find("what was not put back opens");
    if (!opened) must("it is not put back again", restore_now());
    look_at_restored(made(), 5, true);
  }
  void let_go() override {
    was_cut_ = Disk::the().is_cut();
    KeptStore::let_go();
  }

 private:
  fs::path kept() const { return folder() / "kept"; }
  fs::path key_dir() const { return folder() / "sleutels"; }
  fs::path made() const { return watched() / "new"; }
  Result<Restored> restore_now() {
    return restore({.dir = kept(), .data = made(), .key_dir = key_dir()}, clock_, random_);
  }

  bool is_made_ = false;
  bool was_cut_ = false;
};

template <typename Kind>
MakeStore make() {
  return [](const fs::path& folder, std::uint64_t seed) {
    return std::make_unique<Kind>(folder, seed);
  };
}

TEST(BackupFaults, LeaveABackupThatIsGoodOrMadeGoodByTheNextRun) {
  StoreRounds(make<BackupStore>()).run_share(16);
}

TEST(RestoreFaults, LeaveAWholeFolderOrNone) { StoreRounds(make<RestoredStore>()).run_share(24); }

}  // namespace
}  // namespace trede::test
