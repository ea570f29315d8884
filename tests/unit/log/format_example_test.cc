// The example in engine/log/README.md, made anew by the code it explains: what is stored for ever
// must not change, and the manual must not say otherwise.
#include <fstream>
#include <sstream>

#include "engine/log/anchor.h"
#include "engine/log/files.h"
#include "engine/log/layout.h"
#include "engine/log/rocks_keys_internal.h"
#include "engine/log/rocks_tables_internal.h"
#include "tests/unit/log/log_fixture.h"

namespace trede::test {
namespace {

namespace fs = std::filesystem;

std::string hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (const char byte : bytes) {
    out.push_back(kDigits[static_cast<unsigned char>(byte) >> 4]);
    out.push_back(kDigits[static_cast<unsigned char>(byte) & 15]);
  }
  return out;
}

// `00000000  08 01 ...  |..|`, 16 bytes a line; lines of zeros are left out.
std::string dump(std::string_view bytes) {
  std::string out;
  for (std::size_t at = 0; at < bytes.size(); at += 16) {
    const std::string_view line = bytes.substr(at, 16);
    if (line.find_first_not_of('\0') == std::string_view::npos) continue;
    std::string offset = hex({PositionKey(Position{at}).view().data() + 6, 2});
    std::string numbers;
    std::string letters;
    for (const char byte : line) {
      numbers += " " + hex({&byte, 1});
      letters.push_back(byte >= ' ' && byte <= '~' ? byte : '.');
    }
    numbers.resize(16 * 3, ' ');
    out.append(offset).append(" ").append(numbers).append("  ").append(letters).append("\n");
  }
  return out;
}

// A key in hexadecimal with a space after each of its parts, which are `sizes` bytes long.
std::string parts(std::string_view key, const std::vector<std::size_t>& sizes) {
  std::string out;
  for (const std::size_t size : sizes) {
    out += hex(key.substr(0, size)) + " ";
    key.remove_prefix(std::min(size, key.size()));
  }
  return out + (key.empty() ? "" : hex(key) + " ");
}

// `key -> value`, a line for each row of a column family.
std::string rows(const RocksDb& db, std::size_t family, const std::vector<std::size_t>& sizes) {
  std::string out;
  const std::unique_ptr<rocksdb::Iterator> it(db->NewIterator({}, db.family(family)));
  for (it->SeekToFirst(); it->Valid(); it->Next()) {
    out += parts(view(it->key()), sizes) + "-> " + hex(view(it->value())) + "\n";
  }
  return out;
}

class FormatExample : public LogTest {
 protected:
  FormatExample() {
    const KeyEntry entry{kStream, "K-100"};
    if (!keys().assign({&entry, 1})) throw std::runtime_error("no KEY");
    record({event(kStream, event_id(1), "2025-01-02", "aanmelding",
                  {{"gemeente", "Velsen"}, {"regeling", "participatiewet"}})},
           0);
    clock_.advance(std::chrono::seconds{1});
    record({event(kStream, event_id(2), "2025-01-02", "intake", {{"uitkomst", "positief"}}),
            event(kStream, event_id(3), "2025-01-02", "traject_start", {{"trede", "3"}})},
           1);
    folder_.reset();
    readme_ = value_of(read_file(fs::path(TREDE_SOURCE_DIR) / "engine/log/README.md"));
  }

  void record(std::vector<pb::Event> events, std::uint64_t expected) {
    StreamAppend append{kStream, StreamVersion{expected}, {}};
    for (pb::Event& one : events) {
      one.set_actor("coach-7");
      append.events.push_back({id_of(one), encode_content(one)});
    }
    value_of(log().append({&append, 1}));
  }

  // That the manual shows `text` as a block of its own.
  void expect_in_manual(const std::string& text) {
    EXPECT_NE(readme_.find("```\n" + text + "```\n"), std::string::npos)
        << "engine/log/README.md does not show what the code writes:\n"
        << text;
  }

  const StreamId kStream = dossier(1);
  std::string readme_;
};

TEST_F(FormatExample, OfFormatIsTheOneInTheManual) {
  expect_in_manual(value_of(read_file(path() / "FORMAT")));
}

TEST_F(FormatExample, OfTheLogIsTheOneInTheManual) {
  const auto tables = value_of(LogTables::open(path() / "log", {.access = Access::kRead}));
  const RocksDb& db = tables->db();
  expect_in_manual(rows(db, LogTables::kMeta, {}));
  expect_in_manual(rows(db, LogTables::kStreams, {1, 16, 8}));
  expect_in_manual(rows(db, LogTables::kIds, {}));
  EXPECT_EQ(rows(db, LogTables::kTree, {}), "");
  expect_in_manual(dump(value_of(tables->load_event(Position{1}))));
  expect_in_manual(dump(value_of(tables->load_event(Position{3}))));
}

TEST_F(FormatExample, OfHashesIsTheOneInTheManual) {
  const auto tables = value_of(LogTables::open(path() / "log", {.access = Access::kRead}));
  std::string text;
  for (const std::uint64_t position : {1, 2, 3}) {
    const std::string stored = value_of(tables->load_event(Position{position}));
    text += "leaf " + std::to_string(position) + "  " + hash_text(leaf_hash(stored)) + "\n";
  }
  const MerkleFrontier frontier = value_of(tables->load_frontier(3));
  ASSERT_EQ(frontier.subtrees().size(), 2U);
  text += "1 and 2 " + hash_text(frontier.subtrees()[0]) + "\n";
  text += "head    " + hash_text(frontier.root()) + "\n";
  expect_in_manual(text);
}

TEST_F(FormatExample, OfTheTreeIsTheOneInTheManual) {
  reopen();
  append_each(log(), dossier(2), 1001, 509);
  folder_.reset();
  const auto tables = value_of(LogTables::open(path() / "log", {.access = Access::kRead}));
  std::string text;
  const RocksDb& db = tables->db();
  const std::unique_ptr<rocksdb::Iterator> it(db->NewIterator({}, tables->tree()));
  for (it->SeekToFirst(); it->Valid(); it->Next()) {
    text +=
        parts(view(it->key()), {1, 8}) + "-> " + std::to_string(it->value().size()) + " bytes\n";
  }
  expect_in_manual(text);
}

TEST_F(FormatExample, OfTheKeysIsTheOneInTheManual) {
  const rocksdb::ColumnFamilyOptions any;
  const auto db = value_of(RocksDb::open(
      path() / "keys", {.access = Access::kRead, .families = {{"default", any}, {"state", any}}}));
  expect_in_manual(rows(*db, 0, {1, 1}));
  expect_in_manual(rows(*db, 1, {}));
}

TEST_F(FormatExample, OfTheAnchorIsTheOneInTheManual) {
  // How often it was written depends on the clock of the machine; written once it is always this.
  const AnchorState state = value_of(load_anchor(path() / "anchor")).state;
  const fs::path once = dir_ / "anchor";
  ASSERT_TRUE(AnchorWriter::create(once, state));
  expect_in_manual(dump(value_of(read_file(once)).substr(0, 4096)));
}

}  // namespace
}  // namespace trede::test
