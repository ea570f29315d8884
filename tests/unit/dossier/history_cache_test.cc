// Histories from the cache are those that are read anew.
#include "engine/dossier/history_cache.h"

#include <gtest/gtest.h>

#include <map>

#include "tests/support/random_history.h"

namespace trede::test {
namespace {

class HistoryCacheTest : public testing::Test {
 protected:
  void expect_as_read_anew(HistoryCache& cache, const StreamId& stream) const {
    const auto cached = cache.load(stream);
    ASSERT_TRUE(cached) << cached.error().message;
    const auto read = load_history(store_, stream, store_.last_position());
    ASSERT_TRUE(read);
    ASSERT_EQ((*cached)->version(), read->version());
    for (std::size_t i = 0; i < read->events().size(); ++i) {
      EXPECT_EQ((*cached)->events()[i]->SerializeAsString(),
                read->events()[i]->SerializeAsString());
    }
    ASSERT_EQ((*cached)->acting().size(), read->acting().size());
    for (std::size_t i = 0; i < read->acting().size(); ++i) {
      const ActingEvent& one = (*cached)->acting()[i];
      EXPECT_EQ(one.source, read->acting()[i].source);
      EXPECT_EQ(one.body->SerializeAsString(), read->acting()[i].body->SerializeAsString());
    }
  }

  FakeClock clock_;
  MemoryStore store_{clock_};
  RandomWriter writer_{store_, clock_, {.seed = 3}};
};

TEST_F(HistoryCacheTest, AreThoseThatAreReadAnewWhateverCameMeanwhile) {
  HistoryCache cache(store_);
  for (int round = 0; round < 40; ++round) {
    for (int i = 0; i < 5; ++i) writer_.append();
    for (const StreamId& stream : writer_.streams()) expect_as_read_anew(cache, stream);
  }
}

// The events of `stream` after version `after`, as a writer has them when they are recorded.
std::vector<EventPtr> after(const EventStore& store, const StreamId& stream, StreamVersion after) {
  auto events = read_after(store, stream, after);
  return events ? *std::move(events) : std::vector<EventPtr>();
}

TEST_F(HistoryCacheTest, WhatWasAddedIsThereWithoutReading) {
  HistoryCache cache(store_);
  for (int round = 0; round < 40; ++round) {
    std::map<StreamId, StreamVersion> before;
    for (const StreamId& stream : writer_.streams()) {
      before[stream] = (*cache.load(stream))->version();
    }
    for (int i = 0; i < 5; ++i) writer_.append();
    for (const StreamId& stream : writer_.streams()) {
      cache.add(stream, after(store_, stream, before[stream]));
      const auto kept = cache.recall(stream);
      ASSERT_TRUE(kept);
      EXPECT_EQ((*kept)->version(), *store_.version_of(stream));
      expect_as_read_anew(cache, stream);
    }
  }
}

TEST_F(HistoryCacheTest, WhatIsKeptMayBeBehindUntilItIsLoaded) {
  HistoryCache cache(store_);
  writer_.append_until(50);
  const StreamId stream = writer_.streams().front();
  const StreamVersion version = (*cache.recall(stream))->version();  // nothing was kept
  EXPECT_EQ(version, *store_.version_of(stream));
  while (store_.version_of(stream)->value < version.value + 2) writer_.append();
  EXPECT_EQ((*cache.recall(stream))->version(), version);
  // The second of them does not follow on what is kept.
  cache.add(stream, after(store_, stream, StreamVersion{version.value + 1}));
  EXPECT_EQ((*cache.recall(stream))->version(), version);
  expect_as_read_anew(cache, stream);
  EXPECT_EQ((*cache.recall(stream))->version(), *store_.version_of(stream));
  cache.add(stream, after(store_, stream, version));  // once more
  expect_as_read_anew(cache, stream);
}

TEST_F(HistoryCacheTest, WhatWasHandedOutDoesNotChange) {
  HistoryCache cache(store_);
  writer_.append_until(50);
  const StreamId stream = writer_.streams().front();
  const auto before = cache.load(stream);
  ASSERT_TRUE(before);
  const StreamVersion version = (*before)->version();
  const auto acting = (*before)->acting().size();
  while (store_.version_of(stream)->value == version.value) writer_.append();
  const auto after = cache.load(stream);
  ASSERT_TRUE(after);
  EXPECT_GT((*after)->version(), version);
  EXPECT_EQ((*before)->version(), version);
  EXPECT_EQ((*before)->acting().size(), acting);
}

TEST_F(HistoryCacheTest, KeepsNoMoreThanItMay) {
  constexpr std::size_t kMost = 320;  // ten in each half of a part
  HistoryCache cache(store_, {.max_events = kMost});
  RandomWriter many(store_, clock_, {.seed = 4, .dossiers = 300, .founds = false});
  many.append_until(2'000);
  std::size_t longest = 0;
  for (const StreamId& stream : many.streams()) {
    const auto history = cache.load(stream);
    ASSERT_TRUE(history);
    longest = std::max(longest, (*history)->events().size());
    EXPECT_LE(cache.events(), kMost + 16 * longest);
  }
  EXPECT_GT(cache.events(), 0U);
  for (const StreamId& stream : many.streams()) expect_as_read_anew(cache, stream);
}

TEST_F(HistoryCacheTest, AStreamThatIsNotThereIsEmptyAndNotKept) {
  HistoryCache cache(store_);
  const auto history = cache.load(StreamId{StreamKind::kDossier, Uuid{{7}}});
  ASSERT_TRUE(history);
  EXPECT_TRUE((*history)->events().empty());
  EXPECT_EQ(cache.events(), 0U);
}

}  // namespace
}  // namespace trede::test
