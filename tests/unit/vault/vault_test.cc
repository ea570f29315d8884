#include "tests/unit/vault/vault_fixture.h"

namespace trede::test {

namespace {

using F = PersonField;

const PersonChange kJansen = {.fields = {{F::kNaam, "Jansen, A."},
                                         {F::kBsn, kBsn},
                                         {F::kAdres, "Dorpsstraat 1, Velsen"},
                                         {F::kGeboortedatum, "1990-02-03"}},
                              .same_as = {}};

PersonChange naam(const std::string& text) { return {.fields = {{F::kNaam, text}}, .same_as = {}}; }
PersonChange bsn(const std::string& text) { return {.fields = {{F::kBsn, text}}, .same_as = {}}; }
PersonChange same_as(const StreamId& other) { return {.fields = {}, .same_as = other}; }

TEST_F(VaultTest, GivesBackWhatWasSetAlsoAfterReopening) {
  EXPECT_EQ(set(dossier(1), kJansen).what, PersonChanged::kMade);
  open();
  const auto person = vault_->find_person(dossier(1));
  ASSERT_TRUE(person && *person);
  EXPECT_EQ((*person)->data.naam, "Jansen, A.");
  EXPECT_EQ((*person)->data.bsn, kBsn);
  EXPECT_EQ((*person)->data.adres, "Dorpsstraat 1, Velsen");
  EXPECT_EQ(format_day(*(*person)->data.geboortedatum), "1990-02-03");
  EXPECT_EQ((*person)->dossiers, std::vector<StreamId>{dossier(1)});
  EXPECT_EQ(naam_of(dossier(2)), "nobody");
}

TEST_F(VaultTest, ChangesOnlyTheFieldsThatAreNamed) {
  set(dossier(1), kJansen);
  EXPECT_EQ(set(dossier(1), naam("Jansen-de Vries, A.")).what, PersonChanged::kChanged);
  EXPECT_EQ(set(dossier(1), {.fields = {{F::kAdres, ""}}, .same_as = {}}).what,
            PersonChanged::kChanged);
  const auto person = vault_->find_person(dossier(1));
  ASSERT_TRUE(person && *person);
  EXPECT_EQ((*person)->data.naam, "Jansen-de Vries, A.");
  EXPECT_EQ((*person)->data.bsn, kBsn);
  EXPECT_EQ((*person)->data.adres, "");
}

TEST_F(VaultTest, TheSameAgainWritesNothing) {
  set(dossier(1), kJansen);
  const std::string before = all_bytes();
  EXPECT_EQ(set(dossier(1), kJansen).what, PersonChanged::kUnchanged);
  EXPECT_EQ(all_bytes(), before);
}

TEST_F(VaultTest, WhatIsNotCommittedIsNotThere) {
  {
    auto changes = vault_->begin();
    ASSERT_TRUE(changes);
    ASSERT_TRUE(changes->set(dossier(1), kJansen));
  }
  EXPECT_EQ(naam_of(dossier(1)), "nobody");
}

TEST_F(VaultTest, ABsnOfAnotherPersonIsRefusedAndNamesTheirDossiers) {
  set(dossier(1), kJansen);
  const ChangeOutcome taken = set(dossier(2), bsn(kBsn));
  EXPECT_EQ(taken.what, PersonChanged::kBsnTaken);
  EXPECT_EQ(taken.dossiers, std::vector<StreamId>{dossier(1)});
  EXPECT_EQ(naam_of(dossier(2)), "nobody");
  set(dossier(1), bsn(kOtherBsn));
  EXPECT_EQ(set(dossier(2), bsn(kBsn)).what, PersonChanged::kMade) << "free again";
}

TEST_F(VaultTest, TwoDossiersOfOnePersonShareTheData) {
  set(dossier(1), kJansen);
  EXPECT_EQ(set(dossier(2), same_as(dossier(1))).what, PersonChanged::kMade);
  set(dossier(2), naam("Jansen, B."));
  EXPECT_EQ(naam_of(dossier(1)), "Jansen, B.");
  const auto person = vault_->find_person(dossier(1));
  EXPECT_EQ((*person)->dossiers, (std::vector{dossier(1), dossier(2)}));
  EXPECT_EQ(set(dossier(2), same_as(dossier(1))).what, PersonChanged::kUnchanged);
  EXPECT_EQ(set(dossier(2), same_as(dossier(9))).what, PersonChanged::kNobody);
}

TEST_F(VaultTest, JoiningKeepsTheNotesAndWhatTheOtherLacks) {
  set(dossier(1), naam("Jansen, A."));
  set(dossier(2), {.fields = {{F::kNaam, "Janssen"}, {F::kBsn, kBsn}}, .same_as = {}});
  add_note(dossier(2), NoteCategory::kDossier, "belt terug");
  EXPECT_EQ(set(dossier(2), same_as(dossier(1))).what, PersonChanged::kChanged);
  const auto person = vault_->find_person(dossier(2));
  EXPECT_EQ((*person)->data.naam, "Jansen, A.");
  EXPECT_EQ((*person)->data.bsn, kBsn);
  const auto notes = vault_->notes(dossier(2));
  ASSERT_TRUE(notes) << notes.error().message;
  EXPECT_EQ(notes->at(0).tekst, "belt terug");
  EXPECT_EQ(*vault_->verify(), std::vector<std::string>{});
}

TEST_F(VaultTest, PersonsWithTwoBsnsAreNotJoined) {
  set(dossier(1), bsn(kBsn));
  set(dossier(2), bsn(kOtherBsn));
  EXPECT_EQ(set(dossier(2), same_as(dossier(1))).what, PersonChanged::kBsnDiffers);
}

TEST_F(VaultTest, FindsByBsnNameAndDayOfBirth) {
  set(dossier(1), kJansen);
  set(dossier(2), naam("de Vries, B."));
  set(dossier(3), same_as(dossier(2)));
  const auto found = [&](const PersonQuery& query) {
    std::string out;
    const auto persons = vault_->find(query);
    if (!persons) return persons.error().message;
    for (const auto& one : *persons) {
      for (const auto& stream : one.dossiers) out += std::to_string(stream.uuid.bytes[15]) + " ";
    }
    return out;
  };
  const auto birth = parse_day("1990-02-03");
  EXPECT_EQ(found({.bsn = kBsn, .naam = "", .geboortedatum = {}}), "1 ");
  EXPECT_EQ(found({.bsn = kOtherBsn, .naam = "", .geboortedatum = {}}), "");
  EXPECT_EQ(found({.bsn = "", .naam = "DE VRIES", .geboortedatum = {}}), "2 3 ");
  EXPECT_EQ(found({.bsn = "", .naam = "jansen", .geboortedatum = *birth}), "1 ");
  EXPECT_EQ(found({.bsn = "", .naam = "vries", .geboortedatum = *birth}), "");
  EXPECT_EQ(found({.bsn = kBsn, .naam = "vries", .geboortedatum = {}}), "");
  EXPECT_EQ(found({.bsn = "", .naam = "--", .geboortedatum = {}}), "") << "no name at all";
}

TEST_F(VaultTest, NotesStandInOrderOfMomentAndApartByCategory) {
  add_note(dossier(1), NoteCategory::kVerzuim, "eerst");
  add_note(dossier(1), NoteCategory::kDossier, "daarna");
  add_note(dossier(2), NoteCategory::kDossier, "van een ander");
  const auto notes = vault_->notes(dossier(1));
  ASSERT_TRUE(notes);
  ASSERT_EQ(notes->size(), 2U);
  EXPECT_EQ((*notes)[0].tekst, "eerst");
  EXPECT_EQ((*notes)[0].category, NoteCategory::kVerzuim);
  EXPECT_EQ((*notes)[1].tekst, "daarna");
  EXPECT_EQ((*notes)[1].actor, "coach-7");
  EXPECT_EQ(vault_->notes(dossier(1), NoteCategory::kVerzuim)->size(), 1U);
}

TEST_F(VaultTest, NothingPersonalStandsInItsFiles) {
  set(dossier(1), kJansen);
  add_note(dossier(1), NoteCategory::kDossier, "kwam niet opdagen");
  const std::string bytes = all_bytes();
  ASSERT_NE(bytes.find("sealed.sqlite"), std::string::npos) << "nothing was read";
  for (const char* text : {"Jansen", kBsn, "Dorpsstraat", "1990", "opdagen", "coach-7"}) {
    EXPECT_EQ(bytes.find(text), std::string::npos) << text;
  }
}

TEST_F(VaultTest, AnotherMasterKeyIsRefusedAndTouchesNothing) {
  set(dossier(1), kJansen);
  vault_.reset();
  const std::string before = all_bytes();
  const auto opened = Vault::open(place(), SecretKey::random(random_), random_);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::kInvalid);
  EXPECT_EQ(all_bytes(), before);
}

TEST_F(VaultTest, OpensWithTheNewMasterKeyOnlyOnceItWasChanged) {
  set(dossier(1), kJansen);
  add_note(dossier(1), NoteCategory::kVerzuim, "ziek gemeld");
  const auto other = Vault::open(place(), master_, random_);
  ASSERT_TRUE(other);
  const SecretKey next = SecretKey::random(random_);
  ASSERT_TRUE(vault_->change_master_key(next));
  EXPECT_EQ(naam_of(dossier(1)), "Jansen, A.") << "stays open";
  const auto late = (*other)->begin();
  ASSERT_FALSE(late) << "would wrap a key that nobody can open";
  EXPECT_EQ(late.error().code, ErrorCode::kInvalid);
  const auto old = Vault::open(place(), master_, random_);
  ASSERT_FALSE(old);
  EXPECT_EQ(old.error().code, ErrorCode::kInvalid);
  master_ = SecretKey::from(next.view());
  open();
  EXPECT_EQ(naam_of(dossier(1)), "Jansen, A.");
  EXPECT_EQ(vault_->notes(dossier(1))->size(), 1U);
  EXPECT_EQ(set(dossier(2), bsn(kBsn)).what, PersonChanged::kBsnTaken) << "the index stays";
}

TEST_F(VaultTest, RefusesAVaultOfAnotherLogAndTwoThatWerePutTogether) {
  const auto opened = Vault::open({dir_.path(), random_.uuid4()}, master_, random_);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::kCorrupt);
  EXPECT_EQ(Vault::create(place(), master_, random_).error().code, ErrorCode::kInvalid);
  vault_.reset();
  std::filesystem::remove(key_file(dir_.path()));
  EXPECT_EQ(Vault::open(place(), master_, random_).error().code, ErrorCode::kNotFound);
}

TEST_F(VaultTest, SealedDataWithoutTheirKeysAreNotOverwritten) {
  set(dossier(1), kJansen);
  vault_.reset();
  const auto keys = key_file(dir_.path());
  std::filesystem::rename(keys, keys.string() + ".away");
  EXPECT_EQ(Vault::create(place(), master_, random_).error().code, ErrorCode::kCorrupt);
  std::filesystem::rename(keys.string() + ".away", keys);
  open();
  EXPECT_EQ(naam_of(dossier(1)), "Jansen, A.");
}

TEST_F(VaultTest, SealedRowsThatWereSwappedOrTakenFromElsewhereAreRefused) {
  set(dossier(1), kJansen);
  set(dossier(2), naam("de Vries, B."));
  add_note(dossier(1), NoteCategory::kDossier, "een");
  add_note(dossier(1), NoteCategory::kDossier, "twee");
  EXPECT_EQ(*vault_->verify(), std::vector<std::string>{});
  vault_.reset();
  tamper(sealed_file(dir_.path()),
         "CREATE TABLE kept AS SELECT * FROM person;"
         "UPDATE person SET sealed=(SELECT sealed FROM kept WHERE kept.person<>person.person);"
         "DROP TABLE kept; CREATE TABLE kept AS SELECT * FROM note;"
         "UPDATE note SET sealed=(SELECT sealed FROM kept WHERE kept.note<>note.note);"
         "DROP TABLE kept");
  open();
  const auto person = vault_->find_person(dossier(1));
  ASSERT_FALSE(person);
  EXPECT_EQ(person.error().code, ErrorCode::kCorrupt);
  EXPECT_EQ(vault_->notes(dossier(1)).error().code, ErrorCode::kCorrupt);
  EXPECT_EQ(vault_->verify()->size(), 4U);
}

TEST_F(VaultTest, KeysThatWereSwappedAreRefused) {
  set(dossier(1), kJansen);
  set(dossier(2), naam("de Vries, B."));
  vault_.reset();
  tamper(key_file(dir_.path()),
         "CREATE TABLE kept AS SELECT * FROM wrapped;"
         "UPDATE wrapped SET wrapped=(SELECT wrapped FROM kept WHERE kept.owner<>wrapped.owner);"
         "DROP TABLE kept");
  open();
  EXPECT_EQ(vault_->find_person(dossier(1)).error().code, ErrorCode::kCorrupt);
}

TEST_F(VaultTest, ATableIndexOrTriggerThatIsNotOursIsNoticed) {
  set(dossier(1), kJansen);
  vault_.reset();
  const struct {
    std::filesystem::path file;
    std::string sql;
    std::string undo;
    std::string found;
  } cases[] = {
      {sealed_file(dir_.path()),
       "CREATE TRIGGER z BEFORE DELETE ON person BEGIN SELECT raise(IGNORE); END", "DROP TRIGGER z",
       "sealed.sqlite: trigger z is not of this program"},
      {key_file(dir_.path()),
       "CREATE TRIGGER z BEFORE DELETE ON wrapped BEGIN SELECT raise(IGNORE); END",
       "DROP TRIGGER z", "keys.sqlite: trigger z is not of this program"},
      {sealed_file(dir_.path()), "DROP INDEX dossier_person",
       "CREATE INDEX dossier_person ON dossier(person)",
       "sealed.sqlite: index dossier_person is missing"},
  };
  for (const auto& one : cases) {
    tamper(one.file, one.sql);
    const auto opened = Vault::open(place(), master_, random_);
    ASSERT_FALSE(opened) << one.sql;
    EXPECT_EQ(opened.error().code, ErrorCode::kCorrupt);
    EXPECT_NE(opened.error().message.find(one.found), std::string::npos) << opened.error().message;
    tamper(one.file, one.undo);
  }
  open();
  EXPECT_EQ(*vault_->verify(), std::vector<std::string>{});
}

TEST_F(VaultTest, VerifyNoticesAnIndexThatLeadsAstray) {
  set(dossier(1), kJansen);
  vault_.reset();
  tamper(sealed_file(dir_.path()), "UPDATE person SET bsn_tag=NULL");
  open();
  EXPECT_EQ(vault_->verify()->size(), 1U);
}

TEST_F(VaultTest, BadFieldsAreRefusedWithoutRepeatingThem) {
  auto changes = vault_->begin();
  ASSERT_TRUE(changes);
  const auto set = changes->set(dossier(1), bsn("123456789"));
  ASSERT_FALSE(set);
  EXPECT_EQ(set.error().code, ErrorCode::kInvalid);
  EXPECT_EQ(set.error().message.find("123456789"), std::string::npos);
  EXPECT_TRUE(set.error().message.starts_with("bsn: "));
}

TEST_F(VaultTest, AllOrdinaryPersonsTakeEquallyMuchRoom) {
  set(dossier(1), naam("A"));
  set(dossier(2), {.fields = {{F::kNaam, std::string(60, 'x')},
                              {F::kAdres, std::string(100, 'y')},
                              {F::kBsn, kBsn}},
                   .same_as = {}});
  auto file = SqliteFile::open(sealed_file(dir_.path()), SqliteAccess::kRead);
  EXPECT_EQ(*file->ask_number("SELECT count(DISTINCT length(sealed)) FROM person"), 1);
}

}  // namespace

}  // namespace trede::test
