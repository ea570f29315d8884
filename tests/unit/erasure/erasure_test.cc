#include "engine/erasure/erasure.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "engine/vault/vault.h"
#include "tests/support/fakes.h"
#include "tests/support/temp_dir.h"

namespace trede::test {

namespace {

constexpr const char* kKey = "KLANT-00017";
constexpr const char* kOtherKey = "KLANT-00018";

constexpr ErasureStep kSteps[] = {ErasureStep::kEntered,       ErasureStep::kKeysDestroyed,
                                  ErasureStep::kSealedRemoved, ErasureStep::kKeysForgotten,
                                  ErasureStep::kCopiesReached, ErasureStep::kFinished};

class ErasureTest : public testing::Test {
 protected:
  ErasureTest() {
    EXPECT_TRUE(DataFolder::create(data_, clock_, random_));
    const auto folder = open();
    const std::vector<KeyEntry> keys = {{dossier(1), kKey}, {dossier(2), kOtherKey}};
    EXPECT_TRUE(folder->keys().assign(keys));
    EXPECT_TRUE(Vault::create(place(*folder), master_, random_));
    auto vault = Vault::open(place(*folder), master_, random_);
    auto changes = (*vault)->begin();
    for (const KeyEntry& key : keys) {
      EXPECT_TRUE(
          changes->set(key.stream, {.fields = {{PersonField::kNaam, "Jansen"}}, .same_as = {}}));
      Note note;
      note.id = random_.uuid4();
      note.category = NoteCategory::kVerzuim;
      note.tekst = "ziek gemeld";
      EXPECT_TRUE(changes->add_note(key.stream, note));
      note.id = random_.uuid4();
      note.category = NoteCategory::kDossier;
      EXPECT_TRUE(changes->add_note(key.stream, note));
    }
    EXPECT_TRUE(changes->commit());
  }

  static StreamId dossier(std::uint8_t number) {
    StreamId id{StreamKind::kDossier, {}};
    id.uuid.bytes[0] = 0xD0;
    id.uuid.bytes[15] = number;
    return id;
  }

  std::unique_ptr<DataFolder> open() {
    auto folder = DataFolder::open(data_, OpenMode::kWrite, clock_, random_);
    EXPECT_TRUE(folder) << folder.error().message;
    return std::move(*folder);
  }
  VaultPlace place(DataFolder& folder) const { return {data_, folder.log().identity()}; }

  // Another process that erases dossier 1 and is gone right after `step`. It begins the test anew
  // (RocksDB has threads, which a fork loses) and finds the folder of this one by a variable.
  void erase_and_die_after(ErasureStep step) {
    constexpr const char* kFolder = "TREDE_TEST_ERASURE_FOLDER";
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    ASSERT_EQ(setenv(kFolder, data_.c_str(), 0), 0);
    const auto die = [&] {
      data_ = std::getenv(kFolder);
      const auto folder = open();
      const auto erased = erase(*folder, {.dossiers = {dossier(1)}, .verzuim = {}}, clock_,
                                [step](ErasureStep reached) {
                                  if (reached == step) _exit(9);
                                });
    };
    EXPECT_EXIT(die(), testing::ExitedWithCode(9), "");
    unsetenv(kFolder);
  }

  bool holds(const std::string& text) const {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(data_)) {
      if (!entry.is_regular_file()) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string bytes(std::istreambuf_iterator<char>(file), {});
      if (bytes.find(text) != std::string::npos) return true;
    }
    return false;
  }

  TempDir dir_;
  std::filesystem::path data_ = dir_ / "w";
  FakeClock clock_;
  SeededRandom random_;
  SecretKey master_ = SecretKey::random(random_);
};

class KilledErasureTest : public ErasureTest, public testing::WithParamInterface<ErasureStep> {};

TEST_P(KilledErasureTest, IsCompletedByTheNextCall) {
  EXPECT_TRUE(holds(kKey));
  erase_and_die_after(GetParam());
  EXPECT_EQ(holds(kKey), GetParam() < ErasureStep::kKeysForgotten) << "it goes after the vault";
  const auto folder = open();
  const auto done = finish_erasures(*folder, clock_);
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(done->dossiers, GetParam() == ErasureStep::kFinished ? 0U : 1U);
  EXPECT_FALSE(holds(kKey));
  EXPECT_TRUE(holds(kOtherKey));
  EXPECT_FALSE(vault_holding(data_, dossier(1))->person);
  EXPECT_EQ(vault_holding(data_, dossier(1))->notes, 0U);
  EXPECT_EQ(vault_holding(data_, dossier(2))->notes, 2U);
  EXPECT_EQ(finish_erasures(*folder, clock_)->dossiers, 0U);
}

INSTANTIATE_TEST_SUITE_P(AfterEachStep, KilledErasureTest, testing::ValuesIn(kSteps));

TEST_F(ErasureTest, KeysAreDestroyedBeforeAnythingElse) {
  erase_and_die_after(ErasureStep::kKeysDestroyed);
  EXPECT_TRUE(vault_holding(data_, dossier(1))->person) << "the sealed row is still there";
  const auto folder = open();
  const auto vault = Vault::open(place(*folder), master_, random_);
  EXPECT_EQ((*vault)->find_person(dossier(1)).error().code, ErrorCode::kCorrupt) << "but shut";
  EXPECT_TRUE((*vault)->find_person(dossier(2)));
}

TEST_F(ErasureTest, OnlyNotesAboutVerzuimGoWhenThatIsAsked) {
  const auto folder = open();
  const auto done = erase(*folder, {.dossiers = {}, .verzuim = {dossier(1)}}, clock_);
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(done->verzuim, 1U);
  EXPECT_EQ(vault_holding(data_, dossier(1))->notes, 1U);
  EXPECT_EQ(vault_holding(data_, dossier(1))->verzuim_notes, 0U);
  EXPECT_TRUE(holds(kKey));
  auto vault = Vault::open(place(*folder), master_, random_);
  auto changes = (*vault)->begin();
  Note note;
  note.tekst = "nieuw";
  note.category = NoteCategory::kVerzuim;
  EXPECT_TRUE(changes->add_note(dossier(1), note)) << "the dossier goes on";
}

TEST_F(ErasureTest, WithoutAVaultTheKeyGoesAllTheSame) {
  std::filesystem::remove_all(data_ / "vault");
  const auto folder = open();
  ASSERT_TRUE(erase(*folder, {.dossiers = {dossier(1)}, .verzuim = {}}, clock_));
  EXPECT_FALSE(holds(kKey));
  EXPECT_TRUE(holds(kOtherKey));
}

}  // namespace

}  // namespace trede::test
