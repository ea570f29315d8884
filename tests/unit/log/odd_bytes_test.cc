// Stored bytes whose checksums are right and which make no sense all the same: an error or a
// finding, never the end of the process.
#include "engine/log/layout.h"
#include "engine/log/rocks_keys_internal.h"
#include "engine/log/rocks_tables_internal.h"
#include "engine/log/verify.h"
#include "tests/support/scrub_round.h"
#include "tests/unit/log/log_fixture.h"

namespace trede::test {
namespace {

class OddBytes : public LogTest {
 protected:
  OddBytes() {
    append_each(log(), dossier(1), 1, 3);
    const KeyEntry entry{dossier(1), "K-1"};
    if (!keys().assign({&entry, 1})) throw std::runtime_error("no KEY");
    folder_.reset();
  }

  // Puts one row in the place of another, so that counts stay what they were.
  void replace_in_log(std::size_t family, std::string_view old, std::string_view key,
                      std::string_view value) {
    const auto tables = value_of(LogTables::open(path() / "log", {.access = Access::kWrite}));
    replace(tables->db(), family, old, key, value);
  }
  void replace_in_keys(std::string_view old, std::string_view key, std::string_view value) {
    const rocksdb::ColumnFamilyOptions any;
    const auto db =
        value_of(RocksDb::open(path() / "keys", {.families = {{"default", any}, {"state", any}}}));
    replace(*db, 0, old, key, value);
  }
  Status scan_keys() {
    return keys().scan([](const KeyEntry&) -> Status { return {}; });
  }

 private:
  static void replace(const RocksDb& db, std::size_t family, std::string_view old,
                      std::string_view key, std::string_view value) {
    rocksdb::WriteBatch batch;
    batch.SingleDelete(db.family(family), slice(old));
    batch.Put(db.family(family), slice(key), slice(value));
    if (!db->Write({}, &batch).ok()) throw std::runtime_error("not written");
  }
};

TEST_F(OddBytes, OfAnEntryOfTheIndexOfStreamsAreAFinding) {
  const StreamKey last(dossier(1), StreamVersion{3});
  std::string other(last.view());
  other[0] = 9;  // a kind that there is not
  replace_in_log(LogTables::kStreams, last.view(), other, PositionKey(Position{3}).view());
  reopen(OpenMode::kRead);
  const auto findings = value_of(verify_log(*folder_));
  ASSERT_FALSE(findings.empty());
  EXPECT_EQ(findings.back(), "log: the index of streams holds 2 entries for 3 events");
  EXPECT_EQ(scrub_round(*folder_, clock_), findings);
}

TEST_F(OddBytes, OfTheTreeOfHashesAreAFinding) {
  reopen();
  append_each(log(), dossier(2), 4, 600);
  folder_.reset();
  const TreeKey second(0, 1);
  replace_in_log(LogTables::kTree, second.view(), second.view(), std::string(8192, 'x'));
  reopen(OpenMode::kRead);
  const std::vector<std::string> expected = {
      "log: tree over events 257..512: the stored hashes are not those of the events"};
  EXPECT_EQ(value_of(verify_log(*folder_)), expected);
  EXPECT_EQ(scrub_round(*folder_, clock_), expected);
}

TEST_F(OddBytes, OfAPositionInTheIndexOfIdsAreAnError) {
  const Uuid id = event_id(2).uuid;
  replace_in_log(LogTables::kIds, id.view(), id.view(), "short");
  reopen(OpenMode::kRead);
  EXPECT_TRUE(failed_with(log().find_event(event_id(2)), ErrorCode::kCorrupt, "5 bytes"));
  const auto findings = value_of(verify_log(*folder_));
  EXPECT_FALSE(findings.empty());
  EXPECT_EQ(scrub_round(*folder_, clock_), findings);
}

TEST_F(OddBytes, OfTheHeadAreRefused) {
  pb::PublishedHead head;
  head.set_positie(3);
  head.set_vastgelegd_op(17);  // not that of the third event
  for (const std::string& bytes : {head.SerializeAsString(), std::string("\xFF")}) {
    {
      const auto tables = value_of(LogTables::open(path() / "log", {.access = Access::kWrite}));
      ASSERT_TRUE(tables->db()->Put({}, tables->meta(), slice(kHeadKey), bytes).ok());
    }
    for (const OpenMode mode : {OpenMode::kRead, OpenMode::kWrite}) {
      EXPECT_TRUE(failed_with(open(mode), ErrorCode::kCorrupt, "head"));
    }
  }
}

TEST_F(OddBytes, OfTheLastEventAreRefused) {
  const PositionKey last(Position{3});
  replace_in_log(LogTables::kEvents, last.view(), last.view(), "no event");
  for (const OpenMode mode : {OpenMode::kRead, OpenMode::kWrite}) {
    EXPECT_TRUE(failed_with(open(mode), ErrorCode::kCorrupt));
  }
}

TEST_F(OddBytes, OfAKeyAreAnError) {
  const std::string k1 = std::string("k\x01", 2) + "K-1";
  for (const std::string& key :
       {std::string("k"), std::string("k\x01", 2), std::string("k\x09K")}) {
    replace_in_keys(k1, key, dossier(1).uuid.view());
    reopen(OpenMode::kRead);
    EXPECT_TRUE(failed_with(scan_keys(), ErrorCode::kCorrupt, "kind"));
    EXPECT_TRUE(failed_with(verify_log(*folder_), ErrorCode::kCorrupt));
    EXPECT_FALSE(scrub_round(*folder_, clock_).empty());
    folder_.reset();
    replace_in_keys(key, k1, dossier(1).uuid.view());
  }
  replace_in_keys(k1, k1, "no uuid");
  reopen(OpenMode::kRead);
  EXPECT_TRUE(failed_with(scan_keys(), ErrorCode::kCorrupt, "16"));
  EXPECT_TRUE(failed_with(keys().find_stream(StreamKind::kDossier, "K-1"), ErrorCode::kCorrupt));
}

}  // namespace
}  // namespace trede::test
