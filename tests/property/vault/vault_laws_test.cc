// The vault on disk beside a map in memory: persons set, joined and erased at random, master keys
// changed, the wrong ones tried.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "engine/vault/vault_flaws.h"
#include "tests/property/vault/vault_model.h"
#include "tests/unit/vault/vault_fixture.h"

namespace trede::test {
namespace {

// Each case makes a vault and syncs every change: fewer of them than rapidcheck takes by itself,
// unless RC_PARAMS asks for more.
const int kFewerCases = setenv("RC_PARAMS", "max_success=12", /*replace=*/0);
constexpr int kActs = 40;
constexpr std::uint8_t kDossiers = 7;

// Numbers that pass the check, so few that persons meet.
constexpr const char* kBsns[] = {"111222333", "123456782", "987654329", "135792472"};
constexpr const char* kNames[] = {"Jansen, A.", "JANSEN-de Vries", "Özdemir", "de Vries, B."};
constexpr const char* kDays[] = {"1990-02-03", "1899-12-31", "2004-02-29"};

std::size_t below(std::size_t end) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::size_t>(0, end));
}
template <typename T, std::size_t N>
std::string one_of(const T (&texts)[N]) {
  return texts[below(N)];
}
StreamId some_dossier() { return dossier(static_cast<std::uint8_t>(below(kDossiers))); }

template <typename T>
T value_of(Result<T> result) {
  if (!result) RC_FAIL(result.error().message);
  return std::move(*result);
}
void done(const Status& status) {
  if (!status) RC_FAIL(status.error().message);
}

PersonChange some_change() {
  PersonChange change;
  using F = PersonField;
  if (below(2) == 0) change.fields.emplace_back(F::kNaam, one_of(kNames));
  if (below(3) == 0) change.fields.emplace_back(F::kBsn, one_of(kBsns));
  if (below(6) == 0) change.fields.emplace_back(F::kBsn, "");
  if (below(4) == 0) change.fields.emplace_back(F::kGeboortedatum, one_of(kDays));
  if (below(5) == 0) change.fields.emplace_back(F::kAdres, std::string(below(200), 'a'));
  if (below(3) == 0) change.same_as = some_dossier();
  if (change.fields.empty() && !change.same_as) change.fields.emplace_back(F::kNaam, "Alleen");
  return change;
}

class Compared {
 public:
  Compared() {
    done(Vault::create(place(), master_, random_));
    reopen();
  }

  void act() {
    switch (below(12)) {
      case 0: erase(); break;
      case 1: change_master_key(); break;
      case 2: try_wrong_key(); break;
      case 3: reopen(); break;
      case 4:
      case 5: add_note(); break;
      default: set(); break;
    }
  }

  void expect_same() const {
    for (std::uint8_t number = 0; number < kDossiers; ++number) expect_same(dossier(number));
    for (const char* bsn : kBsns) expect_found({.bsn = bsn, .naam = "", .geboortedatum = {}});
    for (const char* naam : {"jansen", "VRIES", "Özdemir", "nergens"}) {
      expect_found({.bsn = "", .naam = naam, .geboortedatum = {}});
      expect_found({.bsn = kBsns[0], .naam = naam, .geboortedatum = {}});
    }
    for (const char* day : kDays) {
      expect_found({.bsn = "", .naam = "", .geboortedatum = *parse_day(day)});
    }
    auto file = value_of(SqliteFile::open(sealed_file(dir_.path()), SqliteAccess::kRead));
    RC_ASSERT(value_of(file.ask_number("SELECT count(bsn_tag) FROM person")) ==
              model_.persons_with_bsn());
    RC_ASSERT(value_of(vault_->verify()) == std::vector<std::string>());
    RC_ASSERT(value_of(find_vault_flaws(dir_.path(), log_)) == std::vector<std::string>());
  }

 private:
  VaultPlace place() const { return {dir_.path(), log_}; }

  void reopen() {
    vault_.reset();
    vault_ = value_of(Vault::open(place(), master_, random_));
  }

  void set() {
    const StreamId of = some_dossier();
    const PersonChange change = some_change();
    auto changes = value_of(vault_->begin());
    const auto real = changes.set(of, change);
    if (model_.is_erased(of)) {
      RC_ASSERT(!real);
      RC_ASSERT(real.error().code == ErrorCode::kRefused);
      return;
    }
    if (!real) RC_FAIL(real.error().message);
    RC_ASSERT(real->what == model_.set(of, change));
    if (real->what <= PersonChanged::kUnchanged) done(changes.commit());
  }

  void add_note() {
    const StreamId of = some_dossier();
    const Note note{.id = random_.uuid4(),
                    .category = kNoteCategories[below(2)],
                    .moment = Moment{std::chrono::seconds{++moment_}},
                    .actor = "coach-7",
                    .tekst = std::string(below(3000) + 1, 'n')};
    auto changes = value_of(vault_->begin());
    const Status added = changes.add_note(of, note);
    RC_ASSERT(added.has_value() == !model_.is_erased(of));
    if (!added) return;
    done(changes.commit());
    model_.add_note(of, note);
  }

  // As engine/erasure does it, without the log.
  void erase() {
    VaultErasure erasure;
    std::vector<ErasureEntry> entries;
    if (below(3) == 0) {
      erasure.verzuim = {some_dossier()};
    } else {
      erasure.dossiers = {some_dossier()};
      const auto holding = value_of(vault_holding(dir_.path(), erasure.dossiers.front()));
      if (holding.dossiers.size() == 1) erasure.persons = {*holding.person};
      entries.emplace_back();
      entries.back().dossier = erasure.dossiers.front();
    }
    auto entered = value_of(ErasureRegister::open(dir_.path(), log_));
    done(entered.begin(entries));
    done(erase_in_keys(key_file(dir_.path()), erasure));
    RC_ASSERT(value_of(erase_in_sealed(sealed_file(dir_.path()), erasure)) == erasure.persons);
    done(entered.finish());
    model_.erase(erasure);
  }

  void change_master_key() {
    SecretKey next = SecretKey::random(random_);
    const auto beside = value_of(Vault::open(place(), master_, random_));
    done(vault_->change_master_key(next));
    RC_ASSERT(beside->begin().error().code == ErrorCode::kInvalid);
    RC_ASSERT(Vault::open(place(), master_, random_).error().code == ErrorCode::kInvalid);
    master_ = std::move(next);
  }

  void try_wrong_key() {
    const std::string before = bytes();
    const SecretKey wrong = SecretKey::random(random_);
    RC_ASSERT(Vault::open(place(), wrong, random_).error().code == ErrorCode::kInvalid);
    RC_ASSERT(bytes() == before);
  }

  std::string bytes() const {
    std::string out;
    for (const auto& file : {sealed_file(dir_.path()), key_file(dir_.path())}) {
      std::ifstream in(file, std::ios::binary);
      out.append(std::istreambuf_iterator<char>(in), {});
    }
    return out;
  }

  void expect_same(const StreamId& of) const {
    const auto real = value_of(vault_->find_person(of));
    const PersonData* const model = model_.find(of);
    RC_ASSERT(real.has_value() == (model != nullptr));
    if (real) {
      RC_ASSERT(real->data == *model);
      RC_ASSERT(real->dossiers == model_.dossiers_with(of));
    }
    const auto notes = value_of(vault_->notes(of));
    const auto expected = model_.notes(of);
    RC_ASSERT(notes.size() == expected.size());
    for (std::size_t i = 0; i < notes.size(); ++i) {
      RC_ASSERT(notes[i].id == expected[i].id);
      RC_ASSERT(notes[i].category == expected[i].category);
      RC_ASSERT(notes[i].moment == expected[i].moment);
      RC_ASSERT(notes[i].tekst == expected[i].tekst);
    }
  }

  void expect_found(const PersonQuery& query) const {
    std::vector<StreamId> found;
    const auto persons = value_of(vault_->find(query));
    for (const FoundPerson& person : persons) {
      found.insert(found.end(), person.dossiers.begin(), person.dossiers.end());
    }
    std::ranges::sort(found);
    RC_ASSERT(found == model_.found_by(query));
    if (!query.bsn.empty()) RC_ASSERT(persons.size() <= 1U);
  }

  TempDir dir_;
  SeededRandom random_{below(1'000'000)};
  Uuid log_ = random_.uuid4();
  SecretKey master_ = SecretKey::random(random_);
  std::unique_ptr<Vault> vault_;
  VaultModel model_;
  int moment_ = 0;
};

RC_GTEST_PROP(TheVaultOnDisk, IsTheMapThatItPromisesToBe, ()) {
  Compared compared;
  for (int i = 0; i < kActs; ++i) {
    compared.act();
    if (i % 8 == 7) compared.expect_same();
  }
}

// The check as it is written down: weights 9 to 2 and -1, divisible by eleven, and not only zeros.
RC_GTEST_PROP(ABsn, IsTakenExactlyWhenItPassesTheElfproef, ()) {
  std::string digits;
  for (int i = 0; i < 9; ++i) digits += static_cast<char>('0' + below(10));
  for (char last = '0'; last <= '9'; ++last) {
    digits[8] = last;
    int sum = -(last - '0');
    for (int i = 0; i < 8; ++i) sum += (9 - i) * (digits[static_cast<std::size_t>(i)] - '0');
    const bool good = sum % 11 == 0 && digits != "000000000";
    const auto read = parse_bsn(digits);
    RC_ASSERT(read.has_value() == good);
    if (good) RC_ASSERT(*read == digits);
    if (!good) RC_ASSERT(read.error().message.find(digits) == std::string::npos);
    if (digits[0] == '0') RC_ASSERT(parse_bsn(digits.substr(1)).has_value() == good);
  }
}

// One digit that is wrong, and two neighbours that changed places, are always noticed.
RC_GTEST_PROP(ABsn, WithASlipIsNoBsn, ()) {
  std::string digits = one_of(kBsns);
  const std::size_t at = below(9);
  if (below(2) == 0) {
    const char other = static_cast<char>('0' + below(10));
    RC_PRE(other != digits[at]);
    digits[at] = other;
  } else {
    RC_PRE(at > 0 && digits[at] != digits[at - 1]);
    std::swap(digits[at], digits[at - 1]);
  }
  RC_ASSERT(!parse_bsn(digits));
}

}  // namespace
}  // namespace trede::test
