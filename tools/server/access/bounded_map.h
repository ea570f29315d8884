// A map that forgets the least recently used, so that nobody outside decides how much memory it
// takes.
#pragma once

#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace trede::server {

// Owner: who counts something per key. Threads: one at a time.
template <typename Value>
class BoundedMap {
 public:
  // Requires: most >= 1.
  explicit BoundedMap(std::size_t most) : most_(most) {}

  // The value of `key`, a new one when there is none; another key may be forgotten for it. Valid
  // until the next call.
  Value& at(const std::string& key) {
    if (Value* const found = find(key)) return *found;
    if (index_.size() >= most_) {
      index_.erase(order_.back().first);
      order_.pop_back();
    }
    order_.emplace_front(key, Value{});
    index_.emplace(order_.front().first, order_.begin());
    return order_.front().second;
  }

  // Absent: null. A key that is asked for is used.
  Value* find(const std::string& key) {
    const auto found = index_.find(key);
    if (found == index_.end()) return nullptr;
    order_.splice(order_.begin(), order_, found->second);
    return &found->second->second;
  }

  void erase(const std::string& key) {
    const auto found = index_.find(key);
    if (found == index_.end()) return;
    const auto entry = found->second;
    index_.erase(found);
    order_.erase(entry);
  }

  std::size_t size() const { return index_.size(); }

 private:
  using Order = std::list<std::pair<std::string, Value>>;
  std::size_t most_;
  Order order_;  // the most recently used first
  std::unordered_map<std::string_view, typename Order::iterator> index_;
};

}  // namespace trede::server
