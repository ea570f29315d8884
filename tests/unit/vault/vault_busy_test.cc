#include <thread>

#include "tests/unit/vault/vault_fixture.h"

namespace trede::test {

namespace {

using F = PersonField;

// Each with a vault of its own, as two processes have.
TEST_F(VaultTest, WritersWaitForEachOtherAndLoseNothing) {
  constexpr int kWriters = 3;
  constexpr int kEach = 20;
  std::vector<std::jthread> writers;
  for (int writer = 0; writer < kWriters; ++writer) {
    writers.emplace_back([&, writer] {
      SeededRandom random(static_cast<std::uint64_t>(100 + writer));
      const auto vault = Vault::open(place(), master_, random);
      ASSERT_TRUE(vault);
      for (int i = 0; i < kEach; ++i) {
        auto changes = (*vault)->begin();
        ASSERT_TRUE(changes) << changes.error().message;
        const auto number = static_cast<std::uint8_t>(writer * kEach + i);
        const auto set = changes->set(
            dossier(number), {.fields = {{F::kNaam, "N" + std::to_string(number)}}, .same_as = {}});
        ASSERT_TRUE(set) << set.error().message;
        ASSERT_TRUE(changes->commit());
      }
    });
  }
  writers.clear();
  for (int number = 0; number < kWriters * kEach; ++number) {
    EXPECT_EQ(naam_of(dossier(static_cast<std::uint8_t>(number))), "N" + std::to_string(number));
  }
  EXPECT_EQ(*vault_->verify(), std::vector<std::string>{});
}

TEST_F(VaultTest, ReadersSeeTheStateBeforeWhileAnotherChanges) {
  ASSERT_EQ(set(dossier(1), {.fields = {{F::kNaam, "A"}}, .same_as = {}}).what,
            PersonChanged::kMade);
  const auto other = Vault::open(place(), master_, random_);
  ASSERT_TRUE(other);
  auto changes = (*other)->begin();
  ASSERT_TRUE(changes);
  ASSERT_TRUE(changes->set(dossier(1), {.fields = {{F::kNaam, "B"}}, .same_as = {}}));
  EXPECT_EQ(naam_of(dossier(1)), "A");
  ASSERT_TRUE(changes->commit());
  EXPECT_EQ(naam_of(dossier(1)), "B");
}

}  // namespace

}  // namespace trede::test
