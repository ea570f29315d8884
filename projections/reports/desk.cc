#include "projections/reports/desk.h"

#include "engine/base/check.h"
#include "engine/event/bytes_text.h"
#include "projections/reports/tijdvak.h"

namespace trede {

Result<WorkedOut> ReportDesk::work_out(const pb::ReportDefinition& definition,
                                       const ReportRequest& request) {
  const auto organisatie = organisatie_.at(request.known);
  if (!organisatie) return std::unexpected(organisatie.error());
  const auto root = log_.root_at(request.known);
  if (!root) return std::unexpected(root.error());
  const FrozenReports frozen(log_, organisatie->verantwoording());
  const PublishedReports published(frozen);
  const Answerer answerer = [this](const Query& query) { return projections_.answer(query); };
  const ReportSources sources{*organisatie, answerer, published,
                              [this](Position known) { return organisatie_.at(known); }};
  const auto queries = queries_of(definition, request, sources);
  if (!queries) return std::unexpected(queries.error());
  TREDE_RETURN_IF_ERROR(projections_.prepare(*queries));
  auto out = trede::work_out(definition, request, sources);
  if (!out) return out;
  out->report.boomkop = hex_text({reinterpret_cast<const char*>(root->data()), root->size()});
  return out;
}

Result<std::optional<Report>> ReportDesk::find_frozen(std::string_view name,
                                                      const ReportRequest& request) {
  const auto organisatie = organisatie_.at(request.known);
  if (!organisatie) return std::unexpected(organisatie.error());
  const FrozenReports frozen(log_, organisatie->verantwoording());
  const std::string waar = waar_text(request.chosen);
  const VastgesteldRapport* found = frozen.find({name, request.period, waar});
  if (found == nullptr) return std::nullopt;
  auto loaded = frozen.load(*found);
  if (!loaded) return std::unexpected(loaded.error());
  return std::move(loaded->report);
}

Result<KeptFigures> ReportDesk::check_kept(Position known) {
  const auto organisatie = organisatie_.at(known);
  if (!organisatie) return std::unexpected(organisatie.error());
  const FrozenReports frozen(log_, organisatie->verantwoording());
  return trede::check_kept(frozen, organisatie->verantwoording().rapporten(), log_, projections_);
}

Result<std::vector<std::string>> ReportDesk::find_unreadable(Position known) {
  const auto organisatie = organisatie_.at(known);
  if (!organisatie) return std::unexpected(organisatie.error());
  const FrozenReports frozen(log_, organisatie->verantwoording());
  return trede::find_unreadable(frozen, organisatie->verantwoording().rapporten());
}

pb::Body vaststelling_of(const WorkedOut& worked) {
  const Report& report = worked.report;
  std::vector<PublishedFigure> figures;
  for (const auto& [question, number] : worked.figures) figures.push_back({question, number});
  const auto root = parse_hex(report.boomkop);
  TREDE_CHECK(root.has_value(), "a report without the tree head it stands on");
  pb::Body out;
  pb::RapportVastgesteld& body = *out.mutable_rapport_vastgesteld();
  body.set_rapport(report.name);
  body.set_periode(tijdvak_text(report.period));
  if (!report.waar.empty()) body.set_waar(report.waar);
  body.set_definitie(report.version);
  body.set_catalogus(report.catalogus);
  body.set_bekend_positie(report.known.value);
  body.set_boomkop(*root);
  body.set_cijfers(encode_frozen(report, std::move(figures)));
  return out;
}

}  // namespace trede
