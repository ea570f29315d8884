// Bytes of the network to answers, the whole way: read as a connection reads them, routed, the keys
// of the query and the body read, judged, recorded or counted, by an Api over a small organisation
// in a folder of its own. Whatever comes, it is answered with a status that the document knows, and
// never with a failure of the server; what is JSON is JSON; and who is not known gets nothing.
#include <boost/json.hpp>
#include <memory>
#include <set>

#include "tests/fuzz/target.h"
#include "tests/unit/server/api/api_fixture.h"
#include "tools/server/api/problem.h"
#include "tools/server/http/request_reader.h"

using namespace trede::test;
using namespace trede::server;

namespace {

namespace json = boost::json;

constexpr Limits kLimits{.head = 4096, .headers = 30, .target = 1000, .body = 20'000};
// After as many requests a new organisation: nothing that was recorded stays for ever.
constexpr int kMostRequests = 400;
constexpr int kMostAtOnce = 4;

class Organisation final : public ApiFixture {
 public:
  using ApiFixture::Answered;
  Answered answer(Request request) { return ApiFixture::answer(std::move(request)); }
  Response refuse(const Refusal& refusal) { return api_->refuse(refusal.status, refusal.detail); }

 private:
  void TestBody() override {}
};

// One that lives for a while. The first is there before the static is: so the last ends before what
// it stands on.
Organisation& organisation() {
  static auto current = std::make_unique<Organisation>();
  static int requests = 0;
  if (++requests > kMostRequests) {
    current.reset();
    current = std::make_unique<Organisation>();
    requests = 0;
  }
  return *current;
}

std::set<unsigned> known_statuses() {
  std::set<unsigned> out = {200, 201, 204, 304};
  for (const ProblemKind& kind : problem_kinds()) out.insert(kind.status);
  out.erase(500);
  return out;
}

void check_headers(const Response& response) {
  must(response.headers.find("API-Version").has_value(), "an answer says its version");
  must(response.headers.find("Trede-Positie").has_value(), "an answer says its position");
  must(response.headers.find("X-Content-Type-Options").has_value(), "a type is not guessed");
  for (const auto& [name, value] : response.headers) {
    must(value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos,
         "a header is one line");
  }
}

json::value parsed(const std::string& text) {
  json::error_code wrong;
  json::value out = json::parse(text, wrong);
  must(!wrong, "what is called JSON is JSON");
  return out;
}

void check_problem(const Response& response, const std::string& body) {
  must(response.headers.find("Content-Type") == "application/problem+json", "it is a problem");
  const json::object says = parsed(body).as_object();
  must(says.at("status").as_int64() == response.status, "a problem has the status of its answer");
  must(says.at("type").as_string().starts_with("urn:trede:problem:"), "a problem has a type");
  const json::string& detail = says.at("detail").as_string();
  must(!detail.empty() && detail.find_first_of("\r\n") == json::string::npos,
       "a problem is told in one line");
  must(detail.find("TYPE_") == json::string::npos, "a problem is told in our words");
}

void check(const Response& response, const std::string& body) {
  static const std::set<unsigned> kKnown = known_statuses();
  must(kKnown.contains(response.status), "a status that is known, and no failure");
  check_headers(response);
  if (response.status >= 400) return check_problem(response, body);
  if (response.headers.find("Content-Type") == "application/json") parsed(body);
  must(response.status != 304 || body.empty(), "what is not changed is not sent");
}

// Some are open; else who says nothing of himself is told to.
void check_unknown(const Request& request, unsigned status) {
  const auto& headers = request.headers;
  if (headers.find("Authorization") || headers.find("Cookie")) return;
  const bool is_open = request.path == "/v1/openapi.json" || request.path == "/v1/sessies";
  must(is_open || status >= 400, "who is not known gets nothing");
}

// Asks what the bytes are, one request behind the other.
void ask_all(std::string_view bytes) {
  for (int i = 0; i < kMostAtOnce && !bytes.empty(); ++i) {
    RequestReader reader(kLimits);
    while (!reader.is_done()) {
      const auto used = reader.take(bytes);
      if (!used) {
        const Response refused = organisation().refuse(used.error());
        must(refused.status == used.error().status, "a refusal keeps its status");
        check_headers(refused);
        check_problem(refused, std::get<std::string>(refused.body));
        return;
      }
      bytes.remove_prefix(*used);
      if (!reader.is_done() && (*used == 0 || bytes.empty())) return;  // more would have to come
    }
    const Request request = reader.release();
    const auto answered = organisation().answer(request);
    check(answered.response, answered.body);
    check_unknown(request, answered.status());
  }
}

// Of a line of a head what the reader takes.
std::string visible(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c >= ' ' && c <= '~') out += c;
  }
  return out;
}

// The next piece of `text`, up to `end`, which goes with it.
std::string_view take_until(std::string_view& text, std::string_view end) {
  const auto at = std::min(text.find(end), text.size());
  const std::string_view out = text.substr(0, at);
  text.remove_prefix(std::min(at + end.size(), text.size()));
  return out;
}

// The nearest request that is well formed, so that what became of a target or a body gets further
// than the reader.
std::string well_formed(std::string_view bytes) {
  std::string_view head = take_until(bytes, "\r\n\r\n");
  std::string_view line = take_until(head, "\r\n");
  const std::string method = visible(take_until(line, " "));
  const std::string target = visible(take_until(line, " "));
  std::string out = (method.empty() ? "GET" : method) + " " + (target.empty() ? "/" : target) +
                    " HTTP/1.1\r\nHost: a\r\n";
  while (!head.empty()) {
    std::string_view value = take_until(head, "\r\n");
    const std::string name = visible(take_until(value, ":"));
    const bool is_ours = name.empty() || name.find(' ') != name.npos || name == "Host" ||
                         name == "Content-Length" || name == "Transfer-Encoding";
    if (!is_ours) out += name + ":" + visible(value) + "\r\n";
  }
  return out + "Content-Length: " + std::to_string(bytes.size()) + "\r\n\r\n" + std::string(bytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = text_of(data, size);
  ask_all(bytes);
  ask_all(well_formed(bytes));
  return 0;
}
