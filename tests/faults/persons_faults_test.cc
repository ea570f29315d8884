// Personal data, their erasure and the copy of the keys, on a disk that fails.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "engine/backup/copies.h"
#include "engine/erasure/erasure.h"
#include "engine/sqlite/sqlite_schema.h"
#include "engine/vault/vault.h"
#include "tests/faults/persons.h"
#include "tests/faults/store_trial.h"
#include "tests/support/events.h"
#include "tests/unit/log/log_fixture.h"

namespace trede::test {
namespace {

namespace fs = std::filesystem;

class PersonsStore final : public Store {
 public:
  PersonsStore(const fs::path& folder, std::uint64_t seed)
      : Store(folder), seed_(seed), random_(seed), master_(key_of(1)), other_master_(key_of(2)) {}

  void lay() override {
    EXPECT_TRUE(DataFolder::create(data(), clock_, random_));
    open();
    const VaultPlace place{data(), folder_->log().identity()};
    EXPECT_TRUE(Vault::create(place, master_, random_));
    open_vault();
    set(1, "Een Eerste");
    note(1, "eerste notitie");
    set(2, "Twee Tweede");
    note(2, "tweede notitie");
    EXPECT_TRUE(folder_->keys().assign(std::vector<KeyEntry>{{dossier(2), "KEY-2"}}));
    EXPECT_TRUE(copy_vault_keys(data(), key_dir()));
    EXPECT_TRUE(note_place(data(), {CopyKind::kKeys, key_dir()}, 0));
    let_go();
  }

  // The log and its KEYs have rounds of their own.
  bool is_about(const std::string& part) const override {
    return part.find("vault") != std::string::npos || part.starts_with("data/copies") ||
           part.starts_with("sleutels");
  }

  void begin() override {
    possible_ = {
        {{{1, {"Een Eerste", {"eerste notitie"}}}, {2, {"Twee Tweede", {"tweede notitie"}}}}}};
    secrets_ = secrets_of(data(), dossier(2));
  }

  void act() override {
    open();
    if (!folder_) return;
    set(3, "Drie Derde");
    set(1, "Een Anders");
    note(1, "nog een notitie");
    several();
    copy_keys();
    erase();
    if (seed_ % 2 == 0) vault_.reset();
    change_key();
    set(5, "Vijf Vijfde");
    copy_keys();
  }

  void let_go() override {
    vault_.reset();
    folder_.reset();
  }

  void look() override {
    // Whoever reads without a key comes first.
    must("what is held is not told", vault_holding(data(), dossier(1)));
    auto opened = DataFolder::open(data(), OpenMode::kWrite, clock_, random_);
    if (!must("the folder does not open", opened)) return;
    folder_ = std::move(*opened);
    must("what was begun is not erased", finish_erasures(*folder_, clock_));
    const auto flaws = find_person_flaws(*folder_);
    if (must("no flaws can be looked for", flaws)) find_all("flaw", *flaws);
    const VaultPlace place{data(), folder_->log().identity()};
    auto vault = Vault::open(place, has_other_key_ ? other_master_ : master_, random_);
    if (!vault && may_have_other_key_) vault = Vault::open(place, other_master_, random_);
    if (!must("the vault does not open", vault)) return;
    vault_ = std::move(*vault);
    look_at_persons();
    look_at_key_copy();
    look_for_secrets();
    may_fail_ = false;
    set(9, "Negen Negende");
  }

 private:
  struct One {
    std::string naam;
    std::set<std::string> notes;
    bool operator==(const One&) const = default;
  };
  using Persons = std::map<std::uint64_t, One>;

  static SecretKey key_of(std::uint64_t seed) {
    SeededRandom random(seed);
    return SecretKey::random(random);
  }

  fs::path data() const { return folder() / "data"; }
  fs::path key_dir() const { return folder() / "sleutels"; }

  void open() {
    auto opened = DataFolder::open(data(), OpenMode::kWrite, clock_, random_);
    if (opened) folder_ = std::move(*opened);
  }

  bool open_vault() {
    if (vault_ && !vault_failed_) return true;
    vault_.reset();
    vault_failed_ = false;
    auto opened = Vault::open({data(), folder_->log().identity()},
                              has_other_key_ ? other_master_ : master_, random_);
    if (did(opened)) vault_ = std::move(*opened);
    return vault_ != nullptr;
  }

  // `change` is what becomes of the persons when `status` is good, and may have become of them
  // when only the end of it failed.
  template <typename Change>
  void took(const Status& status, const Change& change) {
    if (!may_fail_) must("nothing goes on", status);
    std::vector<Persons> before = did(status) ? std::exchange(possible_, {}) : possible_;
    for (Persons& persons : before) {
      change(persons);
      possible_.push_back(std::move(persons));
    }
  }

  template <typename Act, typename Change>
  void write(const Act& act, const Change& change) {
    if (!open_vault()) return;
    vault_failed_ = true;
    auto changes = vault_->begin();
    if (!did(changes)) return;
    if (!did(act(*changes))) return;
    const Status committed = changes->commit();
    vault_failed_ = !committed;
    took(committed, change);
  }

  Status set_in(Vault::Changes& changes, std::uint64_t number, const std::string& naam) {
    PersonChange change{{{PersonField::kNaam, naam}}, {}};
    // So that the data are more than a page.
    change.fields.emplace_back(PersonField::kAdres, std::string(180, 'a'));
    const auto set = changes.set(dossier(number), change);
    return set ? Status() : Status(set.error());
  }
  Status note_in(Vault::Changes& changes, std::uint64_t number, const std::string& tekst) {
    return changes.add_note(dossier(number), {.id = random_.uuid4(),
                                              .category = number % 2 == 0 ? NoteCategory::kVerzuim
                                                                          : NoteCategory::kDossier,
                                              .moment = clock_.now(),
                                              .actor = "coach-7",
                                              .tekst = tekst});
  }

  void set(std::uint64_t number, const std::string& naam) {
    write([&](Vault::Changes& changes) { return set_in(changes, number, naam); },
          [&](Persons& persons) { persons[number].naam = naam; });
  }
  void note(std::uint64_t number, const std::string& tekst) {
    write([&](Vault::Changes& changes) { return note_in(changes, number, tekst); },
          [&](Persons& persons) { persons[number].notes.insert(tekst); });
  }
  void several() {
    write(
        [&](Vault::Changes& changes) {
          for (std::uint64_t number = 10; number < 20; ++number) {
            const Status set = set_in(changes, number, "Een van velen");
            if (!set) return set;
            const Status noted = note_in(changes, number, "van velen");
            if (!noted) return noted;
          }
          return Status();
        },
        [&](Persons& persons) {
          for (std::uint64_t number = 10; number < 20; ++number) {
            persons[number] = {"Een van velen", {"van velen"}};
          }
        });
  }

  void erase() {
    const auto erased = trede::erase(*folder_, {{dossier(2)}, {}}, clock_);
    took(erased ? Status() : Status(erased.error()), [](Persons& persons) { persons.erase(2); });
    if (!erased) return;
    erased_ = true;
    for (const CopyOutcome& copy : erased->copies) erased_ = erased_ && copy.why_not.empty();
  }

  void change_key() {
    if (!open_vault()) return;
    const bool changed = did(vault_->change_master_key(other_master_));
    may_have_other_key_ = true;
    has_other_key_ = changed;
    if (!changed) vault_.reset();
  }

  void copy_keys() { did(copy_vault_keys(data(), key_dir())); }

  void look_at_persons() {
    const auto flaws = vault_->verify();
    if (must("the vault cannot be verified", flaws)) find_all("vault", *flaws);
    Persons there;
    for (std::uint64_t number = 1; number < 20; ++number) {
      const auto person = vault_->find_person(dossier(number));
      const auto notes = vault_->notes(dossier(number));
      if (!must("a person cannot be read", person) || !must("notes cannot be read", notes)) return;
      One one{*person ? (*person)->data.naam : "", {}};
      for (const Note& note : *notes) one.notes.insert(note.tekst);
      if (one != One{}) there[number] = one;
    }
    if (std::ranges::find(possible_, there) == possible_.end()) {
      std::string numbers;
      for (const auto& [number, one] : there) numbers += " " + std::to_string(number);
      find("there are persons" + numbers + ", not as it was said: lost");
    }
    erased_ = erased_ || !there.contains(2);
    possible_ = {there};
  }

  // Of who was erased: nothing in any byte.
  void look_for_secrets() {
    if (!erased_) return;
    for (const fs::path& place : {data() / "vault", key_dir()}) {
      for (const std::string& secret : secrets_) {
        if (holds(place, secret)) find(place.filename().string() + " has bytes of who was erased");
      }
    }
  }

  void look_at_key_copy() {
    must("the keys are not copied", copy_vault_keys(data(), key_dir()));
    auto copy = SqliteFile::open(key_dir() / "keys.sqlite", SqliteAccess::kWrite);
    if (!must("the copy of the keys does not open", copy)) return;
    const auto damage = find_damage(*copy);
    if (must("the copy of the keys cannot be checked", damage) && !damage->empty()) {
      find("the copy of the keys: " + *damage);
    }
    auto own = SqliteFile::open(key_file(data()), SqliteAccess::kRead);
    if (!must("the keys do not open", own)) return;
    const char* const count = "SELECT count(*) FROM wrapped";
    const auto kept = copy->ask_number(count);
    const auto there = own->ask_number(count);
    if (!kept || !there || *kept != *there) find("the copy of the keys has others");
  }

  std::uint64_t seed_;
  FakeClock clock_;
  SeededRandom random_;
  SecretKey master_;
  SecretKey other_master_;
  std::unique_ptr<DataFolder> folder_;
  std::unique_ptr<Vault> vault_;
  std::vector<Persons> possible_ = {{}};
  std::vector<std::string> secrets_;
  bool has_other_key_ = false;
  bool may_have_other_key_ = false;
  bool erased_ = false;
  bool vault_failed_ = false;  // it is to be opened again
  bool may_fail_ = true;
};

std::unique_ptr<Store> make(const fs::path& folder, std::uint64_t seed) {
  return std::make_unique<PersonsStore>(folder, seed);
}

TEST(PersonsFaults, LeaveEachPersonWholeOrErased) { StoreRounds(make).run_share(40); }

// Its journal would be played back into the copy that takes its place.
TEST(PersonsFaults, OfACopyOfTheKeysLeaveNothingToTheNextCopy) {
  StoreRounds rounds(make);
  for (std::uint64_t seed = 1; seed <= 2; ++seed) {
    const Trial trial{
        .seed = seed,
        .fault = DiskFault{{"sleutels/keys.sqlite", DiskCall::kWrite}, 1, Harm::kShort, true}};
    EXPECT_EQ(rounds.run(trial).findings, std::vector<std::string>()) << trial.text();
  }
}

}  // namespace
}  // namespace trede::test
