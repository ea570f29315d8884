#include "engine/log/id_filter.h"

#include <cstring>

namespace trede {

namespace {

// Ids of somebody's own making may differ in few of their bits: all of them have a say.
std::uint64_t hash_of(const EventId& id) {
  std::uint64_t first = 0;
  std::uint64_t second = 0;
  std::memcpy(&first, id.uuid.bytes.data(), sizeof first);
  std::memcpy(&second, id.uuid.bytes.data() + sizeof first, sizeof second);
  std::uint64_t hash = first * 0x9E3779B97F4A7C15U ^ second;
  hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCDU;
  hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53U;
  return hash ^ (hash >> 33);
}

// The high bits choose the word, the low ones four bits in it.
std::size_t word_of(std::uint64_t hash, const std::vector<std::uint64_t>& words) {
  return (hash >> 24) & (words.size() - 1);
}

std::uint64_t bits_of(std::uint64_t hash) {
  std::uint64_t bits = 0;
  for (unsigned shift = 0; shift < 24; shift += 6) bits |= 1ULL << ((hash >> shift) & 63U);
  return bits;
}

}  // namespace

void IdFilter::add(const EventId& id) {
  if (room_ == 0) {
    const std::size_t words = filters_.empty() ? kFirstWords : kGrowth * filters_.back().size();
    filters_.emplace_back(words);
    room_ = kIdsPerWord * words;
  }
  --room_;
  const std::uint64_t hash = hash_of(id);
  std::vector<std::uint64_t>& words = filters_.back();
  words[word_of(hash, words)] |= bits_of(hash);
}

bool IdFilter::may_hold(const EventId& id) const {
  const std::uint64_t hash = hash_of(id);
  const std::uint64_t bits = bits_of(hash);
  for (const std::vector<std::uint64_t>& words : filters_) {
    if ((words[word_of(hash, words)] & bits) == bits) return true;
  }
  return false;
}

}  // namespace trede
