// Every endpoint, asked by every role about what is its own and what is another's: the table of
// permissions and what was recorded say what must come out. Of what lies beyond the reach of who
// asks nothing may stand in an answer, whatever its form.
#include <set>

#include "tests/unit/server/api/api_fixture.h"
#include "tools/server/api/endpoint.h"

namespace trede::test {
namespace {

using server::Endpoint;
using server::endpoints;
using server::Permission;
using server::Reach;
using server::Role;

constexpr std::string_view kOwn = "Velsen";
constexpr std::string_view kForeign = "Beverwijk";
constexpr std::string_view kOwnCoach = "w1";
constexpr std::string_view kForeignCoach = "w2";  // only has dossiers in Beverwijk

// A dossier, and what decides who reaches it.
struct Subject {
  StreamId stream;
  std::string_view gemeente;
  std::string_view werkcoach;
  std::string id() const { return stream.uuid.text(); }
};

bool is_within(Reach reach, const Subject& subject) {
  switch (reach) {
    case Reach::kNone: return false;
    case Reach::kCaseload: return subject.gemeente == kOwn && subject.werkcoach == kOwnCoach;
    case Reach::kGemeente: return subject.gemeente == kOwn;
    case Reach::kAll: return true;
  }
  std::unreachable();
}

// What comes out when only the reach decides.
unsigned status_for(bool may) { return may ? 200 : 403; }

// Of figures and reports: those of a gemeente, or of all there are (without a name).
unsigned status_at(Reach reach, std::string_view gemeente) {
  return status_for(reach == Reach::kAll || (reach != Reach::kNone && gemeente != kForeign));
}

class ReachTest : public ApiFixture {
 protected:
  ReachTest() {
    make_vault();
    add_dossier(four(), kOwn, "w3");
    add_dossier(five(), kForeign, kOwnCoach);
  }

  struct Probe {
    std::string operation;
    Asked asked;
    unsigned status;
  };

  static StreamId four() {
    return {StreamKind::kDossier, *parse_uuid("44444444-4444-4444-8444-444444444444")};
  }
  static StreamId five() {
    return {StreamKind::kDossier, *parse_uuid("66666666-6666-4666-8666-666666666666")};
  }
  static std::vector<Subject> subjects() {
    return {{one(), kOwn, kOwnCoach},
            {two(), kForeign, kForeignCoach},
            {three(), kOwn, ""},
            {four(), kOwn, "w3"},
            {five(), kForeign, kOwnCoach}};
  }

  void add_dossier(const StreamId& stream, std::string_view gemeente, std::string_view werkcoach) {
    const std::string g(gemeente);
    const std::string w(werkcoach);
    record({event(stream, event_id(next_id_++), "2021-01-04", "aanmelding",
                  {{"gemeente", g.c_str()}, {"regeling", "participatiewet"}}),
            event(stream, event_id(next_id_++), "2021-01-05", "werkcoach_toegewezen",
                  {{"werkcoach", w.c_str()}}),
            event(stream, event_id(next_id_++), "2021-01-11", "intake", {{"uitkomst", "positief"}}),
            event(stream, event_id(next_id_++), "2021-01-18", "traject_start", {{"trede", "5"}})});
  }

  void become(Role role) {
    auto& identity = identities_["role"];
    identity = {};
    identity.actor = "r1";
    identity.roles = {role};
    identity.gemeenten = {std::string(kOwn)};
    identity.werkcoaches = {std::string(kOwnCoach)};
  }

  // All that an answer says; of what has no end the first that comes.
  std::string text_of(const Answered& answered) {
    std::string out = answered.body;
    for (const auto& [name, value] : answered.response.headers) out += "\n" + name + ": " + value;
    if (answered.response.is_endless) {
      out += next_piece(std::get<server::Source>(answered.response.body)).value_or("");
    }
    return out;
  }

  static std::vector<Probe> probes_of(Role role) {
    std::vector<Probe> out;
    for (auto part :
         {figure_probes, report_probes, dossier_probes, caseload_probes, recording_probes,
          group_probes, key_probes, person_probes, account_probes, other_probes}) {
      for (Probe& probe : part(role)) {
        probe.asked.as = "role";
        out.push_back(std::move(probe));
      }
    }
    return out;
  }

  static std::vector<Probe> figure_probes(Role role);
  static std::vector<Probe> report_probes(Role role);
  static std::vector<Probe> dossier_probes(Role role);
  static std::vector<Probe> caseload_probes(Role role);
  static std::vector<Probe> recording_probes(Role role);
  static std::vector<Probe> group_probes(Role role);
  static std::vector<Probe> key_probes(Role role);
  static std::vector<Probe> person_probes(Role role);
  static std::vector<Probe> account_probes(Role role);
  static std::vector<Probe> other_probes(Role role);

 private:
  std::uint64_t next_id_ = 200;
};

std::vector<ReachTest::Probe> ReachTest::figure_probes(Role role) {
  const struct {
    const char* operation;
    const char* behind;  // the path
    Permission permission;
  } rows[] = {
      {"leesCijfers", "?", Permission::kCijfersLezen},
      {"leesReeks", "/reeks?", Permission::kCijfersLezen},
      {"volgCijfers", "/live?", Permission::kCijfersLezen},
      {"verklaarCijfers", "/verklaring?", Permission::kCijfersVerklaren},
      {"vergelijkCijfers", "/verschillen?positie=3&", Permission::kCijfersVerklaren},
      {"leesBewoners", "/bewoners?", Permission::kBewonersLezen},
  };
  std::vector<Probe> out;
  for (const auto& row : rows) {
    const Reach reach = server::reach_of(role, row.permission);
    const std::string path = std::string("/v1/cijfers/trajecten") + row.behind + "op=2021-03-01";
    for (const char* more : {"", "&per=gemeente", "&per=werkcoach", "&per=gemeente,werkcoach"}) {
      out.push_back({row.operation, {.target = path + more}, status_at(reach, "")});
    }
    for (const std::string_view gemeente : {kOwn, kForeign}) {
      const std::string target = path + "&waar=gemeente=" + std::string(gemeente);
      out.push_back({row.operation, {.target = target}, status_at(reach, gemeente)});
    }
    const std::string both = path + "&waar=gemeente=Velsen,Beverwijk";
    out.push_back({row.operation, {.target = both}, status_at(reach, kForeign)});
  }
  // Of one that is not for them each is told in its place; see FiguresTogetherTest.
  const Reach reach = server::reach_of(role, Permission::kCijfersLezen);
  out.push_back({"leesCijfersSamen",
                 {.method = "POST",
                  .target = "/v1/cijfervragen",
                  .body = R"({"vragen":[{"maat":"trajecten","op":"2021-03-01"}],"doelen":true})"},
                 status_for(reach != Reach::kNone)});
  return out;
}

std::vector<ReachTest::Probe> ReachTest::report_probes(Role role) {
  const Reach reach = server::reach_of(role, Permission::kRapportenLezen);
  std::vector<Probe> out{
      {"leesRapporten", {.target = "/v1/rapporten"}, status_for(reach != Reach::kNone)}};
  for (const char* type : {"application/json", "text/csv", "text/plain", "text/html",
                           "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}) {
    for (const std::string_view gemeente : {kOwn, kForeign}) {
      const std::string target =
          "/v1/rapporten/gemeente?van=2021-01-01&tm=2021-03-31&waar=gemeente=" +
          std::string(gemeente);
      out.push_back({"leesRapport",
                     {.target = target, .headers = {{"Accept", type}}},
                     status_at(reach, gemeente)});
      out.push_back({"vergelijkRapport",
                     {.target = "/v1/rapporten/gemeente/verschillen?van=2021-01-01&tm=2021-03-31"
                                "&positie=3&waar=gemeente=" +
                                std::string(gemeente),
                      .headers = {{"Accept", type}}},
                     status_at(reach, gemeente)});
    }
  }
  const bool may_lay_down = server::reach_of(role, Permission::kRapportVaststellen) != Reach::kNone;
  out.push_back({"stelRapportVast",
                 {.method = "POST",
                  .target = "/v1/rapporten/kwartaal/vaststellingen?proef=true",
                  .body = R"({"van":"2021-01-01","tm":"2021-03-31"})"},
                 status_for(may_lay_down)});
  return out;
}

std::vector<ReachTest::Probe> ReachTest::dossier_probes(Role role) {
  std::vector<Probe> out;
  for (const Subject& subject : subjects()) {
    const bool may = is_within(server::reach_of(role, Permission::kDossierLezen), subject) ||
                     is_within(server::reach_of(role, Permission::kVerzuimLezen), subject);
    for (const char* more : {"", "?op=2021-02-01", "?positie=14"}) {
      const std::string path = path_of(subject.stream);
      out.push_back({"leesDossier", {.target = path + more}, status_for(may)});
      out.push_back({"leesTijdlijn", {.target = path + "/tijdlijn" + more}, status_for(may)});
    }
  }
  return out;
}

std::vector<ReachTest::Probe> ReachTest::caseload_probes(Role role) {
  const Reach reach = server::reach_of(role, Permission::kCaseloadLezen);
  std::vector<Probe> out;
  for (const Subject& subject : subjects()) {
    if (subject.werkcoach.empty()) continue;
    const std::string target =
        "/v1/caseload?op=2021-03-01&gemeente=" + std::string(subject.gemeente) +
        "&werkcoach=" + std::string(subject.werkcoach);
    out.push_back({"leesCaseload", {.target = target}, status_for(is_within(reach, subject))});
  }
  for (const char* more : {"?gemeente=Beverwijk", "?werkcoach=w2"}) {
    out.push_back({"leesCaseload",
                   {.target = std::string("/v1/caseload") + more},
                   status_for(reach == Reach::kAll)});
  }
  const std::string colleagues = "/v1/werkcoaches?gemeente=";
  out.push_back({"leesWerkcoaches",
                 {.target = colleagues + std::string(kOwn)},
                 status_for(reach != Reach::kNone)});
  out.push_back({"leesWerkcoaches",
                 {.target = colleagues + std::string(kForeign)},
                 status_for(reach == Reach::kAll)});
  return out;
}

// What is recorded of a dossier, and by whom: what the table says of the kind.
struct Recorded {
  Soort soort;
  const char* json;
};
constexpr Recorded kContactmoment = {
    Soort::kContactmoment,
    R"({"soort":"contactmoment","geldigOp":"2021-03-01","attributen":{"contact":"bericht"}})"};
constexpr Recorded kOfADossier[] = {
    kContactmoment,
    {Soort::kUitstroom,
     R"({"soort":"uitstroom","geldigOp":"2021-03-20","attributen":{"reden":"verhuizing"}})"},
    {Soort::kZiekmelding, R"({"soort":"ziekmelding","geldigOp":"2021-03-01"})"},
    {Soort::kTaalniveautoets, R"({"soort":"taalniveautoets","geldigOp":"2021-03-01",
                                  "attributen":{"niveau":"a2"}})"},
};
constexpr Recorded kOfTheOrganisation[] = {
    {Soort::kAfdelingIngesteld, R"({"soort":"afdeling_ingesteld","geldigOp":"2021-04-01",
                                    "attributen":{"afdeling":"Post"}})"},
    {Soort::kBoeking, R"({"soort":"boeking","geldigOp":"2021-04-01",
                          "attributen":{"programma":"P","soort_bedrag":"lasten",
                                        "bedrag_eurocent":"100","periode":"2021"}})"},
};

Reach reach_to_record(Role role, Soort soort) {
  return server::records(role, soort) ? server::reach_of(role, server::permission_to_record(soort))
                                      : Reach::kNone;
}

std::string one_event(const Recorded& recorded) {
  return R"({"gebeurtenissen":[)" + std::string(recorded.json) + "]}";
}

// A dry run: it is judged as if it were recorded. What the rules make of it when it may be sent is
// another matter, and told by 0.
std::vector<ReachTest::Probe> ReachTest::recording_probes(Role role) {
  std::vector<Probe> out;
  const auto add = [&](std::string operation, std::string path, const Recorded& recorded,
                       bool may) {
    out.push_back({std::move(operation),
                   {.method = "POST",
                    .target = std::move(path) + "/gebeurtenissen?proef=true",
                    .body = one_event(recorded)},
                   may ? 0U : 403U});
  };
  for (const Subject& subject : subjects()) {
    for (const Recorded& recorded : kOfADossier) {
      add("legDossierVast", path_of(subject.stream), recorded,
          is_within(reach_to_record(role, recorded.soort), subject));
    }
    const bool may_any =
        is_within(server::reach_of(role, Permission::kDossierVastleggen), subject) ||
        is_within(server::reach_of(role, Permission::kVerzuimVastleggen), subject);
    out.push_back({"leesMogelijkheden",
                   {.target = path_of(subject.stream) + "/mogelijkheden"},
                   status_for(may_any)});
    const bool may = is_within(reach_to_record(role, Soort::kContactmoment), subject);
    add("legDossierVast", path_of(subject.stream), kContactmoment, may);
    out.back().status = status_for(may);
    out.back().asked.headers = {{"If-Match", "\"4\""}};
    if (may && subject.stream == three()) out.back().status = 412;  // it is at 2
  }
  for (const Recorded& recorded : kOfTheOrganisation) {
    add("legOrganisatieVast", "/v1/organisatie", recorded,
        reach_to_record(role, recorded.soort) == Reach::kAll);
  }
  constexpr Recorded kRelatie = {Soort::kRelatieStart,
                                 R"({"soort":"relatie_start","geldigOp":"2021-04-01"})"};
  add("legWerkgeverVast", "/v1/werkgevers/55555555-5555-4555-8555-555555555555", kRelatie,
      reach_to_record(role, kRelatie.soort) == Reach::kAll);
  return out;
}

// One that may be sent beside one that may not is refused as a whole.
std::vector<ReachTest::Probe> ReachTest::group_probes(Role role) {
  std::vector<Probe> out;
  const Reach reach = reach_to_record(role, Soort::kContactmoment);
  for (const Subject& first : subjects()) {
    for (const Subject& second : subjects()) {
      if (first.stream == second.stream) continue;
      std::string body;
      for (const Subject* one : {&first, &second}) {
        body += (body.empty() ? R"({"delen":[)" : ",") + (R"({"stream":")" + one->stream.text()) +
                R"(","gebeurtenissen":[)" + kContactmoment.json + "]}";
      }
      const bool may = is_within(reach, first) && is_within(reach, second);
      out.push_back(
          {"legGroepVast",
           {.method = "POST", .target = "/v1/gebeurtenissen?proef=true", .body = body + "]}"},
           may ? 0U : 403U});
    }
  }
  return out;
}

std::string key_of(const StreamId& stream) { return "K" + stream.uuid.text().substr(0, 1); }

// By KEY: who does not reach a dossier is not told that it is there.
std::vector<ReachTest::Probe> ReachTest::key_probes(Role role) {
  const bool is_let_in = server::reach_of(role, Permission::kDossierLezen) != Reach::kNone ||
                         server::reach_of(role, Permission::kVerzuimLezen) != Reach::kNone ||
                         server::reach_of(role, Permission::kLogVolgen) != Reach::kNone;
  std::vector<Probe> out;
  for (const Subject& subject : subjects()) {
    const std::string name = "dossier/" + key_of(subject.stream);
    const bool may = is_within(server::reach_of(role, Permission::kDossierLezen), subject) ||
                     is_within(server::reach_of(role, Permission::kVerzuimLezen), subject);
    out.push_back(
        {"raadpleegStream",
         {.method = "POST", .target = "/v1/raadplegingen", .body = R"({"naam":")" + name + R"("})"},
         may         ? 200U
         : is_let_in ? 404U
                     : 403U});
    const bool records = is_within(reach_to_record(role, Soort::kContactmoment), subject);
    out.push_back({"legRijenVast",
                   {.method = "POST",
                    .target = "/v1/invoerrijen?proef=true",
                    .body = R"({"rijen":[{"cellen":[{"naam":"stream","tekst":")" + name +
                            R"("},{"naam":"soort","tekst":"contactmoment"},)"
                            R"({"naam":"geldig_op","tekst":"2021-03-01"},)"
                            R"({"naam":"contact","tekst":"bericht"}]}]})"},
                   records ? 0U : 403U});
  }
  return out;
}

std::vector<ReachTest::Probe> ReachTest::person_probes(Role role) {
  std::vector<Probe> out;
  const Reach reads = server::reach_of(role, Permission::kKluisLezen);
  const Reach writes = server::reach_of(role, Permission::kKluisVastleggen);
  std::string all;
  for (const Subject& subject : subjects()) {
    const std::string path = path_of(subject.stream);
    const unsigned may_read = status_for(is_within(reads, subject));
    const unsigned may_write = is_within(writes, subject) ? 204U : 403U;
    out.push_back({"leesPersoon", {.target = path + "/persoon"}, may_read});
    out.push_back({"leesNotities", {.target = path + "/notities"}, may_read});
    out.push_back({"wijzigPersoon",
                   {.method = "PUT", .target = path + "/persoon", .body = R"({"naam":"De Vries"})"},
                   may_write});
    out.push_back({"voegNotitieToe",
                   {.method = "PUT",
                    .target = path + "/notities/77777777-7777-4777-8777-777777777777",
                    .body = R"({"tekst":"Belt na tien uur."})"},
                   may_write});
    all += (all.empty() ? "\"" : ",\"") + subject.id() + '"';
  }
  out.push_back(
      {"vraagNamenOp",
       {.method = "POST", .target = "/v1/naamopvragingen", .body = R"({"dossiers":[)" + all + "]}"},
       status_for(reads != Reach::kNone)});
  return out;
}

// Of a user who is not there: who may not is not told that.
std::vector<ReachTest::Probe> ReachTest::account_probes(Role role) {
  const bool may = server::reach_of(role, Permission::kGebruikersBeheren) != Reach::kNone;
  const std::string user = "/v1/gebruikers/niemand9";
  const auto probe = [&](const char* operation, const char* method, const std::string& target,
                         const char* body, unsigned status) {
    return Probe{
        operation, {.method = method, .target = target, .body = body}, may ? status : 403U};
  };
  return {
      probe("voegGebruikerToe", "POST", "/v1/gebruikers", R"({"naam":"a","rollen":[]})", 400),
      probe("wijzigGebruiker", "PUT", user, R"({"rollen":["auditor"]})", 404),
      probe("wijzigToegang", "PUT", user + "/toegang", R"({"geblokkeerd":true})", 404),
      probe("maakWachtwoord", "POST", user + "/wachtwoorden", "", 404),
      probe("vervangGebruiker", "PUT", user + "/vervangingen/m1", R"({"tm":"2030-12-31"})", 404),
      probe("beeindigVervanging", "DELETE", user + "/vervangingen/m1", "", 404),
      probe("maakToken", "POST", "/v1/tokens", R"({"naam":"a","rollen":["auditor"],"mag":[]})",
            400),
      probe("trekTokenIn", "DELETE", "/v1/tokens/0123456789abcdef", "", 404)};
}

std::vector<ReachTest::Probe> ReachTest::other_probes(Role role) {
  const unsigned log = status_for(server::reach_of(role, Permission::kLogVolgen) == Reach::kAll);
  const Asked password{.method = "PUT",
                       .target = "/v1/sessies/huidige/wachtwoord",
                       .body = R"({"oud":"a","nieuw":"b"})"};
  const Asked opening{
      .method = "POST", .target = "/v1/sessies", .body = R"({"actor":"a","wachtwoord":"b"})"};
  const unsigned proof =
      status_for(server::reach_of(role, Permission::kBewijsLezen) != Reach::kNone);
  const unsigned users =
      status_for(server::reach_of(role, Permission::kGebruikersBeheren) != Reach::kNone ||
                 server::reach_of(role, Permission::kBeheerLezen) != Reach::kNone);
  const unsigned trail =
      status_for(server::reach_of(role, Permission::kAuditspoorLezen) != Reach::kNone);
  return {
      {"leesBewijsbundel",
       {.target = "/v1/rapporten/kwartaal/bewijsbundel?van=2021-01-01&tm=2021-03-31"},
       log},
      {"leesControlepunt", {.target = "/v1/controlepunt"}, proof},
      {"leesBestandIn",
       {.method = "POST",
        .target = "/v1/invoerbestanden?proef=true",
        .body = "stream,soort,geldig_op\n",
        .headers = {{"Content-Type", "text/csv"}}},
       status_for(server::reach_of(role, Permission::kImporteren) != Reach::kNone)},
      {"maakReservekopie",
       {.method = "POST", .target = "/v1/reservekopieen"},
       server::reach_of(role, Permission::kImporteren) == Reach::kNone ? 403U : 201U},
      {"leesOrganisatie",
       {.target = "/v1/organisatie/tijdlijn"},
       status_for(server::reach_of(role, Permission::kBeheerLezen) != Reach::kNone ||
                  server::reach_of(role, Permission::kOrganisatieVastleggen) != Reach::kNone)},
      {"leesServerstand",
       {.target = "/v1/serverstand"},
       status_for(server::reach_of(role, Permission::kBeheerLezen) != Reach::kNone)},
      {"controleerDefinitie",
       {.method = "POST",
        .target = "/v1/rapportcontroles",
        .body = "name: 'x'",
        .headers = {{"Content-Type", "text/plain"}}},
       status_for(server::reach_of(role, Permission::kBeheerLezen) != Reach::kNone ||
                  server::reach_of(role, Permission::kRapportenLezen) == Reach::kAll)},
      {"beproefDefinitie",
       {.method = "POST",
        .target = "/v1/rapportproeven?van=2021-01-01&tm=2021-03-31",
        .body = "name: 'x'",
        .headers = {{"Content-Type", "text/plain"}}},
       server::reach_of(role, Permission::kRapportenLezen) == Reach::kAll ? 400U : 403U},
      {"leesSleutel", {.target = "/v1/controlepunt/sleutel"}, proof},
      {"leesLogNa", {.target = "/v1/logcontrole"}, proof},
      {"leesAuditspoor", {.target = "/v1/auditspoor"}, trail},
      {"controleerAuditspoor", {.target = "/v1/auditspoor/controle"}, proof},
      {"leesVerloop", {.target = "/v1/controlepunt/verloop?vanaf=3"}, proof},
      {"volgGebeurtenissen", {.target = "/v1/gebeurtenissen"}, log},
      {"volgGebeurtenissen",
       {.target = "/v1/gebeurtenissen", .headers = {{"Accept", "text/event-stream"}}},
       log},
      {"volgGebeurtenissen",
       {.target = "/v1/gebeurtenissen?volgen=true",
        .headers = {{"Accept", "text/event-stream"}, {"Last-Event-ID", "13"}}},
       log},
      {"leesMaten", {.target = "/v1/maten"}, 200},
      {"leesGebruikers", {.target = "/v1/gebruikers"}, users},
      {"leesTokens", {.target = "/v1/tokens"}, users},
      {"leesRollen", {.target = "/v1/rollen"}, users},
      {"leesDoelen",
       {.target = "/v1/doelen"},
       status_for(server::reach_of(role, Permission::kCijfersLezen) != Reach::kNone ||
                  server::reach_of(role, Permission::kBeheerLezen) != Reach::kNone)},
      {"volgPosities",
       {.target = "/v1/posities/live", .headers = {{"Accept", "text/event-stream"}}},
       status_for(server::reach_of(role, Permission::kCijfersLezen) != Reach::kNone)},
      {"leesCodelijsten", {.target = "/v1/codelijsten"}, 200},
      {"leesDocument", {.target = "/v1/openapi.json"}, 200},
      {"openSessie", opening, 201},
      {"leesSessie", {.target = "/v1/sessies/huidige"}, 200},
      {"sluitSessie", {.method = "DELETE", .target = "/v1/sessies/huidige"}, 204},
      {"wijzigWachtwoord", password, 204},
      {"laadVoorbeeld",
       {.method = "POST", .target = "/v1/voorbeelden"},
       server::reach_of(role, Permission::kImporteren) == Reach::kNone ? 403U : 409U},
  };
}

const Endpoint& endpoint_named(const std::string& operation) {
  return *std::ranges::find(endpoints(), operation, &Endpoint::operation);
}

// Streams of werkgevers and of the organisation belong to no gemeente.
bool is_of_persons(Permission permission) {
  return permission != Permission::kWerkgeverVastleggen &&
         permission != Permission::kOrganisatieVastleggen &&
         permission != Permission::kRapportVaststellen;
}

// Reports count verzuim and name nobody; catalogues name kinds, and roles rights.
bool may_name_verzuim(Role role, const Endpoint& endpoint) {
  return endpoint.permissions.empty() || endpoint.tag == "rapporten" ||
         endpoint.operation == "leesRollen" ||
         server::reach_of(role, Permission::kVerzuimLezen) != Reach::kNone;
}

// What may not stand in an answer of the endpoint to somebody of that role.
std::vector<std::string> hidden_from(Role role, const Endpoint& endpoint,
                                     const std::vector<Subject>& subjects) {
  if (endpoint.operation == "leesDocument") return {};  // its examples are of nobody
  std::vector<std::string> out;
  // The names of gemeenten are no secret, and those that take part are the organisation's.
  bool reaches_all = endpoint.permissions.empty() || endpoint.operation == "leesOrganisatie";
  for (const Permission permission : endpoint.permissions) {
    if (!is_of_persons(permission)) continue;
    reaches_all = reaches_all || server::reach_of(role, permission) == Reach::kAll;
  }
  if (!reaches_all) out = {std::string(kForeign), "w2"};
  if (!may_name_verzuim(role, endpoint)) out.insert(out.end(), {"ziekmelding", "verzuim"});
  for (const Subject& subject : subjects) {
    const bool is_shown = std::ranges::any_of(endpoint.permissions, [&](Permission permission) {
      return is_of_persons(permission) && is_within(server::reach_of(role, permission), subject);
    });
    if (!is_shown) out.push_back(subject.id());
  }
  return out;
}

TEST_F(ReachTest, EveryEndpointIsAskedAndEachRoleGetsWhatTheTableSays) {
  std::set<std::string> all;
  for (const Endpoint& endpoint : endpoints()) all.insert(endpoint.operation);
  std::vector<KeyEntry> keys;
  for (const Subject& subject : subjects())
    keys.push_back({subject.stream, key_of(subject.stream)});
  ASSERT_TRUE(folder_->keys().assign(keys));
  for (const Role role : server::kRoles) {
    become(role);
    std::set<std::string> probed;
    for (const Probe& probe : probes_of(role)) {
      probed.insert(probe.operation);
      const auto answered = ask(probe.asked);
      const std::string what = std::string(server::role_code(role)) + " " + probe.asked.method +
                               " " + probe.asked.target + " " + probe.asked.body;
      const std::string text = text_of(answered);
      if (probe.status == 0) {
        EXPECT_TRUE(answered.status() == 200 || answered.status() == 409) << what << text;
      } else {
        EXPECT_EQ(answered.status(), probe.status) << what << text;
      }
      if (text.starts_with("PK")) continue;  // a workbook is packed: nothing would be found in it
      for (const auto& hidden : hidden_from(role, endpoint_named(probe.operation), subjects())) {
        EXPECT_EQ(text.find(hidden), std::string::npos) << what << " shows " << hidden << text;
      }
    }
    EXPECT_EQ(probed, all) << "an endpoint without a case";
  }
}

// Nothing of it is seen in a number either: 2 of Velsen, 2 of Beverwijk.
TEST_F(ReachTest, AFigureCountsWhatIsWithinReachAlone) {
  for (const Role role : server::kRoles) {
    become(role);
    const Reach reach = server::reach_of(role, Permission::kCijfersLezen);
    if (reach == Reach::kNone) continue;
    const auto answered = get("/v1/cijfers/trajecten?op=2021-03-01", "role");
    EXPECT_EQ(answered.json().at("rijen").at(0).at("waarde"), reach == Reach::kAll ? "4" : "2")
        << server::role_code(role);
  }
}

}  // namespace
}  // namespace trede::test
