// Which KEY a stream has: assigned for good, or forgotten in every byte.
#include <array>
#include <fstream>
#include <sstream>

#include "engine/log/rocks_keys_internal.h"
#include "engine/log/verify.h"
#include "tests/unit/log/log_fixture.h"

namespace trede::test {
namespace {

namespace fs = std::filesystem;

class KeyDirectoryTest : public LogTest {
 protected:
  std::vector<KeyEntry> entries() {
    std::vector<KeyEntry> entries;
    const Status scanned = keys().scan([&](const KeyEntry& entry) -> Status {
      entries.push_back(entry);
      return {};
    });
    EXPECT_TRUE(scanned);
    return entries;
  }
  Status assign(const StreamId& stream, std::string key) {
    const KeyEntry entry{stream, std::move(key)};
    return keys().assign({&entry, 1});
  }
  std::optional<std::string> key_of(const StreamId& stream) {
    return value_of(keys().find_key(stream));
  }
  std::optional<StreamId> stream_of(StreamKind kind, std::string_view key) {
    return value_of(keys().find_stream(kind, key));
  }
  // The names of the files in the data folder that hold these bytes.
  std::vector<std::string> files_with(const std::string& bytes) {
    std::vector<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(path())) {
      if (!entry.is_regular_file()) continue;
      std::ifstream in(entry.path(), std::ios::binary);
      std::ostringstream content;
      content << in.rdbuf();
      if (content.str().find(bytes) != std::string::npos) names.push_back(entry.path().filename());
    }
    return names;
  }
};

TEST_F(KeyDirectoryTest, AnAssignedKeyIsFoundBothWaysAndAfterReopening) {
  ASSERT_TRUE(assign(dossier(1), "A-1"));
  ASSERT_TRUE(assign(werkgever(1), "A-1"));
  for (const OpenMode mode : {OpenMode::kWrite, OpenMode::kRead}) {
    reopen(mode);
    EXPECT_EQ(key_of(dossier(1)), "A-1");
    EXPECT_EQ(key_of(werkgever(1)), "A-1");
    EXPECT_EQ(stream_of(StreamKind::kDossier, "A-1"), dossier(1));
    EXPECT_EQ(stream_of(StreamKind::kWerkgever, "A-1"), werkgever(1));
    EXPECT_EQ(key_of(dossier(2)), std::nullopt);
    EXPECT_EQ(stream_of(StreamKind::kDossier, "A-2"), std::nullopt);
    EXPECT_EQ(stream_of(StreamKind::kDossier, "A"), std::nullopt);
  }
}

TEST_F(KeyDirectoryTest, AfterAChangeThatFailedNothingIsChangedUntilItIsReopened) {
  const Uuid identity = log().identity();
  folder_.reset();
  const Error full{ErrorCode::kIo, "the anchor could not be written"};
  const auto directory = value_of(RocksKeys::open(path() / "keys", Access::kWrite, {identity, 0},
                                                  [&](std::uint64_t) -> Status { return full; }));
  const std::array<KeyEntry, 2> entries = {{{dossier(1), "A-1"}, {dossier(2), "A-2"}}};
  EXPECT_TRUE(failed_with(directory->assign({&entries[0], 1}), ErrorCode::kIo, "anchor"));
  EXPECT_TRUE(failed_with(directory->assign({&entries[1], 1}), ErrorCode::kClosed, "anchor"));
  EXPECT_TRUE(failed_with(directory->erase(dossier(1)), ErrorCode::kClosed, "anchor"));
  EXPECT_EQ(value_of(directory->find_key(dossier(2))), std::nullopt);
}

// Else each start would replay the KEYs of an import.
TEST_F(KeyDirectoryTest, ManyKeysAtOnceDoNotStayInTheWriteAheadLog) {
  std::vector<KeyEntry> entries;
  for (std::uint64_t number = 1; number <= 3'000; ++number) {
    entries.push_back({dossier(number), "K-" + std::to_string(number)});
  }
  ASSERT_TRUE(keys().assign(entries));
  std::uintmax_t waiting = 0;
  for (const auto& file : fs::directory_iterator(path() / "keys")) {
    if (file.path().extension() == ".log") waiting += file.file_size();
  }
  EXPECT_LT(waiting, 1'000u);
  EXPECT_EQ(stream_of(StreamKind::kDossier, "K-2999"), dossier(2'999));
}

TEST_F(KeyDirectoryTest, AnEntryThatIsThereIsLeftAlone) {
  const std::vector<KeyEntry> both = {{dossier(1), "A-1"}, {dossier(2), "A-2"}};
  ASSERT_TRUE(assign(dossier(1), "A-1"));
  ASSERT_TRUE(keys().assign(both));
  ASSERT_TRUE(keys().assign(both));
  ASSERT_TRUE(keys().assign({}));
  EXPECT_EQ(entries().size(), 2U);
  EXPECT_EQ(value_of(verify_log(*folder_)), std::vector<std::string>());
}

TEST_F(KeyDirectoryTest, AnotherPartnerIsAConflictAndNothingIsWritten) {
  ASSERT_TRUE(assign(dossier(1), "A-1"));
  const KeyEntry fresh{dossier(9), "A-9"};
  const std::vector<std::vector<KeyEntry>> cases = {
      {fresh, {dossier(1), "A-2"}},  // the stream has another KEY
      {fresh, {dossier(2), "A-1"}},  // the KEY has another stream
      {fresh, {dossier(9), "A-8"}},  // one stream, two KEYs
      {fresh, {dossier(8), "A-9"}},  // one KEY, two streams
  };
  for (const auto& entries : cases) {
    const Status refused = keys().assign(entries);
    EXPECT_TRUE(failed_with(refused, ErrorCode::kConflict, "dossier/"));
    EXPECT_EQ(refused.error().message.find("A-"), std::string::npos) << "a KEY in a message";
  }
  EXPECT_EQ(entries().size(), 1U);
}

TEST_F(KeyDirectoryTest, EntriesAreScannedInOrderOfKindAndKeyUntilAnError) {
  std::vector<KeyEntry> many;
  for (std::uint64_t i = 0; i < 2500; ++i) many.push_back({dossier(i), "D" + std::to_string(i)});
  ASSERT_TRUE(keys().assign(many));
  ASSERT_TRUE(assign(werkgever(1), "A"));
  const std::vector<KeyEntry> all = entries();
  ASSERT_EQ(all.size(), 2501U);
  for (std::size_t i = 1; i < all.size(); ++i) {
    EXPECT_LT(std::pair(all[i - 1].stream.kind, all[i - 1].key),
              std::pair(all[i].stream.kind, all[i].key));
  }
  std::size_t visited = 0;
  const Status stopped = keys().scan([&](const KeyEntry& entry) -> Status {
    EXPECT_TRUE(keys().find_key(entry.stream));  // asking meanwhile is allowed
    if (++visited == 1200) return Error{ErrorCode::kRefused, "enough"};
    return {};
  });
  EXPECT_TRUE(failed_with(stopped, ErrorCode::kRefused));
  EXPECT_EQ(visited, 1200U);
}

TEST_F(KeyDirectoryTest, AForgottenKeyStandsInNoFileAnyMore) {
  const std::string secret = "client-7781-secret";
  // First, last and in the middle: lists of files name the first and last key of each.
  for (const char* around : {"client-0000", "client-9999"}) {
    ASSERT_TRUE(assign(dossier(around[8] == '0' ? 1 : 2), around));
  }
  ASSERT_TRUE(assign(dossier(3), secret));
  reopen();
  ASSERT_TRUE(assign(werkgever(3), secret + "-too"));
  ASSERT_FALSE(files_with(secret).empty());

  ASSERT_TRUE(keys().erase(dossier(3)));
  EXPECT_EQ(key_of(dossier(3)), std::nullopt);
  EXPECT_EQ(stream_of(StreamKind::kDossier, secret), std::nullopt);
  ASSERT_TRUE(keys().erase(werkgever(3)));
  EXPECT_EQ(files_with(secret), std::vector<std::string>());
  EXPECT_EQ(entries().size(), 2U);
  EXPECT_EQ(value_of(verify_log(*folder_)), std::vector<std::string>());

  ASSERT_TRUE(keys().erase(dossier(1)));
  ASSERT_TRUE(keys().erase(dossier(2)));
  EXPECT_EQ(files_with("client-"), std::vector<std::string>());
  reopen();
  EXPECT_EQ(entries().size(), 0U);
  EXPECT_EQ(value_of(verify_log(*folder_)), std::vector<std::string>());
}

TEST_F(KeyDirectoryTest, ForgettingWhatIsNotThereIsNoError) {
  EXPECT_TRUE(keys().erase(dossier(1)));
  EXPECT_EQ(value_of(verify_log(*folder_)), std::vector<std::string>());
}

TEST_F(KeyDirectoryTest, AForgottenKeyCanBeAssignedAgain) {
  ASSERT_TRUE(assign(dossier(1), "A-1"));
  ASSERT_TRUE(keys().erase(dossier(1)));
  ASSERT_TRUE(assign(dossier(2), "A-1"));
  ASSERT_TRUE(assign(dossier(1), "A-2"));
  EXPECT_EQ(stream_of(StreamKind::kDossier, "A-1"), dossier(2));
  reopen();
  EXPECT_EQ(value_of(verify_log(*folder_)), std::vector<std::string>());
}

TEST_F(KeyDirectoryTest, AReaderChangesNothing) {
  ASSERT_TRUE(assign(dossier(1), "A-1"));
  reopen(OpenMode::kRead);
  EXPECT_TRUE(failed_with(assign(dossier(2), "A-2"), ErrorCode::kClosed));
  EXPECT_TRUE(failed_with(keys().erase(dossier(1)), ErrorCode::kClosed));
  EXPECT_EQ(key_of(dossier(1)), "A-1");
}

TEST_F(KeyDirectoryTest, NothingIsAssignedOnceTheFolderIsClosed) {
  ASSERT_TRUE(assign(dossier(1), "A-1"));
  ASSERT_TRUE(folder_->close());
  EXPECT_TRUE(failed_with(assign(dossier(2), "A-2"), ErrorCode::kClosed));
  EXPECT_TRUE(failed_with(keys().erase(dossier(1)), ErrorCode::kClosed));
}

}  // namespace
}  // namespace trede::test
