// A history that was altered by somebody who can write in the folder, with and without the hashes
// over it, held to a checkpoint that was kept elsewhere.
#include "engine/log/held_to.h"

#include "engine/log/anchor.h"
#include "engine/log/layout.h"
#include "engine/log/rocks_tables_internal.h"
#include "engine/log/signing_key_file.h"
#include "engine/log/verify.h"
#include "tests/unit/log/log_fixture.h"

namespace trede::test {
namespace {

constexpr std::uint64_t kEvents = 600;

class HeldToTest : public LogTest {
 protected:
  HeldToTest() {
    for (std::uint64_t number = 0; number < kEvents; number += 10) {
      StreamAppend ten{dossier(number), {}, {}};
      for (std::uint64_t i = 1; i <= 10; ++i) {
        ten.events.push_back(some_event(dossier(number), number + i));
      }
      EXPECT_TRUE(append(log(), {ten}));
      if (number + 10 == 300) early_ = value_of(checkpoint_at(log(), Position{300}));
    }
    late_ = value_of(checkpoint_at(log(), Position{kEvents}));
    for (const std::string& stored : stored_events(log())) hashes_.push_back(leaf_hash(stored));
  }

  std::vector<Held> held(const std::vector<Checkpoint>& checkpoints) {
    return value_of(held_to(log(), checkpoints));
  }

  // Puts `change` into the tables with RocksDB itself, as it was never meant to be. The folder is
  // to be opened again afterwards.
  void tamper(const std::function<void(const LogTables&, rocksdb::WriteBatch&)>& change) {
    folder_.reset();
    {
      const auto tables = value_of(LogTables::open(path() / "log", {.access = Access::kWrite}));
      rocksdb::WriteBatch batch;
      change(*tables, batch);
      rocksdb::WriteOptions synced;
      synced.sync = true;
      ASSERT_TRUE(tables->db()->Write(synced, &batch).ok());
      ASSERT_TRUE(tables->db().close());
    }
  }

  // The event with another contact, which has the same length.
  static void alter_event(const LogTables& tables, rocksdb::WriteBatch& batch,
                          std::uint64_t position) {
    auto event = value_of(decode_event(value_of(tables.load_event(Position{position}))));
    event.mutable_body()->mutable_contactmoment()->set_contact(pb::CONTACT_TELEFOON);
    batch.Put(tables.events(), slice(PositionKey(Position{position}).view()),
              event.SerializeAsString());
  }

  // All of the tree over the events as they are now, and the anchor with it.
  void work_out_hashes_anew() {
    MerkleFrontier tree;
    tamper([&](const LogTables& tables, rocksdb::WriteBatch& batch) {
      std::vector<Subtree> completed;
      std::string leaves;
      const Status read = tables.scan(
          Position{1}, Position{kEvents}, [&](Position position, std::string_view stored) {
            const Hash leaf = leaf_hash(stored);
            leaves.append(hash_view(leaf));
            tree.push(leaf, 0, &completed);
            if (position.value % 256 != 0) return Status();
            const std::uint64_t row = position.value / 256 - 1;
            batch.Put(tables.tree(), slice(TreeKey(0, row).view()), leaves);
            leaves.clear();
            return Status();
          });
      ASSERT_TRUE(read);
      for (const Subtree& one : completed) {
        batch.Put(tables.tree(), slice(TreeKey(one.height / kTreeStep, one.index).view()),
                  slice(hash_view(one.root)));
      }
    });
    auto anchor = value_of(load_anchor(path() / "anchor"));
    anchor.state.tree = tree;
    auto writer = value_of(AnchorWriter::open(path() / "anchor", anchor.sequence));
    ASSERT_TRUE(writer.write(anchor.state));
    ASSERT_TRUE(writer.write(anchor.state));
    reopen(OpenMode::kRead);
  }

  Checkpoint early_;
  Checkpoint late_;
  std::vector<Hash> hashes_;
};

TEST_F(HeldToTest, ALogThatWasNotTouchedHoldsAlsoAsItGrows) {
  EXPECT_EQ(held({early_, late_}), (std::vector{Held::kYes, Held::kYes}));
  append_each(log(), dossier(9), 9'000);
  EXPECT_EQ(held({early_, early_, late_}), (std::vector{Held::kYes, Held::kYes, Held::kYes}));
  EXPECT_EQ(value_of(find_altered(log(), hashes_)), std::vector<Position>{});
  EXPECT_EQ(held({}), std::vector<Held>{});
}

TEST_F(HeldToTest, AnEventAlteredBelowUntouchedHashesIsNamed) {
  tamper(
      [](const LogTables& tables, rocksdb::WriteBatch& batch) { alter_event(tables, batch, 417); });
  reopen(OpenMode::kRead);
  EXPECT_EQ(held({early_, late_}), (std::vector{Held::kYes, Held::kAltered}));
  EXPECT_EQ(value_of(find_altered(log(), Position{kEvents})), std::vector{Position{417}});
  EXPECT_EQ(value_of(find_altered(log(), hashes_)), std::vector{Position{417}});
  EXPECT_FALSE(value_of(verify_log(*folder_)).empty());
}

TEST_F(HeldToTest, AHistoryThatAgreesWithItselfIsStillNotTheOneThatWasSigned) {
  tamper([](const LogTables& tables, rocksdb::WriteBatch& batch) {
    alter_event(tables, batch, 12);
    alter_event(tables, batch, 301);
  });
  work_out_hashes_anew();
  EXPECT_EQ(value_of(verify_log(*folder_)), std::vector<std::string>{});
  EXPECT_EQ(held({early_, late_}), (std::vector{Held::kAltered, Held::kAltered}));
  EXPECT_EQ(value_of(find_altered(log(), Position{kEvents})), std::vector<Position>{});
  EXPECT_EQ(value_of(find_altered(log(), hashes_)), (std::vector{Position{12}, Position{301}}));
}

TEST_F(HeldToTest, AnIndexThatLeadsElsewhereIsFoundByVerify) {
  tamper([](const LogTables& tables, rocksdb::WriteBatch& batch) {
    batch.Put(tables.ids(), slice(event_id(5).uuid.view()), slice(PositionKey(Position{6}).view()));
  });
  reopen(OpenMode::kRead);
  EXPECT_EQ(held({late_}), std::vector{Held::kYes});  // no event was touched
  EXPECT_FALSE(value_of(verify_log(*folder_)).empty());
}

TEST_F(HeldToTest, ALogThatEndsBeforeTheCheckpointIsShorter) {
  Checkpoint beyond = late_;
  beyond.head.size = kEvents + 1;
  EXPECT_EQ(held({late_, beyond}), (std::vector{Held::kYes, Held::kShorter}));
}

TEST_F(HeldToTest, ACheckpointOfAnotherLogIsRefused) {
  late_.origin = "trede/other";
  EXPECT_TRUE(failed_with(held_to(log(), std::vector{late_}), ErrorCode::kInvalid, "trede/other"));
}

}  // namespace
}  // namespace trede::test
