#include "engine/dossier/soundness.h"

#include <algorithm>
#include <cctype>
#include <memory>
#include <unordered_set>
#include <utility>

#include "engine/dossier/organisatie.h"
#include "engine/dossier/timeline.h"
#include "engine/dossier/zinnen.h"

namespace trede {

namespace {

constexpr std::size_t kReadPage = 512;  // events of a stream read at once
constexpr std::uint64_t kStreamsPerProgress = 64;

Result<std::vector<StreamId>> streams_in(const EventStore& store, Position from, Position to) {
  std::unordered_set<StreamId> seen;
  std::vector<StreamId> streams;  // in order of their first event
  TREDE_RETURN_IF_ERROR(store.scan(from, to, [&](Position, std::string_view stored) -> Status {
    const auto event = decode_any(stored);
    if (!event) return std::unexpected(event.error());
    const StreamId stream = stream_of(*event);
    if (seen.insert(stream).second) streams.push_back(stream);
    return {};
  }));
  return streams;
}

std::optional<Violation> violation_of(const StreamId& stream, const History& history) {
  switch (stream.kind) {
    case StreamKind::kDossier: return fold_dossier(history.acting(), {});
    case StreamKind::kOrganisatie: return Organisatie::find_violation(history.acting());
    case StreamKind::kWerkgever: return std::nullopt;
  }
  std::unreachable();
}

// Reads one stream whole and says what cannot be true of it.
class StreamCheck {
 public:
  StreamCheck(const EventStore& store, std::vector<Unsound>& unsound)
      : store_(store), unsound_(unsound) {}

  Status run(const StreamId& stream) {
    StreamVersion next{1};
    for (;;) {
      const auto page = store_.read_stream(stream, next, kReadPage);
      if (!page) return std::unexpected(page.error());
      for (const StoredEvent& stored : *page) take(stored);
      if (page->size() < kReadPage) break;
      next = StreamVersion{next.value + kReadPage};
    }
    // What could not be taken makes everything after it look wrong: one cause is named.
    if (!whole_) return {};
    const auto violation = violation_of(stream, history_);
    if (!violation) return {};
    std::string subject =
        label_of(violation->event->soort()) + " op " + dutch_day(violation->event->geldig_op);
    subject.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(subject.front())));
    unsound_.push_back({violation->event->source, false,
                        std::string(rule_code(violation->rule)) + ": " +
                            refusal_zin(subject, reason_of(*violation))});
    return {};
  }

 private:
  void take(const StoredEvent& stored) {
    auto event = decode_event(stored.bytes);
    if (!event) {
      whole_ = false;
      unsound_.push_back(
          {stored.position, event.error().code == ErrorCode::kNewer, event.error().message});
      return;
    }
    if (const auto vervangt = vervangt_of(*event); vervangt && !history_.find(*vervangt)) {
      unsound_.push_back({stored.position, false,
                          std::string(rule_code(Rule::kVervangtOnbekend)) +
                              ": de gebeurtenis die dit vervangt, staat niet in dit dossier."});
    }
    history_.add(std::make_shared<const pb::Event>(*std::move(event)));
  }

  const EventStore& store_;
  std::vector<Unsound>& unsound_;
  History history_;
  bool whole_ = true;
};

}  // namespace

Result<std::vector<Unsound>> find_unsound(
    const EventStore& store, Position from, Position to,
    const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  const auto streams = streams_in(store, from, to);
  if (!streams) return std::unexpected(streams.error());
  std::vector<Unsound> unsound;
  for (std::uint64_t i = 0; i < streams->size() && unsound.size() < kUnsoundMax; ++i) {
    TREDE_RETURN_IF_ERROR(StreamCheck(store, unsound).run((*streams)[i]));
    if (progress && i % kStreamsPerProgress == 0) progress(i, streams->size());
  }
  std::ranges::sort(unsound, {}, &Unsound::position);
  if (unsound.size() > kUnsoundMax) unsound.resize(kUnsoundMax);
  return unsound;
}

}  // namespace trede
