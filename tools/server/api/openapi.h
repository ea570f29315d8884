// The document that describes the endpoints: OpenAPI 3.0, from their table and from the messages.
#pragma once

#include <string>
#include <string_view>

namespace trede::server {

inline constexpr std::string_view kApiVersion = "1.0.0";  // of every answer; rises with the API

// What the document says of this installation.
struct Publication {
  // `https://trede.velsen.example`, where the world reaches the server; empty: whoever has the
  // document reaches it at the same place.
  std::string base_url = {};
  // Who to ask. That is for every installation its own; `.invalid` can be nobody's.
  std::string contact_name = "Beheer van deze installatie";
  std::string contact_email = "beheer@trede.invalid";
  std::string contact_url = "https://trede.invalid";
};

// In JSON. Paths are relative to the server `.../v1`.
std::string openapi_document(const Publication& publication);

}  // namespace trede::server
