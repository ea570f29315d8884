// Certificates, and sessions of TLS 1.3 made with them.
#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <string>

#include "engine/base/result.h"

namespace trede::server {

struct FreeSsl {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  void operator()(SSL* session) const { SSL_free(session); }
};
using SslContext = std::unique_ptr<SSL_CTX, FreeSsl>;
using SslSession = std::unique_ptr<SSL, FreeSsl>;

// Reads a certificate with its chain and its key (PEM files).
// Errors: kInvalid: a file that is missing or no PEM, a key with a password, or one that is not the
//         certificate's. The message names the file.
Result<SslContext> load_certificate(const std::string& certificate_file,
                                    const std::string& key_file);

// The server's side of a connection on `socket`, which stays the caller's and must not block.
// Errors: kIo: no memory.
Result<SslSession> make_session(SSL_CTX& context, int socket);

}  // namespace trede::server
