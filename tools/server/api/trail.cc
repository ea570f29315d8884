// The audit trail: its records, the latest first, and whether its chain is whole. Reading it makes
// no record: it tells who did what with which id, and nothing of a person.
#include "engine/trail/trail.h"

#include "engine/event/bytes_text.h"
#include "proto/api/trail.pb.h"
#include "tools/server/api/call.h"
#include "tools/server/api/moments.h"
#include "tools/server/api/one_at_a_time.h"
#include "tools/server/api/wire.h"

namespace trede::server {

namespace {

constexpr std::size_t kOnePage = 100;

// Errors: 500. Requires: a server has made one.
OrProblem<std::unique_ptr<Trail>> open_trail(const Call& call) {
  DataFolder& folder = call.services.folder;
  auto trail =
      Trail::open(folder.path(), folder.log().identity(), TrailAccess::kRead, call.services.clock);
  if (!trail) return problem_of(trail.error());
  return *std::move(trail);
}

TrailFilter filter_of(const Call& call) {
  TrailFilter filter;
  filter.actor = call.query.find("actor");
  filter.action = call.query.find("actie");
  filter.unended = call.query.is_set("onvoltooid");
  if (const auto object = call.query.find("object")) {
    filter.objects = {*object};
    // Of a dossier also what was done to all of them.
    if (object->starts_with("dossier/")) filter.objects.emplace_back(kWholeLog);
  }
  if (const auto van = call.query.find("van")) filter.from = begin_of(*parse_day(*van));
  if (const auto tm = call.query.find("tm")) {
    filter.until = begin_of(*parse_day(*tm) + std::chrono::days{1});
  }
  return filter;
}

void set_record(api::Auditregel& out, const TrailRecord& record) {
  out.set_nummer(record.number);
  set_moment(*out.mutable_moment(), record.moment);
  out.set_actor(record.actor);
  out.set_actie(record.action);
  out.set_object(record.object);
  out.set_uitkomst(record.outcome);
  out.set_herkomst(record.origin);
  if (record.first != 0) out.set_eerste(record.first);
  if (record.last != 0) out.set_laatste(record.last);
  out.set_aantal(record.count);
  out.set_betreft(record.about);
}

OrProblem<Reply> read_trail(Call& call) {
  const auto trail = open_trail(call);
  if (!trail) return trail.error();
  const auto before = call.query.find_number("voor").value_or(0);
  // One more than is shown tells whether there are more.
  const auto page = (*trail)->latest(filter_of(call), before, kOnePage + 1);
  if (!page) return problem_of(page.error());
  const auto head = (*trail)->head();
  if (!head) return problem_of(head.error());
  api::Auditspoor out;
  out.set_aantal(head->count);
  for (const TrailRecord& record : *page) {
    if (static_cast<std::size_t>(out.regels_size()) == kOnePage) {
      out.set_verder(out.regels(out.regels_size() - 1).nummer());
      break;
    }
    set_record(*out.add_regels(), record);
  }
  return reply_with(std::move(out));
}

// The head that somebody kept, when both halves of it are given. Errors: 400.
OrProblem<std::optional<TrailHead>> kept_head(const Call& call) {
  const auto count = call.query.find_number("aantal");
  const auto print = call.query.find("vingerafdruk");
  if (!count && !print) return std::optional<TrailHead>();
  const auto bytes = parse_base64(print.value_or(""));
  if (!count || !bytes || bytes->size() != sizeof(Hash)) {
    return invalid("vingerafdruk", "expected aantal and vingerafdruk together, of a checkpoint");
  }
  TrailHead head{*count, {}};
  std::ranges::copy(*bytes, reinterpret_cast<char*>(head.hash.data()));
  return std::optional(head);
}

// What is damaged is found, and no failure of who looks.
Result<TrailCheck> walk_trail(DataFolder& folder, const std::optional<TrailHead>& known,
                              const Clock& clock) {
  const auto trail = Trail::open(folder.path(), folder.log().identity(), TrailAccess::kRead, clock);
  auto found = trail ? (*trail)->check_chain(known) : Result<TrailCheck>(trail.error());
  if (found || found.error().code != ErrorCode::kCorrupt) return found;
  return TrailCheck{std::move(found).error().message, {}};
}

OrProblem<Reply> check_trail(Call& call) {
  const auto known = kept_head(call);
  if (!known) return known.error();
  const auto turn = OneAtATime<TrailCheck>::take();
  if (turn == nullptr) {
    return come_back("Het auditspoor wordt al nagelezen.", std::chrono::seconds{10});
  }
  const auto found = walk_trail(call.services.folder, *known, call.services.clock);
  if (!found) return problem_of(found.error());
  api::Spoorcontrole out;
  out.set_heel(found->flaw.empty());
  out.set_gebrek(found->flaw);
  out.set_aantal(found->head.count);
  out.set_vingerafdruk(base64_text(hash_view(found->head.hash)));
  return reply_with(std::move(out));
}

}  // namespace

std::vector<Endpoint> trail_endpoints() {
  return {
      {.method = "GET",
       .path = "/v1/auditspoor",
       .operation = "leesAuditspoor",
       .tag = "bewijs",
       .summary = "Wie wat las of wijzigde, de nieuwste regel eerst",
       .permissions = {Permission::kAuditspoorLezen},
       .response = api::Auditspoor::descriptor(),
       .produces = {std::string(kJson), std::string(kProtobuf)},
       .parameters =
           {{"actor", ValueKind::kText, "Wat deze deed"},
            {"actie", ValueKind::kText, "Alleen dit: `persoon_tonen`"},
            {"object", ValueKind::kText,
             "Waarmee: `dossier/UUID` (ook wat met het hele log gebeurde), `persoon/UUID`"},
            {"van", ValueKind::kDay, "Vanaf die dag"},
            {"tm", ValueKind::kDay, "Tot en met die dag"},
            {"onvoltooid", ValueKind::kYesNo, "Alleen wat begon en waarvan geen einde is"},
            {"voor", ValueKind::kPosition, "Alleen regels voor dit nummer"}},
       .answer = read_trail},
      {.method = "GET",
       .path = "/v1/auditspoor/controle",
       .operation = "controleerAuditspoor",
       .tag = "bewijs",
       .summary = "Of de keten van het auditspoor heel is, en verdergaat op wat bewaard is",
       .permissions = {Permission::kAuditspoorLezen, Permission::kBewijsLezen},
       .response = api::Spoorcontrole::descriptor(),
       .produces = {std::string(kJson), std::string(kProtobuf)},
       .parameters = {{"aantal", ValueKind::kPosition, "Van een bewaard controlepunt (`trail`)"},
                      {"vingerafdruk", ValueKind::kText, "Die daarbij staat, in Base64"}},
       .answer = check_trail},
  };
}

}  // namespace trede::server
