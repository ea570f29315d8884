#include "projections/facts/project_all.h"

#include <algorithm>
#include <atomic>
#include <barrier>
#include <cstring>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>
#include <vector>

#include "projections/facts/projector.h"

namespace trede {

namespace {

// What one event takes in memory beside its bytes, about.
constexpr std::size_t kOverhead = 32;
constexpr std::size_t kChunkBytes = std::size_t{1} << 20;
constexpr std::size_t kArenaBytes = std::size_t{256} << 10;
constexpr unsigned kMostThreads = 8;
constexpr std::uint64_t kProgressSteps = 1'000;  // how often progress is told, about

// The stored events of some streams within a range of the log, each stream a chain.
class Bucket {
 public:
  void add(const StreamId& stream, std::string_view stored) {
    const auto [found, added] = index_.try_emplace(stream, chains_.size());
    if (added) chains_.push_back({stream, entries_.size(), entries_.size()});
    Chain& chain = chains_[found->second];
    if (!added) entries_[chain.last].next = entries_.size();
    chain.last = entries_.size();
    entries_.push_back({kept(stored), kEnd});
  }

  std::size_t streams() const { return chains_.size(); }
  const StreamId& stream(std::size_t number) const { return chains_[number].stream; }
  // Where `stream` is; absent when it has no event here.
  std::optional<std::size_t> find(const StreamId& stream) const {
    const auto found = index_.find(stream);
    if (found == index_.end()) return std::nullopt;
    return found->second;
  }
  // Appends the events of a stream, in order of version.
  void collect(std::size_t number, std::vector<std::string_view>& events) const {
    for (std::size_t at = chains_[number].first; at != kEnd; at = entries_[at].next) {
      events.push_back(entries_[at].stored);
    }
  }

 private:
  static constexpr std::size_t kEnd = ~std::size_t{0};
  struct Entry {
    std::string_view stored;
    std::size_t next;  // of the same stream
  };
  struct Chain {
    StreamId stream;
    std::size_t first;
    std::size_t last;
  };

  // A copy that stays; chunks spare an allocation for each event.
  std::string_view kept(std::string_view stored) {
    if (stored.size() > left_) {
      left_ = std::max(kChunkBytes, stored.size());
      chunks_.push_back(std::make_unique_for_overwrite<char[]>(left_));
      free_ = chunks_.back().get();
    }
    std::memcpy(free_, stored.data(), stored.size());
    const std::string_view copy(free_, stored.size());
    free_ += stored.size();
    left_ -= stored.size();
    return copy;
  }

  std::unordered_map<StreamId, std::size_t> index_;  // in chains_
  std::vector<Chain> chains_;
  std::vector<Entry> entries_;
  std::vector<std::unique_ptr<char[]>> chunks_;
  char* free_ = nullptr;
  std::size_t left_ = 0;
};

// Hands the events of each stream that is in one of `ranges`, which follow one another in the log,
// to `visit`, in order of version.
template <typename Visit>
Status each_stream(std::span<const Bucket* const> ranges, const Visit& visit) {
  std::vector<std::string_view> events;
  for (std::size_t from = 0; from < ranges.size(); ++from) {
    for (std::size_t i = 0; i < ranges[from]->streams(); ++i) {
      const StreamId& stream = ranges[from]->stream(i);
      const auto has = [&](const Bucket* range) { return range->find(stream).has_value(); };
      if (std::ranges::any_of(ranges.first(from), has)) continue;  // handed out with those
      events.clear();
      ranges[from]->collect(i, events);
      for (const Bucket* range : ranges.subspan(from + 1)) {
        if (const auto there = range->find(stream)) range->collect(*there, events);
      }
      TREDE_RETURN_IF_ERROR(visit(stream.kind, events));
    }
  }
  return {};
}

// Hands on how far all threads together are.
class SharedProgress {
 public:
  SharedProgress(const ProjectProgress& progress, std::uint64_t total)
      : progress_(progress), total_(total), step_(1 + total / kProgressSteps) {}

  void add(std::uint64_t events) {
    const std::uint64_t now = done_.fetch_add(events) + events;
    const bool is_time = now / step_ != (now - events) / step_;
    if (!progress_ || (!is_time && now != total_)) return;
    const std::lock_guard lock(mutex_);
    progress_(now, total_);
  }

 private:
  const ProjectProgress& progress_;
  std::uint64_t total_;
  std::uint64_t step_;  // in events
  std::atomic<std::uint64_t> done_{0};
  std::mutex mutex_;
};

// What one thread works with.
class StreamProjector {
 public:
  StreamProjector(Dictionary& dictionary, const DeltaSink& sink)
      : interner_(dictionary), sink_(sink), block_(kArenaBytes), arena_(arena_options()) {}

  // Hands on what the appends of one stream change, one by one.
  Status project(StreamKind kind, std::span<const std::string_view> stored) {
    arena_.Reset();
    StreamFacts facts(kind);
    facts.reserve(stored.size());
    std::vector<RecordedEvent>& append = append_;
    append.clear();
    for (const std::string_view one : stored) {
      const auto event = decode_counted(one, arena_);
      if (!event) return std::unexpected(event.error());
      if (!append.empty() && event->append_first != append.front().append_first) {
        facts.add(append, interner_, sink_);
        append.clear();
      }
      append.push_back(*event);
    }
    if (!append.empty()) facts.add(append, interner_, sink_);
    return {};
  }

 private:
  // The first block is ours, so that most streams take nothing from the heap.
  google::protobuf::ArenaOptions arena_options() {
    google::protobuf::ArenaOptions options;
    options.initial_block = block_.data();
    options.initial_block_size = block_.size();
    options.start_block_size = kArenaBytes;
    options.max_block_size = 4 * kArenaBytes;
    return options;
  }

  Interner interner_;
  const DeltaSink& sink_;
  std::vector<char> block_;
  google::protobuf::Arena arena_;
  std::vector<RecordedEvent> append_;
};

// How many passes keep the events of one within `bytes`, about.
Result<std::size_t> count_passes(const EventStore& log, Position to, std::size_t bytes) {
  constexpr std::uint64_t kSample = 1000;
  std::size_t sampled = 0;
  std::uint64_t count = 0;
  TREDE_RETURN_IF_ERROR(log.scan(Position{1}, Position{std::min(to.value, kSample)},
                                 [&](Position, std::string_view stored) {
                                   sampled += stored.size() + kOverhead;
                                   ++count;
                                   return Status{};
                                 }));
  if (count == 0) return std::size_t{1};
  return 1 + to.value * (sampled / count) / bytes;
}

// The threads of one projection. In each pass every thread reads its range of the log and puts the
// events of the streams of the pass into buckets, one for each thread; then each thread projects
// its bucket of all ranges. So the log is read once a pass, by all threads together.
class Crew {
 public:
  struct Work {
    const EventStore& log;
    Position to;
    Dictionary& dictionary;
    std::span<const DeltaSink> sinks;
    std::size_t passes;
  };

  Crew(const Work& work, const ProjectProgress& progress)
      : work_(work),
        threads_(work.sinks.size()),
        progress_(progress, work.to.value),
        buckets_(threads_),
        outcomes_(threads_),
        failed_(threads_),
        together_(static_cast<std::ptrdiff_t>(threads_)) {}

  Status run() {
    {
      std::vector<std::jthread> threads;
      for (std::size_t i = 1; i < threads_; ++i) threads.emplace_back([this, i] { run(i); });
      run(0);
    }
    return has_failed() ? outcomes_[failed_] : Status();
  }

 private:
  bool has_failed() const { return failed_ != threads_; }
  Status go_on() const {
    return has_failed() ? Status(Error{ErrorCode::kClosed, "another thread failed"}) : Status();
  }
  void note(std::size_t thread, Status outcome) {
    outcomes_[thread] = std::move(outcome);
    std::size_t none = threads_;
    if (!outcomes_[thread]) failed_.compare_exchange_strong(none, thread);
  }

  void run(std::size_t thread) {
    StreamProjector projector(work_.dictionary, work_.sinks[thread]);
    for (std::size_t pass = 0; pass < work_.passes; ++pass) {
      buckets_[thread] = std::vector<Bucket>(threads_);
      if (!has_failed()) note(thread, read(thread, pass));
      together_.arrive_and_wait();
      if (!has_failed()) note(thread, project(thread, projector));
      together_.arrive_and_wait();
    }
  }

  Status read(std::size_t thread, std::size_t pass) {
    const std::uint64_t all = work_.to.value;
    const Position from{all * thread / threads_ + 1};
    const Position to{all * (thread + 1) / threads_};
    if (from > to) return {};
    return work_.log.scan(from, to, [&](Position, std::string_view stored) -> Status {
      TREDE_RETURN_IF_ERROR(go_on());
      const auto stream = decode_stream(stored);
      if (!stream) return std::unexpected(stream.error());
      const std::size_t part = std::hash<StreamId>{}(*stream) % (work_.passes * threads_);
      if (part / threads_ == pass) buckets_[thread][part % threads_].add(*stream, stored);
      return {};
    });
  }

  Status project(std::size_t thread, StreamProjector& projector) {
    std::vector<const Bucket*> ranges;
    for (const auto& of_range : buckets_) ranges.push_back(&of_range[thread]);
    const auto visit = [&](StreamKind kind, std::span<const std::string_view> stored) -> Status {
      TREDE_RETURN_IF_ERROR(go_on());
      TREDE_RETURN_IF_ERROR(projector.project(kind, stored));
      progress_.add(stored.size());
      return {};
    };
    return each_stream(ranges, visit);
  }

  const Work work_;
  const std::size_t threads_;
  SharedProgress progress_;
  std::vector<std::vector<Bucket>> buckets_;  // by range, then by who projects them
  std::vector<Status> outcomes_;
  std::atomic<std::size_t> failed_;  // the first thread that did
  std::barrier<> together_;
};

}  // namespace

unsigned project_threads() {
  return std::clamp(std::thread::hardware_concurrency(), 1U, kMostThreads);
}

Status project_all(const EventStore& log, Position to, Dictionary& dictionary,
                   std::span<const DeltaSink> sinks, const ProjectOptions& options) {
  const auto passes = count_passes(log, to, options.memory_bytes);
  if (!passes) return std::unexpected(passes.error());
  return Crew({log, to, dictionary, sinks, *passes}, options.progress).run();
}

}  // namespace trede
