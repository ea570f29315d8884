#include "tools/server/api/call.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "tools/server/access/cookie.h"

namespace trede::server {

const std::string& Call::path_value(std::string_view name) const {
  return std::ranges::find(path_values, name, &std::pair<std::string, std::string>::first)->second;
}

std::string Call::header(std::string_view name) const {
  return std::string(request.headers.find(name).value_or(""));
}

Credentials Call::credentials() const {
  return {header("Authorization"),
          std::string(find_session_cookie(header("Cookie"), request.is_encrypted)),
          header("X-CSRF-Token"), request.method, request.peer};
}

std::size_t Call::shape() const {
  std::string text = endpoint.operation;
  for (const Parameter& parameter : endpoint.parameters) {
    const bool is_id = parameter.place != Place::kPath || parameter.kind == ValueKind::kUuid;
    if (!is_id) text += '\n' + path_value(parameter.name);
  }
  for (const char* key : {"per", "waar"}) {
    for (const std::string& value : query.all(key)) text += '\n' + value;
  }
  for (const char* key : {"bekendOp", "positie"}) text += query.find(key) ? '1' : '0';
  return std::hash<std::string>{}(text);
}

}  // namespace trede::server
