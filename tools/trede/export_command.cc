#include <functional>
#include <unordered_map>

#include "tools/trede/accountable.h"
#include "tools/trede/command.h"
#include "tools/trede/export_range.h"
#include "tools/trede/folder.h"
#include "tools/trede/progress.h"
#include "tools/trede/remote/remote_export.h"
#include "tools/trede/rows/event_csv.h"
#include "tools/trede/rows/event_json.h"

namespace trede::tool {

namespace {

// KEYs of streams, remembered: an export asks for the same ones again and again.
class KeyCache {
 public:
  explicit KeyCache(const KeyDirectory& keys) : keys_(keys) {}

  // Empty for a stream without KEY.
  Result<std::string_view> find(const StreamId& stream) {
    if (stream.kind == StreamKind::kOrganisatie) return std::string_view();
    const auto known = cache_.find(stream);
    if (known != cache_.end()) return std::string_view(known->second);
    auto key = keys_.find_key(stream);
    if (!key) return std::unexpected(key.error());
    return std::string_view(cache_.emplace(stream, key->value_or("")).first->second);
  }

 private:
  const KeyDirectory& keys_;
  std::unordered_map<StreamId, std::string> cache_;
};

class ExportCommand final : public Command {
 public:
  Help help() const override {
    return {"export", "Writes the events of the log, lossless or as CSV.",
            "  trede export --data werk > log.ndjson\n"
            "  trede export --data werk --from 4712 > vervolg.ndjson\n"
            "  trede export --data werk --format csv > log.csv\n"
            "  trede export --server https://trede.example --token-file token > log.ndjson\n"};
  }

  void bind(Options& options) override {
    options.value("--from", &from_, "N: from the event at position N (left out: 1)");
    options.value("--format", &format_,
                  "ndjson (default; lossless, imports into an identical log) or csv");
    source_.bind(options);
  }

  Outcome<> run(Context& context) override {
    const std::string format = format_.value_or("ndjson");
    if (format != "ndjson" && format != "csv") {
      return wrong_input("--format: unknown format `" + format + "`, expected ndjson or csv");
    }
    TREDE_RETURN_IF_ERROR(check_source(source_));
    if (source_.is_server()) return export_remotely(source_, from_, format == "csv", context);
    const auto folder = open_folder(*source_.data, OpenMode::kRead, context);
    if (!folder) return folder.error();
    const auto from = parse_export_from(from_, (*folder)->log().last_position());
    if (!from) return from.error();
    auto accountable = Accountable::reader(**folder, {}, context);
    if (!accountable) return accountable.error();
    const Position last = (*folder)->log().last_position();
    accountable->note_read({{.action = TrailAction::kExporteren,
                             .object = std::string(kWholeLog),
                             .first = *from,
                             .last = last,
                             .count = last.value - from->value + 1}});
    if (format == "ndjson") {
      TREDE_RETURN_IF_ERROR(write_events(**folder, *from, event_json_line, context));
      return {};
    }
    const auto csv = find_columns((*folder)->log(), *from);
    if (!csv) return Failure(csv.error());
    context.out.write(csv->header());
    AppendCsv rows(*csv);
    const auto take = [&](std::string_view, const pb::Event& event, std::string_view key) {
      return rows.add(event, key);
    };
    TREDE_RETURN_IF_ERROR(write_events(**folder, *from, take, context));
    return {};
  }

 private:
  // What a CSV file needs for its rows, as far as this program knows them.
  static Result<EventCsv> find_columns(const EventLog& log, Position from) {
    CsvNeeds needs;
    const auto note = [&](Position, std::string_view stored) -> Status {
      const auto event = decode_any(stored);
      if (!event) return std::unexpected(event.error());
      needs.note(*event);
      return {};
    };
    TREDE_RETURN_IF_ERROR(log.scan(from, log.last_position(), note));
    return needs.csv();
  }

  // The lines to write at an event: of its stored bytes, what they say, and the KEY of its stream.
  using Lines =
      std::function<Result<std::string>(std::string_view, const pb::Event&, std::string_view)>;

  static Status write_events(DataFolder& folder, Position from, const Lines& lines_of,
                             Context& context) {
    const Position last = folder.log().last_position();
    KeyCache keys(folder.keys());
    ProgressBar bar(context, "export");
    const std::uint64_t total = last.value - from.value + 1;
    const auto write = [&](Position position, std::string_view stored) -> Status {
      const auto event = decode_any(stored);
      if (!event) return std::unexpected(event.error());
      const auto key = keys.find(stream_of(*event));
      if (!key) return std::unexpected(key.error());
      const auto lines = lines_of(stored, *event, *key);
      if (!lines) return std::unexpected(lines.error());
      context.out.write(*lines);
      bar.show(position.value - from.value, total);
      if (context.out.failed()) return context.out.flush();
      return {};
    };
    return folder.log().scan(from, last, write);
  }

  std::optional<std::string> from_;
  std::optional<std::string> format_;
  SourceOptions source_;
};

}  // namespace

std::unique_ptr<Command> make_export_command() { return std::make_unique<ExportCommand>(); }

}  // namespace trede::tool
