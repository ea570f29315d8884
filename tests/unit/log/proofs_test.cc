// What the log proves of itself, and the key it signs with.
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "engine/log/files.h"
#include "engine/log/signing_key_file.h"
#include "tests/unit/log/log_fixture.h"

namespace trede::test {
namespace {

class ProofsTest : public LogTest {
 protected:
  void fill(std::uint64_t events) {
    for (std::uint64_t number = 0; number < events; number += 10) {
      StreamAppend ten{dossier(number), {}, {}};
      for (std::uint64_t i = 1; i <= 10; ++i) {
        ten.events.push_back(some_event(dossier(number), number + i));
      }
      ASSERT_TRUE(append(log(), {ten}));
    }
  }
  TreeHead head_at(std::uint64_t size) { return {size, value_of(log().root_at(Position{size}))}; }
};

// Of 1290 events the tree has four stored rows of hashes, their roots, and a tail without either.
TEST_F(ProofsTest, EveryEventIsProvedInEveryLaterHead) {
  fill(1290);
  const auto stored = stored_events(log());
  reopen(OpenMode::kRead);
  for (std::uint64_t size : {1U, 2U, 255U, 256U, 257U, 512U, 1000U, 1024U, 1290U}) {
    const TreeHead head = head_at(size);
    EXPECT_EQ(value_of(root_of(log(), size)), head.root) << size;
    for (std::uint64_t index = 0; index < size; index += 1 + index / 7) {
      const auto path = value_of(prove_inclusion(log(), index, size));
      EXPECT_TRUE(proves_inclusion(path, leaf_hash(stored[index]), index, head))
          << index << " in " << size;
    }
  }
}

TEST_F(ProofsTest, EveryHeadContinuesEveryEarlierOne) {
  fill(1290);
  for (std::uint64_t size = 1; size <= 1290; size += 43) {
    for (std::uint64_t old_size = 0; old_size <= size; old_size += 1 + old_size / 5) {
      const auto path = value_of(prove_consistency(log(), old_size, size));
      EXPECT_TRUE(proves_consistency(path, head_at(old_size), head_at(size)))
          << old_size << " to " << size;
    }
  }
}

// The second level of stored roots begins with 65,536 events.
TEST_F(ProofsTest, ALargeLogIsProvedFromItsStoredRoots) {
  constexpr std::uint64_t kEvents = 66'000;
  const auto staged = value_of(log().begin_import({.id = ImportId{random_.uuid4()}}));
  for (std::uint64_t number = 0; number < kEvents; number += 1000) {
    StreamAppend many{dossier(number), {}, {}};
    for (std::uint64_t i = 1; i <= 1000; ++i) {
      many.events.push_back(some_event(dossier(number), number + i));
    }
    ASSERT_TRUE(append(*staged, {many}));
  }
  ASSERT_TRUE(staged->commit());
  const TreeHead head = head_at(kEvents);
  for (const std::uint64_t index : {0U, 65'535U, 65'536U, 65'999U}) {
    const std::string event = value_of(log().load(Position{index + 1})).bytes;
    const auto path = value_of(prove_inclusion(log(), index, kEvents));
    EXPECT_TRUE(proves_inclusion(path, leaf_hash(event), index, head)) << index;
  }
  for (const std::uint64_t old_size : {1U, 40'000U, 65'536U, 65'537U}) {
    const auto path = value_of(prove_consistency(log(), old_size, kEvents));
    EXPECT_TRUE(proves_consistency(path, head_at(old_size), head)) << old_size;
  }
}

TEST_F(ProofsTest, ASubtreeThatIsNotCompleteHasNoRoot) {
  fill(300);
  EXPECT_TRUE(log().subtree(0, 299));
  EXPECT_TRUE(failed_with(log().subtree(0, 300), ErrorCode::kInvalid, "is not complete"));
  EXPECT_TRUE(log().subtree(8, 0));
  EXPECT_TRUE(failed_with(log().subtree(8, 1), ErrorCode::kInvalid, "is not complete"));
  EXPECT_TRUE(failed_with(log().subtree(64, 0), ErrorCode::kInvalid, "is not complete"));
}

TEST_F(ProofsTest, ACheckpointSaysWhichLogHowFarAndWhen) {
  fill(20);
  const Checkpoint checkpoint = value_of(checkpoint_at(log(), Position{20}));
  EXPECT_EQ(checkpoint.origin, "trede/" + log().identity().text());
  EXPECT_EQ(checkpoint.head, head_at(20));
  EXPECT_EQ(checkpoint.find("vastgelegd_op"), format_moment(value_of(log().head()).vastgelegd_op));
  EXPECT_TRUE(value_of(checkpoint_at(log(), Position{0})).extensions.empty());
  EXPECT_TRUE(failed_with(checkpoint_at(log(), Position{21}), ErrorCode::kInvalid));
}

TEST_F(ProofsTest, AFolderHasAKeyOfItsOwnThatOthersCannotRead) {
  const auto key = value_of(find_signing_key(path(), log().identity()));
  ASSERT_TRUE(key);
  EXPECT_EQ(key->verifier().name(), origin_of(log().identity()));
  struct stat status {};
  ASSERT_EQ(::stat((path() / "signing.key").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(ProofsTest, AKeyThatOthersMayUseIsRefusedAlsoByRoot) {
  for (const ::mode_t mode : {0604U, 0602U, 0640U, 0660U, 0666U, 0644U}) {
    ASSERT_EQ(::chmod((path() / "signing.key").c_str(), mode), 0);
    EXPECT_TRUE(failed_with(find_signing_key(path(), log().identity()), ErrorCode::kInvalid,
                            "signing.key: others than its owner may use it, expected chmod 600"));
  }
  for (const ::mode_t mode : {0400U, 0600U}) {
    ASSERT_EQ(::chmod((path() / "signing.key").c_str(), mode), 0);
    EXPECT_TRUE(value_of(find_signing_key(path(), log().identity())));
  }
}

TEST_F(ProofsTest, WhatIsNoFileIsNoKeyAndIsNotWaitedFor) {
  const std::filesystem::path place = path() / "signing.key";
  const auto is_refused = [&] {
    return failed_with(find_signing_key(path(), log().identity()), ErrorCode::kInvalid,
                       "signing.key: expected a file, or a link to one");
  };
  std::filesystem::rename(place, path() / "elsewhere.key");
  ASSERT_EQ(::mkfifo(place.c_str(), 0600), 0);
  EXPECT_TRUE(is_refused());
  std::filesystem::remove(place);
  std::filesystem::create_symlink("nowhere", place);
  EXPECT_TRUE(is_refused());
  std::filesystem::remove(place);
  std::filesystem::create_symlink("elsewhere.key", place);
  EXPECT_TRUE(value_of(find_signing_key(path(), log().identity())));
}

TEST_F(ProofsTest, AKeyIsNeverPutInThePlaceOfAnother) {
  const std::string before = value_of(read_file(path() / "signing.key"));
  EXPECT_TRUE(failed_with(make_signing_key(path(), log().identity(), random_), ErrorCode::kInvalid,
                          "there is a key already"));
  EXPECT_EQ(value_of(read_file(path() / "signing.key")), before);
}

TEST_F(ProofsTest, AFolderWithoutAKeyGetsOneWhenAsked) {
  ASSERT_TRUE(std::filesystem::remove(path() / "signing.key"));
  EXPECT_FALSE(value_of(find_signing_key(path(), log().identity())));
  ASSERT_TRUE(write_new_file(path() / "signing.key.new", "what a crash left"));
  const SigningKey key = value_of(make_signing_key(path(), log().identity(), random_));
  const auto kept = value_of(find_signing_key(path(), log().identity()));
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->text(), key.text());
  EXPECT_FALSE(std::filesystem::exists(path() / "signing.key.new"));
}

// Whose key this child made stands in its exit status; the folder keeps that very key.
int make_key_in_child(const std::filesystem::path& folder, const Uuid& identity, int begin) {
  char word = 0;
  if (::read(begin, &word, 1) != 0) return 3;  // ends when the parent closes it
  SystemRandom random;
  const auto made = make_signing_key(folder, identity, random);
  if (!made) return made.error().message.ends_with("there is a key already") ? 1 : 3;
  const auto kept = find_signing_key(folder, identity);
  return kept && *kept && (*kept)->text() == made->text() ? 0 : 3;
}

TEST_F(ProofsTest, OfProcessesThatMakeAKeyAtOnceOneDoes) {
  constexpr int kRounds = 20;
  constexpr std::size_t kProcesses = 8;
  for (int round = 0; round < kRounds; ++round) {
    std::filesystem::remove(path() / "signing.key");
    std::array<int, 2> begin{};
    ASSERT_EQ(::pipe(begin.data()), 0);
    std::vector<pid_t> children;
    for (std::size_t i = 0; i < kProcesses; ++i) {
      children.push_back(::fork());
      if (children.back() != 0) continue;
      ::close(begin[1]);
      ::_exit(make_key_in_child(path(), log().identity(), begin[0]));
    }
    ::close(begin[0]);
    ::close(begin[1]);
    std::array<std::size_t, 4> ended{};  // made it, found one, by a signal, anything else
    for (const pid_t child : children) {
      int status = 0;
      ASSERT_EQ(::waitpid(child, &status, 0), child);
      ++ended.at(WIFEXITED(status) ? static_cast<std::size_t>(WEXITSTATUS(status)) : 2);
    }
    ASSERT_EQ(ended, (std::array<std::size_t, 4>{1, kProcesses - 1, 0, 0})) << "round " << round;
    EXPECT_FALSE(std::filesystem::exists(path() / "signing.key.new"));
  }
}

TEST_F(ProofsTest, AKeyOfAnotherLogOrNoKeyIsRefused) {
  const Uuid other = random_.uuid4();
  EXPECT_TRUE(failed_with(find_signing_key(path(), other), ErrorCode::kInvalid, other.text()));
  std::filesystem::resize_file(path() / "signing.key", 40);
  EXPECT_TRUE(failed_with(find_signing_key(path(), log().identity()), ErrorCode::kInvalid,
                          "signing.key: this is no key"));
}

}  // namespace
}  // namespace trede::test
