#include <algorithm>

#include "tests/unit/vault/vault_fixture.h"

namespace trede::test {

namespace {

using F = PersonField;

class ErasuresTest : public VaultTest {
 protected:
  ErasuresTest() {
    set(dossier(1), {.fields = {{F::kNaam, "Jansen"}, {F::kBsn, kBsn}}, .same_as = {}});
    set(dossier(2), {.fields = {}, .same_as = dossier(1)});
    set(dossier(3), {.fields = {{F::kNaam, "de Vries"}, {F::kBsn, kOtherBsn}}, .same_as = {}});
    for (const StreamId& one : {dossier(1), dossier(2), dossier(3)}) {
      add_note(one, NoteCategory::kDossier, "over dossier");
      add_note(one, NoteCategory::kVerzuim, "over verzuim");
    }
  }

  std::vector<Uuid> erase(const VaultErasure& erasure) {
    EXPECT_TRUE(erase_in_keys(key_file(dir_.path()), erasure));
    const auto persons = erase_in_sealed(sealed_file(dir_.path()), erasure);
    EXPECT_TRUE(persons) << persons.error().message;
    EXPECT_TRUE(
        erase_in_keys(key_file(dir_.path()), {.persons = *persons, .dossiers = {}, .verzuim = {}}));
    return *persons;
  }

  std::int64_t keys() {
    auto file = SqliteFile::open(key_file(dir_.path()), SqliteAccess::kRead);
    return *file->ask_number("SELECT count(*) FROM wrapped");
  }

  std::size_t notes_of(const StreamId& of) { return vault_->notes(of)->size(); }
};

TEST_F(ErasuresTest, APersonWithAnotherDossierStays) {
  EXPECT_EQ(erase({.persons = {}, .dossiers = {dossier(1)}, .verzuim = {}}), std::vector<Uuid>());
  EXPECT_EQ(naam_of(dossier(1)), "nobody");
  EXPECT_EQ(naam_of(dossier(2)), "Jansen");
  EXPECT_EQ(notes_of(dossier(1)), 0U);
  EXPECT_EQ(notes_of(dossier(2)), 2U);
  EXPECT_EQ(keys(), 6) << "two persons, two kinds of notes of two dossiers";
}

TEST_F(ErasuresTest, WithTheLastDossierThePersonGoes) {
  const Uuid id = (*vault_->find_person(dossier(1)))->id;
  EXPECT_EQ(erase({.persons = {}, .dossiers = {dossier(1), dossier(2)}, .verzuim = {}}),
            std::vector<Uuid>{id});
  EXPECT_EQ(naam_of(dossier(2)), "nobody");
  EXPECT_EQ(naam_of(dossier(3)), "de Vries");
  EXPECT_EQ(keys(), 3);
  EXPECT_EQ(set(dossier(3), {.fields = {{F::kBsn, kBsn}}, .same_as = {}}).what,
            PersonChanged::kChanged)
      << "nobody has that BSN any more";
}

TEST_F(ErasuresTest, NotesAboutVerzuimGoAlone) {
  erase({.persons = {}, .dossiers = {}, .verzuim = {dossier(1)}});
  const auto notes = vault_->notes(dossier(1));
  ASSERT_EQ(notes->size(), 1U);
  EXPECT_EQ(notes->front().category, NoteCategory::kDossier);
  EXPECT_EQ(notes_of(dossier(2)), 2U);
  EXPECT_EQ(naam_of(dossier(1)), "Jansen");
}

TEST_F(ErasuresTest, TwiceIsAsOnceAndNothingIsNoError) {
  const VaultErasure erasure{.persons = {}, .dossiers = {dossier(3), dossier(9)}, .verzuim = {}};
  erase(erasure);
  const std::int64_t left = keys();
  EXPECT_EQ(erase(erasure), std::vector<Uuid>());
  EXPECT_EQ(keys(), left);
  EXPECT_TRUE(erase_in_keys(dir_ / "weg", erasure));
  EXPECT_TRUE(erase_in_sealed(dir_ / "weg", erasure));
}

// What is erased stands in no byte of the files, wherever the tables were moved before: every
// sealed row and wrapped key that the files held is looked for.
TEST_F(ErasuresTest, AFileWhoseTriggerWouldKeepThemIsRefused) {
  vault_.reset();
  tamper(sealed_file(dir_.path()),
         "CREATE TRIGGER z BEFORE DELETE ON person BEGIN SELECT raise(IGNORE); END");
  tamper(key_file(dir_.path()),
         "CREATE TRIGGER z BEFORE DELETE ON wrapped BEGIN SELECT raise(IGNORE); END");
  const VaultErasure erasure{.persons = {}, .dossiers = {dossier(3)}, .verzuim = {}};
  EXPECT_EQ(erase_in_sealed(sealed_file(dir_.path()), erasure).error().code, ErrorCode::kCorrupt);
  EXPECT_EQ(erase_in_keys(key_file(dir_.path()), erasure).error().code, ErrorCode::kCorrupt);
}

TEST_F(ErasuresTest, ARegisterThatForgetsIsRefused) {
  { ASSERT_TRUE(ErasureRegister::open(dir_.path(), log_)); }
  tamper(register_file(dir_.path()),
         "CREATE TRIGGER z BEFORE INSERT ON erasure BEGIN SELECT raise(IGNORE); END");
  const auto opened = ErasureRegister::open(dir_.path(), log_);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::kCorrupt);
}

TEST_F(ErasuresTest, NoByteOfItIsLeftInTheFiles) {
  auto changes = vault_->begin();
  ASSERT_TRUE(changes);
  for (int i = 10; i < 200; ++i) {  // enough for pages to be split and moved
    const StreamId one = dossier(static_cast<std::uint8_t>(i));
    ASSERT_TRUE(changes->set(one, {.fields = {{F::kNaam, "X"}}, .same_as = {}}));
    Note note;
    note.id = random_.uuid4();
    note.tekst = "x";
    ASSERT_TRUE(changes->add_note(one, note));
  }
  ASSERT_TRUE(changes->commit());
  std::vector<std::string> gone;
  VaultErasure erasure;
  for (int i = 10; i < 200; i += 2) {
    erasure.dossiers.push_back(dossier(static_cast<std::uint8_t>(i)));
    const Uuid person = (*vault_->find_person(erasure.dossiers.back()))->id;
    gone.emplace_back(person.view());
  }
  for (const auto& [file, sql] :
       {std::pair{key_file(dir_.path()), "SELECT owner, wrapped FROM wrapped"},
        std::pair{sealed_file(dir_.path()), "SELECT dossier, sealed FROM note"}}) {
    auto opened = SqliteFile::open(file, SqliteAccess::kRead);
    auto rows = opened->prepare(sql);
    for (auto row = rows->step(); row && *row; row = rows->step()) {
      const std::string owner = rows->blob(0);
      const bool goes = std::ranges::any_of(
          erasure.dossiers, [&](const StreamId& one) { return one.uuid.view() == owner; });
      if (goes || std::ranges::find(gone, owner) != gone.end()) gone.push_back(rows->blob(1));
    }
  }
  ASSERT_GT(gone.size(), 300U);
  std::string bytes = all_bytes();
  EXPECT_NE(bytes.find(gone.front()), std::string::npos) << "the search finds what is there";
  erase(erasure);
  bytes = all_bytes();
  for (const std::string& one : gone) EXPECT_EQ(bytes.find(one), std::string::npos);
  EXPECT_EQ(*vault_->verify(), std::vector<std::string>{});
}

TEST_F(ErasuresTest, ReachACopyAndCopiesAreWhole) {
  const auto copy = dir_ / "sealed-copy";
  const auto key_copy = dir_ / "key-copy";
  ASSERT_TRUE(copy_vault_file(sealed_file(dir_.path()), copy));
  ASSERT_TRUE(copy_vault_file(key_file(dir_.path()), key_copy));
  EXPECT_EQ(copy_vault_file(dir_ / "weg", dir_ / "x").error().code, ErrorCode::kNotFound);
  const VaultErasure erasure{.persons = {}, .dossiers = {dossier(3)}, .verzuim = {}};
  const auto persons = erase_in_sealed(copy, erasure);
  ASSERT_TRUE(persons && persons->size() == 1);
  ASSERT_TRUE(
      erase_in_keys(key_copy, {.persons = *persons, .dossiers = {dossier(3)}, .verzuim = {}}));
  EXPECT_EQ(naam_of(dossier(3)), "de Vries") << "the vault itself is left";
  vault_.reset();
  std::filesystem::rename(copy, sealed_file(dir_.path()));
  std::filesystem::rename(key_copy, key_file(dir_.path()));
  open();
  EXPECT_EQ(naam_of(dossier(3)), "nobody");
  EXPECT_EQ(naam_of(dossier(1)), "Jansen");
  EXPECT_EQ(*vault_->verify(), std::vector<std::string>{});
}

TEST_F(ErasuresTest, AreToldWithoutAnyKey) {
  const auto holding = vault_holding(dir_.path(), dossier(2));
  ASSERT_TRUE(holding);
  EXPECT_EQ(holding->person, (*vault_->find_person(dossier(1)))->id);
  EXPECT_EQ(holding->dossiers, (std::vector{dossier(1), dossier(2)}));
  EXPECT_EQ(holding->notes, 2U);
  EXPECT_EQ(holding->verzuim_notes, 1U);
  EXPECT_FALSE(vault_holding(dir_.path(), dossier(9))->person);
  EXPECT_FALSE(vault_holding(dir_ / "elsewhere", dossier(2))->person);
}

TEST_F(ErasuresTest, TheRegisterKeepsWhatWasBegunAndWhatIsDone) {
  auto entries = ErasureRegister::open(dir_.path(), log_);
  ASSERT_TRUE(entries) << entries.error().message;
  const ErasureEntry one{.part = ErasedPart::kDossier,
                         .dossier = dossier(1),
                         .person = random_.uuid4(),
                         .begun = Moment{std::chrono::seconds{5}}};
  const ErasureEntry two{.part = ErasedPart::kVerzuim, .dossier = dossier(3), .person = {}};
  ASSERT_TRUE(entries->begin(std::vector{one, two}));
  ASSERT_TRUE(entries->begin(std::vector{one}));
  auto unfinished = entries->unfinished();
  ASSERT_EQ(unfinished->size(), 2U) << "entered once";
  EXPECT_EQ(unfinished->front().person, one.person);
  EXPECT_EQ(unfinished->front().begun, one.begun);
  EXPECT_FALSE(unfinished->back().person);
  ASSERT_TRUE(entries->finish());
  EXPECT_EQ(entries->unfinished()->size(), 0U);
  EXPECT_EQ(entries->all()->size(), 2U);
  EXPECT_EQ(*erased_dossiers(dir_.path()), std::vector{dossier(1)});
  EXPECT_EQ(ErasureRegister::open(dir_.path(), random_.uuid4()).error().code, ErrorCode::kCorrupt);
}

TEST_F(ErasuresTest, NothingPersonalComesBackForAnErasedDossier) {
  auto entries = ErasureRegister::open(dir_.path(), log_);
  ASSERT_TRUE(entries->begin(std::vector{ErasureEntry{.dossier = dossier(1), .person = {}}}));
  auto changes = vault_->begin();
  ASSERT_TRUE(changes);
  const auto outcome = changes->set(dossier(1), {.fields = {{F::kNaam, "X"}}, .same_as = {}});
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, ErrorCode::kRefused);
  Note note;
  note.tekst = "x";
  EXPECT_EQ(changes->add_note(dossier(1), note).error().code, ErrorCode::kRefused);
  EXPECT_TRUE(changes->set(dossier(2), {.fields = {{F::kNaam, "X"}}, .same_as = {}}));
}

}  // namespace

}  // namespace trede::test
