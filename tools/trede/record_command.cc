#include <algorithm>
#include <deque>

#include "engine/dossier/recorder.h"
#include "tools/trede/accountable.h"
#include "tools/trede/command.h"
#include "tools/trede/event_cells.h"
#include "tools/trede/folder.h"
#include "tools/trede/listing.h"
#include "tools/trede/record_input.h"
#include "tools/trede/remote/remote_recording.h"
#include "tools/trede/rows/named_row.h"
#include "tools/trede/text.h"

namespace trede::tool {

namespace {

// An attribute as an option: `soort_intake` is `--soort-intake` and `--soort_intake`.
std::string option_names(const std::string& column) {
  std::string dashed = column;
  std::ranges::replace(dashed, '_', '-');
  return dashed == column ? "--" + column : "--" + dashed + ",--" + column;
}

std::string kinds_with(const std::string& attribute) {
  std::vector<std::string> codes;
  for (const auto& kind : kinds()) {
    if (kind.find_attribute(attribute) != nullptr) codes.push_back(kind.code);
  }
  return "of " + joined(codes, ", ");
}

class RecordCommand final : public Command {
 public:
  Help help() const override {
    return {"record", "Records one event, or a group of events as one.",
            "  trede record --data werk --stream dossier/K17 --soort aanmelding \\\n"
            "      --geldig-op 2021-01-04 --gemeente Velsen --regeling participatiewet\n"
            "  trede record --data werk --stream dossier/K17 --soort intrekking \\\n"
            "      --vervangt 8f14e45f-ceea-4e7a-9b0c-3a4d5e6f7081 --reden dubbel\n"
            "  trede record --data werk --json '{\"stream\":\"dossier/K17\",\"soort\":\"intake\",\n"
            "      \"geldig_op\":\"2021-01-20\",\"uitkomst\":\"positief\"}'\n"
            "  trede record --data werk --json groep.json      # an array is one atomic group\n"
            "  trede record --server https://trede.example --token-file token --json groep.json\n"};
  }

  void bind(Options& options) override {
    source_.bind(options);
    options.value("--json", &json_, "TEXT, FILE or -: an event as JSON, or an array of events");
    bind_column(options, "stream", "organisatie, dossier/KEY or werkgever/KEY");
    bind_column(options, "soort", "the kind of the event");
    bind_column(options, "geldig_op", "DAY: when it is true, YYYY-MM-DD");
    bind_column(options, "event_id", "UUID (left out: a new one); the same one twice is one event");
    bind_column(options, "actor", "who records it: an opaque id, never a name");
    bind_column(
        options, "na_afsluiting",
        "REDEN: recorded though its period is closed, because " +
            joined(codes_of(*google::protobuf::GetEnumDescriptor<pb::NaAfsluiting>()), ", "));
    bind_column(options, "vervangt", "UUID: the event that a correctie or intrekking is about");
    for (const auto& name : attribute_names()) bind_column(options, name, kinds_with(name));
    options.value("--format", &format_, "table (default), csv or json");
  }

  Outcome<> run(Context& context) override {
    TREDE_RETURN_IF_ERROR(check_source(source_));
    const auto format = parse_format(format_.value_or("table"));
    if (!format) return format.error();
    const auto texts = given_events(context);
    if (!texts) return texts.error();
    if (source_.is_server()) return record_at_server(*texts, *format, context);
    auto folder = open_folder(*source_.data, OpenMode::kWrite, context);
    if (!folder) return folder.error();
    StreamNames names((*folder)->keys(), context.random);
    auto events = read_events(*texts, **folder, names, context);
    if (!events) return events.error();
    auto accountable = Accountable::writer(**folder, given_actor(), context);
    if (!accountable) return accountable.error();
    TREDE_RETURN_IF_ERROR(accountable->note_begun(entries_of(*events)));
    const auto recorded = record(*events, **folder, names, context);
    const auto noted = accountable->note_written(
        recorded ? entries_of(*recorded) : entries_of(*events, outcome_of(recorded), **folder));
    if (!recorded) return recorded.error();
    if (!noted) return noted.error();
    TREDE_RETURN_IF_ERROR(print(*recorded, **folder, *format, context));
    return finish_writing(std::move(*folder), context);
  }

 private:
  void bind_column(Options& options, const std::string& name, const std::string& says) {
    auto& [column, text] = columns_.emplace_back(name, std::nullopt);
    options.value(option_names(column), &text, says);
  }

  Outcome<> record_at_server(const std::vector<NamedTexts>& texts, Format format,
                             Context& context) const {
    for (const auto& one : texts) {
      if (std::ranges::find(one, "actor", &NamedTexts::value_type::first) != one.end()) {
        return wrong_input("actor: not with --server, where it is who the token is of");
      }
    }
    auto rows = record_remotely(source_, texts, context.random);
    if (!rows) return rows.error();
    print(*std::move(rows), format, context);
    return {};
  }

  std::optional<std::string> given_actor() const {
    return std::ranges::find(columns_, "actor", &decltype(columns_)::value_type::first)->second;
  }

  // One per stream; with positions when the events are those of the log.
  static std::vector<TrailEntry> entries_of(const std::vector<pb::Event>& events) {
    std::map<StreamId, TrailEntry> entries;
    for (const auto& event : events) {
      TrailEntry& entry = entries[stream_of(event)];
      const Position position = position_of(event);
      entry.action = TrailAction::kVastleggen;
      entry.object = object_of(stream_of(event));
      entry.first = entry.count == 0 ? position : std::min(entry.first, position);
      entry.last = std::max(entry.last, position);
      ++entry.count;
    }
    std::vector<TrailEntry> out;
    for (auto& [stream, entry] : entries) out.push_back(std::move(entry));
    return out;
  }

  // One per stream that was to get events. A stream that is not there stays nameless.
  static std::vector<TrailEntry> entries_of(const std::vector<pb::Event>& events,
                                            TrailOutcome outcome, DataFolder& folder) {
    std::map<std::string, TrailEntry> entries;
    for (const auto& event : events) {
      const StreamId stream = stream_of(event);
      const auto version = folder.log().version_of(stream);
      const bool is_there = version && version->value > 0;
      const std::string object = is_there ? object_of(stream) : object_of_unknown(stream.kind);
      TrailEntry& entry = entries[object];
      entry.action = TrailAction::kVastleggen;
      entry.object = object;
      entry.outcome = outcome;
      ++entry.count;
    }
    std::vector<TrailEntry> out;
    for (auto& [object, entry] : entries) out.push_back(std::move(entry));
    return out;
  }

  Outcome<std::vector<NamedTexts>> given_events(Context& context) const {
    NamedTexts given;
    for (const auto& [name, text] : columns_) {
      if (text) given.emplace_back(name, *text);
    }
    if (!json_) return std::vector<NamedTexts>{given};
    if (given.empty()) return read_json_events(*json_, context);
    return wrong_input("--json: given together with --" + given.front().first +
                       ", expected the whole event in one of them");
  }

  // The events in the order given.
  static Outcome<std::vector<pb::Event>> read_events(const std::vector<NamedTexts>& all,
                                                     DataFolder& folder, StreamNames& names,
                                                     Context& context) {
    std::vector<pb::Event> events;
    const KindFinder find = [&](const EventId& id) {
      return look_up_kind(id, events, folder.log());
    };
    for (const auto& texts : all) {
      const std::string place = all.size() == 1 ? "" : event_number(events.size());
      auto event = read_event(texts, names, find, context);
      if (!event) return Failure(event.error().exit, place + event.error().line);
      events.push_back(std::move(*event));
    }
    return events;
  }

  static std::string event_number(std::size_t index) {
    return "event " + std::to_string(index + 1) + ": ";
  }

  static Outcome<pb::Event> read_event(const NamedTexts& texts, StreamNames& names,
                                       const KindFinder& find, Context& context) {
    auto row = read_named_row(texts, names, find,
                              {.now = context.clock.now(), .random_ids = &context.random});
    if (!row) return Failure(row.error());
    if (const auto* flaw = std::get_if<ColumnFlaw>(&*row)) {
      return wrong_input((flaw->is_rule ? "" : shown_name(flaw->column) + ": ") + flaw->message);
    }
    return std::move(std::get<RowEvent>(*row).event);
  }

  // Records them as one append.
  static Outcome<std::vector<pb::Event>> record(const std::vector<pb::Event>& given,
                                                DataFolder& folder, StreamNames& names,
                                                Context& context) {
    const std::vector<std::size_t> order = stream_by_stream(given);
    std::vector<pb::Event> events;
    for (const std::size_t index : order) events.push_back(given[index]);
    if (names.has_new()) {
      const auto good = rehearse(events, folder.log(), order, context);
      if (!good) return good.error();
      TREDE_RETURN_IF_ERROR(names.assign_new());
    }
    Recorder recorder(folder.log(), context.clock);
    const auto recorded = judged(recorder.record(events), order);
    if (!recorded) return recorded.error();
    return load(events, folder.log());
  }

  // Records them in a staged import that is thrown away: what is refused gets no KEY, and giving
  // one and erasing it again is slow.
  static Outcome<> rehearse(const std::vector<pb::Event>& events, EventLog& log,
                            const std::vector<std::size_t>& order, Context& context) {
    const auto staged = log.begin_import({.id = ImportId{context.random.uuid4()}});
    if (!staged) return Failure(staged.error());
    Recorder recorder(**staged, context.clock);
    return judged(recorder.record(events), order);
  }

  static Outcome<> judged(const Result<RecordOutcome>& outcome,
                          const std::vector<std::size_t>& order) {
    if (!outcome) return Failure(outcome.error());
    const auto* refusal = std::get_if<Refusal>(&*outcome);
    if (refusal != nullptr) return refused(*refusal, order);
    return {};
  }

  static Failure refused(const Refusal& refusal, const std::vector<std::size_t>& order) {
    const std::size_t index = std::min(refusal.index, order.size() - 1);
    std::string line = order.size() == 1 ? "" : event_number(order[index]);
    line += refusal.code + ": " + refusal.zin;
    if (refusal.botst_met) line += " (botst met " + refusal.botst_met->uuid.text() + ")";
    return wrong_input(line);
  }

  // The events as the log has them.
  static Outcome<std::vector<pb::Event>> load(const std::vector<pb::Event>& events,
                                              const EventLog& log) {
    std::vector<pb::Event> out;
    for (const auto& event : events) {
      const auto position = log.find_event(id_of(event));
      if (!position) return Failure(position.error());
      if (!*position) return system_failed("an event that was recorded cannot be found");
      const auto stored = log.load(**position);
      if (!stored) return Failure(stored.error());
      auto decoded = decode_event(stored->bytes);
      if (!decoded) return Failure(decoded.error());
      out.push_back(std::move(*decoded));
    }
    return out;
  }

  static Outcome<> print(const std::vector<pb::Event>& events, DataFolder& folder, Format format,
                         Context& context) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& event : events) {
      auto cells = event_cells(event, folder.keys());
      if (!cells) return Failure(cells.error());
      cells->insert(cells->begin() + 1, std::to_string(event.versie()));
      rows.push_back(std::move(*cells));
    }
    print(std::move(rows), format, context);
    return {};
  }

  static void print(std::vector<std::vector<std::string>> rows, Format format, Context& context) {
    Listing listing;
    listing.columns = event_columns();
    listing.columns.insert(listing.columns.begin() + 1, {"versie", true});
    listing.rows = std::move(rows);
    context.out.write(listing.text(format));
  }

  SourceOptions source_;
  std::optional<std::string> json_;
  std::optional<std::string> format_;
  std::deque<std::pair<std::string, std::optional<std::string>>> columns_;
};

}  // namespace

std::unique_ptr<Command> make_record_command() { return std::make_unique<RecordCommand>(); }

}  // namespace trede::tool
