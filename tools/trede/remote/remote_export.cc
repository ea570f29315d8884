#include "tools/trede/remote/remote_export.h"

#include <functional>
#include <utility>
#include <variant>

#include "tools/trede/export_range.h"
#include "tools/trede/progress.h"
#include "tools/trede/remote/client.h"
#include "tools/trede/rows/event_csv.h"
#include "tools/trede/rows/event_json.h"

namespace trede::tool {

namespace {

// Takes an event with its line, without line feed. Errors: end the reading.
using TakeEvent = std::function<Status(std::string_view line, const JsonEvent& event)>;

// Lines as they come, and whether they are the events from `next` to `last`. Threads: one.
class LineReader {
 public:
  LineReader(Position next, Position last, const TakeEvent& take)
      : next_(next), last_(last), take_(take) {}

  // Returns: whether there is more to come.
  bool add(std::string_view piece) {
    while (next_ <= last_ && is_good_ && taken_) {
      const auto end = piece.find('\n');
      held_ += piece.substr(0, end);
      if (end == piece.npos) return true;
      piece.remove_prefix(end + 1);
      take_line(std::exchange(held_, ""));
    }
    return false;
  }

  bool is_whole() const { return is_good_ && next_ > last_; }
  const Status& taken() const { return taken_; }

 private:
  void take_line(const std::string& line) {
    const auto read = parse_event_json(line);
    const auto* event = std::get_if<JsonEvent>(&read);
    is_good_ = event != nullptr && position_of(event->event) == next_;
    if (!is_good_) return;
    next_ = next_.next();
    taken_ = take_(line, *event);
  }

  Position next_;
  Position last_;
  const TakeEvent& take_;
  std::string held_;
  Status taken_;
  bool is_good_ = true;
};

struct Range {
  Position from;
  Position last;
};

Outcome<> read_events(const Client& client, const Range& range, const TakeEvent& take) {
  LineReader lines(range.from, range.last, take);
  const ServerQuestion question{
      .path = "/v1/gebeurtenissen",
      .query = {{"vanaf", std::to_string(range.from.value)}, {"opgeslagen", "true"}},
      .media_type = "application/x-ndjson"};
  const auto got =
      client.get_pieces(question, [&](std::string_view piece) { return lines.add(piece); });
  if (!lines.taken()) return Failure(lines.taken().error());
  if (!got) return got.error();
  if (lines.is_whole()) return {};
  return client.system_failure("its answer is not whole, expected the events up to position " +
                               std::to_string(range.last.value));
}

Outcome<> write_csv(const Client& client, const Range& range, Context& context) {
  CsvNeeds needs;
  const TakeEvent note = [&](std::string_view, const JsonEvent& one) -> Status {
    needs.note(one.event);
    return {};
  };
  TREDE_RETURN_IF_ERROR(read_events(client, range, note));
  const EventCsv csv = needs.csv();
  context.out.write(csv.header());
  AppendCsv rows(csv);
  const TakeEvent write = [&](std::string_view, const JsonEvent& one) -> Status {
    const auto lines = rows.add(one.event, one.key);
    if (!lines) return std::unexpected(lines.error());
    context.out.write(*lines);
    return context.out.failed() ? context.out.flush() : Status();
  };
  return read_events(client, range, write);
}

}  // namespace

Outcome<> export_remotely(const SourceOptions& source, const std::optional<std::string>& from,
                          bool as_csv, Context& context) {
  const auto client = Client::open(source);
  if (!client) return client.error();
  const auto last = client->last_position();
  if (!last) return last.error();
  const auto first = parse_export_from(from, Position{*last});
  if (!first) return first.error();
  const Range range{*first, Position{*last}};
  if (as_csv) return write_csv(*client, range, context);
  ProgressBar bar(context, "export");
  const TakeEvent write = [&](std::string_view line, const JsonEvent& one) -> Status {
    context.out.line(line);
    bar.show(one.event.positie() - range.from.value, range.last.value - range.from.value + 1);
    return context.out.failed() ? context.out.flush() : Status();
  };
  return read_events(*client, range, write);
}

}  // namespace trede::tool
