#include "tools/server/access/gate.h"

#include <algorithm>

#include "tools/server/access/access_rows.h"
#include "tools/server/access/rate_limits.h"
#include "tools/server/access/secrets.h"

namespace trede::server {

namespace {

constexpr std::size_t kMostKeys = 20'000;  // of failures that are counted, each kind
constexpr std::size_t kMostTokensSeen = 100'000;

Error nobody() { return {ErrorCode::kNotFound, "not logged in, or the session or token is over"}; }

bool changes_nothing(const std::string& method) {
  return method == "GET" || method == "HEAD" || method == "OPTIONS";
}

}  // namespace

Gate::Gate(std::unique_ptr<AccessStore> store, std::unique_ptr<Trail> trail, const Clock& clock,
           RandomSource& random, const GateOptions& options)
    : clock_(clock),
      random_(random),
      options_(options),
      nobodys_hash_(hash_password(new_one_time_password(random), options.cost).value_or("")),
      queue_(options.hashes_at_once, options.hashes_waiting),
      store_(std::move(store)),
      written_(clock.now()),
      trail_(std::move(trail)),
      sessions_(options.sessions),
      known_(options.account, kMostKeys),
      unknown_(options.account, kMostKeys),
      peers_(options.peer, kMostKeys) {}

Gate::~Gate() {
  const Status unseen = flush();  // what is lost is when somebody was last seen
  static_cast<void>(unseen);
}

Result<std::unique_ptr<Gate>> Gate::open(const AccessPlace& place, const Clock& clock,
                                         RandomSource& random, const GateOptions& options) {
  prepare_secrets();
  auto store = AccessStore::open(place.data, place.log, StoreAccess::kWrite);
  if (!store) return std::move(store).error();
  (*store)->set_patience(options.patience);
  auto trail = Trail::open(place.data, place.log, TrailAccess::kWrite, clock);
  if (!trail) return std::move(trail).error();
  std::unique_ptr<Gate> gate(
      new Gate(std::move(*store), std::move(*trail), clock, random, options));
  if (gate->nobodys_hash_.empty()) return Error{ErrorCode::kIo, "no memory to hash a password"};
  TREDE_RETURN_IF_ERROR(gate->look(true));
  return gate;
}

std::shared_ptr<const AccessDirectory> Gate::directory() {
  const std::lock_guard lock(mutex_);
  return directory_;
}

Status Gate::of_disk(Status status) {
  if (status || status.error().code != ErrorCode::kLocked) return status;
  return Error{ErrorCode::kIo, std::move(status.error().message)};
}

// A moment ago, or what clocks of threads differ in: one that was set back is no look ahead.
bool Gate::is_fresh(Moment then, Moment now) const {
  return now - then < options_.look_every && then - now < options_.look_every;
}

// Whoever comes first after a while looks, for all. Who comes while he does waits for what he
// finds: going on with what was known, it would go on with what was taken away longer ago than
// look_every.
Status Gate::look(bool at_once) {
  const Moment now = clock_.now();
  if (!at_once && is_fresh(looked_, now)) return {};
  const std::lock_guard store(store_mutex_);
  if (!at_once && is_fresh(looked_, now)) return {};
  // All who wait for a file that cannot be read do so once.
  if (at_once || !is_fresh(failed_at_, now)) {
    failed_ = of_disk(reload());
    if (failed_) {
      looked_ = now;
      failed_at_ = Moment{};
      const Status seen = write_seen();  // a disk that takes nothing more keeps nobody out
      static_cast<void>(seen);
      return {};
    }
    failed_at_ = clock_.now();
  }
  // Nobody may be let in on what may have been taken away; a moment of patience, though.
  constexpr int kPatience = 10;
  const bool is_patient = !at_once && now - looked_.load() < kPatience * options_.look_every;
  return is_patient ? Status() : failed_;
}

// Requires: store_mutex_.
Status Gate::reload() {
  const auto version = store_->load_data_version();
  if (!version) return version.error();
  const Day today = civil_day(clock_.now());
  const auto before = directory();
  if (before != nullptr && *version == version_ && before->day() == today) return {};
  const auto accounts = store_->load();
  if (!accounts) return accounts.error();
  auto next = std::make_shared<const AccessDirectory>(*accounts, today);
  const std::lock_guard lock(mutex_);
  if (before != nullptr) {
    for (const User& user : accounts->users) {  // a new password is a new beginning
      const User* const old = before->find_user(user.actor);
      if (old != nullptr && old->password_hash != user.password_hash) known_.forget(user.actor);
    }
  }
  directory_ = std::move(next);
  sessions_.replace(accounts->sessions);
  version_ = *version;
  return {};
}

// Requires: store_mutex_. What is not written is tried again after a while.
Status Gate::write_seen() {
  const Moment now = clock_.now();
  if (now - written_ < options_.write_seen_every && now >= written_) return {};
  written_ = now;
  std::vector<AccessStore::Seen> sessions;
  std::vector<AccessStore::Seen> tokens;
  {
    const std::lock_guard lock(mutex_);
    for (const Session& session : sessions_.unwritten()) {
      sessions.push_back({session.hash, session.seen});
    }
    for (const auto& [hash, seen] : tokens_seen_) tokens.push_back({hash, seen});
  }
  if (sessions.empty() && tokens.empty()) return {};
  TREDE_RETURN_IF_ERROR(store_->put_seen(sessions, tokens));
  const std::lock_guard lock(mutex_);
  sessions_.mark_written();
  tokens_seen_.clear();
  return {};
}

Status Gate::flush() {
  const std::lock_guard store(store_mutex_);
  written_ = Moment{};
  return write_seen();
}

std::size_t Gate::users() { return directory()->users(); }

std::size_t Gate::sessions() {
  const std::lock_guard lock(mutex_);
  return sessions_.size();
}

Result<Identity> Gate::authenticate(const Credentials& credentials) {
  if (!credentials.authorization.empty()) {
    TREDE_RETURN_IF_ERROR(look(false));
    return find_token(credentials.authorization);
  }
  auto session = find_session(credentials);
  if (!session) return std::move(session).error();
  if (session->must_change_password) {
    return Error{ErrorCode::kRefused, "the password must be changed first"};
  }
  return std::move(session->identity);
}

Result<Identity> Gate::find_token(const std::string& authorization) {
  constexpr std::string_view kScheme = "bearer ";  // whatever its case
  const std::string_view all = authorization;
  const auto is_alike = [](char small, char given) { return small == (given | 0x20); };
  if (all.size() < kScheme.size() ||
      !std::equal(kScheme.begin(), kScheme.end(), all.begin(), is_alike)) {
    return nobody();
  }
  const std::string_view secret = all.substr(kScheme.size());
  if (!is_secret(SecretUse::kToken, secret)) return nobody();
  const std::string hash = hash_secret(SecretUse::kToken, secret);
  const auto known = directory();
  const auto* const token = known->find_token(hash);
  const Moment now = clock_.now();
  if (token == nullptr || now >= token->expires) return nobody();
  const std::lock_guard lock(mutex_);
  if (tokens_seen_.size() < kMostTokensSeen) tokens_seen_[hash] = now;
  return token->identity;
}

Result<SessionInfo> Gate::find_session(const Credentials& credentials) {
  auto found = find_open_session(credentials);
  if (!found) return std::move(found).error();
  return std::move(found->info);
}

Status Gate::check_csrf(const Credentials& credentials) const {
  if (changes_nothing(credentials.method)) return {};
  if (is_same(credentials.csrf, csrf_of(credentials.session_cookie))) return {};
  return Error{ErrorCode::kRefused,
               "a method that changes something needs the CSRF token of the session"};
}

Result<Gate::FoundSession> Gate::find_open_session(const Credentials& credentials) {
  TREDE_RETURN_IF_ERROR(look(false));
  const std::string& cookie = credentials.session_cookie;
  if (!is_secret(SecretUse::kSession, cookie)) return nobody();
  FoundSession found{.hash = hash_secret(SecretUse::kSession, cookie),
                     .user = nullptr,
                     .directory = nullptr,
                     .info = {}};
  {
    const std::lock_guard lock(mutex_);
    const std::string actor = sessions_.use(found.hash, clock_.now());
    if (actor.empty()) return nobody();
    found.directory = directory_;
    found.info.until = sessions_.end_of(found.hash);
    found.user = found.directory->find_user(actor);
  }
  const Identity* const identity =
      found.user == nullptr ? nullptr : found.directory->find_identity(found.user->actor);
  if (identity == nullptr) return nobody();
  TREDE_RETURN_IF_ERROR(check_csrf(credentials));
  found.info.identity = *identity;
  found.info.csrf = csrf_of(cookie);
  found.info.must_change_password = found.user->must_change_password;
  return found;
}

}  // namespace trede::server
