// Asks a server, and turns what it refuses into what a person is told on the command line.
#pragma once

#include <google/protobuf/message.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "tools/trede/failure.h"
#include "tools/trede/remote/exchange.h"
#include "tools/trede/source.h"

namespace trede::tool {

// Keys of the query of a request, in order; values as they are.
using QueryValues = std::vector<std::pair<std::string, std::string>>;

// What a server answered, when it did what was asked.
struct ServerAnswer {
  std::string body;
  std::string media_type;
  std::uint64_t position = 0;  // how much of the log was known to it
};

// Threads: one.
class Client {
 public:
  // Errors: exit status 2, for an address, a token or authorities that cannot be used.
  static Outcome<Client> open(const SourceOptions& source);

  // `path` as `/v1/cijfers/` and a last part, which is escaped here.
  // Errors: exit status 2 for what the server takes as wrong, does not find or does not allow, in
  // the words of the command line; 1 for a server that cannot be reached, failed, is busy, speaks
  // another version, or is none of ours.
  Outcome<ServerAnswer> get(const std::string& path, const std::string& last,
                            const QueryValues& query, const std::string& media_type) const;
  // The same, as a message.
  Outcome<> get_message(const std::string& path, const std::string& last, const QueryValues& query,
                        google::protobuf::Message& into) const;
  // How many events there are now.
  Outcome<std::uint64_t> last_position() const;

  Failure system_failure(const std::string& says) const;

 private:
  Client(Connecting connecting, std::string token)
      : connecting_(std::move(connecting)), token_(std::move(token)) {}
  Outcome<> check_version(const HttpAnswer& answer) const;
  Failure refused(const HttpAnswer& answer) const;

  Connecting connecting_;
  std::string token_;
};

}  // namespace trede::tool
