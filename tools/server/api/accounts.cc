// Users: who may come in and what they may do, as `trede user` has them. The file of users is
// opened for each call, beside the gate, which takes up what changed before the answer is sent. A
// password that is made here is told once, in an answer that nobody may keep.
#include <algorithm>

#include "proto/api/accounts.pb.h"
#include "tools/server/access/hash_queue.h"
#include "tools/server/access/passwords.h"
#include "tools/server/access/secrets.h"
#include "tools/server/api/access_change.h"
#include "tools/server/api/wire.h"

namespace trede::server {

namespace {

constexpr const char* kMissing = "Deze gebruiker is er niet.";

// A password that is hashed takes 64 MiB: one at a time, beside those of the gate.
HashQueue& hash_queue() {
  static HashQueue queue(1, 4);
  return queue;
}

// ---- reading

api::Gebruiker user_message(const User& user, const Accounts& accounts, Day today) {
  api::Gebruiker out;
  out.set_naam(user.actor);
  set_grants(out, user.grants);
  out.set_totalen(user.sees_totals);
  out.set_geblokkeerd(user.is_blocked);
  out.set_moet_wachtwoord_wijzigen(user.must_change_password);
  for (const StandIn& one : accounts.stand_ins) {
    if (one.actor != user.actor || one.tm < today) continue;
    auto& vervanging = *out.add_vervangingen();
    vervanging.set_voor(one.voor);
    vervanging.set_tm(format_day(one.tm));
  }
  return out;
}

OrProblem<Reply> list_users(Call& call) {
  const auto accounts = load_accounts(call);
  if (!accounts) return accounts.error();
  api::Gebruikers out;
  const Day today = civil_day(call.services.clock.now());
  for (const User& user : accounts->users) {
    *out.add_gebruikers() = user_message(user, *accounts, today);
  }
  return reply_with(std::move(out));
}

// ---- what may be changed

// A name that cannot be that of a user is that of nobody.
OrProblem<std::string> named_user(const Call& call, const char* key) {
  const std::string& name = call.path_value(key);
  if (!check_actor(name)) return not_found(kMissing);
  return name;
}

bool lets_manage(const User& user) {
  return !user.is_blocked && std::ranges::any_of(user.grants.roles, [](Role role) {
    return reach_of(role, Permission::kGebruikersBeheren) == Reach::kAll;
  });
}

// Somebody must be left who can let others in. Errors: kRefused, a sentence in Dutch.
Status check_somebody_manages(const std::vector<User>& users, const User& changed) {
  const auto manages = [&](const User& user) {
    return lets_manage(user.actor == changed.actor ? changed : user);
  };
  if (std::ranges::none_of(users, lets_manage) || std::ranges::any_of(users, manages)) return {};
  return Error{ErrorCode::kRefused,
               "Dit is de laatste gebruiker die gebruikers beheert. Geef die rol eerst aan een "
               "ander."};
}

Changed changed_one() { return {.reply = {.status = 204}, .count = 1}; }

// Changes a user who is there, as `change` says. Errors: 404; 409 for the last who manages.
OrProblem<Changed> change_one(const Call& call, const std::string& name,
                              const std::function<void(User&)>& change) {
  const auto store = open_access(call, StoreAccess::kWrite);
  if (!store) return store.error();
  const Status done = (*store)->change_user(name, [&](User& user) -> Status {
    const auto users = (*store)->load_users();
    if (!users) return users.error();
    change(user);
    return check_somebody_manages(*users, user);
  });
  if (!done) return access_problem(done.error(), "naam", kMissing);
  return changed_one();
}

PlannedChange planned(const Call& call, TrailAction action, const std::string& name,
                      std::string about, std::function<OrProblem<Changed>()> make) {
  return access_change(
      call, {.action = action, .object = object_of_user(name), .about = std::move(about)},
      std::move(make));
}

struct MadePassword {
  std::string password;
  std::string hash;
};

// Errors: 503 when too many are made at once.
OrProblem<MadePassword> make_password(const Call& call) {
  prepare_secrets();
  const HashQueue::Turn turn(hash_queue());
  if (!turn.has_turn()) {
    Problem busy(ProblemCode::kNietBeschikbaar, "Er worden al wachtwoorden gemaakt.");
    busy.headers.set("Retry-After", "1");
    return busy;
  }
  MadePassword out{.password = new_one_time_password(call.services.random), .hash = {}};
  auto hash = hash_password(out.password, PasswordCost::interactive());
  if (!hash) return problem_of(hash.error());
  out.hash = *std::move(hash);
  return out;
}

Changed told_once(const std::string& name, const MadePassword& made) {
  api::EenmaligWachtwoord out;
  out.set_naam(name);
  out.set_wachtwoord(made.password);
  Reply reply = reply_with(std::move(out));
  reply.status = 201;
  return {.reply = std::move(reply), .count = 1};
}

// ---- changing

OrProblem<Changed> add_user(const Call& call, User user) {
  const auto made = make_password(call);
  if (!made) return made.error();
  user.password_hash = made->hash;
  const auto store = open_access(call, StoreAccess::kWrite);
  if (!store) return store.error();
  const Status added = (*store)->add_user(user);
  if (!added) return access_problem(added.error(), "naam", kMissing);
  return told_once(user.actor, *made);
}

OrProblem<PlannedChange> plan_adding(Call& call) {
  const auto sent = sent_message<api::NieuweGebruiker>(call);
  if (!sent) return sent.error();
  const Status good = check_actor(sent->naam());
  if (!good) return invalid("naam", good.error().message);
  auto grants = grants_of(*sent);
  if (!grants) return std::move(grants).error();
  User user{.actor = sent->naam(),
            .grants = *std::move(grants),
            .sees_totals = sent->totalen(),
            .made = call.services.clock.now()};
  return planned(call, TrailAction::kToegangGebruiker, sent->naam(), "toegevoegd",
                 [&call, user = std::move(user)] { return add_user(call, user); });
}

OrProblem<PlannedChange> plan_changing(Call& call) {
  const auto name = named_user(call, "naam");
  if (!name) return name.error();
  const auto sent = sent_message<api::Bevoegdheden>(call);
  if (!sent) return sent.error();
  auto grants = grants_of(*sent);
  if (!grants) return std::move(grants).error();
  const auto change = [grants = *std::move(grants), totals = sent->totalen()](User& user) {
    user.grants = grants;
    user.sees_totals = totals;
  };
  return planned(call, TrailAction::kToegangGebruiker, *name, "gewijzigd",
                 [&call, name = *name, change] { return change_one(call, name, change); });
}

OrProblem<PlannedChange> plan_blocking(Call& call) {
  const auto name = named_user(call, "naam");
  if (!name) return name.error();
  const auto sent = sent_message<api::Toegang>(call);
  if (!sent) return sent.error();
  const bool is_blocked = sent->geblokkeerd();
  const auto change = [is_blocked](User& user) { user.is_blocked = is_blocked; };
  return planned(call, TrailAction::kToegangGebruiker, *name,
                 is_blocked ? "geblokkeerd" : "vrijgegeven",
                 [&call, name = *name, change] { return change_one(call, name, change); });
}

OrProblem<Changed> renew_password(const Call& call, const std::string& name) {
  const auto made = make_password(call);
  if (!made) return made.error();
  const auto changed = change_one(call, name, [&](User& user) {
    user.password_hash = made->hash;
    user.must_change_password = true;
  });
  if (!changed) return changed.error();
  return told_once(name, *made);
}

OrProblem<PlannedChange> plan_password(Call& call) {
  const auto name = named_user(call, "naam");
  if (!name) return name.error();
  return planned(call, TrailAction::kToegangWachtwoord, *name, "",
                 [&call, name = *name] { return renew_password(call, name); });
}

OrProblem<Changed> change_stand_in(const Call& call, const StandIn& wanted, bool ends) {
  const auto store = open_access(call, StoreAccess::kWrite);
  if (!store) return store.error();
  const Status done =
      ends ? (*store)->remove_stand_in(wanted.actor, wanted.voor) : (*store)->put_stand_in(wanted);
  if (!done) return access_problem(done.error(), "tm", kMissing);
  return changed_one();
}

OrProblem<PlannedChange> planned_stand_in(Call& call, std::optional<Day> tm) {
  const auto name = named_user(call, "naam");
  if (!name) return name.error();
  const auto voor = named_user(call, "voor");
  if (!voor) return voor.error();
  if (*name == *voor) return invalid("voor", "expected another user");
  const StandIn wanted{*name, *voor, tm.value_or(Day{})};
  return planned(call, TrailAction::kToegangGebruiker, *name, "vervanging",
                 [&call, wanted, ends = !tm] { return change_stand_in(call, wanted, ends); });
}

OrProblem<PlannedChange> plan_stand_in(Call& call) {
  const auto sent = sent_message<api::Vervangingsduur>(call);
  if (!sent) return sent.error();
  const auto tm = parse_day(sent->tm());
  if (!tm) return invalid("tm", "expected a day as 2021-01-31");
  if (*tm < civil_day(call.services.clock.now())) {
    return invalid("tm", "lies in the past, expected today or later");
  }
  return planned_stand_in(call, *tm);
}

OrProblem<PlannedChange> plan_end_of_stand_in(Call& call) { return planned_stand_in(call, {}); }

// ---- the rows

Parameter user_parameter(const char* name, const char* summary, const char* example) {
  return {.name = name,
          .kind = ValueKind::kText,
          .summary = summary,
          .example = example,
          .place = Place::kPath};
}

Endpoint account_endpoint(std::string method, std::string path, std::string operation,
                          std::string summary) {
  return {.method = std::move(method),
          .path = std::move(path),
          .operation = std::move(operation),
          .tag = "gebruikers",
          .summary = std::move(summary),
          .permissions = {Permission::kGebruikersBeheren}};
}

Endpoint of_user(std::string method, const std::string& rest, std::string operation,
                 std::string summary) {
  Endpoint out = account_endpoint(std::move(method), "/v1/gebruikers/{naam}" + rest,
                                  std::move(operation), std::move(summary));
  out.parameters = {user_parameter("naam", "De gebruiker", "m17")};
  out.problems = {ProblemCode::kOngeldigeInvoer, ProblemCode::kNietGevonden, ProblemCode::kRegel};
  return out;
}

std::vector<std::string> both() { return {std::string(kJson), std::string(kProtobuf)}; }

Endpoint adding_user() {
  Endpoint out = account_endpoint("POST", "/v1/gebruikers", "voegGebruikerToe",
                                  "Maakt een gebruiker, met een wachtwoord voor één keer");
  out.request = api::NieuweGebruiker::descriptor();
  out.response = api::EenmaligWachtwoord::descriptor();
  out.produces = both();
  out.example =
      R"({"naam":"m17","rollen":["werkcoach"],"gemeenten":["Velsen"],"werkcoach":"wc-17"})";
  out.is_always_new = true;
  out.answer_later = change_noted<plan_adding>;
  return out;
}

Endpoint listing_users() {
  Endpoint out = account_endpoint("GET", "/v1/gebruikers", "leesGebruikers",
                                  "Wie er mogen inloggen en wat zij mogen");
  out.permissions.push_back(Permission::kBeheerLezen);
  out.response = api::Gebruikers::descriptor();
  out.produces = both();
  out.answer = list_users;
  return out;
}

Endpoint changing_user() {
  Endpoint out = of_user("PUT", "", "wijzigGebruiker", "Wat een gebruiker voortaan mag");
  out.request = api::Bevoegdheden::descriptor();
  out.example = R"({"rollen":["intaker"],"gemeenten":["Velsen"]})";
  out.answer_later = change_noted<plan_changing>;
  return out;
}

Endpoint blocking_user() {
  Endpoint out = of_user("PUT", "/toegang", "wijzigToegang",
                         "Blokkeert een gebruiker, wat sessies eindigt, of laat die weer toe");
  out.request = api::Toegang::descriptor();
  out.example = R"({"geblokkeerd":true})";
  out.answer_later = change_noted<plan_blocking>;
  return out;
}

Endpoint renewing_password() {
  Endpoint out = of_user("POST", "/wachtwoorden", "maakWachtwoord",
                         "Een nieuw wachtwoord voor één keer; sessies eindigen");
  out.response = api::EenmaligWachtwoord::descriptor();
  out.produces = both();
  out.is_always_new = true;
  out.answer_later = change_noted<plan_password>;
  return out;
}

Endpoint stand_in_endpoint(std::string method, std::string operation, std::string summary) {
  Endpoint out =
      of_user(std::move(method), "/vervangingen/{voor}", std::move(operation), std::move(summary));
  out.parameters.push_back(user_parameter("voor", "Wie wordt vervangen", "m18"));
  return out;
}

}  // namespace

std::vector<Endpoint> account_endpoints() {
  Endpoint standing_in = stand_in_endpoint("PUT", "vervangGebruiker",
                                           "Iemand heeft er tot en met een dag een caseload bij");
  standing_in.request = api::Vervangingsduur::descriptor();
  standing_in.example = R"({"tm":"2030-12-31"})";
  standing_in.answer_later = change_noted<plan_stand_in>;
  Endpoint ending = stand_in_endpoint("DELETE", "beeindigVervanging", "De vervanging eindigt nu");
  ending.answer_later = change_noted<plan_end_of_stand_in>;
  return {adding_user(),       listing_users(),        changing_user(),  blocking_user(),
          renewing_password(), std::move(standing_in), std::move(ending)};
}

}  // namespace trede::server
