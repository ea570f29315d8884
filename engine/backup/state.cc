#include "engine/backup/state.h"

#include <charconv>
#include <optional>

namespace trede {

namespace {

constexpr std::string_view kFirstLine = "trede backup state 1";
constexpr std::string_view kSum = "sha256 ";  // of all lines before this one

Error damaged() { return {ErrorCode::kCorrupt, "STATE is damaged"}; }

std::optional<Hash> parse_hash(std::string_view text) {
  Hash hash;
  if (text.size() != 2 * hash.size()) return std::nullopt;
  for (std::size_t i = 0; i < hash.size(); ++i) {
    const char* const at = text.data() + 2 * i;
    const auto [end, error] = std::from_chars(at, at + 2, hash[i], 16);
    if (error != std::errc{} || end != at + 2) return std::nullopt;
  }
  return hash;
}

std::optional<std::uint64_t> parse_number(std::string_view text) {
  std::uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  return error == std::errc{} && stop == end ? std::optional(number) : std::nullopt;
}

// The first word and the rest.
std::pair<std::string_view, std::string_view> cut(std::string_view text) {
  const auto space = text.find(' ');
  if (space == std::string_view::npos) return {text, {}};
  return {text.substr(0, space), text.substr(space + 1)};
}

// `COUNT HASH`.
template <typename Counted>
bool take_counted(std::string_view text, Counted& into) {
  const auto [count_text, hash_text_] = cut(text);
  const auto count = parse_number(count_text);
  const auto hash = parse_hash(hash_text_);
  if (!count || !hash) return false;
  into = Counted{*count, *hash};
  return true;
}

bool take_moment(std::string_view text, Moment& into) {
  const auto moment = parse_moment(text);
  if (moment) into = *moment;
  return moment.has_value();
}

bool take_line(std::string_view line, BackupState& state) {
  const auto [word, rest] = cut(line);
  if (word == "log") {
    const auto log = parse_uuid(rest);
    if (log) state.log = *log;
    return log.has_value();
  }
  if (word == "epoch") {
    const auto epoch = parse_number(rest);
    if (epoch) state.epoch = *epoch;
    return epoch.has_value();
  }
  if (word == "head") return take_counted(rest, state.head);
  if (word == "trail") return take_counted(rest, state.trail);
  if (word == "vastgelegd_op") return take_moment(rest, state.recorded);
  if (word == "made") return take_moment(rest, state.made);
  if (word == "key") {
    state.public_key = rest;
    return true;
  }
  if (word != "file") return false;
  const auto [hash_part, path] = cut(rest);
  const auto hash = parse_hash(hash_part);
  if (hash) state.files[std::string(path)] = *hash;
  return hash.has_value();
}

}  // namespace

std::string state_text(const BackupState& state) {
  std::string out = std::string(kFirstLine) + "\n";
  out += "log " + state.log.text() + "\n";
  out += "epoch " + std::to_string(state.epoch) + "\n";
  out += "head " + std::to_string(state.head.size) + " " + hash_text(state.head.root) + "\n";
  out += "vastgelegd_op " + format_moment(state.recorded) + "\n";
  out += "made " + format_moment(state.made) + "\n";
  out += "trail " + std::to_string(state.trail.count) + " " + hash_text(state.trail.hash) + "\n";
  if (!state.public_key.empty()) out += "key " + state.public_key + "\n";
  for (const auto& [path, hash] : state.files) out += "file " + hash_text(hash) + " " + path + "\n";
  return out + std::string(kSum) + hash_text(sha256({out})) + "\n";
}

Result<BackupState> parse_state(std::string_view text) {
  BackupState state;
  std::string_view rest = text;
  for (bool first = true; !rest.empty(); first = false) {
    const auto end = rest.find('\n');
    if (end == std::string_view::npos) return damaged();
    const std::string_view line = rest.substr(0, end);
    if (line.starts_with(kSum)) break;
    if (first ? line != kFirstLine : !take_line(line, state)) return damaged();
    rest.remove_prefix(end + 1);
  }
  if (state_text(state) != text) return damaged();
  return state;
}

}  // namespace trede
