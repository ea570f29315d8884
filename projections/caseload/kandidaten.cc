#include "projections/caseload/kandidaten.h"

#include <algorithm>
#include <array>
#include <mutex>

#include "engine/dossier/history.h"

namespace trede {

// The names in one event.
struct Kandidaten::Named {
  StreamId stream;
  std::string werkcoach;
  std::string gemeente;
};

namespace {

std::string_view gemeente_in(const pb::Body& body) {
  if (body.has_aanmelding()) return body.aanmelding().gemeente();
  if (body.has_gemeente_gewijzigd()) return body.gemeente_gewijzigd().gemeente();
  if (body.has_dienstverband_start()) return body.dienstverband_start().gemeente();
  if (body.has_plaatsing()) return body.plaatsing().gemeente();
  return {};
}

}  // namespace

Result<Kandidaten::Named> Kandidaten::read_named(std::string_view stored,
                                                 google::protobuf::Arena& arena) {
  const auto stream = decode_stream(stored);
  if (!stream) return stream.error();
  const auto event = decode_recorded(stored, arena);
  if (!event) return event.error();
  Named named{*stream, {}, {}};
  const pb::Body* placed = find_placed(*event->body);
  if (placed == nullptr || stream->kind != StreamKind::kDossier) return named;
  if (placed->has_werkcoach_toegewezen()) {
    named.werkcoach = placed->werkcoach_toegewezen().werkcoach();
  }
  named.gemeente = gemeente_in(*placed);
  return named;
}

Status Kandidaten::catch_up(const EventStore& log, Position until) {
  const std::unique_lock lock(mutex_);
  alignas(8) std::array<char, 4096> first_block;  // more than most bodies take
  google::protobuf::ArenaOptions options;
  options.initial_block = first_block.data();
  options.initial_block_size = first_block.size();
  google::protobuf::Arena arena(options);
  return log.scan(position_.next(), until, [&](Position position, std::string_view stored) {
    arena.Reset();
    const auto named = read_named(stored, arena);
    if (!named) return Status(named.error());
    if (!named->werkcoach.empty()) by_werkcoach_[named->werkcoach].insert(named->stream);
    if (!named->gemeente.empty()) by_gemeente_[named->gemeente].insert(named->stream);
    position_ = position;
    return Status();
  });
}

Position Kandidaten::position() const {
  const std::shared_lock lock(mutex_);
  return position_;
}

std::vector<StreamId> Kandidaten::of_werkcoach(std::string_view werkcoach,
                                               const std::vector<std::string>& gemeenten) const {
  const std::shared_lock lock(mutex_);
  std::vector<StreamId> streams = of(by_werkcoach_, werkcoach);
  if (gemeenten.empty()) return streams;
  std::erase_if(streams, [&](const StreamId& stream) {
    return std::ranges::none_of(gemeenten, [&](const std::string& gemeente) {
      const auto found = by_gemeente_.find(gemeente);
      return found != by_gemeente_.end() && found->second.contains(stream);
    });
  });
  return streams;
}

std::vector<StreamId> Kandidaten::of_gemeente(std::string_view gemeente) const {
  const std::shared_lock lock(mutex_);
  return of(by_gemeente_, gemeente);
}

std::vector<std::string> Kandidaten::werkcoaches() const {
  const std::shared_lock lock(mutex_);
  std::vector<std::string> names;
  names.reserve(by_werkcoach_.size());
  for (const auto& [name, streams] : by_werkcoach_) names.push_back(name);
  return names;
}

std::vector<StreamId> Kandidaten::of(const Index& index, std::string_view name) {
  const auto found = index.find(name);
  if (found == index.end()) return {};
  return {found->second.begin(), found->second.end()};
}

}  // namespace trede
