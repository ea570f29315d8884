// Asks a server, and turns what it refuses into what a person is told on the command line.
#pragma once

#include <google/protobuf/message.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "proto/api.pb.h"
#include "tools/trede/failure.h"
#include "tools/trede/remote/exchange.h"
#include "tools/trede/source.h"

namespace trede::tool {

// Keys of the query of a request, in order; values as they are.
using QueryValues = std::vector<std::pair<std::string, std::string>>;

struct ServerQuestion {
  std::string path;       // `/v1/cijfers/`
  std::string last = {};  // of the path, which is escaped here
  QueryValues query = {};
  std::string media_type = "application/x-protobuf";
  const google::protobuf::Message* body = nullptr;  // null = only asks
  // Of what is to be done once: then it is asked again when the connection is lost.
  std::string idempotency_key = {};
};

// What a server answered, when it did what was asked.
struct ServerAnswer {
  std::string body;
  std::string media_type;
  std::uint64_t position = 0;  // how much of the log was known to it
  std::string moment = {};     // that belongs to it, of a report
  std::string unplaced = {};   // rows that were explained and are not in the report
};

// Or why not, when it has to do with what was asked: 400, 403, 404, 409.
using ServerSays = std::variant<ServerAnswer, api::Probleem>;

// Takes the next piece of a body. Returns: whether it takes more.
using TakeBytes = std::function<bool(std::string_view)>;

// Threads: one.
class Client {
 public:
  // Errors: exit status 2, for an address, a token or authorities that cannot be used.
  static Outcome<Client> open(const SourceOptions& source);

  // Errors: exit status 2 for a token that the server does not know; 1 for a server that cannot be
  // reached, failed, is busy, speaks another version, or is none of ours.
  Outcome<ServerSays> ask(const ServerQuestion& question) const;
  // The same; what the server takes as wrong, does not find or does not allow is exit status 2 too,
  // in the words of the command line.
  Outcome<ServerAnswer> get(const ServerQuestion& question) const;
  // The same, as a message.
  Outcome<> get_message(const ServerQuestion& question, google::protobuf::Message& into) const;
  // Hands the body to `take` as it comes, until that returns false.
  // Errors: as of get; also 1 for one that was cut off, when some of it was handed over.
  Outcome<> get_pieces(const ServerQuestion& question, const TakeBytes& take) const;
  // How many events there are now.
  Outcome<std::uint64_t> last_position() const;

  Outcome<> read(const ServerAnswer& answer, google::protobuf::Message& into) const;
  // What a person is told of a problem that `ask` gave.
  Failure refused(const api::Probleem& problem) const;
  Failure system_failure(const std::string& says) const;

 private:
  Client(Connecting connecting, std::string token)
      : connecting_(std::move(connecting)), token_(std::move(token)) {}
  HttpRequest request_of(const ServerQuestion& question) const;
  Outcome<> check_version(const HttpAnswer& answer) const;
  Outcome<api::Probleem> problem_of(const HttpAnswer& answer) const;
  Outcome<ServerAnswer> good_answer(HttpAnswer answer, const std::string& media_type) const;

  Connecting connecting_;
  std::string token_;
};

}  // namespace trede::tool
