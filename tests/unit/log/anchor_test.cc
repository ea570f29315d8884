// The anchor: its two slots, and how close it stays behind the log.
#include "engine/log/anchor.h"

#include <fstream>
#include <future>
#include <sstream>
#include <thread>

#include "engine/log/anchor_keeper.h"
#include "engine/log/files.h"
#include "engine/log/verify.h"
#include "tests/support/scrub_round.h"
#include "tests/unit/log/log_fixture.h"

namespace trede::test {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

class AnchorTest : public LogTest {
 protected:
  fs::path file() const { return dir_ / "anchor"; }
  static AnchorState state(std::uint64_t size) {
    AnchorState state{event_id(1).uuid, {}, 7 * size};
    for (std::uint64_t i = 0; i < size; ++i) state.tree.push(leaf_hash(std::to_string(i)));
    return state;
  }
  // Flips a bit of the file at `place`.
  void damage(std::size_t place) {
    std::fstream bytes(file(), std::ios::binary | std::ios::in | std::ios::out);
    bytes.seekg(static_cast<std::streamoff>(place));
    const int byte = bytes.get();
    bytes.seekp(static_cast<std::streamoff>(place));
    bytes.put(static_cast<char>(byte ^ 1));
  }
  // The position in the anchor of the data folder, once it is `position` or a second has passed.
  Position anchored(Position position) {
    const auto latest = std::chrono::steady_clock::now() + 1s;
    for (;;) {
      const Position there{value_of(load_anchor(path() / "anchor")).state.tree.size()};
      if (there == position || std::chrono::steady_clock::now() > latest) return there;
      std::this_thread::yield();
    }
  }
};

TEST_F(AnchorTest, WhatIsWrittenIsReadBack) {
  ASSERT_TRUE(AnchorWriter::create(file(), state(0)));
  auto writer = value_of(AnchorWriter::open(file(), 2));
  for (const std::uint64_t size : {1, 2, 700, 701}) {
    ASSERT_TRUE(writer.write(state(size)));
    const AnchorFound found = value_of(load_anchor(file()));
    EXPECT_EQ(found.state.identity, event_id(1).uuid);
    EXPECT_EQ(found.state.tree, state(size).tree);
    EXPECT_EQ(found.state.key_changes, 7 * size);
    EXPECT_EQ(found.damage, "");
  }
  EXPECT_EQ(fs::file_size(file()), 8192U);
}

TEST_F(AnchorTest, KnowsAfterAStartOfTheKeysThatACrashKeptFromIt) {
  const std::string before = value_of(read_file(path() / "anchor"));
  const KeyEntry entry{dossier(1), "K-1"};
  ASSERT_TRUE(keys().assign({&entry, 1}));
  folder_.reset();
  std::ofstream(path() / "anchor", std::ios::binary) << before;
  ASSERT_EQ(value_of(load_anchor(path() / "anchor")).state.key_changes, 0U);
  reopen();
  EXPECT_EQ(value_of(load_anchor(path() / "anchor")).state.key_changes, 1U);
}

TEST_F(AnchorTest, ThatCannotBeWrittenIsToldOnceWhoeverWritesIt) {
  for (const bool by_keys : {true, false}) {
    std::promise<Error> told;
    AnchorKeeper keeper(value_of(AnchorWriter::open("/dev/full", 2)), state(0),
                        {[&] { return state(by_keys ? 0 : 1).tree; },
                         [&](const Error& error) { told.set_value(error); }});
    if (by_keys) {
      EXPECT_TRUE(failed_with(keeper.write_keys(1), ErrorCode::kIo, "/dev/full"));
    } else {
      keeper.touch();
    }
    auto error = told.get_future();
    ASSERT_EQ(error.wait_for(10s), std::future_status::ready);
    EXPECT_EQ(error.get().code, ErrorCode::kIo);
    EXPECT_TRUE(failed_with(keeper.write_keys(2), ErrorCode::kIo));
  }
}

TEST_F(AnchorTest, AWriteThatIsTornOffLeavesTheOneBefore) {
  ASSERT_TRUE(AnchorWriter::create(file(), state(0)));
  auto writer = value_of(AnchorWriter::open(file(), 2));
  ASSERT_TRUE(writer.write(state(1)));  // into the first slot
  ASSERT_TRUE(writer.write(state(2)));  // into the second
  damage(4096 + 500);
  const AnchorFound found = value_of(load_anchor(file()));
  EXPECT_EQ(found.state.tree.size(), 1U);
  EXPECT_NE(found.damage.find("the second slot is damaged"), std::string::npos) << found.damage;
  // Going on from the slot that is left writes over the damaged one.
  auto again = value_of(AnchorWriter::open(file(), found.sequence));
  ASSERT_TRUE(again.write(state(3)));
  EXPECT_EQ(value_of(load_anchor(file())).state.tree.size(), 3U);
  EXPECT_EQ(value_of(load_anchor(file())).damage, "");
}

TEST_F(AnchorTest, AnAnchorOfWhichNoSlotIsWholeIsRefused) {
  EXPECT_TRUE(failed_with(load_anchor(file()), ErrorCode::kCorrupt, "is missing"));
  ASSERT_TRUE(AnchorWriter::create(file(), state(5)));
  damage(0);
  damage(8191);
  EXPECT_TRUE(failed_with(load_anchor(file()), ErrorCode::kCorrupt, "both slots are damaged"));
  std::ofstream(file(), std::ios::trunc).close();
  EXPECT_TRUE(failed_with(load_anchor(file()), ErrorCode::kCorrupt, "both slots are damaged"));
}

TEST_F(AnchorTest, AFileThatCannotBeReadOrWrittenIsAnError) {
  fs::create_directory(file());
  EXPECT_TRUE(failed_with(load_anchor(file()), ErrorCode::kIo, file().string()));
  EXPECT_TRUE(failed_with(AnchorWriter::open(file(), 1), ErrorCode::kIo, file().string()));
  EXPECT_TRUE(failed_with(AnchorWriter::create(file(), state(0)), ErrorCode::kIo));
}

TEST_F(AnchorTest, TheAnchorFollowsALogThatFallsIdle) {
  append_each(log(), dossier(1), 1, 5);
  EXPECT_EQ(anchored(Position{5}), Position{5});
  append_each(log(), dossier(1), 6);
  EXPECT_EQ(anchored(Position{6}), Position{6});
  auto import = value_of(log().begin_import({}));
  append_each(*import, dossier(1), 7, 10);
  ASSERT_TRUE(import->commit());
  EXPECT_EQ(anchored(Position{16}), Position{16});
}

TEST_F(AnchorTest, TheAnchorStandsAtTheLastEventOnceTheFolderIsClosed) {
  append_each(log(), dossier(1), 1, 5);
  ASSERT_TRUE(folder_->close());
  EXPECT_EQ(value_of(load_anchor(path() / "anchor")).state.tree.size(), 5U);
}

TEST_F(AnchorTest, TheAnchorMovesWhileALogIsNeverIdle) {
  const auto latest = std::chrono::steady_clock::now() + 20s;
  std::uint64_t number = 0;
  while (value_of(load_anchor(path() / "anchor")).state.tree.size() == 0) {
    append_each(log(), dossier(1), number++);
    ASSERT_LT(std::chrono::steady_clock::now(), latest);
  }
  EXPECT_GT(number, 0U);
}

TEST_F(AnchorTest, ADamagedSlotIsFoundByVerifyAndMendedByTheNextWriter) {
  append_each(log(), dossier(1), 1, 5);
  folder_.reset();
  fs::copy(path() / "anchor", file());
  damage(4096 + 100);
  fs::copy(file(), path() / "anchor", fs::copy_options::overwrite_existing);
  reopen(OpenMode::kRead);
  const auto findings = value_of(verify_log(*folder_));
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_NE(findings[0].find("slot is damaged"), std::string::npos) << findings[0];
  EXPECT_EQ(scrub_round(*folder_, clock_), findings);
  reopen(OpenMode::kWrite);
  append_each(log(), dossier(1), 6, 1);
  reopen(OpenMode::kRead);
  EXPECT_EQ(value_of(verify_log(*folder_)), std::vector<std::string>());
}

}  // namespace
}  // namespace trede::test
