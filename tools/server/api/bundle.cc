// An evidence bundle: a report, the events behind it and the proofs, in one file.
#include "tools/trede/evidence/bundle.h"

#include <utility>

#include "tools/server/api/asking.h"
#include "tools/server/api/one_at_a_time.h"
#include "tools/server/api/pieces.h"
#include "tools/server/api/report_question.h"
#include "tools/server/api/signing.h"
#include "tools/trede/accountable.h"

namespace trede::server {

namespace {

constexpr std::string_view kZip = "application/zip";

// A bundle of everything is in memory as a whole, so one is made at a time, and the next when its
// bytes are gone.
class Bundle final : public Pieces {
 public:
  using Turn = std::shared_ptr<OneAtATime<Bundle>>;
  Bundle(std::string bytes, Turn turn) : bytes_(std::move(bytes)), turn_(std::move(turn)) {}

  Result<std::optional<std::string>> next() override {
    if (bytes_.empty()) return std::optional<std::string>();
    return std::optional(std::exchange(bytes_, {}));
  }

 private:
  std::string bytes_;
  const Turn turn_;
};

// Whoever opens it reads every event in it.
OrProblem<> check_reads_all(const Call& call) {
  for (const Permission one :
       {Permission::kBewijsLezen, Permission::kRapportenLezen, Permission::kLogVolgen,
        Permission::kDossierLezen, Permission::kVerzuimLezen}) {
    if (call.identity.reach(one) == Reach::kAll) continue;
    return forbidden(
        "Een bewijsbundel bevat gebeurtenissen van dossiers, ook over verzuim; die is voor wie dat "
        "alles mag lezen.");
  }
  return {};
}

OrProblem<EvidenceRequest> request_of(const Call& call) {
  const auto period = asked_period(call);
  if (!period) return period.error();
  auto chosen = chosen_by(call);
  if (!chosen) return std::move(chosen).error();
  const auto known = known_of(call);
  if (!known) return known.error();
  EvidenceRequest request{call.path_value("naam"), *period, known->position, *std::move(chosen),
                          call.query.all("cijfer")};
  if (call.query.find("bekendOp") || call.query.find("positie")) return request;
  const auto frozen =
      call.services.desk.find_frozen(request.name, {request.period, request.known, request.chosen});
  if (!frozen) return problem_of(frozen.error());
  request.as_laid_down = frozen->has_value();
  return request;
}

OrProblem<std::vector<TrailEntry>> entries_for(const Call& call, const Evidence& evidence) {
  std::vector<Position> positions;
  for (const StoredEvent& event : evidence.events) positions.push_back(event.position);
  tool::ShownStreams shown;
  const Status added = shown.add_events(positions, call.services.folder.log());
  if (!added) return problem_of(added.error());
  return shown.entries(TrailAction::kExporteren, Position{evidence.about.positie()});
}

Problem not_gathered(const Error& error) {
  if (error.code == ErrorCode::kInvalid) return invalid("cijfer", error.message);
  if (error.code == ErrorCode::kNotFound)
    return not_found("Er is nog niets bekend om te bewijzen.");
  return problem_of(error);
}

OrProblem<Reply> make_bundle(Call& call) {
  TREDE_RETURN_IF_PROBLEM(check_reads_all(call));
  const auto definition = find_definition(call);
  if (!definition) return definition.error();
  const auto request = request_of(call);
  if (!request) return request.error();
  const auto key = signing_key(call);
  if (!key) return key.error();
  auto turn = OneAtATime<Bundle>::take();
  if (turn == nullptr) {
    return come_back("Er wordt al een bewijsbundel gemaakt; probeer het zo opnieuw.",
                     std::chrono::seconds{10});
  }
  const auto evidence =
      gather_evidence(*definition, *request,
                      {call.services.folder, call.services.projections, *key, TREDE_VERSION});
  if (!evidence) return not_gathered(evidence.error());
  auto bytes = tool::write_bundle(*evidence, *key);
  if (!bytes) return problem_of(bytes.error());
  auto entries = entries_for(call, *evidence);
  if (!entries) return std::move(entries).error();
  auto bundle = std::make_shared<Bundle>(*std::move(bytes), std::move(turn));
  Reply reply{
      .body = StreamedBody{call.media_type, source_of(call.services.pool, std::move(bundle))},
      .position = Position{evidence->about.positie()}};
  reply.trail = *std::move(entries);
  return reply;
}

}  // namespace

std::vector<Endpoint> bundle_endpoints() {
  return {
      {.method = "GET",
       .path = "/v1/rapporten/{naam}/bewijsbundel",
       .operation = "leesBewijsbundel",
       .tag = "bewijs",
       .summary = "Een rapport met de gebeurtenissen erachter, dat zichzelf bewijst",
       .permissions = {Permission::kLogVolgen},
       .produces = {std::string(kZip)},
       .parameters = joined_parameters(
           {report_parameters(),
            known_parameters(),
            {{.name = "cijfer",
              .summary = "Alleen het bewijs van deze: `tabel`, `tabel/rij` of `tabel/rij/kolom`; "
                         "zonder: alles, wat ook bewijst dat er niets ontbreekt",
              .repeated = true},
             wait_parameter()}}),
       .problems = {ProblemCode::kNietGevonden},
       .answer = make_bundle}};
}

}  // namespace trede::server
