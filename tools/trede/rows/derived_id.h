// Ids of rows that come without one: from what the row says and how often the file has said it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/base/ids.h"

namespace trede::tool {

// A set of 64-bit numbers in one block of memory; 10 million of them take 128 MiB.
class NumberSet {
 public:
  // Returns: whether `number` was not in the set yet.
  bool insert(std::uint64_t number);

 private:
  bool place(std::uint64_t number);

  std::vector<std::uint64_t> slots_;  // 0 = free
  std::size_t used_ = 0;
  bool has_zero_ = false;
};

// Derives ids for the rows of one file, in order. The same file gives the same ids each time.
//
// The id is the first 16 bytes of SHA-256(content, line feed, n in decimal) as a UUID of version 8;
// n is the occurrence of that content in the file, from 1. Occurrences are counted by the first 64
// bits of the content's own SHA-256: should two contents share them (three in a million for a file
// of ten million rows), n starts at 2 for the second; the ids stay distinct and repeatable.
class DerivedIds {
 public:
  EventId next(std::string_view content);

 private:
  NumberSet seen_;
  std::unordered_map<std::uint64_t, std::uint64_t> repeats_;  // occurrences of what came twice
};

}  // namespace trede::tool
