// Proof of the log: its signed head, and that it continues one that was kept.
#include "engine/event/bytes_text.h"
#include "engine/ledger/proof.h"
#include "tools/server/api/asking.h"
#include "tools/server/api/signing.h"
#include "tools/server/api/wire.h"
#include "tools/trede/trust/notes.h"

namespace trede::server {

namespace {

constexpr std::string_view kText = "text/plain";

struct Head {
  Position until;
  std::string note;  // signed
};

// The head at `positie`, else all that there is.
OrProblem<Head> signed_head(const Call& call) {
  const auto key = signing_key(call);
  if (!key) return key.error();
  DataFolder& folder = call.services.folder;
  const Position last = folder.log().last_position();
  const Position until{call.query.find_number("positie").value_or(last.value)};
  if (until > last) {
    return invalid("positie", "expected at most " + std::to_string(last.value));
  }
  const auto head = tool::accounted_head(folder, until, call.services.clock);
  if (!head) return problem_of(head.error());
  return Head{until, sign_checkpoint(*head, *key)};
}

OrProblem<Reply> read_checkpoint(Call& call) {
  auto head = signed_head(call);
  if (!head) return std::move(head).error();
  return Reply{.body = RawBody{call.media_type + "; charset=utf-8", std::move(head->note)},
               .position = head->until};
}

OrProblem<Reply> read_key(Call& call) {
  const auto key = signing_key(call);
  if (!key) return key.error();
  return Reply{.body = RawBody{call.media_type + "; charset=utf-8", key->verifier().text() + "\n"}};
}

OrProblem<Reply> prove_course(Call& call) {
  auto head = signed_head(call);
  if (!head) return std::move(head).error();
  const std::uint64_t from = *call.query.find_number("vanaf");
  if (from > head->until.value) {
    return invalid("vanaf", "expected at most " + std::to_string(head->until.value));
  }
  const auto path = prove_consistency(call.services.folder.log(), from, head->until.value);
  if (!path) return problem_of(path.error());
  api::Verloop out;
  out.set_vanaf(from);
  out.set_positie(head->until.value);
  out.set_controlepunt(std::move(head->note));
  for (const Hash& hash : *path) out.add_bewijs(base64_text(hash_view(hash)));
  Reply reply = reply_with(std::move(out));
  reply.position = head->until;
  return reply;
}

}  // namespace

std::vector<Endpoint> evidence_endpoints() {
  const Parameter until{"positie", ValueKind::kPosition, "Tot waar; zonder: alles"};
  return {
      {.method = "GET",
       .path = "/v1/controlepunt",
       .operation = "leesControlepunt",
       .tag = "bewijs",
       .summary = "De stand van log en auditspoor, ondertekend, om later aan te toetsen",
       .permissions = {Permission::kBewijsLezen},
       .produces = {std::string(kText)},
       .parameters = {until, wait_parameter()},
       .problems = {ProblemCode::kNietGevonden},
       .answer = read_checkpoint},
      {.method = "GET",
       .path = "/v1/controlepunt/sleutel",
       .operation = "leesSleutel",
       .tag = "bewijs",
       .summary = "De openbare sleutel waarmee controlepunten worden nagegaan",
       .permissions = {Permission::kBewijsLezen},
       .produces = {std::string(kText)},
       .problems = {ProblemCode::kNietGevonden},
       .answer = read_key},
      {.method = "GET",
       .path = "/v1/controlepunt/verloop",
       .operation = "leesVerloop",
       .tag = "bewijs",
       .summary = "Bewijs dat het log voortzet wat een bewaard controlepunt zegt",
       .permissions = {Permission::kBewijsLezen},
       .response = api::Verloop::descriptor(),
       .produces = {std::string(kJson), std::string(kProtobuf)},
       .parameters = {{"vanaf", ValueKind::kPosition, "De omvang in het bewaarde controlepunt", "5",
                       Place::kQuery, true},
                      until,
                      wait_parameter()},
       .problems = {ProblemCode::kNietGevonden},
       .answer = prove_course},
  };
}

}  // namespace trede::server
