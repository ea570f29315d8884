// The log on disk beside a list in memory: random appends, imports, clocks that step back, reopened
// now and then, and everything that can be read of it.
#include <algorithm>
#include <stop_token>

#include "tests/property/log/log_model.h"
#include "tests/property/log/subject.h"

namespace trede::test {
namespace {

using namespace std::chrono_literals;

class Compared {
 public:
  // One random act on both.
  void act() {
    switch (between(0, 9)) {
      case 0: step_clock(); break;
      case 1: import(); break;
      case 2: large_append(); break;
      case 3: subject_.reopen(); break;
      default: append_some(); break;
    }
    expect_same_end();
  }

  void expect_same_everywhere() {
    expect_same_reads(subject_.log());
    const auto reader = value_of(subject_.open(OpenMode::kRead));
    expect_same_reads(reader->log());
    RC_ASSERT(value_of(verify_log(*reader)).empty());
    RC_ASSERT(value_of(verify_log(*subject_.folder)).empty());
  }

 private:
  // Also back, and now and then further back than is accepted.
  void step_clock() {
    const auto step = std::chrono::milliseconds{between(0, 700'000)};
    subject_.clock.set(subject_.clock.now() + step - 400s);
  }

  // Mostly right; else a version, an id or a content that is not.
  std::vector<StreamAppend> streams_for(const EventStore& store) {
    auto streams = some_streams(store, next_id_);
    StreamAppend& one = streams[between(0, streams.size() - 1)];
    switch (between(0, 9)) {
      case 0: one.expected.value += between(1, 3); break;
      case 1: one.expected.value -= std::min(one.expected.value, between(1, 3)); break;
      case 2: one.events[0] = some_event(one.stream, between(1, next_id_ - 1), "bericht"); break;
      case 3:
        if (!model_.entries().empty()) {
          const auto& there = model_.entries()[between(0, model_.entries().size() - 1)];
          streams = {{there.stream, StreamVersion{between(0, 5)}, {there.event}}};
        }
        break;
      default: break;
    }
    return streams;
  }

  static void expect_same(const Result<Appended>& real, const Result<Appended>& model) {
    RC_ASSERT(real.has_value() == model.has_value());
    if (!real) {
      RC_ASSERT(real.error().code == model.error().code);
      return;
    }
    RC_ASSERT(real->first == model->first);
    RC_ASSERT(real->last == model->last);
    RC_ASSERT(real->vastgelegd_op == model->vastgelegd_op);
    RC_ASSERT(real->already_there == model->already_there);
  }

  // An id twice in one append is refused before anything else; the model leaves that out.
  static bool has_twice(const std::vector<StreamAppend>& streams) {
    std::vector<EventId> ids;
    for (const StreamAppend& stream : streams) {
      for (const NewEvent& event : stream.events) ids.push_back(event.id);
    }
    std::ranges::sort(ids);
    return std::ranges::adjacent_find(ids) != ids.end();
  }

  void append_some() {
    const auto streams = streams_for(subject_.log());
    const auto real = append(subject_.log(), streams);
    if (has_twice(streams)) {
      RC_ASSERT(!real);
      return;
    }
    expect_same(real, model_.append(streams, {.now = subject_.clock.now()}));
  }

  // Fills blocks of the tree of hashes.
  void large_append() {
    const auto streams = some_streams(subject_.log(), next_id_, 100);
    const auto real = append(subject_.log(), streams);
    expect_same(real, model_.append(streams, {.now = subject_.clock.now()}));
  }

  void import() {
    const ImportId id{subject_.random.uuid4()};
    const bool as_recorded = model_.entries().empty() && chance(50);
    LogModel staged = model_;
    {
      const auto import = value_of(subject_.log().begin_import({id, as_recorded}));
      Moment moment = subject_.clock.now() - 1h;
      for (std::uint64_t i = between(0, 5); i > 0; --i) {
        const auto streams = streams_for(*import);
        AppendOptions options;
        if (as_recorded) options.vastgelegd_op = moment;
        const auto real = append(*import, streams, options);
        if (has_twice(streams)) {
          RC_ASSERT(!real);
          continue;
        }
        expect_same(real,
                    staged.append(streams, {subject_.clock.now(), options.vastgelegd_op, id}));
        RC_ASSERT(stored_events(*import) == staged.stored());
        if (chance(50)) moment += 1s;
      }
      expect_same_streams(*import, staged);
      RC_ASSERT(subject_.log().last_position() == Position{model_.entries().size()});
      if (chance(50)) return;  // given up
      RC_ASSERT(static_cast<bool>(import->commit()));
    }
    model_ = staged;
  }

  // What every step must keep.
  void expect_same_end() {
    const LogHead head = value_of(subject_.log().head());
    RC_ASSERT(head.position == Position{model_.entries().size()});
    if (!model_.entries().empty()) RC_ASSERT(head.vastgelegd_op == model_.last_moment());
    RC_ASSERT(head.root == naive_root(model_.stored()));
  }

  static void expect_same_streams(const EventStore& store, const LogModel& model) {
    for (const StreamId& stream :
         {kOrganisatie, werkgever(1), werkgever(2), dossier(3), dossier(4), dossier(5)}) {
      RC_ASSERT(value_of(store.version_of(stream)) == model.version_of(stream));
      const auto positions = model.positions_of(stream);
      const std::uint64_t from = between(1, positions.size() + 1);
      const std::size_t limit = between(0, positions.size() + 1);
      const auto events = value_of(store.read_stream(stream, StreamVersion{from}, limit));
      RC_ASSERT(events.size() == std::min(limit, positions.size() - (from - 1)));
      for (std::size_t i = 0; i < events.size(); ++i) {
        RC_ASSERT(events[i].position == positions[from - 1 + i]);
        RC_ASSERT(events[i].bytes == model.stored()[events[i].position.value - 1]);
      }
    }
  }

  void expect_same_reads(EventLog& log) {
    const std::vector<std::string> stored = model_.stored();
    const std::uint64_t last = stored.size();
    RC_ASSERT(log.last_position() == Position{last});
    RC_ASSERT(stored_events(log) == stored);
    expect_same_streams(log, model_);
    expect_same_follow(log, stored);
    RC_ASSERT(value_of(log.root_at(Position{0})) == sha256({}));
    for (std::uint64_t i = 0; i < 30 && last > 0; ++i) {
      const Position position{between(1, last)};
      const LogModel::Entry& entry = model_.entries()[position.value - 1];
      RC_ASSERT(value_of(log.load(position)).bytes == stored[position.value - 1]);
      RC_ASSERT(value_of(log.find_event(entry.event.id)) == std::optional(position));
      RC_ASSERT(value_of(log.settle(position)) == model_.settle(position));
      RC_ASSERT(value_of(log.root_at(position)) ==
                naive_root(std::span(stored).first(position.value)));
      const Moment moment = entry.envelope.vastgelegd_op;
      for (const Moment at : {moment - 1us, moment, moment + 1us}) {
        RC_ASSERT(value_of(log.position_at(at)) == model_.position_at(at));
      }
    }
    RC_ASSERT(value_of(log.find_event(event_id(next_id_))) == std::optional<Position>());
    RC_ASSERT(failed_with(log.load(Position{last + 1}), ErrorCode::kNotFound));
    RC_ASSERT(failed_with(log.settle(Position{last + 1}), ErrorCode::kInvalid));
  }

  static void expect_same_follow(EventLog& log, const std::vector<std::string>& stored) {
    const std::uint64_t after = between(0, stored.size());
    const auto follower = value_of(log.follow(Position{after}));
    std::vector<std::string> followed;
    for (;;) {
      const auto events = value_of(follower->next(between(1, 50), 0ms, std::stop_token()));
      if (events.empty()) break;
      for (const StoredEvent& event : events) {
        RC_ASSERT(event.position == Position{after + followed.size() + 1});
        followed.push_back(event.bytes);
      }
    }
    RC_ASSERT(std::ranges::equal(followed, std::span(stored).subspan(after)));
  }

  Subject subject_;
  LogModel model_;
  std::uint64_t next_id_ = 1;
};

RC_GTEST_PROP(TheLogOnDisk, IsTheListThatItPromisesToBe, ()) {
  Compared compared;
  for (std::uint64_t i = between(1, 25); i > 0; --i) compared.act();
  compared.expect_same_everywhere();
}

}  // namespace
}  // namespace trede::test
