// The document that describes the endpoints: OpenAPI 3.0, from their table and from the messages.
#pragma once

#include <string>
#include <string_view>

namespace trede::server {

inline constexpr std::string_view kApiVersion = "1.0.0";  // of every answer; rises with the API

// In JSON. Paths are relative to the server `.../v1`.
const std::string& openapi_document();

}  // namespace trede::server
