#include "tools/trede/rows/stream_names.h"

#include "engine/event/attributes.h"

namespace trede::tool {

namespace {

constexpr std::string_view kDossier = "dossier/";
constexpr std::string_view kWerkgever = "werkgever/";

}  // namespace

Result<StreamName> parse_stream_name(std::string_view text) {
  if (text == "organisatie") return StreamName{};
  StreamName name;
  if (text.starts_with(kDossier)) {
    name = {StreamKind::kDossier, text.substr(kDossier.size())};
  } else if (text.starts_with(kWerkgever)) {
    name = {StreamKind::kWerkgever, text.substr(kWerkgever.size())};
  } else {
    return Error{ErrorCode::kInvalid,
                 "not a stream, expected organisatie, dossier/KEY or werkgever/KEY"};
  }
  TREDE_RETURN_IF_ERROR(check_key(name.key));
  return name;
}

std::optional<StreamId> StreamNames::StreamsOfKeys::find(std::string_view key) const {
  const auto found = index_.find(std::hash<std::string_view>{}(key),
                                 [&](std::size_t i) { return entries_[i].first == key; });
  if (!found) return std::nullopt;
  return entries_[*found].second;
}

void StreamNames::StreamsOfKeys::add(std::string_view key, const StreamId& stream) {
  index_.add(std::hash<std::string_view>{}(key), entries_.size());
  entries_.emplace_back(key, stream);
}

Result<StreamId> StreamNames::find_or_make(const StreamName& name) {
  if (name.kind == StreamKind::kOrganisatie) return kOrganisatie;
  StreamsOfKeys& known = of(name.kind);
  if (const auto found = known.find(name.key)) return *found;
  const auto stored = keys_.find_stream(name.kind, name.key);
  if (!stored) return std::unexpected(stored.error());
  StreamId stream;
  if (*stored) {
    stream = **stored;
  } else {
    stream = {name.kind, random_.uuid4()};
    new_.push_back({stream, std::string(name.key)});
  }
  known.add(name.key, stream);
  return stream;
}

Status StreamNames::adopt(const StreamName& name, const StreamId& stream) {
  StreamsOfKeys& known = of(name.kind);
  auto found = known.find(name.key);
  if (!found) {
    const auto stored = keys_.find_stream(name.kind, name.key);
    if (!stored) return std::unexpected(stored.error());
    if (!*stored) new_.push_back({stream, std::string(name.key)});
    found = *stored ? **stored : stream;
    known.add(name.key, *found);
  }
  if (*found == stream) return {};
  return Error{ErrorCode::kInvalid,
               "the KEY belongs to another stream, expected each KEY with one "
               "stream_id"};
}

Result<std::string> stream_text(const KeyDirectory& keys, const StreamId& stream) {
  if (stream.kind == StreamKind::kOrganisatie) return stream.text();
  const auto key = keys.find_key(stream);
  if (!key) return std::unexpected(key.error());
  if (!*key) return stream.text();
  return std::string(stream_kind_text(stream.kind)) + "/" + **key;
}

}  // namespace trede::tool
