#include "tools/trede/remote/server_address.h"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <charconv>
#include <cstdint>
#include <string_view>

namespace trede::tool {

namespace {

Failure bad_address(const std::string& says) {
  return wrong_input("--server: " + says + ", expected https://HOST or https://HOST:PORT");
}

bool is_host_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '-';
}

bool is_port(std::string_view text) {
  std::uint16_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() && value > 0;
}

bool is_ipv6(std::string_view text) {
  boost::system::error_code wrong;
  boost::asio::ip::make_address_v6(std::string(text), wrong);
  return !wrong;
}

bool is_this_machine(const std::string& host) {
  if (host == "localhost") return true;
  boost::system::error_code wrong;
  const auto address = boost::asio::ip::make_address(host, wrong);
  return !wrong && address.is_loopback();
}

// `HOST`, `HOST:PORT`, `[IPV6]`, `[IPV6]:PORT`. Returns: false when it is none of them.
bool read_authority(std::string_view text, ServerAddress& out) {
  std::string_view rest;
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    if (end == std::string_view::npos) return false;
    out.host = text.substr(1, end - 1);
    rest = text.substr(end + 1);
    if (!is_ipv6(out.host)) return false;
  } else {
    const auto end = std::min(text.find(':'), text.size());
    out.host = text.substr(0, end);
    rest = text.substr(end);
    if (out.host.empty() || !std::ranges::all_of(out.host, is_host_character)) return false;
  }
  if (rest.empty()) return true;
  out.port = rest.substr(1);
  return rest.front() == ':' && is_port(out.port);
}

}  // namespace

std::string ServerAddress::authority() const {
  const std::string name = host.contains(':') ? "[" + host + "]" : host;
  return port == (is_encrypted ? "443" : "80") ? name : name + ":" + port;
}

Outcome<ServerAddress> parse_server_address(const std::string& text) {
  if (text.contains('@')) return bad_address("holds an @; who asks is said by --token-file");
  ServerAddress out;
  std::string_view rest = text;
  out.is_encrypted = rest.starts_with("https://");
  if (!out.is_encrypted && !rest.starts_with("http://")) {
    return bad_address("`" + text + "` is not an address");
  }
  rest.remove_prefix(out.is_encrypted ? 8 : 7);
  out.port = out.is_encrypted ? "443" : "80";
  if (rest.ends_with('/')) rest.remove_suffix(1);
  if (!read_authority(rest, out)) return bad_address("`" + text + "` is not an address");
  if (!out.is_encrypted && !is_this_machine(out.host)) {
    return bad_address("`" + text + "` is not encrypted, which is for this machine alone");
  }
  return out;
}

}  // namespace trede::tool
