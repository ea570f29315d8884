#include <set>

#include "engine/dossier/recorder.h"
#include "projections/reports/compare.h"
#include "projections/reports/desk.h"
#include "projections/reports/suppress.h"
#include "tools/render/render.h"
#include "tools/trede/accountable.h"
#include "tools/trede/answer_text.h"
#include "tools/trede/command.h"
#include "tools/trede/folder.h"
#include "tools/trede/remote/remote_reports.h"
#include "tools/trede/report/definitions.h"
#include "tools/trede/report/difference_report.h"
#include "tools/trede/report/freeze.h"
#include "tools/trede/report/report_options.h"
#include "tools/trede/rows/stream_names.h"

namespace trede::tool {

namespace {

class ReportCommand final : public Command {
 public:
  Help help() const override {
    return {"report", "Prints a report over a period, compares it, or lays it down.",
            "  trede report --list --data werk\n"
            "  trede report --check eigen.textproto\n"
            "  trede report kwartaal --data werk --van 2021-01-01 --tm 2021-03-31\n"
            "  trede report gemeente --waar gemeente=Velsen --data werk \\\n"
            "      --van 2021-01-01 --tm 2021-03-31\n"
            "  trede report kwartaal --data werk --van 2021-01-01 --tm 2021-03-31 --vaststellen\n"
            "  trede report kwartaal --data werk --van 2021-01-01 --tm 2021-03-31 --herrekend\n"
            "  trede report kwartaal --data werk --van 2021-01-01 --tm 2021-03-31 \\\n"
            "      --bekend-op 2021-04-06T09:00:00+02:00 --en-bekend-op 2021-05-06T09:00:00+02:00\n"
            "  trede report kwartaal --data werk --van 2021-01-01 --tm 2021-03-31 \\\n"
            "      --format xlsx > kwartaal.xlsx\n"
            "  trede report kwartaal --van 2021-01-01 --tm 2021-03-31 \\\n"
            "      --server https://trede.example --token-file token\n"};
  }

  void bind(Options& options) override { options_.bind(options); }

  Outcome<> run(Context& context) override {
    const SourceOptions& source = options_.source;
    const DefinitionLibrary library = library_of(source.data);
    const bool needs_none = !source.data && !source.is_server();
    if (options_.list || options_.check) {
      if (!needs_none) TREDE_RETURN_IF_ERROR(check_source(source));
      if (options_.list && source.is_server()) return list_remote_reports(source, context);
      if (options_.list) return list_definitions(library, context);
      if (!source.is_server()) return check_definition(library, *options_.check, context);
      return wrong_input("--check: not with --server, the file is of this machine; expected none");
    }
    TREDE_RETURN_IF_ERROR(check_source(source));
    const auto asked = parse_report_options(options_);
    if (!asked) return asked.error();
    if (asked->format == ReportFormat::kXlsx && context.out.is_terminal()) {
      return wrong_input("--format: xlsx is not for a terminal, expected `> FILE.xlsx` behind it");
    }
    if (source.is_server()) return print_remote_report(options_, *asked, context);
    // One that was laid down is printed whatever became of its definition.
    const auto definition = library.load(asked->name);
    const bool may_be_frozen = !options_.freeze && !options_.anew && !options_.asks_known();
    if (!definition && !may_be_frozen) return flaw_of(definition.error());
    const OpenMode mode = options_.freeze ? OpenMode::kWrite : OpenMode::kRead;
    auto folder = open_folder(*source.data, mode, context);
    if (!folder) return folder.error();
    auto projections = open_projections(**folder);
    if (!projections) return projections.error();
    const auto known = resolve_known(options_.known, "", (*folder)->log(), context.clock);
    if (!known) return known.error();
    ReportDesk desk((*folder)->log(), **projections);
    static const pb::ReportDefinition kNone;
    const Work work{
        *asked, definition ? *definition : kNone, library, desk, **projections, **folder, *known};
    if (may_be_frozen) {
      const auto frozen = find_frozen(work);
      if (!frozen) return frozen.error();
      if (*frozen) return print_frozen(**frozen, work, context);
      if (!definition) return flaw_of(definition.error());
    }
    if (options_.asks_then()) return compare_moments(work, context);
    if (options_.anew) return compare_with_frozen(work, context);
    if (!options_.freeze) return print_one(work, context);
    auto accountable = Accountable::writer(**folder, options_.actor, context);
    if (!accountable) return accountable.error();
    TREDE_RETURN_IF_ERROR(lay_down(work, *accountable, context));
    projections->reset();  // they are brought up to date by who opens them next
    return finish_writing(std::move(*folder), context);
  }

 private:
  // What one report is made with.
  struct Work {
    const AskedReport& asked;
    const pb::ReportDefinition& definition;
    const DefinitionLibrary& library;
    ReportDesk& desk;
    Projections& projections;
    DataFolder& folder;
    Known known;

    ReportRequest request() const { return {asked.period, known.position, asked.chosen}; }
  };

  // A request that the definition does not take is wrong input; all else is the system's.
  static Failure failure_of(const Error& error) {
    return error.code == ErrorCode::kInvalid ? wrong_input(error.message) : Failure(error);
  }

  static Failure flaw_of(const Error& error) { return wrong_input("NAME: " + error.message); }

  // The report as it was laid down; absent when it was not.
  Outcome<std::optional<Report>> find_frozen(const Work& work) const {
    auto frozen = work.desk.find_frozen(work.asked.name, work.request());
    if (!frozen) return Failure(frozen.error());
    if (*frozen && options_.suppress) suppress(**frozen);
    return std::move(*frozen);
  }

  Outcome<> print_one(const Work& work, Context& context) const {
    ReportRequest request = work.request();
    request.suppress = options_.suppress;
    const auto worked = work.desk.work_out(work.definition, request);
    if (!worked) return failure_of(worked.error());
    for (const std::string& rij : worked->unplaced) {
      context.err.line(unplaced_text(rij));
    }
    return print(worked->report, work.asked.format, work.known, context);
  }

  static Outcome<> print_frozen(const Report& report, const Work& work, Context& context) {
    KnownOptions then;
    then.positie = std::to_string(report.known.value);
    const auto known = resolve_known(then, "", work.folder.log(), context.clock);
    if (!known) return known.error();
    return print(report, work.asked.format, *known, context);
  }

  // Laid down or refused, the trail has it before anything is printed.
  Outcome<> lay_down(const Work& work, Accountable& accountable, Context& context) const {
    TrailEntry entry{.action = TrailAction::kVaststellen, .object = object_of(kOrganisatie)};
    TREDE_RETURN_IF_ERROR(accountable.note_begun({entry}));
    const auto recorded = check_and_record(work, context);
    entry.outcome = outcome_of(recorded);
    if (recorded) {
      entry.first = entry.last = work.folder.log().last_position();
      entry.count = 1;
    }
    const auto noted = accountable.note_written({entry});
    if (!recorded) return recorded;
    if (!noted) return noted;
    return print_laid_down(work, context);
  }

  Outcome<> check_and_record(const Work& work, Context& context) const {
    const LayingDown wanted{work.asked.name, work.definition, work.request()};
    const auto objection = find_objection(wanted, work.library, work.desk, context.clock);
    if (!objection) return objection.error();
    if (*objection) {
      for (const auto& one : (*objection)->controles) context.err.line("klopt niet: " + one);
      return wrong_input((*objection)->zin);
    }
    const auto worked = work.desk.work_out(work.definition, work.request());
    if (!worked) return failure_of(worked.error());
    const pb::Event event =
        vaststelling_event(*worked, options_.actor.value_or(""), context.clock, context.random);
    Recorder recorder(work.folder.log(), context.clock);
    const auto outcome = recorder.record({&event, 1});
    if (!outcome) return Failure(outcome.error());
    if (const auto* refusal = std::get_if<Refusal>(&*outcome)) {
      return wrong_input(refusal->code + ": " + refusal->zin);
    }
    return {};
  }

  Outcome<> print_laid_down(const Work& work, Context& context) const {
    const auto now = resolve_known({}, "", work.folder.log(), context.clock);
    if (!now) return now.error();
    ReportRequest request = work.request();
    request.known = now->position;
    const auto frozen = work.desk.find_frozen(work.asked.name, request);
    if (!frozen) return Failure(frozen.error());
    if (!*frozen) return system_failed("a report that was laid down cannot be found");
    return print_frozen(**frozen, work, context);
  }

  Outcome<> compare_moments(const Work& work, Context& context) const {
    const auto then = resolve_known(options_.then, "en-", work.folder.log(), context.clock);
    if (!then) return then.error();
    if (then->position < work.known.position) {
      return wrong_input("--en-bekend-op: before --bekend-op, expected the later moment last");
    }
    const auto before = work.desk.work_out(work.definition, work.request());
    if (!before) return failure_of(before.error());
    return print_difference(before->report, work.known, {work, *then}, context);
  }

  Outcome<> compare_with_frozen(const Work& work, Context& context) const {
    const auto frozen = work.desk.find_frozen(work.asked.name, work.request());
    if (!frozen) return Failure(frozen.error());
    if (!*frozen) {
      return wrong_input("--herrekend: this report over this period was never laid down");
    }
    KnownOptions then;
    then.positie = std::to_string((*frozen)->known.value);
    const auto before = resolve_known(then, "", work.folder.log(), context.clock);
    if (!before) return before.error();
    return print_difference(**frozen, *before, {work, work.known}, context);
  }

  struct Later {
    const Work& work;
    Known known;
  };
  Outcome<> print_difference(const Report& before, const Known& known, const Later& later,
                             Context& context) const {
    ReportRequest request = later.work.request();
    request.known = later.known.position;
    const auto after = later.work.desk.work_out(later.work.definition, request);
    if (!after) return failure_of(after.error());
    const auto all = compare(before, *after, later.work.projections);
    if (!all) return Failure(all.error());
    const auto with_key = [&](const StreamId& stream) {
      return stream_text(later.work.folder.keys(), stream);
    };
    auto report = difference_report(after->report, *all, {moment_of(known), moment_of(later.known)},
                                    later.work.folder.log(), with_key);
    if (!report) return Failure(report.error());
    TREDE_RETURN_IF_ERROR(note_shown(*all, later, context));
    if (options_.suppress) suppress(*report);
    return print(*report, later.work.asked.format, later.known, context);
  }

  static Outcome<> note_shown(const std::vector<CellDifference>& all, const Later& later,
                              Context& context) {
    auto accountable = Accountable::reader(later.work.folder, {}, context);
    if (!accountable) return accountable.error();
    std::set<Position> events;
    for (const CellDifference& one : all) events.insert(one.events.begin(), one.events.end());
    ShownStreams shown;
    const std::vector<Position> positions(events.begin(), events.end());
    TREDE_RETURN_IF_ERROR(shown.add_events(positions, later.work.folder.log()));
    accountable->note_read(shown.entries(TrailAction::kVergelijken, later.known.position));
    return {};
  }

  static std::string moment_of(const Known& known) {
    return "zoals bekend op " + known.moment_text() + " (positie " +
           std::to_string(known.position.value) + ")";
  }

  static Outcome<> print(const Report& report, ReportFormat format, const Known& known,
                         Context& context) {
    const render::Provenance provenance{known.moment_text()};
    switch (format) {
      case ReportFormat::kText: context.out.write(render::report_text(report, provenance)); break;
      case ReportFormat::kCsv:
        context.out.write(render::report_csv(report));
        for (const auto& line : meta_lines(report.period, known)) context.err.line(line);
        break;
      case ReportFormat::kJson: context.out.write(render::report_json(report, provenance)); break;
      case ReportFormat::kHtml: context.out.write(render::report_html(report, provenance)); break;
      case ReportFormat::kXlsx: {
        const auto bytes = render::report_xlsx(report, provenance);
        if (!bytes) return Failure(bytes.error());
        context.out.write(*bytes);
        break;
      }
    }
    return {};
  }

  ReportOptions options_;
};

}  // namespace

std::unique_ptr<Command> make_report_command() { return std::make_unique<ReportCommand>(); }

}  // namespace trede::tool
