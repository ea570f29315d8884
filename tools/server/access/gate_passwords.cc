// The part of the gate that passwords go through: slow on purpose, counted, and noted.
#include "tools/server/access/gate.h"
#include "tools/server/access/rate_limits.h"
#include "tools/server/access/secrets.h"

namespace trede::server {

namespace {

constexpr std::string_view kDoor = "http";  // the origin of what the gate notes

Error wrong() { return {ErrorCode::kRefused, "Naam of wachtwoord klopt niet."}; }

Error too_often(std::chrono::seconds wait) {
  return {ErrorCode::kLocked, "Te vaak geprobeerd; probeer het over " +
                                  std::to_string(wait.count()) + " seconden weer."};
}

Error too_many() {
  return {ErrorCode::kLocked, "Te veel mensen loggen tegelijk in; probeer het zo weer."};
}

}  // namespace

Status Gate::note(TrailAction action, TrailOutcome outcome, const std::string& actor,
                  const std::string& object) {
  TrailEntry entry{.action = action, .object = object, .outcome = outcome};
  entry.origin = kDoor;
  entry.actor = actor;
  const std::lock_guard lock(trail_mutex_);
  return of_disk(trail_->append({&entry, 1}));
}

// What is no name of a user is not kept anywhere: it may be a password that was typed a line too
// high.
Gate::Tried Gate::tried_by(const Login& login, const AccessDirectory& directory) const {
  const bool is_known = directory.find_user(login.actor) != nullptr;
  const std::string hidden = hash_secret(SecretUse::kSession, login.actor);
  return {.key = is_known ? login.actor : hidden,
          .peer = peer_key(login.peer),
          .object = is_known ? object_of_user(login.actor) : std::string(kUnknownUser),
          .is_known = is_known};
}

std::chrono::seconds Gate::wait(const Tried& tried) {
  const Moment now = clock_.now();
  const std::lock_guard lock(mutex_);
  Lockout& accounts = tried.is_known ? known_ : unknown_;
  return std::max(accounts.wait(tried.key, now), peers_.wait(tried.peer, now));
}

std::chrono::seconds Gate::wait_for(const std::string& actor, const std::string& peer) {
  return wait(tried_by({.actor = actor, .password = "", .peer = peer}, *directory()));
}

Status Gate::fail(const Tried& tried) {
  const Moment now = clock_.now();
  bool locks_account = false;
  bool locks_peer = false;
  {
    const std::lock_guard lock(mutex_);
    Lockout& accounts = tried.is_known ? known_ : unknown_;
    locks_account = accounts.fail(tried.key, now).count() > 0;
    locks_peer = peers_.fail(tried.peer, now).count() > 0;
  }
  const std::string nobody(kUnknownActor);
  TREDE_RETURN_IF_ERROR(
      note(TrailAction::kToegangInloggen, TrailOutcome::kGeweigerd, nobody, tried.object));
  if (locks_account) {
    TREDE_RETURN_IF_ERROR(
        note(TrailAction::kToegangVergrendelen, TrailOutcome::kGelukt, nobody, tried.object));
  }
  if (!locks_peer) return {};
  return note(TrailAction::kToegangVergrendelen, TrailOutcome::kGelukt, nobody,
              std::string(kSender));
}

// Only the account: who has one must not be able to wash the address that he guesses others from.
void Gate::forgive(const Tried& tried) {
  const std::lock_guard lock(mutex_);
  known_.forget(tried.key);
}

// Errors: kLocked;  kRefused  it is another one, which is noted and counted.
Status Gate::check_password_of(const Tried& tried, const std::string& hash,
                               const std::string& password) {
  if (const auto waits = wait(tried); waits.count() > 0) return too_often(waits);
  bool is_right = false;
  {
    const HashQueue::Turn turn(queue_);
    if (!turn.has_turn()) return too_many();
    // Others may have failed in the meantime: many at once get no more tries than one by one.
    if (const auto waits = wait(tried); waits.count() > 0) return too_often(waits);
    is_right = is_password(hash, password);
  }
  if (is_right) return {};
  TREDE_RETURN_IF_ERROR(fail(tried));
  return wrong();
}

Result<LoggedIn> Gate::log_in(const Login& login) {
  TREDE_RETURN_IF_ERROR(look(false));
  const auto known = directory();
  const Tried tried = tried_by(login, *known);
  const User* const user = known->find_user(login.actor);
  const bool may_enter = user != nullptr && !user->is_blocked;
  TREDE_RETURN_IF_ERROR(
      check_password_of(tried, may_enter ? user->password_hash : nobodys_hash_, login.password));
  if (!may_enter) {  // a password of nobody that was guessed is no way in
    TREDE_RETURN_IF_ERROR(fail(tried));
    return wrong();
  }
  forgive(tried);
  TREDE_RETURN_IF_ERROR(note(TrailAction::kToegangInloggen, TrailOutcome::kGelukt, user->actor,
                             object_of_user(user->actor)));
  auto logged_in = open_session(*user);
  if (logged_in) renew_hash(*user, login.password);
  return logged_in;
}

Result<LoggedIn> Gate::open_session(const User& user) {
  LoggedIn out;
  out.cookie = new_secret(SecretUse::kSession, random_);
  out.csrf = csrf_of(out.cookie);
  out.must_change_password = user.must_change_password;
  const Moment now = clock_.now();
  out.until = now + options_.sessions.whole;
  const Session session{hash_secret(SecretUse::kSession, out.cookie), user.actor, now, now};
  const std::lock_guard store(store_mutex_);
  std::vector<std::string> leaving;
  {
    const std::lock_guard lock(mutex_);
    leaving = sessions_.leaving(user.actor, now);
  }
  const Status added = of_disk(store_->add_session(session, user.password_hash, leaving));
  if (!added) {
    return added.error().code == ErrorCode::kNotFound ? Result<LoggedIn>(wrong())
                                                      : Result<LoggedIn>(added.error());
  }
  const std::lock_guard lock(mutex_);
  for (const std::string& hash : leaving) sessions_.remove(hash);
  sessions_.add(session);
  return out;
}

// Of a password that was hashed at another cost than is asked now. A failure costs nothing: it is
// tried again at the next login.
void Gate::renew_hash(const User& user, const std::string& password) {
  if (!is_outdated(user.password_hash, options_.cost)) return;
  const auto hash = hash_password(password, options_.cost);
  if (!hash) return;
  const std::lock_guard store(store_mutex_);
  Status put = store_->put_password_hash(user.actor, user.password_hash, *hash);
  version_ = -1;  // read anew what was changed
  if (put) put = reload();
  static_cast<void>(put);
}

Status Gate::log_out(const Credentials& credentials) {
  const auto found = find_open_session(credentials);
  if (!found) return found.error();
  const std::string& actor = found->user->actor;
  TREDE_RETURN_IF_ERROR(
      note(TrailAction::kToegangUitloggen, TrailOutcome::kGelukt, actor, object_of_user(actor)));
  const std::lock_guard store(store_mutex_);
  TREDE_RETURN_IF_ERROR(of_disk(store_->end_session(found->hash)));
  const std::lock_guard lock(mutex_);
  sessions_.remove(found->hash);
  return {};
}

Status Gate::change_password(const Credentials& credentials, const std::string& before,
                             const std::string& after) {
  const auto found = find_open_session(credentials);
  if (!found) return found.error();
  const User& user = *found->user;
  const Tried tried =
      tried_by({.actor = user.actor, .password = "", .peer = credentials.peer}, *found->directory);
  TREDE_RETURN_IF_ERROR(check_password_of(tried, user.password_hash, before));
  TREDE_RETURN_IF_ERROR(check_password(after, user.actor));
  if (before == after) {
    return Error{ErrorCode::kInvalid, "Kies een ander wachtwoord dan het oude."};
  }
  const auto hash = hash_password(after, options_.cost);
  if (!hash) return hash.error();
  TrailEntry entry{.action = TrailAction::kToegangWachtwoord, .object = tried.object};
  entry.origin = kDoor;
  entry.actor = user.actor;
  {
    const std::lock_guard lock(trail_mutex_);
    const auto attempt = trail_->begin({&entry, 1});
    if (!attempt) return of_disk(attempt.error());
    entry.attempt = *attempt;
  }
  Status changed;
  {
    const std::lock_guard store(store_mutex_);
    changed =
        of_disk(store_->change_password(user.actor, {user.password_hash, *hash, found->hash}));
    if (changed) {
      version_ = -1;
      changed = of_disk(reload());
    }
  }
  entry.outcome = changed ? TrailOutcome::kGelukt : TrailOutcome::kMislukt;
  const std::lock_guard lock(trail_mutex_);
  const Status noted = of_disk(trail_->append({&entry, 1}));
  return changed ? noted : changed;
}

}  // namespace trede::server
