#include "tools/server/access/cookie.h"

namespace trede::server {

namespace {

std::string cookie(std::string_view value, bool is_encrypted, std::string_view more) {
  std::string out(session_cookie_name(is_encrypted));
  out.append("=").append(value).append("; Path=/; HttpOnly; SameSite=Strict");
  if (is_encrypted) out += "; Secure";
  return out.append(more);
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

}  // namespace

std::string_view session_cookie_name(bool is_encrypted) {
  return is_encrypted ? "__Host-trede_sessie" : "trede_sessie";
}

std::string set_session_cookie(std::string_view value, bool is_encrypted) {
  return cookie(value, is_encrypted, "");
}

std::string clear_session_cookie(bool is_encrypted) {
  return cookie("", is_encrypted, "; Max-Age=0");
}

std::string_view find_session_cookie(std::string_view header, bool is_encrypted) {
  std::string_view found;
  bool is_there = false;
  while (!header.empty()) {
    const auto end = header.find(';');
    const std::string_view pair = trimmed(header.substr(0, end));
    header.remove_prefix(end == header.npos ? header.size() : end + 1);
    const auto equals = pair.find('=');
    if (equals == pair.npos || pair.substr(0, equals) != session_cookie_name(is_encrypted)) {
      continue;
    }
    if (is_there) return {};  // one of them may be another's making
    is_there = true;
    found = pair.substr(equals + 1);
  }
  return found;
}

}  // namespace trede::server
