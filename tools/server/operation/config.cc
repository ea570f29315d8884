#include "tools/server/operation/config.h"

#include <toml++/toml.h>

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <charconv>
#include <functional>
#include <limits>

#include "engine/log/files.h"

namespace trede::server {

namespace {

using std::chrono::milliseconds;

Error expected(std::string_view what) {
  return {ErrorCode::kInvalid, "expected " + std::string(what)};
}

// One key of the file.
struct Key {
  std::string section;
  std::string name;
  std::string meaning;  // one line
  std::string initial;  // its default, as written
  std::function<Status(Config&, const toml::node&)> read;
};

Key text_key(std::string section, std::string name, std::string meaning,
             std::function<std::string&(Config&)> of) {
  Config defaults;
  return {std::move(section), std::move(name), std::move(meaning), '"' + of(defaults) + '"',
          [of](Config& config, const toml::node& node) -> Status {
            const auto text = node.value_exact<std::string>();
            if (!text) return expected("a text");
            of(config) = *text;
            return {};
          }};
}

// A text that `is_good` takes.
Key checked_text_key(std::string section, std::string name, std::string meaning,
                     std::function<std::string&(Config&)> of,
                     std::function<bool(std::string_view)> is_good, std::string wanted) {
  Key key = text_key(std::move(section), std::move(name), std::move(meaning), of);
  key.read = [take = std::move(key.read), of, is_good = std::move(is_good),
              wanted = std::move(wanted)](Config& config, const toml::node& node) -> Status {
    TREDE_RETURN_IF_ERROR(take(config, node));
    return is_good(of(config)) ? Status() : expected(wanted);
  };
  return key;
}

// Visible ASCII without quotes or angles: what may stand in an address as it is.
bool is_plain(std::string_view text) {
  return std::ranges::all_of(
      text, [](char c) { return c > ' ' && c <= '~' && c != '"' && c != '<' && c != '>'; });
}

bool is_web_address(std::string_view text) {
  const auto host = text.substr(std::min(text.size(), text.find("//") + 2));
  return (text.starts_with("https://") || text.starts_with("http://")) && is_plain(text) &&
         !host.empty() && host.front() != '/';
}

// Without a slash at its end, `/v1` comes behind it.
bool is_base_url(std::string_view text) {
  if (text.empty()) return true;
  return text.starts_with("https://") && is_web_address(text) && !text.ends_with('/') &&
         text.find_first_of("?#") == text.npos;
}

bool is_email(std::string_view text) {
  const auto at = text.find('@');
  return is_plain(text) && at != text.npos && at > 0 && at + 1 < text.size() &&
         text.find('@', at + 1) == text.npos && text.find('.', at) != text.npos;
}

// What /v1/openapi.json says of this installation.
void add_publication_keys(std::vector<Key>& keys) {
  keys.push_back(checked_text_key(
      "api", "base_url",
      "where the world reaches /v1, for /v1/openapi.json: https://trede.velsen.example; empty = "
      "where the document came from",
      [](Config& c) -> std::string& { return c.publication.base_url; }, is_base_url,
      "https:// and a host, without / at the end, or nothing"));
  keys.push_back(checked_text_key(
      "api", "contact_name", "who to ask about the API, for /v1/openapi.json; fill this in",
      [](Config& c) -> std::string& { return c.publication.contact_name; },
      [](std::string_view text) { return !text.empty(); }, "a name"));
  keys.push_back(checked_text_key(
      "api", "contact_email", "where to write to; fill this in",
      [](Config& c) -> std::string& { return c.publication.contact_email; }, is_email,
      "an address as beheer@velsen.example"));
  keys.push_back(checked_text_key(
      "api", "contact_url", "a page that tells more; fill this in",
      [](Config& c) -> std::string& { return c.publication.contact_url; }, is_web_address,
      "an address as https://velsen.example"));
}

// Files and folders of an installation that are not its data.
void add_folder_keys(std::vector<Key>& keys) {
  keys.push_back(text_key("vault", "key_file",
                          "file with the master key of the vault, as `trede person init` makes it, "
                          "for names and notes on pages; empty = the server shows none",
                          [](Config& c) -> std::string& { return c.master_key_file; }));
  keys.push_back(
      text_key("backup", "folder",
               "where the backup is kept, on another disk: the beheerder makes it from a "
               "page; empty = not",
               [](Config& c) -> std::string& { return c.backup_folder; }));
  keys.push_back(text_key("backup", "key_folder",
                          "where the copy of the vault's wrapped keys goes, apart from it; empty = "
                          "none is made",
                          [](Config& c) -> std::string& { return c.backup_keys; }));
}

// A whole number from `least` to `most`.
template <typename Of>
Key number_key(std::string section, std::string name, std::string meaning, std::int64_t least,
               std::int64_t most, Of of) {
  Config defaults;
  const std::string range = std::to_string(least) + " to " + std::to_string(most);
  return {std::move(section), std::move(name), meaning + ", " + range,
          std::to_string(static_cast<std::int64_t>(of(defaults))),
          [=](Config& config, const toml::node& node) -> Status {
            const auto number = node.value_exact<std::int64_t>();
            if (!number || *number < least || *number > most) {
              return expected("a whole number from " + range);
            }
            auto& into = of(config);
            into = static_cast<std::remove_reference_t<decltype(into)>>(*number);
            return {};
          }};
}

Key seconds_key(std::string name, std::string meaning, std::function<milliseconds&(Config&)> of) {
  constexpr std::int64_t kMost = 86'400;
  Config defaults;
  return {"limits", std::move(name), meaning + ", in seconds, 1 to 86400",
          std::to_string(of(defaults).count() / 1000),
          [of](Config& config, const toml::node& node) -> Status {
            const auto number = node.value_exact<std::int64_t>();
            if (!number || *number < 1 || *number > kMost) {
              return expected("a whole number of seconds from 1 to 86400");
            }
            of(config) = milliseconds{*number * 1000};
            return {};
          }};
}

Status read_listeners(Config& config, const toml::node& node) {
  const toml::array* list = node.as_array();
  if (list == nullptr || list->empty()) return expected("a list of addresses, one at least");
  config.http.listeners.clear();
  for (const toml::node& one : *list) {
    const auto text = one.value_exact<std::string>();
    if (!text) return expected("addresses as texts");
    const auto listener = parse_listener(*text);
    if (!listener) return listener.error();
    config.http.listeners.push_back(*listener);
  }
  return {};
}

Status read_level(Config& config, const toml::node& node) {
  const auto text = node.value_exact<std::string>();
  for (const char* level : {"debug", "info", "warn", "error"}) {
    if (!text || *text != level) continue;
    config.log_level = level;
    return {};
  }
  return expected("debug, info, warn or error");
}

Status read_form(Config& config, const toml::node& node) {
  const auto text = node.value_exact<std::string>();
  if (!text || (*text != "text" && *text != "json")) return expected("text or json");
  config.log_form = *text == "json" ? LogForm::kJson : LogForm::kText;
  return {};
}

Status read_for_all(Config& config, const toml::node& node) {
  const auto flag = node.value_exact<bool>();
  if (!flag) return expected("true or false");
  config.metrics_for_all = *flag;
  return {};
}

// Every key, in the order of the manual.
std::vector<Key> make_keys() {
  constexpr std::int64_t kMostBytes = std::int64_t{1} << 40;
  std::vector<Key> keys;
  keys.push_back(text_key("server", "data", "the data folder; an option of the command goes before",
                          [](Config& c) -> std::string& { return c.data; }));
  keys.push_back({"server", "listen",
                  "where to listen; without TLS only on this machine, with it as "
                  "https://0.0.0.0:8443",
                  R"(["127.0.0.1:8480"])", read_listeners});
  keys.push_back(text_key("server", "certificate",
                          "PEM file for TLS: the certificate of the server first, then those above "
                          "it; read again on SIGHUP",
                          [](Config& c) -> std::string& { return c.http.certificate_file; }));
  keys.push_back(text_key("server", "key", "PEM file with its key, without a password",
                          [](Config& c) -> std::string& { return c.http.key_file; }));
  keys.push_back(number_key("server", "io_threads",
                            "threads that serve connections; 0 = one for each processor", 0, 64,
                            [](Config& c) -> unsigned& { return c.io_threads; }));
  keys.push_back(number_key("server", "pool_threads",
                            "threads that read, work out and wait for the disk", 12, 512,
                            [](Config& c) -> unsigned& { return c.pool_threads; }));
  add_publication_keys(keys);
  constexpr std::int64_t kLargestBody = std::int64_t{1} << 30;
  keys.push_back(number_key("limits", "body_bytes", "the largest request", 1024, kLargestBody,
                            [](Config& c) -> std::size_t& { return c.http.body_max; }));
  keys.push_back(number_key("limits", "bodies_bytes", "all requests together", 1024, kMostBytes,
                            [](Config& c) -> std::size_t& { return c.http.bodies_max; }));
  keys.push_back(number_key("limits", "head_bytes", "request line and headers", 1024, 1 << 20,
                            [](Config& c) -> std::size_t& { return c.http.head_max; }));
  keys.push_back(number_key("limits", "connections", "connections at once", 1, 1'000'000,
                            [](Config& c) -> std::size_t& { return c.http.connections_max; }));
  keys.push_back(number_key("limits", "connections_per_address",
                            "connections at once of one address (IPv6: its /64); not on loopback",
                            1, 1'000'000,
                            [](Config& c) -> std::size_t& { return c.http.per_peer_max; }));
  keys.push_back(number_key("limits", "requests_per_second",
                            "of one user or token, in the long run", 1, 1'000'000,
                            [](Config& c) -> double& { return c.rates.identity.per_second; }));
  keys.push_back(number_key("limits", "requests_at_once", "of one user or token, after a rest", 1,
                            1'000'000,
                            [](Config& c) -> double& { return c.rates.identity.burst; }));
  keys.push_back(seconds_key("head_seconds", "for a request line with its headers",
                             [](Config& c) -> milliseconds& { return c.http.head_time; }));
  keys.push_back(seconds_key("idle_seconds", "a connection may be quiet",
                             [](Config& c) -> milliseconds& { return c.http.idle_time; }));
  keys.push_back(seconds_key("request_seconds", "to the begin of an answer",
                             [](Config& c) -> milliseconds& { return c.http.request_time; }));
  keys.push_back(seconds_key("response_seconds", "for the whole of an answer that ends",
                             [](Config& c) -> milliseconds& { return c.http.response_time; }));
  keys.push_back(seconds_key("grace_seconds", "for what runs when the server is stopped",
                             [](Config& c) -> milliseconds& { return c.http.grace; }));
  keys.push_back(
      {"log", "level", "debug, info, warn or error; read again on SIGHUP", "\"info\"", read_level});
  keys.push_back({"log", "form", "text, or json: one object per line", "\"text\"", read_form});
  add_folder_keys(keys);
  keys.push_back({"metrics", "for_all", "whether /metrics is also for who is not on this machine",
                  "false", read_for_all});
  return keys;
}

const std::vector<Key>& keys() {
  static const std::vector<Key> all = make_keys();
  return all;
}

std::string names_of(const std::string& section) {
  std::string out;
  for (const Key& key : keys()) {
    if (key.section == section) out += (out.empty() ? "" : ", ") + key.name;
  }
  return out;
}

// Reads a whole file and gathers what is wrong with it.
class Reader {
 public:
  explicit Reader(const std::string& name) : name_(name) {}

  void read(const toml::table& table) {
    for (const auto& [section, node] : table) {
      const std::string title(section.str());
      if (names_of(title).empty()) {
        flaw(node, title,
             "unknown, expected one of server, api, limits, log, vault, backup, metrics");
      } else if (const toml::table* inner = node.as_table()) {
        read_section(title, *inner);
      } else {
        flaw(node, title, "expected a section, [" + title + "]");
      }
    }
    const bool has_tls = std::ranges::any_of(config_.http.listeners, &Listener::is_encrypted);
    if (has_tls && (config_.http.certificate_file.empty() || config_.http.key_file.empty())) {
      flaws_ += name_ + ": server.listen: https needs server.certificate and server.key\n";
    }
  }

  Result<Config> take() {
    if (flaws_.empty()) return std::move(config_);
    flaws_.pop_back();
    return Error{ErrorCode::kInvalid, std::move(flaws_)};
  }

 private:
  void read_section(const std::string& section, const toml::table& table) {
    for (const auto& [name, node] : table) {
      const auto key = std::ranges::find_if(
          keys(), [&](const Key& one) { return one.section == section && one.name == name.str(); });
      const std::string full = section + "." + std::string(name.str());
      if (key == keys().end()) {
        flaw(node, full, "unknown, expected one of " + names_of(section));
        continue;
      }
      const Status taken = key->read(config_, node);
      if (!taken) flaw(node, full, taken.error().message);
    }
  }

  void flaw(const toml::node& node, const std::string& key, const std::string& what) {
    flaws_ +=
        name_ + ":" + std::to_string(node.source().begin.line) + ": " + key + ": " + what + "\n";
  }

  std::string name_;
  Config config_;
  std::string flaws_;
};

}  // namespace

Result<Listener> parse_listener(std::string_view text) {
  const Error bad = expected("an address as 127.0.0.1:8480, [::1]:8480 or https://0.0.0.0:8443");
  Listener listener;
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (!text.starts_with(scheme)) continue;
    listener.is_encrypted = scheme == "https://";
    text.remove_prefix(scheme.size());
    break;
  }
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return bad;
  std::string_view address = text.substr(0, colon);
  const std::string_view port = text.substr(colon + 1);
  if (address.starts_with('[') != address.ends_with(']')) return bad;
  if (address.starts_with('[')) address = address.substr(1, address.size() - 2);
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), listener.port);
  if (error != std::errc{} || end != port.data() + port.size() || port.empty()) return bad;
  boost::system::error_code unknown;
  const auto parsed = boost::asio::ip::make_address(address, unknown);
  if (unknown) return bad;  // a name is none: which of its addresses would it be
  if (!listener.is_encrypted && !parsed.is_loopback()) {
    return expected("https:// for what is not on this machine");
  }
  listener.address = address;
  return listener;
}

std::string listener_text(const Listener& listener) {
  const bool is_ipv6 = listener.address.find(':') != std::string::npos;
  return (listener.is_encrypted ? "https://" : "http://") +
         (is_ipv6 ? "[" + listener.address + "]" : listener.address) + ":" +
         std::to_string(listener.port);
}

Result<Config> parse_config(std::string_view text, const std::string& name) {
  try {
    Reader reader(name);
    reader.read(toml::parse(text));
    return reader.take();
  } catch (const toml::parse_error& error) {
    return Error{ErrorCode::kInvalid, name + ":" + std::to_string(error.source().begin.line) +
                                          ": no TOML: " + std::string(error.description())};
  }
}

Result<Config> load_config(const std::string& path) {
  const auto text = read_file(path);
  if (!text) return text.error();
  return parse_config(*text, path);
}

std::string documented_config() {
  std::string out = "# What can be chosen of `trede serve`, each at its default.\n";
  std::string section;
  for (const Key& key : keys()) {
    if (key.section != section) out += "\n[" + (section = key.section) + "]\n";
    out += "# " + key.meaning + "\n" + key.name + " = " + key.initial + "\n";
  }
  return out;
}

}  // namespace trede::server
