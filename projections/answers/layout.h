// Which cells of a rollup add up to which rows of an answer: the same for every day and every
// position, so it is worked out once for each form of a question.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "projections/answers/rows.h"

namespace trede {

// Immutable once made.
struct Layout {
  std::size_t cells = 0;                        // of the rollup when it was made
  std::vector<std::vector<std::string>> codes;  // of each row, as written; rising
  std::vector<std::uint32_t> begin;             // of each row in `members`, and the end of the last
  std::vector<Code> members;                    // cells

  std::size_t size() const { return codes.size(); }
  std::span<const Code> cells_of(std::size_t row) const {
    return {members.data() + begin[row], members.data() + begin[row + 1]};
  }
};

// The rows that `rows` finds in `rollup`, with the codes that stand in columns `dims`.
Layout make_layout(const RowFinder& rows, const std::vector<Dim>& dims, const Rollup& rollup,
                   const Dictionary& dictionary);

// Threads: any.
class LayoutCache {
 public:
  // What all layouts together take at most, as counted by `size_of`; those not used longest go
  // first.
  static constexpr std::size_t kBytesMax = std::size_t{64} << 20;

  // The layout kept under `form`, when it covers the rollup as it stands; otherwise what `make`
  // makes, which is kept.
  template <typename Make>
  std::shared_ptr<const Layout> find_or_make(const std::string& form, std::size_t cells,
                                             const Make& make) {
    if (auto found = find(form, cells)) return found;
    auto made = std::make_shared<const Layout>(make());
    keep(form, made);
    return made;
  }

  std::size_t count() const;

 private:
  struct Entry {
    std::string form;
    std::shared_ptr<const Layout> layout;
  };

  std::shared_ptr<const Layout> find(const std::string& form, std::size_t cells);
  void keep(const std::string& form, std::shared_ptr<const Layout> layout);
  void drop(std::list<Entry>::iterator entry);
  static std::size_t size_of(const Entry& entry);

  mutable std::mutex mutex_;
  std::list<Entry> entries_;  // those used last in front
  std::unordered_map<std::string_view, std::list<Entry>::iterator> index_;
  std::size_t bytes_ = 0;
};

}  // namespace trede
