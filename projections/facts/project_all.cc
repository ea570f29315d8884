#include "projections/facts/project_all.h"

#include <algorithm>
#include <atomic>
#include <barrier>
#include <mutex>
#include <thread>
#include <vector>

#include "projections/facts/counted_bodies.h"
#include "projections/facts/dealt_events.h"
#include "projections/facts/projector.h"

namespace trede {

namespace {

constexpr std::size_t kArenaBytes = std::size_t{256} << 10;
constexpr unsigned kMostThreads = 8;
constexpr std::uint64_t kProgressSteps = 1'000;  // how often progress is told, about

// A share should fit a processor's cache (dealt_events.h), there should be enough of them to keep
// all threads at work to the end, and not so many that dealing out leaves the cache.
constexpr std::size_t kShareBytes = std::size_t{512} << 10;
constexpr std::size_t kSharesPerThread = 8;  // at least
constexpr std::size_t kMostShares = 1024;

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

  // Hands on what the appends of one stream change, one by one. Each step is done for the whole
  // stream before the next, so that what one fetches is there for the other.
  Status project(std::span<const DealtEvent* const> dealt) {
    arena_.Reset();
    bodies_.make_room();
    hashes_.clear();
    for (const DealtEvent* one : dealt) hashes_.push_back(bodies_.fetch(one->bytes()));
    events_.clear();
    for (std::size_t i = 0; i < dealt.size(); ++i) {
      const auto event = decode(*dealt[i], hashes_[i]);
      if (!event) return std::unexpected(event.error());
      events_.push_back(*event);
    }
    facts_.begin(dealt.front()->kind, dealt.size());
    for (auto from = events_.cbegin(); from != events_.cend();) {
      const auto to = std::find_if(from, events_.cend(), [&](const RecordedEvent& event) {
        return event.append_first != from->append_first;
      });
      facts_.add({from, to}, interner_, sink_);
      from = to;
    }
    return {};
  }

 private:
  Result<RecordedEvent> decode(const DealtEvent& dealt, CountedBodies::Hash hash) {
    if (dealt.form == DealtEvent::Form::kStored) return decode_counted(dealt.bytes(), arena_);
    RecordedEvent event;
    event.position = Position{dealt.position};
    event.append_first = dealt.append_first();
    event.append_last = event.position;  // nobody here asks
    event.id = dealt.id;
    if (dealt.form == DealtEvent::Form::kBody) event.geldig_op = day_from_number(dealt.day);
    TREDE_RETURN_IF_ERROR(bodies_.decode(dealt.bytes(), hash, event, arena_));
    return event;
  }

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
  CountedBodies bodies_;
  StreamFacts facts_;
  std::vector<CountedBodies::Hash> hashes_;  // of the stream in hand
  std::vector<RecordedEvent> events_;        // the same
};

// What events 1..to take in memory, about: measured where it is looked at here and there.
Result<std::size_t> estimate_bytes(const EventStore& log, Position to) {
  constexpr std::uint64_t kSamples = 16;
  constexpr std::uint64_t kOfEach = 64;
  std::size_t sampled = 0;
  std::uint64_t count = 0;
  const auto measure = [&](Position, std::string_view stored) {
    const auto parts = take_apart(stored);
    sampled += dealt_bytes(parts ? parts->body.size() : stored.size());
    ++count;
    return Status{};
  };
  for (std::uint64_t i = 0; i < kSamples; ++i) {
    const Position from{to.value * i / kSamples + 1};
    const Position until{std::min(from.value + kOfEach - 1, to.value * (i + 1) / kSamples)};
    if (from <= until) TREDE_RETURN_IF_ERROR(log.scan(from, until, measure));
  }
  return count == 0 ? std::size_t{0} : to.value * (sampled / count);
}

// The threads of one projection. In each pass every thread reads its range of the log and deals the
// events of the streams of the pass out over shares; then the threads take up share after share, of
// all ranges, and project its streams. So the log is read once a pass, by all threads together.
class Crew {
 public:
  struct Work {
    const EventStore& log;
    Position to;
    Dictionary& dictionary;
    std::span<const DeltaSink> sinks;
    std::size_t passes;
    std::size_t shares;  // of a pass
  };

  Crew(const Work& work, const ProjectProgress& progress)
      : work_(work),
        threads_(work.sinks.size()),
        progress_(progress, work.to.value),
        dealt_(threads_),
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
      dealt_[thread] = DealtEvents(work_.shares);
      if (!has_failed()) note(thread, read(thread, pass));
      if (thread == 0) next_share_ = 0;
      together_.arrive_and_wait();
      if (!has_failed()) note(thread, project(projector));
      together_.arrive_and_wait();
    }
  }

  Status read(std::size_t thread, std::size_t pass) {
    const std::uint64_t all = work_.to.value;
    const Position from{all * thread / threads_ + 1};
    const Position to{all * (thread + 1) / threads_};
    if (from > to) return {};
    const std::size_t first = pass * work_.shares;
    DealtEvents& dealt = dealt_[thread];
    return work_.log.scan(from, to, [&](Position, std::string_view stored) -> Status {
      TREDE_RETURN_IF_ERROR(go_on());
      const auto parts = take_apart(stored);
      const auto stream = parts ? Result<StreamId>(parts->stream) : decode_stream(stored);
      if (!stream) return std::unexpected(stream.error());
      const std::size_t share = share_of(*stream) - first;
      if (share >= work_.shares) return {};  // of another pass
      if (parts) {
        dealt.add(share, *parts);
      } else {
        dealt.add_stored(share, *stream, stored);
      }
      return {};
    });
  }

  // Counted over all passes.
  std::size_t share_of(const StreamId& stream) const {
    return (spread(stream) >> 32) * (work_.passes * work_.shares) >> 32;
  }

  Status project(StreamProjector& projector) {
    StreamsOfShare streams;
    for (std::size_t share = next_share_++; share < work_.shares; share = next_share_++) {
      streams.take_up(dealt_, share);
      for (std::size_t i = 0; i < streams.size(); ++i) {
        TREDE_RETURN_IF_ERROR(go_on());
        streams.fetch(i + 1);
        TREDE_RETURN_IF_ERROR(projector.project(streams.events(i)));
        progress_.add(streams.events(i).size());
      }
    }
    return {};
  }

  const Work work_;
  const std::size_t threads_;
  SharedProgress progress_;
  std::vector<DealtEvents> dealt_;  // by range
  std::atomic<std::size_t> next_share_{0};
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
  const auto bytes = estimate_bytes(log, to);
  if (!bytes) return std::unexpected(bytes.error());
  const std::size_t passes = 1 + *bytes / options.memory_bytes;
  const std::size_t least = std::min(kMostShares, sinks.size() * kSharesPerThread);
  const std::size_t shares = std::clamp(*bytes / passes / kShareBytes, least, kMostShares);
  return Crew({log, to, dictionary, sinks, passes, shares}, options.progress).run();
}

}  // namespace trede
