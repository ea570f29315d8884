// The cookie of a session, as it stands in the headers of HTTP.
#pragma once

#include <string>
#include <string_view>

namespace trede::server {

// Over TLS `__Host-trede_sessie`, which a browser keeps to this one host and to TLS; without TLS,
// so on loopback, `trede_sessie`.
std::string_view session_cookie_name(bool is_encrypted);
// The value of a Set-Cookie header: HttpOnly, SameSite=Strict, gone with the browser.
std::string set_session_cookie(std::string_view value, bool is_encrypted);
// One that ends it.
std::string clear_session_cookie(bool is_encrypted);
// The value of the session's cookie in a Cookie header; empty when it is not there, or twice.
std::string_view find_session_cookie(std::string_view header, bool is_encrypted);

}  // namespace trede::server
