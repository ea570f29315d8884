#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>

#include <string>
#include <unordered_map>

#include "engine/event/event.h"
#include "projections/facts/projector.h"

namespace trede {

namespace {

namespace gp = google::protobuf;

// What one event takes in memory beside its bytes, about.
constexpr std::size_t kOverhead = 64;

struct StreamEvents {
  std::vector<std::string> stored;  // in order of version
};

Error damaged(Position position) {
  return {ErrorCode::kCorrupt,
          "event at positie " + std::to_string(position.value) + " cannot be read"};
}

// The kind and id of the event's stream as bytes, without decoding the event: enough to tell
// streams apart.
Result<std::string> stream_bytes(Position position, std::string_view stored) {
  using gp::internal::WireFormatLite;
  gp::io::CodedInputStream in(reinterpret_cast<const std::uint8_t*>(stored.data()),
                              static_cast<int>(stored.size()));
  std::string out;
  while (const std::uint32_t tag = in.ReadTag()) {
    const int field = WireFormatLite::GetTagFieldNumber(tag);
    if (field > pb::Event::kStreamIdFieldNumber) break;
    if (field < pb::Event::kStreamSoortFieldNumber) {
      if (!WireFormatLite::SkipField(&in, tag)) return damaged(position);
      continue;
    }
    std::uint32_t value = 0;  // the kind, or the length of the id
    if (!in.ReadVarint32(&value)) return damaged(position);
    std::string id;
    if (field == pb::Event::kStreamSoortFieldNumber) {
      out.push_back(static_cast<char>(value));
    } else if (in.ReadString(&id, static_cast<int>(value))) {
      out += id;
    } else {
      return damaged(position);
    }
  }
  return out;
}

// Which of `passes` a stream belongs to.
std::size_t pass_of(std::string_view id, std::size_t passes) {
  return std::hash<std::string_view>{}(id) % passes;
}

// The events of the streams of one pass, by stream.
class Pass {
 public:
  Pass(std::size_t number, std::size_t passes) : number_(number), passes_(passes) {}

  Status add(Position position, std::string_view stored) {
    auto id = stream_bytes(position, stored);
    if (!id) return std::unexpected(std::move(id).error());
    if (pass_of(*id, passes_) != number_) return {};
    const auto [found, added] = index_.try_emplace(std::move(*id), streams_.size());
    if (added) streams_.emplace_back();
    streams_[found->second].stored.emplace_back(stored);
    return {};
  }

  std::vector<StreamEvents>& streams() { return streams_; }

 private:
  std::size_t number_;
  std::size_t passes_;
  std::unordered_map<std::string, std::size_t> index_;
  std::vector<StreamEvents> streams_;
};

// Hands the appends of a stream on one by one.
Status project_stream(StreamEvents stream, Dictionary& dictionary, const DeltaSink& sink) {
  History history;
  std::vector<EventPtr> append;
  const auto flush = [&] {
    if (!append.empty()) add_append(history, std::move(append), dictionary, sink);
    append.clear();
  };
  for (const std::string& stored : stream.stored) {
    auto event = decode_shared(stored);
    if (!event) return std::unexpected(std::move(event).error());
    if (!append.empty() && append_first(**event) != append_first(*append.front())) flush();
    append.push_back(std::move(*event));
  }
  flush();
  return {};
}

// How many passes keep the events of one within `pass_bytes`, about.
Result<std::size_t> count_passes(const EventStore& log, Position to, std::size_t pass_bytes) {
  constexpr std::uint64_t kSample = 1000;
  std::size_t bytes = 0;
  std::uint64_t count = 0;
  TREDE_RETURN_IF_ERROR(log.scan(Position{1}, Position{std::min(to.value, kSample)},
                                 [&](Position, std::string_view stored) {
                                   bytes += stored.size() + kOverhead;
                                   ++count;
                                   return Status{};
                                 }));
  if (count == 0) return std::size_t{1};
  return 1 + to.value * (bytes / count) / pass_bytes;
}

}  // namespace

Status project_all(const EventStore& log, Position to, Dictionary& dictionary,
                   const DeltaSink& sink, const ProjectOptions& options) {
  const auto passes = count_passes(log, to, options.pass_bytes);
  if (!passes) return std::unexpected(passes.error());
  std::uint64_t done = 0;
  for (std::size_t number = 0; number < *passes; ++number) {
    Pass pass(number, *passes);
    TREDE_RETURN_IF_ERROR(
        log.scan(Position{1}, to, [&pass](Position position, std::string_view stored) {
          return pass.add(position, stored);
        }));
    for (StreamEvents& stream : pass.streams()) {
      done += stream.stored.size();
      TREDE_RETURN_IF_ERROR(project_stream(std::move(stream), dictionary, sink));
      if (options.progress) options.progress(done, to.value);
    }
  }
  return {};
}

}  // namespace trede
