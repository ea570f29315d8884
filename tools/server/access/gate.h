// Lets people and programs in: passwords into sessions, sessions and tokens into identities.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "engine/base/clock.h"
#include "engine/trail/trail.h"
#include "tools/server/access/access_directory.h"
#include "tools/server/access/access_store.h"
#include "tools/server/access/authenticator.h"
#include "tools/server/access/hash_queue.h"
#include "tools/server/access/lockout.h"
#include "tools/server/access/passwords.h"
#include "tools/server/access/session_table.h"
#include "tools/server/access/sessions.h"

namespace trede::server {

struct GateOptions {
  SessionRule sessions = {};
  LockoutRule account = {};
  // A gemeente sits behind one address, so many may mistype there.
  LockoutRule peer = {.free_failures = 30, .forget = std::chrono::seconds{15 * 60}};
  PasswordCost cost = PasswordCost::interactive();
  // Together the threads that logins may hold: fewer than the pool has, or others wait with them.
  std::size_t hashes_at_once = 2;
  std::size_t hashes_waiting = 8;
  // What another process changed is seen after so long.
  std::chrono::milliseconds look_every{1000};
  // For another process that keeps the file, usually for some milliseconds; who waits keeps a
  // thread of the pool.
  std::chrono::milliseconds patience{500};
  // When somebody was last seen goes to disk so often; a crash forgets no more.
  std::chrono::minutes write_seen_every{5};
};

// Whose users: those of the data folder `data` with the log `log`.
struct AccessPlace {
  std::filesystem::path data;
  Uuid log;
};

// Owner: the server. Threads: any; calls block (the disk, a password), so never from a thread that
// serves connections: but for those of which is_at_hand() says that they do not.
//
// Invariants
//  1. What it lets in is known to the trail before it is let in; what it changes, before and after.
//  2. An unknown name, a blocked one and a wrong password cannot be told apart, also not by time.
//  3. What another process gave or took away counts after GateOptions::look_every, for every
//     request that comes after that; when the file can no longer be read for ten times as long,
//     everything is refused.
class Gate final : public Authenticator, public Sessions {
 public:
  // `clock` and `random` must outlive it.
  // Errors: kCorrupt, kNewer, kLocked, kIo  of the file of users, or of the audit trail.
  static Result<std::unique_ptr<Gate>> open(const AccessPlace& place, const Clock& clock,
                                            RandomSource& random, const GateOptions& options = {});
  ~Gate() override;

  Result<LoggedIn> log_in(const Login& login) override;
  std::chrono::seconds wait_for(const std::string& actor, const std::string& peer) override;
  // Whether authenticate and find_session answer from memory now, without a look at the file.
  // Threads: any, also one that serves connections.
  bool is_at_hand() const { return is_fresh(looked_, clock_.now()); }
  Result<Identity> authenticate(const Credentials& credentials) override;
  Result<SessionInfo> find_session(const Credentials& credentials) override;
  Status log_out(const Credentials& credentials) override;
  Status change_password(const Credentials& credentials, const std::string& before,
                         const std::string& after) override;
  Status take_up_changes() override { return look(true); }

  // How many users and open sessions there are.
  std::size_t users();
  std::size_t sessions();
  // Writes when who was last seen. Also done on destruction. Errors: kLocked, kIo.
  Status flush();

 private:
  Gate(std::unique_ptr<AccessStore> store, std::unique_ptr<Trail> trail, const Clock& clock,
       RandomSource& random, const GateOptions& options);
  struct FoundSession {
    std::string hash;
    const User* user;  // of `directory`
    std::shared_ptr<const AccessDirectory> directory;
    SessionInfo info;
  };
  struct Tried {
    std::string key;  // what failures are counted under
    std::string peer;
    std::string object;  // for the trail
    bool is_known = false;
  };

  // Of the file of users or the trail. kLocked of the gate is who tried too often: a file that
  // another process keeps is one that cannot be used, whoever asks.
  static Status of_disk(Status status);
  Status look(bool at_once);
  bool is_fresh(Moment then, Moment now) const;
  Status reload();
  Status write_seen();
  Status check_csrf(const Credentials& credentials) const;
  Result<Identity> find_token(const std::string& authorization);
  Result<FoundSession> find_open_session(const Credentials& credentials);
  Status check_password_of(const Tried& tried, const std::string& hash,
                           const std::string& password);
  std::chrono::seconds wait(const Tried& tried);
  Tried tried_by(const Login& login, const AccessDirectory& directory) const;
  Status fail(const Tried& tried);
  void forgive(const Tried& tried);
  Result<LoggedIn> open_session(const User& user);
  void renew_hash(const User& user, const std::string& password);
  Status note(TrailAction action, TrailOutcome outcome, const std::string& actor,
              const std::string& object);
  std::shared_ptr<const AccessDirectory> directory();

  const Clock& clock_;
  RandomSource& random_;
  const GateOptions options_;
  const std::string nobodys_hash_;  // what a password of nobody is held against
  HashQueue queue_;

  // Locked in this order.
  std::mutex store_mutex_;  // of the file, and for whoever changes what is in memory by it
  std::unique_ptr<AccessStore> store_;
  std::int64_t version_ = 0;
  Moment written_{};
  Moment failed_at_{};  // when the last look ended without success
  Status failed_;       // with which error

  std::mutex trail_mutex_;
  std::unique_ptr<Trail> trail_;

  std::mutex mutex_;  // short: of what follows
  std::shared_ptr<const AccessDirectory> directory_;
  SessionTable sessions_;
  std::unordered_map<std::string, Moment> tokens_seen_;  // not written yet
  Lockout known_;                                        // names of users, as many as there are
  Lockout unknown_;                                      // other names
  Lockout peers_;

  std::atomic<Moment> looked_{Moment{}};  // when the last look that went well began
};

}  // namespace trede::server
