// From what a request carries to who asks. Knows nothing of HTTP.
#pragma once

#include <functional>
#include <string>

#include "engine/base/result.h"
#include "tools/server/access/identity.h"

namespace trede::server {

// What of a request says who asks. Empty = it had none.
struct Credentials {
  std::string authorization = {};   // the value of the header, `Bearer …`
  std::string session_cookie = {};  // the value of the cookie of the session
  std::string csrf = {};    // the value of the header with the token against forged requests
  std::string method = {};  // upper case
  std::string peer = {};    // address of the client, without port
};

// Threads: any; may read a file, so to be called where that may block.
class Authenticator {
 public:
  virtual ~Authenticator() = default;
  // A token goes before a cookie.
  // Errors: kNotFound  nobody: nothing was given, or it is unknown, over or withdrawn (401);
  //         kRefused   somebody who may not, like this: a method that changes something with a
  //                    cookie and without the CSRF token, or a password that must be changed
  //                    first (403);
  //         kLocked, kIo, kCorrupt  the file of users and tokens cannot be read (503).
  virtual Result<Identity> authenticate(const Credentials& credentials) = 0;
};

using Authenticate = std::function<Result<Identity>(const Credentials&)>;

}  // namespace trede::server
