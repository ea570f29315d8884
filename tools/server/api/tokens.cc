// Tokens: with which programs come in, as `trede token` has them, and what each role may. A secret
// is told once, in an answer that nobody may keep.
#include <algorithm>

#include "proto/api/tokens.pb.h"
#include "tools/server/access/secrets.h"
#include "tools/server/api/access_change.h"
#include "tools/server/api/moments.h"

namespace trede::server {

namespace {

constexpr const char* kMissing = "Dit token is er niet.";

// ---- reading

api::Token token_message(const Token& token, Moment now) {
  api::Token out;
  out.set_id(token.id);
  out.set_naam(token.name);
  set_grants(out, token.grants);
  for (const Permission one : token.scope) out.add_mag(std::string(permission_code(one)));
  set_moment(*out.mutable_gemaakt(), token.made);
  out.set_tm(format_day(civil_day(token.expires - std::chrono::seconds{1})));
  if (token.seen) set_moment(*out.mutable_gezien(), *token.seen);
  out.set_ingetrokken(token.is_revoked);
  out.set_geldig(!token.is_revoked && now < token.expires);
  return out;
}

OrProblem<Reply> list_tokens(Call& call) {
  const auto accounts = load_accounts(call);
  if (!accounts) return accounts.error();
  api::Tokens out;
  for (const Token& token : accounts->tokens) {
    *out.add_tokens() = token_message(token, call.services.clock.now());
  }
  return reply_with(std::move(out));
}

OrProblem<Reply> list_roles(Call& /*call*/) {
  api::Rollen out;
  for (const Role role : kRoles) {
    auto& one = *out.add_rollen();
    one.set_naam(std::string(role_code(role)));
    for (const Permission permission : kPermissions) {
      if (reach_of(role, permission) == Reach::kNone) continue;
      one.add_rechten(std::string(permission_code(permission)));
    }
  }
  return reply_with(std::move(out));
}

// ---- changing

OrProblem<Token> new_token(const Call& call, const api::NieuwToken& sent) {
  const Status good = check_actor(sent.naam());
  if (!good) return invalid("naam", good.error().message);
  auto grants = grants_of(sent);
  if (!grants) return std::move(grants).error();
  Token out{.id = new_token_id(call.services.random), .name = sent.naam()};
  out.grants = *std::move(grants);
  for (const std::string& code : sent.mag()) {
    const auto permission = find_permission(code);
    if (!permission) return invalid("mag", "unknown permission");
    out.scope.push_back(*permission);
  }
  const Status fits = check_scope(out.grants, out.scope);
  if (!fits) return invalid("mag", fits.error().message);
  out.made = call.services.clock.now();
  const Day today = civil_day(out.made);
  const auto last = sent.has_tm() ? parse_day(sent.tm()) : today + kTokenUsual;
  if (!last) return invalid("tm", "expected a day as 2021-01-31");
  const Status holds = check_last_day(*last, today);
  if (!holds) return invalid("tm", holds.error().message);
  out.expires = begin_of(*last + std::chrono::days{1});
  return out;
}

OrProblem<Changed> add_token(const Call& call, Token token) {
  const std::string secret = new_secret(SecretUse::kToken, call.services.random);
  token.hash = hash_secret(SecretUse::kToken, secret);
  const auto store = open_access(call, StoreAccess::kWrite);
  if (!store) return store.error();
  const Status added = (*store)->add_token(token);
  if (!added) return access_problem(added.error(), "naam", kMissing);
  api::EenmaligToken out;
  out.set_id(token.id);
  out.set_naam(token.name);
  out.set_token(secret);
  Reply reply = reply_with(std::move(out));
  reply.status = 201;
  return Changed{.reply = std::move(reply), .count = 1};
}

OrProblem<PlannedChange> plan_adding(Call& call) {
  prepare_secrets();
  const auto sent = sent_message<api::NieuwToken>(call);
  if (!sent) return sent.error();
  auto token = new_token(call, *sent);
  if (!token) return std::move(token).error();
  TrailEntry entry{.action = TrailAction::kToegangToken,
                   .object = object_of_token(token->id),
                   .about = "toegevoegd"};
  return access_change(call, std::move(entry),
                       [&call, token = *std::move(token)] { return add_token(call, token); });
}

OrProblem<Changed> withdraw_token(const Call& call, const std::string& id) {
  const auto store = open_access(call, StoreAccess::kWrite);
  if (!store) return store.error();
  const auto done = (*store)->revoke_token(id);
  if (!done) return access_problem(done.error(), "id", kMissing);
  return Changed{.reply = {.status = 204}, .count = 1};
}

OrProblem<PlannedChange> plan_withdrawing(Call& call) {
  const std::string& id = call.path_value("id");
  const auto accounts = load_accounts(call);
  if (!accounts) return accounts.error();
  // By its id alone: what the trail notes must be one of ours.
  if (std::ranges::find(accounts->tokens, id, &Token::id) == accounts->tokens.end()) {
    return not_found(kMissing);
  }
  TrailEntry entry{
      .action = TrailAction::kToegangToken, .object = object_of_token(id), .about = "ingetrokken"};
  return access_change(call, std::move(entry), [&call, id] { return withdraw_token(call, id); });
}

// ---- the rows

Endpoint token_endpoint(std::string method, std::string path, std::string operation,
                        std::string summary) {
  return {.method = std::move(method),
          .path = std::move(path),
          .operation = std::move(operation),
          .tag = "gebruikers",
          .summary = std::move(summary),
          .permissions = {Permission::kGebruikersBeheren},
          .produces = {std::string(kJson), std::string(kProtobuf)}};
}

Endpoint listing(std::string path, std::string operation, std::string summary) {
  Endpoint out = token_endpoint("GET", std::move(path), std::move(operation), std::move(summary));
  out.permissions.push_back(Permission::kBeheerLezen);
  return out;
}

Endpoint adding_token() {
  Endpoint out = token_endpoint("POST", "/v1/tokens", "maakToken",
                                "Maakt een token, waarvan het geheim eenmaal wordt gegeven");
  out.request = api::NieuwToken::descriptor();
  out.response = api::EenmaligToken::descriptor();
  out.problems = {ProblemCode::kOngeldigeInvoer};
  out.example = R"({"naam":"suite","rollen":["auditor"],"mag":["log_volgen"]})";
  out.is_always_new = true;
  out.answer_later = change_noted<plan_adding>;
  return out;
}

Endpoint withdrawing_token() {
  Endpoint out = token_endpoint("DELETE", "/v1/tokens/{id}", "trekTokenIn",
                                "Wie dit token heeft komt er niet meer in");
  out.produces = {};
  out.parameters = {{.name = "id",
                     .kind = ValueKind::kText,
                     .summary = "Het id van het token",
                     .example = "0123456789abcdef",
                     .place = Place::kPath}};
  out.problems = {ProblemCode::kOngeldigeInvoer, ProblemCode::kNietGevonden};
  out.answer_later = change_noted<plan_withdrawing>;
  return out;
}

}  // namespace

std::vector<Endpoint> token_endpoints() {
  Endpoint tokens =
      listing("/v1/tokens", "leesTokens", "Waarmee programma's binnenkomen, en wat zij mogen");
  tokens.response = api::Tokens::descriptor();
  tokens.answer = list_tokens;
  Endpoint roles = listing("/v1/rollen", "leesRollen", "Welke rechten elke rol heeft");
  roles.response = api::Rollen::descriptor();
  roles.answer = list_roles;
  return {std::move(tokens), adding_token(), withdrawing_token(), std::move(roles)};
}

}  // namespace trede::server
