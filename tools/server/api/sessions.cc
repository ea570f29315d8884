// Sessions of pages: logging in and out, who is logged in, and another password. What is noted of
// it in the trail is noted by who keeps the sessions.
#include "tools/server/access/sessions.h"

#include "engine/event/catalogue.h"
#include "tools/server/access/cookie.h"
#include "tools/server/api/call.h"
#include "tools/server/api/moments.h"
#include "tools/server/api/sent_message.h"

namespace trede::server {

namespace {

// A cookie that is not there is no password that is wrong: who logs in is told that one.
Problem not_logged_in(const Error& error, std::chrono::seconds wait) {
  if (error.code == ErrorCode::kLocked) return too_often(error.message, wait);
  if (error.code != ErrorCode::kRefused) return not_let_in(error);
  Problem wrong(ProblemCode::kNietAangemeld, error.message);
  wrong.headers.set("WWW-Authenticate", "Bearer");
  return wrong;
}

OrProblem<Reply> open_session(Call& call) {
  Sessions* const sessions = call.services.sessions;
  if (sessions == nullptr) return not_found("This server has no sessions.");
  const auto sent = sent_message<api::NieuweSessie>(call);
  if (!sent) return sent.error();
  const Request& request = call.request;
  const auto opened = sessions->log_in({sent->actor(), sent->wachtwoord(), request.peer});
  if (!opened) {
    return not_logged_in(opened.error(), sessions->wait_for(sent->actor(), request.peer));
  }
  api::GeopendeSessie out;
  out.set_csrf_token(opened->csrf);
  out.set_moet_wachtwoord_wijzigen(opened->must_change_password);
  set_moment(*out.mutable_tot(), opened->until);
  Reply reply = reply_with(std::move(out));
  reply.status = 201;
  reply.headers.set("Set-Cookie", set_session_cookie(opened->cookie, request.is_encrypted));
  return reply;
}

OrProblem<Reply> read_session(Call& call) {
  const auto session = call.services.sessions->find_session(call.credentials());
  if (!session) return not_let_in(session.error());
  const Identity& identity = session->identity;
  api::Sessie out;
  out.set_actor(identity.actor);
  for (const Role role : identity.roles) out.add_rollen(std::string(role_code(role)));
  for (const auto& gemeente : identity.gemeenten) out.add_gemeenten(gemeente);
  for (const auto& werkcoach : identity.werkcoaches) out.add_werkcoaches(werkcoach);
  for (const Permission permission : kPermissions) {
    if (identity.reach(permission) == Reach::kNone) continue;
    const bool is_of_vault =
        permission == Permission::kKluisLezen || permission == Permission::kKluisVastleggen;
    if (is_of_vault && !call.services.vault.is_there()) continue;
    out.add_rechten(std::string(permission_code(permission)));
  }
  for (const Kind& kind : kinds()) {
    if (!kind.stream || identity.reach_to_record(kind.soort) == Reach::kNone) continue;
    out.add_soorten(kind.code);
  }
  out.set_totalen(identity.reach(Permission::kCijfersLezen) == Reach::kAll || identity.sees_totals);
  out.set_positie(call.services.folder.log().last_position().value);
  out.set_csrf_token(session->csrf);
  out.set_moet_wachtwoord_wijzigen(session->must_change_password);
  set_moment(*out.mutable_tot(), session->until);
  return reply_with(std::move(out));
}

OrProblem<Reply> end_session(Call& call) {
  const Status ended = call.services.sessions->log_out(call.credentials());
  if (!ended) return not_let_in(ended.error());
  Reply reply{.status = 204};
  reply.headers.set("Set-Cookie", clear_session_cookie(call.request.is_encrypted));
  return reply;
}

OrProblem<Reply> change_password(Call& call) {
  const auto sent = sent_message<api::NieuwWachtwoord>(call);
  if (!sent) return sent.error();
  Sessions& sessions = *call.services.sessions;
  const Status changed = sessions.change_password(call.credentials(), sent->oud(), sent->nieuw());
  if (changed) return Reply{.status = 204};
  const Error& error = changed.error();
  if (error.code == ErrorCode::kInvalid) return invalid("nieuw", error.message);
  if (error.code == ErrorCode::kLocked) {
    return too_often(error.message, sessions.wait_for(call.identity.actor, call.request.peer));
  }
  if (error.code != ErrorCode::kRefused) return not_let_in(error);
  return forbidden(error.message).at("oud", error.message);
}

Endpoint session_endpoint(std::string method, std::string operation, std::string summary,
                          Answering answer) {
  return {.method = std::move(method),
          .path = "/v1/sessies/huidige",
          .operation = std::move(operation),
          .tag = "sessies",
          .summary = std::move(summary),
          .of_session = true,
          .answer = answer};
}

}  // namespace

std::vector<Endpoint> session_endpoints() {
  const std::vector<std::string> both = {std::string(kJson), std::string(kProtobuf)};
  Endpoint opening{.method = "POST",
                   .path = "/v1/sessies",
                   .operation = "openSessie",
                   .tag = "sessies",
                   .summary = "Aanmelden met naam en wachtwoord; de sessie komt in een cookie",
                   .is_open = true,
                   .request = api::NieuweSessie::descriptor(),
                   .response = api::GeopendeSessie::descriptor(),
                   .produces = both,
                   .example = R"({"actor": "w1", "wachtwoord": "paars varken op wielen"})",
                   .problems = {ProblemCode::kNietAangemeld, ProblemCode::kNietGevonden},
                   .is_always_new = true,
                   .answer = open_session};
  Endpoint reading = session_endpoint("GET", "leesSessie", "Wie er is aangemeld", read_session);
  reading.response = api::Sessie::descriptor();
  reading.produces = both;
  Endpoint ending = session_endpoint("DELETE", "sluitSessie", "Afmelden", end_session);
  Endpoint password = session_endpoint(
      "PUT", "wijzigWachtwoord", "Een ander wachtwoord; andere sessies eindigen", change_password);
  password.path += "/wachtwoord";
  password.request = api::NieuwWachtwoord::descriptor();
  password.example = R"({"oud": "paars varken op wielen", "nieuw": "groene giraf in de regen"})";
  return {std::move(opening), std::move(reading), std::move(ending), std::move(password)};
}

}  // namespace trede::server
