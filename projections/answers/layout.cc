#include "projections/answers/layout.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace trede {

namespace {

struct RowKeyHash {
  std::size_t operator()(const RowKey& row) const noexcept {
    std::size_t hash = row.size();
    for (const Code code : row) hash = (hash ^ code) * 0x9E3779B97F4A7C15u;
    return hash;
  }
};

}  // namespace

Layout make_layout(const RowFinder& rows, const std::vector<Dim>& dims, const Rollup& rollup,
                   const Dictionary& dictionary) {
  std::unordered_map<RowKey, std::vector<Code>, RowKeyHash> members;
  for (Code number = 0; number < rollup.size(); ++number) {
    rows.visit(rollup.cell(number), [&](const RowKey& row) { members[row].push_back(number); });
  }
  struct Found {
    std::vector<std::string> codes;
    const std::vector<Code>* cells;
  };
  std::vector<Found> found;
  found.reserve(members.size());
  for (const auto& [row, cells] : members) {
    Found& one = found.emplace_back(Found{{}, &cells});
    for (std::size_t i = 0; i < row.size(); ++i) {
      one.codes.push_back(text_of(dims[i], row[i], dictionary));
    }
  }
  std::ranges::sort(
      found, {}, [](const Found& one) -> const auto& { return one.codes; });
  Layout out;
  out.cells = rollup.size();
  out.begin.push_back(0);
  for (Found& one : found) {
    out.codes.push_back(std::move(one.codes));
    out.members.insert(out.members.end(), one.cells->begin(), one.cells->end());
    out.begin.push_back(static_cast<std::uint32_t>(out.members.size()));
  }
  return out;
}

std::shared_ptr<const Layout> LayoutCache::find(const std::string& form, std::size_t cells) {
  const std::lock_guard lock(mutex_);
  const auto found = index_.find(form);
  if (found == index_.end() || found->second->layout->cells != cells) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return entries_.front().layout;
}

// About: one without any row takes room as well.
std::size_t LayoutCache::size_of(const Entry& entry) {
  constexpr std::size_t kEntryBytes = 256;
  constexpr std::size_t kRowBytes = sizeof(std::vector<std::string>) + sizeof(std::uint32_t);
  constexpr std::size_t kCodeBytes = sizeof(std::string) + 16;
  const Layout& of = *entry.layout;
  const std::size_t columns = of.codes.empty() ? 0 : of.codes.front().size();
  return kEntryBytes + entry.form.size() + of.size() * (kRowBytes + columns * kCodeBytes) +
         of.members.size() * sizeof(Code);
}

std::size_t LayoutCache::count() const {
  const std::lock_guard lock(mutex_);
  return entries_.size();
}

void LayoutCache::drop(std::list<Entry>::iterator entry) {
  bytes_ -= size_of(*entry);
  index_.erase(entry->form);
  entries_.erase(entry);
}

void LayoutCache::keep(const std::string& form, std::shared_ptr<const Layout> layout) {
  const std::lock_guard lock(mutex_);
  if (const auto older = index_.find(form); older != index_.end()) drop(older->second);
  entries_.push_front({form, std::move(layout)});
  bytes_ += size_of(entries_.front());
  index_.emplace(entries_.front().form, entries_.begin());
  while (bytes_ > kBytesMax && entries_.size() > 1) drop(std::prev(entries_.end()));
}

}  // namespace trede
