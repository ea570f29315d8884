// Sessions of pages: opened with a password, ended, and what a page has to know of its own. Knows
// nothing of HTTP.
#pragma once

#include <chrono>
#include <string>

#include "engine/base/result.h"
#include "engine/base/time.h"
#include "tools/server/access/authenticator.h"
#include "tools/server/access/identity.h"

namespace trede::server {

struct Login {
  std::string actor;
  std::string password;
  std::string peer;
};

struct LoggedIn {
  std::string cookie;  // the value; a secret
  std::string csrf;    // to be sent back with what changes something
  bool must_change_password = false;
  Moment until{};  // over then at the latest
};

// What a page has to know of its own session.
struct SessionInfo {
  Identity identity;
  std::string csrf;
  bool must_change_password = false;
  Moment until{};  // over then at the latest
};

// Threads: any; calls block (the disk, a password), so never from a thread that serves connections.
class Sessions {
 public:
  virtual ~Sessions() = default;

  // Errors (sentences in Dutch, for who tries):
  //   kRefused  name or password is wrong (401);
  //   kLocked   tried too often, or too many at once; wait_for tells how long (429);
  //   kIo, kCorrupt  users or trail cannot be read or written, or another process keeps them (503).
  virtual Result<LoggedIn> log_in(const Login& login) = 0;
  // How long log_in refuses that name from there yet; zero: it does not.
  virtual std::chrono::seconds wait_for(const std::string& actor, const std::string& peer) = 0;

  // As Authenticator::authenticate, for the session of a page, also when its password must be
  // changed first. Errors: as there; a token has none: kNotFound.
  virtual Result<SessionInfo> find_session(const Credentials& credentials) = 0;

  // Ends the session. Errors: as find_session.
  virtual Status log_out(const Credentials& credentials) = 0;
  // Also ends the other sessions of that user.
  // Errors: as find_session;  kInvalid  the new one is not good enough, or the old one (Dutch);
  //         kRefused  the old one is wrong;  kLocked  tried too often.
  virtual Status change_password(const Credentials& credentials, const std::string& before,
                                 const std::string& after) = 0;

  // What was changed in the file of users counts for every request that comes after this call,
  // and not only after a while. Errors: kIo, kCorrupt, kNewer  it cannot be read now; what was
  // changed is then seen as any change of another process is.
  virtual Status take_up_changes() = 0;
};

}  // namespace trede::server
