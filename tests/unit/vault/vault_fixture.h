// A vault in a folder of its own, and hands on its files.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "engine/sqlite/sqlite_file.h"
#include "engine/vault/erasures.h"
#include "engine/vault/vault.h"
#include "tests/support/fakes.h"
#include "tests/support/temp_dir.h"

namespace trede::test {

// Made-up numbers that pass the check.
inline constexpr const char* kBsn = "111222333";
inline constexpr const char* kOtherBsn = "123456782";

inline StreamId dossier(std::uint8_t number) {
  StreamId id{StreamKind::kDossier, {}};
  id.uuid.bytes[0] = 0xD0;
  id.uuid.bytes[15] = number;
  return id;
}

class VaultTest : public testing::Test {
 protected:
  VaultTest() {
    EXPECT_TRUE(Vault::create(place(), master_, random_));
    open();
  }

  VaultPlace place() const { return {dir_.path(), log_}; }

  void open() {
    vault_.reset();
    auto vault = Vault::open(place(), master_, random_);
    ASSERT_TRUE(vault) << vault.error().message;
    vault_ = std::move(*vault);
  }

  // Sets and commits, unless it was refused.
  ChangeOutcome set(const StreamId& of, const PersonChange& change) {
    auto changes = vault_->begin();
    EXPECT_TRUE(changes) << changes.error().message;
    const auto outcome = changes->set(of, change);
    EXPECT_TRUE(outcome) << outcome.error().message;
    if (!outcome) return {};
    const bool good =
        outcome->what == PersonChanged::kMade || outcome->what == PersonChanged::kChanged;
    if (good) {
      EXPECT_TRUE(changes->commit());
    }
    return *outcome;
  }

  void add_note(const StreamId& of, NoteCategory category, const std::string& tekst) {
    auto changes = vault_->begin();
    ASSERT_TRUE(changes) << changes.error().message;
    ASSERT_TRUE(changes->add_note(of, {.id = random_.uuid4(),
                                       .category = category,
                                       .moment = Moment{std::chrono::seconds{++moment_}},
                                       .actor = "coach-7",
                                       .tekst = tekst}));
    ASSERT_TRUE(changes->commit());
  }

  std::string naam_of(const StreamId& of) {
    const auto person = vault_->find_person(of);
    if (!person) return "error: " + person.error().message;
    return *person ? (*person)->data.naam : "nobody";
  }

  // Runs SQL on a file of the vault, as who has the disk in hands could.
  void tamper(const std::filesystem::path& file, const std::string& sql) {
    auto opened = SqliteFile::open(file, SqliteAccess::kWrite);
    ASSERT_TRUE(opened) << opened.error().message;
    const Status done = opened->execute(sql);
    ASSERT_TRUE(done) << done.error().message;
  }

  // Everything in the folder of the vault.
  std::string all_bytes() const {
    std::string out;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(dir_.path())) {
      if (!entry.is_regular_file()) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      out += entry.path().filename().string();
      out.append(std::istreambuf_iterator<char>(file), {});
    }
    return out;
  }

  TempDir dir_;
  SeededRandom random_{7};
  Uuid log_ = random_.uuid4();
  SecretKey master_ = SecretKey::random(random_);
  std::unique_ptr<Vault> vault_;
  int moment_ = 0;
};

}  // namespace trede::test
