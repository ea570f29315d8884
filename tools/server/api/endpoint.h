// The table of endpoints: what may be called, by whom, with what. The router, the document at
// /v1/openapi.json, the checks of a request and the tests of who may do what come from it.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tools/server/access/permissions.h"
#include "tools/server/api/pace.h"
#include "tools/server/api/problem.h"
#include "tools/server/api/query_keys.h"

namespace trede::server {

struct Call;
struct Reply;

// Answers in a thread of the pool, or in that of the connection when it is quick.
using Answering = OrProblem<Reply> (*)(Call& call);
// Answers without keeping a thread while it waits. Runs in an io thread: what may wait for the disk
// it hands to the pool.
using AnsweringLater = boost::asio::awaitable<OrProblem<Reply>> (*)(std::shared_ptr<Call> call);

struct Endpoint {
  std::string method;
  std::string path;       // `/v1/cijfers/{maat}`
  std::string operation;  // its name in the document, and for who counts calls: `leesCijfers`
  std::string tag;
  std::string summary;      // Dutch
  bool is_open = false;     // for who is not known too
  bool of_session = false;  // for the session of a page alone, also before its password is changed
  std::vector<Permission> permissions = {};                // one of these; empty = whoever is known
  const google::protobuf::Descriptor* request = nullptr;   // null = no body
  std::vector<std::string> takes = {};                     // media types of a body that is a file
  const google::protobuf::Descriptor* response = nullptr;  // null = not a message of ours
  std::vector<std::string> produces = {};  // media types, the first is the default; empty = 204
  std::vector<Parameter> parameters = {};
  std::string example = {};                // of the body, in JSON
  std::vector<ProblemCode> problems = {};  // beside those that every endpoint has
  std::vector<std::string> says = {};      // headers beside those that every answer has
  bool may_be_partial = false;             // an answer of 206 or 304
  bool is_always_new = false;              // 201 and never 200: nothing was there already
  bool only_reads = false;                 // 200 and never 201, though it has a body
  Pace pace = Pace::kLong;                 // of `answer`
  Answering answer = nullptr;
  AnsweringLater answer_later = nullptr;  // one of the two
};

// All of them, in the order of the document. Lives for ever.
const std::vector<Endpoint>& endpoints();

// What belongs to each part of the table, with its handlers.
std::vector<Endpoint> catalogue_endpoints();
std::vector<Endpoint> figure_endpoints();
std::vector<Endpoint> dossier_endpoints();
std::vector<Endpoint> caseload_endpoints();
std::vector<Endpoint> recording_endpoints();
std::vector<Endpoint> possibility_endpoints();
std::vector<Endpoint> follow_endpoints();
std::vector<Endpoint> position_endpoints();
std::vector<Endpoint> target_endpoints();
std::vector<Endpoint> series_endpoints();
std::vector<Endpoint> figures_together_endpoints();
std::vector<Endpoint> report_endpoints();
std::vector<Endpoint> evidence_endpoints();
std::vector<Endpoint> session_endpoints();
std::vector<Endpoint> example_endpoints();
std::vector<Endpoint> person_endpoints();
std::vector<Endpoint> account_endpoints();
std::vector<Endpoint> bundle_endpoints();
std::vector<Endpoint> trail_endpoints();
std::vector<Endpoint> rereading_endpoints();
std::vector<Endpoint> import_endpoints();
std::vector<Endpoint> standing_endpoints();
std::vector<Endpoint> organisation_endpoints();
std::vector<Endpoint> token_endpoints();

// Which endpoint a request is for.
struct Routed {
  const Endpoint* endpoint = nullptr;
  std::vector<std::pair<std::string, std::string>> path_values;  // by name, decoded
};
// HEAD is answered by GET. Errors: 404; 405 with `Allow`.
OrProblem<Routed> route(std::string_view method, std::string_view path);

}  // namespace trede::server
