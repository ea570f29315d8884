#include "tools/server/operation/front.h"

#include <spdlog/spdlog.h>

#include <boost/asio/ip/address.hpp>
#include <chrono>

#include "tools/server/api/problem.h"
#include "tools/server/api/security_headers.h"

namespace trede::server {

namespace asio = boost::asio;

namespace {

using Watch = std::chrono::steady_clock;
using std::chrono::microseconds;

bool is_operational(const std::string& path) {
  return path == "/livez" || path == "/readyz" || path == "/metrics";
}

Response text_response(std::string text, const char* type = "text/plain") {
  Response response{.status = 200, .headers = {}, .body = std::move(text)};
  response.headers.set("Content-Type", std::string(type) + "; charset=utf-8");
  return response;
}

bool is_on_this_machine(const std::string& peer) {
  boost::system::error_code error;
  const auto address = asio::ip::make_address(peer, error);
  if (error) return false;
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).is_loopback();
  }
  return address.is_loopback();
}

}  // namespace

Response Front::answer_operation(const Request& request) const {
  if (request.method != "GET" && request.method != "HEAD") {
    Problem problem(ProblemCode::kMethodeNietToegestaan, "only GET");
    problem.headers.set("Allow", "GET, HEAD");
    return problem.response();
  }
  if (request.path == "/livez") return text_response("ok\n");
  if (request.path == "/readyz") {
    const std::string why = parts_.why_not_ready();
    return why.empty() ? text_response("ok\n")
                       : Problem(ProblemCode::kNietBeschikbaar, why).response();
  }
  if (!parts_.metrics_for_all && !is_on_this_machine(request.peer)) {
    return forbidden("only for who is on this machine; metrics.for_all lets others in").response();
  }
  return text_response(parts_.metrics.text(), "text/plain; version=0.0.4");
}

asio::awaitable<Response> Front::answer(Request request) {
  if (is_operational(request.path)) {
    Response told = answer_operation(request);
    add_security_headers(told, request.is_encrypted);
    co_return told;
  }
  const std::string operation = parts_.operation_of(request.method, request.path);
  const std::string trace = request.trace_id;
  const std::string span = request.span_id;
  const auto begun = Watch::now();
  Response response = co_await parts_.application.answer(std::move(request));
  const auto took = std::chrono::duration_cast<microseconds>(Watch::now() - begun);
  const std::string& name = operation.empty() ? std::string("geen") : operation;
  parts_.metrics.count(name, response.status, took);
  const auto level = response.status >= 500 ? spdlog::level::err : spdlog::level::info;
  spdlog::log(level, "request operation={} status={} us={} trace={} span={}", name, response.status,
              took.count(), trace, span);
  co_return response;
}

Response Front::refuse(unsigned status, std::string detail) {
  spdlog::info("request operation=geen status={} refused={}", status, detail);
  return parts_.application.refuse(status, std::move(detail));
}

}  // namespace trede::server
