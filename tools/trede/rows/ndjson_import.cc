#include "tools/trede/rows/ndjson_import.h"

#include "engine/dossier/soundness.h"
#include "engine/event/attributes.h"
#include "tools/trede/rows/line_reader.h"

namespace trede::tool {

namespace {

constexpr std::size_t kLinesPerProgress = 256;

}  // namespace

Status NdjsonImport::run() {
  LineReader lines(job_.file);
  for (;;) {
    const auto line = lines.next();
    if (!line && line.error().code == ErrorCode::kInvalid) {
      job_.bad.add(lines.number() + 1, "json", line.error().message);
      return {};
    }
    if (!line) return std::unexpected(line.error());
    if (!*line) return check_sound();
    const std::size_t number = lines.number();
    if (number % kLinesPerProgress == 0) job_.on_progress(job_.file.taken(), job_.file.size());
    TREDE_RETURN_IF_ERROR(take_line(number, **line));
  }
  return {};
}

Status NdjsonImport::take_line(std::size_t number, std::string_view line) {
  auto parsed = parse_event_json(line);
  if (const auto* flaw = std::get_if<ColumnFlaw>(&parsed)) {
    job_.bad.add(number, flaw->column, flaw->message);
    return {};
  }
  if (job_.bad.count() > 0) return {};
  const JsonEvent& event = std::get<JsonEvent>(parsed);
  if (position_of(event.event) <= head_) return skip_or_refuse(number, event);
  const bool is_known = check_known(event.event).has_value();
  if (!is_known && !job_.takes_newer) {
    job_.bad.add(number, "soort", "of a newer version than this program, which is to be upgraded");
    return {};
  }
  if (is_known) {
    if (const auto flaw = find_flaw(event.event.body())) {
      job_.bad.add(number, flaw->attribute, flaw->message);
      return {};
    }
  }
  const Status adopted = job_.store.adopt(event.bytes);
  if (!adopted) {
    if (adopted.error().code != ErrorCode::kInvalid) return adopted;
    job_.bad.add(number, "positie", adopted.error().message);
    return {};
  }
  if (first_line_ == 0) first_line_ = number;
  job_.totals.add(event.event.body().soort_case());
  job_.totals.add_positions(position_of(event.event), position_of(event.event));
  return adopt_key(number, event);
}

Status NdjsonImport::skip_or_refuse(std::size_t number, const JsonEvent& event) {
  const auto stored = job_.store.load(position_of(event.event));
  if (!stored) return std::unexpected(stored.error());
  if (stored->bytes == event.bytes) {
    ++job_.totals.skipped;
  } else {
    job_.bad.add(number, "positie",
                 "the log has another event there, expected position " +
                     std::to_string(head_.value + 1) + " or what is there");
  }
  return {};
}

Status NdjsonImport::adopt_key(std::size_t number, const JsonEvent& event) {
  if (event.key.empty()) return {};
  const StreamId stream = stream_of(event.event);
  const Status adopted = job_.names.adopt({stream.kind, event.key}, stream);
  if (adopted || adopted.error().code != ErrorCode::kInvalid) return adopted;
  job_.bad.add(number, "key", adopted.error().message);
  return {};
}

Status NdjsonImport::check_sound() {
  if (job_.bad.count() > 0 || first_line_ == 0) return {};
  const auto unsound = find_unsound(job_.store, head_.next(), job_.store.last_position());
  if (!unsound) return std::unexpected(unsound.error());
  for (const Unsound& one : *unsound) {
    if (one.newer) continue;                 // kept as it is; who knows its kind judges it
    const bool here = one.position > head_;  // else what came in here makes it impossible
    job_.bad.add(here ? first_line_ + (one.position.value - head_.value - 1) : first_line_, "soort",
                 one.what);
  }
  return {};
}

}  // namespace trede::tool
