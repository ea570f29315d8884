#include "projections/reports/desk.h"
#include "tools/trede/accountable.h"
#include "tools/trede/command.h"
#include "tools/trede/evidence/bundle.h"
#include "tools/trede/folder.h"
#include "tools/trede/report/definitions.h"
#include "tools/trede/report/report_options.h"
#include "tools/trede/trust/notes.h"

namespace trede::tool {

namespace {

class EvidenceCommand final : public Command {
 public:
  Help help() const override {
    return {
        "evidence", "Puts a report and the events behind it in one file that proves itself.",
        "  trede evidence kwartaal --van 2021-01-01 --tm 2021-03-31 --data werk -o q1.zip\n"
        "  trede evidence kwartaal --van 2021-01-01 --tm 2021-03-31 --data werk \\\n"
        "      --cijfer treden/totaal --cijfer uitstroom -o een-deel.zip\n"
        "  trede evidence gemeente --waar gemeente=Velsen --data werk \\\n"
        "      --van 2021-01-01 --tm 2021-03-31 --bekend-op 2021-04-06T09:00:00+02:00 -o v.zip\n"};
  }

  void bind(Options& options) override {
    options.word("NAME", &options_.name, "the report, for instance kwartaal");
    options.value("--van", &options_.period.van, "first day of the period");
    options.value("--tm", &options_.period.tm, "last day of the period, included");
    options.values("--waar", &options_.period.waar,
                   "dim=code: what the report is about, where it asks that");
    options_.known.bind(options);
    options.values("--cijfer", &cells_,
                   "TABLE, TABLE/ROW or TABLE/ROW/COLUMN, by their ids in the report's csv: only "
                   "the events behind these, each proved (left out: all figures and all events, "
                   "which also proves that none is missing)");
    options.value("--output,-o", &output_, "FILE.zip: where to put it, whole or not at all");
    options.value("--data", &options_.source.data, "DIR: the data folder");
  }

  Outcome<> run(Context& context) override {
    const auto asked = parse_report_options(options_);
    if (!asked) return asked.error();
    if (!output_) return wrong_input("-o: missing, expected a file to put the bundle in");
    const auto& data = options_.source.data;
    if (!data) return wrong_input("--data: missing, expected a data folder");
    const auto definition = library_of(data).load(asked->name);
    if (!definition) return wrong_input("NAME: " + definition.error().message);
    const auto folder = open_folder(*data, OpenMode::kRead, context);
    if (!folder) return folder.error();
    const auto key = load_signing_key(**folder);
    if (!key) return key.error();
    const auto projections = open_projections(**folder);
    if (!projections) return projections.error();
    const auto known = resolve_known(options_.known, "", (*folder)->log(), context.clock);
    if (!known) return known.error();
    EvidenceRequest request{asked->name, asked->period, known->position, asked->chosen, cells_};
    const EvidenceSources sources{**folder, **projections, *key, TREDE_VERSION};
    const auto evidence = gather(*definition, request, sources);
    if (!evidence) return evidence.error();
    const auto bundle = write_bundle(*evidence, *key);
    if (!bundle) return Failure(bundle.error());
    TREDE_RETURN_IF_ERROR(note(*evidence, **folder, context));
    TREDE_RETURN_IF_ERROR(write_result(output_, *bundle, context));
    context.out.line(*output_ + ": report " + asked->name + " as known at positie " +
                     std::to_string(evidence->about.positie()) + ", " +
                     std::to_string(evidence->events.size()) + " events, " +
                     std::to_string(bundle->size()) + " bytes");
    return {};
  }

 private:
  // As it was laid down, when it was and no other moment is asked; else as worked out now.
  Outcome<Evidence> gather(const pb::ReportDefinition& definition, EvidenceRequest& request,
                           const EvidenceSources& sources) const {
    if (!options_.asks_known()) {
      ReportDesk desk(sources.folder.log(), sources.projections);
      const auto frozen =
          desk.find_frozen(request.name, {request.period, request.known, request.chosen});
      if (!frozen) return Failure(frozen.error());
      request.as_laid_down = frozen->has_value();
    }
    auto evidence = gather_evidence(definition, request, sources);
    if (evidence) return std::move(*evidence);
    if (evidence.error().code == ErrorCode::kInvalid ||
        evidence.error().code == ErrorCode::kNotFound) {
      return wrong_input(evidence.error().message);
    }
    return Failure(evidence.error());
  }

  static Outcome<> note(const Evidence& evidence, DataFolder& folder, Context& context) {
    auto accountable = Accountable::reader(folder, {}, context);
    if (!accountable) return accountable.error();
    std::vector<Position> positions;
    for (const StoredEvent& event : evidence.events) positions.push_back(event.position);
    ShownStreams shown;
    TREDE_RETURN_IF_ERROR(shown.add_events(positions, folder.log()));
    accountable->note_read(
        shown.entries(TrailAction::kExporteren, Position{evidence.about.positie()}));
    return {};
  }

  ReportOptions options_;
  std::vector<std::string> cells_;
  std::optional<std::string> output_;
};

}  // namespace

std::unique_ptr<Command> make_evidence_command() { return std::make_unique<EvidenceCommand>(); }

}  // namespace trede::tool
