#include "engine/base/index_table.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace trede {
namespace {

// Against a map, with hashes that meet often.
TEST(IndexTable, FindsWhatWasPutAndNotRemoved) {
  constexpr std::size_t kKeys = 400;
  IndexTable table;
  std::map<std::size_t, std::size_t> expected;  // from key to index
  const auto hash_of_key = [](std::size_t key) { return key / 4; };
  // An index tells its key: it is that and a multiple of the keys.
  const auto is = [](std::size_t key) {
    return [key](std::size_t index) { return index % kKeys == key; };
  };
  std::mt19937_64 random(1);
  for (std::size_t step = 0; step < 20'000; ++step) {
    const std::size_t key = random() % kKeys;
    const auto there = expected.find(key);
    const auto before =
        there == expected.end() ? std::nullopt : std::optional<std::size_t>(there->second);
    table.prefetch(hash_of_key(key));
    ASSERT_EQ(table.find(hash_of_key(key), is(key)), before);
    if (random() % 2 == 0) {
      ASSERT_EQ(table.put(hash_of_key(key), is(key), step * kKeys + key), before);
      expected[key] = step * kKeys + key;
    } else if (before) {
      table.remove(hash_of_key(key), *before);
      expected.erase(there);
    }
  }
  for (std::size_t key = 0; key < kKeys; ++key) {
    ASSERT_EQ(table.find(hash_of_key(key), is(key)).has_value(), expected.contains(key));
  }
}

}  // namespace
}  // namespace trede
