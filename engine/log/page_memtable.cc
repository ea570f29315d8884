#include <rocksdb/version.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <new>
#include <shared_mutex>
#include <vector>

#include "engine/log/page_memtable_internal.h"

namespace trede {

namespace {

using rocksdb::Slice;

// An entry, or what one is looked for by: the number that its key begins with settles most
// comparisons without a look at the key.
struct Entry {
  std::uint64_t begin;
  const char* key;  // as RocksDB wrote it, in memory that the memtable keeps
};

struct Target {
  std::uint64_t begin;
  Slice internal_key;
};

// Big-endian, so that the order of the numbers is that of the bytes; keys that are shorter count as
// if zeros followed.
std::uint64_t begin_of(const Slice& internal_key) {
  constexpr std::size_t kTrailer = 8;  // sequence number and kind, after the caller's key
  const std::size_t size = std::min<std::size_t>(8, internal_key.size() - kTrailer);
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    number = number << 8 | (i < size ? static_cast<unsigned char>(internal_key[i]) : 0U);
  }
  return number;
}

// Memory for iterators that RocksDB lets go of without freeing them (it would have them stand in an
// arena, whose class it keeps to itself). A destructor cannot free what it runs in: the memory is
// freed by the next one in the same thread, or when that ends.
void free_after_destruction(void* storage) {
  struct Free {
    void operator()(void* one) const { ::operator delete(one); }
  };
  thread_local std::unique_ptr<void, Free> last;
  last.reset(storage);
}

// Invariants
//  1. Pages stand in order, and so do the entries in each; no page is empty.
//  2. Keys stay where RocksDB put them as long as the memtable lives; only their place in the pages
//     changes, and `changes_` with it.
// Threads: one inserts at a time; any may read meanwhile.
class PageMemtable final : public rocksdb::MemTableRep {
 public:
  PageMemtable(const KeyComparator& compare, rocksdb::Allocator* allocator)
      : MemTableRep(allocator), compare_(compare) {}

  void Insert(rocksdb::KeyHandle handle) override;
  bool Contains(const char* key) const override;
  std::size_t ApproximateMemoryUsage() override { return page_count_ * sizeof(Page); }
  Iterator* GetIterator(rocksdb::Arena* arena) override;
  Iterator* GetDynamicPrefixIterator(rocksdb::Arena* arena) override;

 private:
  class PageIterator;
  static constexpr std::size_t kPageEntries = 256;
  struct Page {
    std::size_t count = 0;
    std::array<Entry, kPageEntries> entries;
  };
  // Of an entry; the page is beyond all pages when there is none.
  struct Place {
    std::size_t page = 0;
    std::size_t slot = 0;
  };

  Target target_of(const char* key) const {
    const Slice internal_key = compare_.decode_key(key);
    return {begin_of(internal_key), internal_key};
  }
  bool is_before(const Entry& entry, const Target& target) const {
    if (entry.begin != target.begin) return entry.begin < target.begin;
    return compare_(entry.key, target.internal_key) < 0;
  }

  // All below require the lock.
  std::size_t slot_of(const Page& page, const Target& target) const;
  std::size_t page_of(const Target& target) const;
  void split(std::size_t page, bool at_end);
  Place find(const Target& target) const;  // the first entry that is not before `target`
  Place first() const { return {0, 0}; }
  Place after(Place place) const;
  Place before(Place place) const;  // beyond all when `place` is the first one
  Place none() const { return {pages_.size(), 0}; }
  const char* key_at(const Place& place) const;  // null when there is none

  const KeyComparator& compare_;
  mutable std::shared_mutex mutex_;  // over what follows
  std::vector<std::unique_ptr<Page>> pages_;
  std::vector<Entry> firsts_;  // of each page: it is found without a look into them
  std::uint64_t changes_ = 0;
  std::atomic<std::size_t> page_count_ = 0;  // read without the lock
};

// The first slot of `page` that is not before `target`; its count when there is none.
std::size_t PageMemtable::slot_of(const Page& page, const Target& target) const {
  const auto begin = page.entries.begin();
  const auto end = begin + static_cast<std::ptrdiff_t>(page.count);
  const auto at = std::partition_point(
      begin, end, [&](const Entry& entry) { return is_before(entry, target); });
  return static_cast<std::size_t>(at - begin);
}

// The last page that begins before `target`, or the first one.
std::size_t PageMemtable::page_of(const Target& target) const {
  const auto at = std::partition_point(
      firsts_.begin(), firsts_.end(), [&](const Entry& entry) { return is_before(entry, target); });
  return at == firsts_.begin() ? 0 : static_cast<std::size_t>(at - firsts_.begin()) - 1;
}

// Moves the upper half of a page to a new one behind it; nothing of it when keys come in order.
void PageMemtable::split(std::size_t page, bool at_end) {
  auto added = std::make_unique<Page>();
  Page& full = *pages_[page];
  const std::size_t kept = at_end ? full.count - 1 : full.count / 2;
  std::copy(full.entries.begin() + static_cast<std::ptrdiff_t>(kept),
            full.entries.begin() + static_cast<std::ptrdiff_t>(full.count), added->entries.begin());
  added->count = full.count - kept;
  full.count = kept;
  const auto behind = static_cast<std::ptrdiff_t>(page) + 1;
  firsts_.insert(firsts_.begin() + behind, added->entries.front());
  pages_.insert(pages_.begin() + behind, std::move(added));
  ++page_count_;
}

void PageMemtable::Insert(rocksdb::KeyHandle handle) {
  const char* key = static_cast<const char*>(handle);
  const Target target = target_of(key);
  const Entry entry{target.begin, key};
  const std::unique_lock lock(mutex_);
  ++changes_;
  if (pages_.empty()) {
    pages_.push_back(std::make_unique<Page>());
    firsts_.push_back(entry);
    ++page_count_;
  }
  std::size_t page = page_of(target);
  if (pages_[page]->count == kPageEntries) {
    split(page, page + 1 == pages_.size() && is_before(pages_[page]->entries.back(), target));
    page = page_of(target);
  }
  Page& home = *pages_[page];
  const std::size_t slot = slot_of(home, target);
  const auto at = home.entries.begin() + static_cast<std::ptrdiff_t>(slot);
  const auto end = home.entries.begin() + static_cast<std::ptrdiff_t>(home.count);
  std::copy_backward(at, end, end + 1);
  *at = entry;
  ++home.count;
  if (slot == 0) firsts_[page] = entry;
}

PageMemtable::Place PageMemtable::find(const Target& target) const {
  if (pages_.empty()) return none();
  const std::size_t page = page_of(target);
  const std::size_t slot = slot_of(*pages_[page], target);
  return slot < pages_[page]->count ? Place{page, slot} : Place{page + 1, 0};
}

PageMemtable::Place PageMemtable::after(Place place) const {
  if (place.slot + 1 < pages_[place.page]->count) return {place.page, place.slot + 1};
  return {place.page + 1, 0};
}

PageMemtable::Place PageMemtable::before(Place place) const {
  if (place.slot > 0) return {place.page, place.slot - 1};
  if (place.page == 0) return none();
  return {place.page - 1, pages_[place.page - 1]->count - 1};
}

const char* PageMemtable::key_at(const Place& place) const {
  return place.page < pages_.size() ? pages_[place.page]->entries[place.slot].key : nullptr;
}

bool PageMemtable::Contains(const char* key) const {
  const Target target = target_of(key);
  const std::shared_lock lock(mutex_);
  const char* found = key_at(find(target));
  return found != nullptr && compare_(found, target.internal_key) == 0;
}

// Knows its key, and its place as long as nothing was inserted since; else it looks for it again.
class PageMemtable::PageIterator final : public Iterator {
 public:
  explicit PageIterator(const PageMemtable* table, bool in_arena = false)
      : table_(table), in_arena_(in_arena) {}
  ~PageIterator() override {
    if (in_arena_) free_after_destruction(this);
  }

  void start_over(const PageMemtable* table) {
    table_ = table;
    key_ = nullptr;
  }

  bool Valid() const override { return key_ != nullptr; }
  const char* key() const override { return key_; }

  void Next() override {
    move_to([this] { return table_->after(place()); });
  }
  void Prev() override {
    move_to([this] { return table_->before(place()); });
  }
  void Seek(const Slice& internal_key, const char*) override {
    const Target target{begin_of(internal_key), internal_key};
    move_to([&] { return table_->find(target); });
  }
  void SeekForPrev(const Slice& internal_key, const char*) override {
    const Target target{begin_of(internal_key), internal_key};
    move_to([&] {
      const Place found = table_->find(target);
      const char* key = table_->key_at(found);
      if (key != nullptr && table_->compare_(key, internal_key) == 0) return found;
      return table_->before(found);
    });
  }
  void SeekToFirst() override {
    move_to([this] { return table_->first(); });
  }
  void SeekToLast() override {
    move_to([this] { return table_->before(table_->none()); });
  }

 private:
  Place place() const {
    return changes_ == table_->changes_ ? place_ : table_->find(table_->target_of(key_));
  }
  template <typename Where>
  void move_to(const Where& where) {
    const std::shared_lock lock(table_->mutex_);
    place_ = where();
    changes_ = table_->changes_;
    key_ = table_->key_at(place_);
  }

  const PageMemtable* table_;
  const bool in_arena_;
  const char* key_ = nullptr;
  Place place_;
  std::uint64_t changes_ = 0;
};

PageMemtable::Iterator* PageMemtable::GetIterator(rocksdb::Arena* arena) {
  if (arena == nullptr) return new PageIterator(this);
  return new (::operator new(sizeof(PageIterator))) PageIterator(this, true);
}

// Without an arena it is RocksDB's look-up of one key that asks, which uses it at once and never
// lets go of it: each thread has one.
PageMemtable::Iterator* PageMemtable::GetDynamicPrefixIterator(rocksdb::Arena* arena) {
  static_assert(ROCKSDB_MAJOR == 7 && ROCKSDB_MINOR == 8, "does its MemTableRep::Get free it now?");
  if (arena != nullptr) return GetIterator(arena);
  thread_local PageIterator own(nullptr);
  own.start_over(this);
  return &own;
}

class Factory final : public rocksdb::MemTableRepFactory {
 public:
  rocksdb::MemTableRep* CreateMemTableRep(const rocksdb::MemTableRep::KeyComparator& compare,
                                          rocksdb::Allocator* allocator,
                                          const rocksdb::SliceTransform*,
                                          rocksdb::Logger*) override {
    return new PageMemtable(compare, allocator);
  }
  const char* Name() const override { return "TredePageMemtable"; }
};

}  // namespace

std::shared_ptr<rocksdb::MemTableRepFactory> page_memtables() {
  return std::make_shared<Factory>();
}

}  // namespace trede
