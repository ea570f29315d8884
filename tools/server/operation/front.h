// What stands before the endpoints: who looks after the server asks here whether it lives, is
// ready, and how it does; every answer is counted and logged.
#pragma once

#include <functional>
#include <string>

#include "engine/base/clock.h"
#include "tools/server/http/message.h"
#include "tools/server/operation/metrics.h"

namespace trede::server {

struct FrontParts {
  Application& application;  // answers everything else
  Metrics& metrics;
  const Clock& clock;
  // The operation that a method and path are for; empty when there is none. For metrics and logs:
  // paths hold ids, and may hold anything.
  std::function<std::string(const std::string& method, const std::string& path)> operation_of;
  // Why it is not ready to answer; empty when it is.
  std::function<std::string()> why_not_ready;
  bool metrics_for_all = false;
};

// `GET /livez`, `/readyz` and `/metrics`, for who is not logged in too; no personal data in any.
// Owner: the service. What it stands on outlives it. Threads: any.
class Front final : public Application {
 public:
  explicit Front(FrontParts parts) : parts_(std::move(parts)) {}

  boost::asio::awaitable<Response> answer(Request request) override;
  Response refuse(unsigned status, std::string detail) override;

 private:
  Response answer_operation(const Request& request) const;

  FrontParts parts_;
};

}  // namespace trede::server
