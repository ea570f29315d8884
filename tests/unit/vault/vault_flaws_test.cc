#include "engine/vault/vault_flaws.h"

#include <algorithm>
#include <fstream>

#include "tests/unit/vault/vault_fixture.h"

namespace trede::test {

namespace {

using F = PersonField;

long line_count(const std::string& text) { return std::ranges::count(text, '\n'); }

class VaultFlaws : public VaultTest {
 protected:
  VaultFlaws() {
    set(dossier(1), {.fields = {{F::kNaam, "Jansen"}, {F::kBsn, kBsn}}, .same_as = {}});
    set(dossier(2), {.fields = {{F::kNaam, "de Vries"}}, .same_as = {}});
    add_note(dossier(1), NoteCategory::kVerzuim, "ziek");
    add_note(dossier(1), NoteCategory::kDossier, "belt terug");
    vault_.reset();
  }

  // All findings, a line each.
  std::string found() const {
    const auto flaws = find_vault_flaws(dir_.path(), log_);
    if (!flaws) return "error: " + flaws.error().message;
    std::string out;
    for (const std::string& flaw : *flaws) out += flaw + "\n";
    return out;
  }

  void enter(const StreamId& of, bool is_done) {
    ErasureEntry entry;
    entry.dossier = of;
    auto entered = ErasureRegister::open(dir_.path(), log_);
    ASSERT_TRUE(entered);
    ASSERT_TRUE(entered->begin(std::vector<ErasureEntry>{entry}));
    if (is_done) {
      ASSERT_TRUE(entered->finish());
    }
  }
};

TEST_F(VaultFlaws, AreNoneInAVaultThatIsSoundNorWithoutOne) {
  EXPECT_EQ(found(), "");
  enter(dossier(3), true);
  EXPECT_EQ(found(), "");
  std::filesystem::remove_all(dir_ / "vault");
  EXPECT_EQ(found(), "");
}

TEST_F(VaultFlaws, AreNamedByWhatIsMissing) {
  const std::pair<const char*, const char*> keys[] = {
      {"DELETE FROM wrapped WHERE what=2", "a person whose key is not there: "},
      {"DELETE FROM wrapped WHERE what=3", "notes of a dossier whose key is not there: "},
      {"UPDATE wrapped SET what=9 WHERE what=4", "a key of an unknown kind: "},
      {"DELETE FROM meta WHERE name='index_key'", "the key of the index of BSNs is not there"},
      {"UPDATE meta SET value=zeroblob(16) WHERE name='log'", "the vault is of another log"},
      {"CREATE TRIGGER t AFTER DELETE ON wrapped BEGIN SELECT 1; END", "trigger"},
  };
  const std::pair<const char*, const char*> sealed[] = {
      {"DELETE FROM person", "a dossier whose person is not there: "},
      {"DELETE FROM person", "a key of a person who is not there: "},
      {"DELETE FROM dossier", "a person without a dossier: "},
      {"DELETE FROM note WHERE category=2", "a key of notes that are not there, of a dossier: "},
      {"UPDATE note SET category=7 WHERE category=2", "a note of an unknown category: "},
      {"UPDATE person SET bsn_tag=x'00' WHERE bsn_tag IS NOT NULL", "not a tag of a BSN"},
  };
  const auto check = [&](const std::filesystem::path& file, const auto& cases) {
    std::ifstream in(file, std::ios::binary);
    const std::string whole(std::istreambuf_iterator<char>(in), {});
    for (const auto& [sql, says] : cases) {
      tamper(file, sql);
      EXPECT_NE(found().find(says), std::string::npos) << sql << "\n" << found();
      std::ofstream(file, std::ios::binary) << whole;
      ASSERT_EQ(found(), "");
    }
  };
  check(key_file(dir_.path()), keys);
  check(sealed_file(dir_.path()), sealed);
}

TEST_F(VaultFlaws, AreSeenInTheBytesOfAFile) {
  for (const auto& file : {sealed_file(dir_.path()), key_file(dir_.path())}) {
    std::fstream bytes(file, std::ios::binary | std::ios::in | std::ios::out);
    bytes.seekp(4096 + 3);
    bytes << std::string(40, '\xFF');
    bytes.close();
    EXPECT_NE(found().find(".sqlite"), std::string::npos) << found();
    EXPECT_FALSE(found().starts_with("error")) << found();
  }
}

TEST_F(VaultFlaws, AFileThatIsGoneIsNamed) {
  const auto aside = dir_ / "aside";
  std::filesystem::rename(key_file(dir_.path()), aside);
  EXPECT_NE(found().find("keys.sqlite: not there, and sealed data are"), std::string::npos);
  std::filesystem::rename(aside, key_file(dir_.path()));
  std::filesystem::remove(sealed_file(dir_.path()));
  EXPECT_NE(found().find("sealed.sqlite: not there, and the keys are"), std::string::npos);
}

TEST_F(VaultFlaws, WhatTheRegisterSaysIsHeldAgainstWhatIsThere) {
  enter(dossier(1), false);
  EXPECT_NE(found().find("was begun and not ended"), std::string::npos) << found();
  enter(dossier(2), true);
  EXPECT_NE(found().find("erased, and something is left of dossier/" + dossier(2).uuid.text()),
            std::string::npos)
      << found();
  EXPECT_EQ(line_count(found()), 2) << found();
}

TEST_F(VaultFlaws, ARegisterThatWasCutShortWhileItWasMadeIsNone) {
  std::ofstream(register_file(dir_.path())).close();
  EXPECT_EQ(found(), "");
  EXPECT_TRUE(erased_dossiers(dir_.path()).value().empty());
  EXPECT_TRUE(load_erasures(dir_.path(), log_).value().empty());
}

TEST_F(VaultFlaws, AnEntryThatWasTakenOutOfTheRegisterIsMissed) {
  for (std::uint8_t number = 5; number < 8; ++number) enter(dossier(number), true);
  ASSERT_EQ(found(), "");
  tamper(register_file(dir_.path()), "DELETE FROM erasure WHERE number=2");
  EXPECT_EQ(found(), "the register of erasures lacks number 2\n");
  tamper(register_file(dir_.path()), "DELETE FROM erasure WHERE number=3");
  EXPECT_NE(found().find("the last entries of the register were taken off"), std::string::npos);
}

// Another process has entered an erasure and is at work.
TEST_F(VaultFlaws, WhatIsBeingErasedIsNamedOnce) {
  enter(dossier(1), false);
  VaultErasure erasure{.persons = {}, .dossiers = {dossier(1)}, .verzuim = {}};
  const auto holding = vault_holding(dir_.path(), dossier(1));
  erasure.persons = {*holding->person};
  ASSERT_TRUE(erase_in_keys(key_file(dir_.path()), erasure));
  EXPECT_EQ(line_count(found()), 2) << found() << "the entry, and the person it does not name";
  ASSERT_TRUE(erase_in_sealed(sealed_file(dir_.path()), erasure));
  EXPECT_EQ(line_count(found()), 1) << found();
}

}  // namespace

}  // namespace trede::test
