#include <google/protobuf/text_format.h>

#include <algorithm>
#include <set>

#include "engine/base/check.h"
#include "engine/event/event.h"
#include "engine/log/signing_key_file.h"
#include "projections/evidence/cells.h"
#include "projections/evidence/evidence.h"
#include "projections/reports/desk.h"
#include "projections/reports/frozen_reports.h"
#include "projections/reports/laid_down.h"

namespace trede {

namespace {

Error invalid(std::string message) { return {ErrorCode::kInvalid, std::move(message)}; }

// Gathers one bundle. Lifetime: one call.
class Gatherer {
 public:
  Gatherer(const pb::ReportDefinition& definition, const EvidenceRequest& request,
           const EvidenceSources& sources)
      : definition_(definition),
        request_(request),
        sources_(sources),
        log_(sources.folder.log()),
        desk_(log_, sources.projections) {}

  Result<Evidence> run() {
    known_ = until_ = request_.known;
    if (request_.as_laid_down) TREDE_RETURN_IF_ERROR(find_laid_down());
    if (known_.value == 0) {
      return Error{ErrorCode::kNotFound, "nothing is known yet at that moment"};
    }
    TREDE_RETURN_IF_ERROR(work_out());
    TREDE_RETURN_IF_ERROR(describe());
    if (request_.cells.empty()) {
      TREDE_RETURN_IF_ERROR(take_all());
      TREDE_RETURN_IF_ERROR(prove());
    } else {
      TREDE_RETURN_IF_ERROR(choose());
      TREDE_RETURN_IF_ERROR(take_behind(out_.about.cijfer()));
      // Which rows there are may rest on other cells.
      if (!check()) TREDE_RETURN_IF_ERROR(take_behind(every_cell()));
    }
    TREDE_RETURN_IF_ERROR(check());
    return std::move(out_);
  }

 private:
  // Where the report was laid down, and what it said.
  Status find_laid_down() {
    OrganisatieLog organisatie_log(log_);
    const auto organisatie = organisatie_log.at(request_.known);
    if (!organisatie) return std::unexpected(organisatie.error());
    const FrozenReports frozen(log_, organisatie->verantwoording());
    const auto* found = frozen.find({request_.name, request_.period, waar_text(request_.chosen)});
    if (found == nullptr) return invalid("this report over this period was never laid down");
    const auto event = load_event(found->source);
    if (!event) return std::unexpected(event.error());
    const auto& body = event->body().rapport_vastgesteld();
    laid_down_ = body.cijfers();
    known_ = Position{body.bekend_positie()};
    until_ = append_last(*event);
    out_.about.set_vastgesteld_positie(found->source.value);
    return {};
  }

  Result<pb::Event> load_event(Position position) const {
    const auto stored = log_.load(position);
    if (!stored) return std::unexpected(stored.error());
    return decode_event(stored->bytes);
  }

  Status work_out() {
    auto worked = desk_.work_out(definition_, {request_.period, known_, request_.chosen});
    if (!worked) return std::unexpected(worked.error());
    worked_ = std::move(*worked);
    std::vector<PublishedFigure> figures;
    for (const auto& [question, number] : worked_.figures) figures.push_back({question, number});
    out_.report = encode_frozen(worked_.report, std::move(figures));
    if (request_.as_laid_down && out_.report != laid_down_) {
      return invalid("report " + request_.name +
                     " as it was laid down does not follow from its definition as that is now; "
                     "put the definition of then back, or give --positie " +
                     std::to_string(known_.value) + " for the report as this one makes it");
    }
    return {};
  }

  Status describe() {
    pb::EvidenceBundle& about = out_.about;
    about.set_vorm(1);
    about.set_rapport(worked_.report.name);
    about.set_waar(worked_.report.waar);
    about.set_van(format_day(request_.period.van));
    about.set_tm(format_day(request_.period.tm));
    about.set_positie(known_.value);
    about.set_generatie(worked_.report.generation);
    about.set_programma(std::string(sources_.program));
    const auto event = load_event(known_);
    if (!event) return std::unexpected(event.error());
    about.set_bekend_op(format_moment(Moment{std::chrono::microseconds{event->vastgelegd_op()}}));
    out_.definition = definition_text(definition_);
    return {};
  }

  Status take_all() {
    out_.events.reserve(until_.value);
    return log_.scan(Position{1}, until_, [&](Position position, std::string_view stored) {
      out_.events.push_back({position, std::string(stored)});
      return Status();
    });
  }

  Status check() const {
    const auto checked = check_evidence(out_, sources_.key.verifier());
    return checked ? Status() : std::unexpected(checked.error());
  }

  Status choose() {
    const auto names = expand_cells(worked_.report, request_.cells);
    if (!names) return std::unexpected(names.error());
    for (const std::string& name : *names) out_.about.add_cijfer(name);
    return {};
  }

  std::vector<std::string> every_cell() const {
    std::vector<std::string> names;
    for (const auto& [name, cell] : cells_by_name(worked_.report)) names.push_back(name);
    return names;
  }

  // Whole streams: a part of one would say something else than all of it.
  template <typename Names>
  Status take_behind(const Names& names) {
    const auto cells = cells_by_name(worked_.report);
    std::set<StreamId> streams = {kOrganisatie};
    TREDE_RETURN_IF_ERROR(add_stream_of(known_, streams));
    asked_.clear();
    for (const std::string& name : names) {
      const CellPlace& place = cells.at(name).place;
      const auto found = worked_.sources.find({place.table, place.row, place.column});
      if (found == worked_.sources.end()) continue;
      for (const std::string& question : found->second.questions) {
        TREDE_RETURN_IF_ERROR(add_streams_behind(worked_.queries.at(question), streams));
      }
    }
    out_.events.clear();
    for (const StreamId& stream : streams) TREDE_RETURN_IF_ERROR(take_stream(stream));
    std::ranges::sort(out_.events, {}, &StoredEvent::position);
    return prove();
  }

  Status add_streams_behind(Query query, std::set<StreamId>& streams) {
    if (!asked_.insert(question_text(query)).second) return {};
    query.known = known_;
    const auto contributions = sources_.projections.explain(query);
    if (!contributions) return std::unexpected(contributions.error());
    for (const Contribution& one : *contributions) {
      TREDE_RETURN_IF_ERROR(add_stream_of(one.position, streams));
    }
    return {};
  }

  Status add_stream_of(Position position, std::set<StreamId>& streams) const {
    const auto stored = log_.load(position);
    if (!stored) return std::unexpected(stored.error());
    const auto event = decode_any(stored->bytes);
    if (!event) return std::unexpected(event.error());
    streams.insert(stream_of(*event));
    return {};
  }

  Status take_stream(const StreamId& stream) {
    constexpr std::size_t kAtOnce = 1000;
    for (StreamVersion from{1};; from.value += kAtOnce) {
      auto events = log_.read_stream(stream, from, kAtOnce);
      if (!events) return std::unexpected(events.error());
      for (StoredEvent& event : *events) {
        if (event.position > until_) return {};
        out_.events.push_back(std::move(event));
      }
      if (events->size() < kAtOnce) return {};
    }
  }

  Status prove() {
    const auto checkpoint = checkpoint_at(log_, until_);
    if (!checkpoint) return std::unexpected(checkpoint.error());
    out_.checkpoint = sign_checkpoint(*checkpoint, sources_.key);
    out_.inclusion.clear();
    if (request_.cells.empty()) return {};
    auto consistency = prove_consistency(log_, known_.value, until_.value);
    if (!consistency) return std::unexpected(consistency.error());
    out_.known_consistency = std::move(*consistency);
    for (const StoredEvent& event : out_.events) {
      auto path = prove_inclusion(log_, event.position.value - 1, until_.value);
      if (!path) return std::unexpected(path.error());
      out_.inclusion.push_back(std::move(*path));
    }
    return {};
  }

  const pb::ReportDefinition& definition_;
  const EvidenceRequest& request_;
  const EvidenceSources& sources_;
  const EventLog& log_;
  ReportDesk desk_;
  Position known_;  // the figures are as known here
  Position until_;  // the checkpoint is over events up to here
  std::string laid_down_;
  WorkedOut worked_;
  std::set<std::string> asked_;
  Evidence out_;
};

}  // namespace

std::string definition_text(pb::ReportDefinition definition) {
  definition.clear_controle();  // other reports, on which no figure of this one rests
  // What a section takes from another definition is in it by now.
  for (pb::Section& section : *definition.mutable_section()) section.clear_uit();
  std::string text;
  const bool is_written = google::protobuf::TextFormat::PrintToString(definition, &text);
  TREDE_CHECK(is_written, "a definition that cannot be written");
  return text;
}

Result<Evidence> gather_evidence(const pb::ReportDefinition& definition,
                                 const EvidenceRequest& request, const EvidenceSources& sources) {
  return Gatherer(definition, request, sources).run();
}

}  // namespace trede
