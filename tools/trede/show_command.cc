#include <algorithm>
#include <unordered_map>

#include "tools/trede/accountable.h"
#include "tools/trede/answer_text.h"
#include "tools/trede/command.h"
#include "tools/trede/event_cells.h"
#include "tools/trede/folder.h"
#include "tools/trede/question.h"
#include "tools/trede/remote/remote_streams.h"
#include "tools/trede/rows/stream_names.h"
#include "tools/trede/stand_listing.h"
#include "tools/trede/text.h"

namespace trede::tool {

namespace {

// The day at which an event stands in the list: of an intrekking that of what it takes away.
Day listed_day(const pb::Event& event, const History& history) {
  if (const auto day = day_of(event)) return *day;
  const auto about = replaced_by(event.body());
  const pb::Event* original = about ? history.find(*about) : nullptr;
  return original != nullptr ? day_of(*original).value_or(kFirstDay) : kFirstDay;
}

// What became of an event, or what it is about: `gecorrigeerd door 14`, `corrigeert 3`.
std::string fate(const pb::Event& event, const History& history) {
  if (const auto about = replaced_by(event.body())) {
    const pb::Event* original = history.find(*about);
    const std::string number = original == nullptr ? "?" : std::to_string(original->positie());
    return (event.body().soort_case() == Soort::kIntrekking ? "trekt in: " : "corrigeert: ") +
           number;
  }
  const ActingEvent* acting = history.find_acting(id_of(event));
  if (acting == nullptr) return "ingetrokken";
  if (acting->source != position_of(event)) {
    return "gecorrigeerd door: " + std::to_string(acting->source.value);
  }
  return "";
}

// The same, and why it was recorded into a closed period: `na afsluiting: nagekomen`.
std::string remark(const pb::Event& event, const History& history) {
  std::string out = fate(event, history);
  if (event.has_na_afsluiting()) {
    out += (out.empty() ? "" : "; ") + ("na afsluiting: " + code_of(event.na_afsluiting()));
  }
  return out;
}

class ShowCommand final : public Command {
 public:
  Help help() const override {
    return {"show", "Shows the timeline of one dossier: what holds, and what was recorded.",
            "  trede show dossier/K17 --data werk\n"
            "  trede show dossier/K17 --data werk --op 2021-03-31\n"
            "  trede show dossier/K17 --data werk --op 2021-03-31 \\\n"
            "      --bekend-op 2021-04-02T09:30:00+02:00 --format json\n"
            "  trede show dossier/K17 --server https://trede.example --token-file token\n"};
  }

  void bind(Options& options) override {
    options.required_word("STREAM", &stream_, "dossier/KEY; also werkgever/KEY or organisatie");
    options.value("--op", &op_, "DAY: what holds at the end of that day (left out: today)");
    known_.bind(options);
    options.value("--format", &format_, "table (default), csv (the events only) or json");
    source_.bind(options);
  }

  Outcome<> run(Context& context) override {
    const auto format = parse_format(format_.value_or("table"));
    if (!format) return format.error();
    TREDE_RETURN_IF_ERROR(check_source(source_));
    const auto name = parse_stream_name(stream_);
    if (!name) return wrong_input("STREAM: " + name.error().message);
    const auto op = op_ ? parse_day_option("--op", *op_) : civil_day(context.clock.now());
    if (!op) return op.error();
    const auto stream =
        source_.is_server() ? read_remote_stream(source_, stream_, known_) : read(*name, context);
    if (!stream) return stream.error();
    if (!*stream) {
      return wrong_input("STREAM: there is no " + stream_ + ", expected the KEY of a stream");
    }
    const auto& [history, known] = **stream;
    Listing stand;
    if (name->kind == StreamKind::kDossier) stand = stand_listing(history.acting(), *op);
    print(stand, event_listing(history), meta_lines(*op, known),
          "{\"stream\":" + json_string(stream_) + "," + meta_json(*op, known), *format, context);
    return {};
  }

 private:
  // Of a folder. Absent when it has no such stream.
  Outcome<std::optional<KnownStream>> read(const StreamName& name, Context& context) const {
    const auto folder = open_folder(*source_.data, OpenMode::kRead, context);
    if (!folder) return folder.error();
    const auto known = resolve_known(known_, "", (*folder)->log(), context.clock);
    if (!known) return known.error();
    auto accountable = Accountable::reader(**folder, {}, context);
    if (!accountable) return accountable.error();
    const auto stream = find_stream(name, (*folder)->keys());
    if (!stream) return Failure(stream.error());
    if (!*stream) {
      accountable->note_read({{.action = TrailAction::kTonen,
                               .object = object_of_unknown(name.kind),
                               .outcome = TrailOutcome::kNietGevonden}});
      return std::optional<KnownStream>();
    }
    auto history = load_history((*folder)->log(), **stream, known->position);
    if (!history) return Failure(history.error());
    accountable->note_read({{.action = TrailAction::kTonen,
                             .object = object_of(**stream),
                             .last = known->position,
                             .count = history->events().size()}});
    return std::optional(KnownStream{*std::move(history), *known});
  }

  static Result<std::optional<StreamId>> find_stream(const StreamName& name,
                                                     const KeyDirectory& keys) {
    if (name.kind == StreamKind::kOrganisatie) return std::optional<StreamId>(kOrganisatie);
    return keys.find_stream(name.kind, name.key);
  }

  // In the order of the days on which they are true.
  static Listing event_listing(const History& history) {
    std::vector<const pb::Event*> events;
    for (const auto& event : history.events()) events.push_back(event.get());
    std::ranges::stable_sort(events, {}, [&](const auto* e) { return listed_day(*e, history); });
    Listing out;
    out.columns = {{"geldig_op", false}, {"soort", false},         {"attributen", false},
                   {"positie", true},    {"vastgelegd_op", false}, {"actor", false},
                   {"event_id", false},  {"opmerking", false}};
    for (const pb::Event* event : events) {
      const auto day = day_of(*event);
      out.rows.push_back({day ? format_day(*day) : "", kind_text(event->body()),
                          attributes_text(event->body()), std::to_string(event->positie()),
                          format_moment(moment_of(*event)), event->actor(),
                          id_of(*event).uuid.text(), remark(*event, history)});
    }
    return out;
  }

  void print(const Listing& stand, const Listing& events, const std::vector<std::string>& meta,
             const std::string& meta_members, Format format, Context& context) const {
    switch (format) {
      case Format::kTable:
        context.out.write(stream_ + "\n\n");
        if (!stand.columns.empty()) context.out.write(stand.table() + "\n");
        context.out.write(events.table() + "\n");
        for (const auto& line : meta) context.out.line(line);
        return;
      case Format::kCsv:
        context.out.write(events.csv());
        for (const auto& line : meta) context.err.line(line);
        return;
      case Format::kJson:
        context.out.write(meta_members + ",\"stand\":" + stand.json() +
                          ",\"gebeurtenissen\":" + events.json() + "}\n");
        return;
    }
  }

  std::string stream_;
  std::optional<std::string> op_;
  KnownOptions known_;
  std::optional<std::string> format_;
  SourceOptions source_;
};

}  // namespace

std::unique_ptr<Command> make_show_command() { return std::make_unique<ShowCommand>(); }

}  // namespace trede::tool
