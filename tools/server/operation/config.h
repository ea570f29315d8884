// What can be chosen of `trede serve`: a file in TOML, of which every key is documented by the
// table that reads it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "tools/server/access/rate_limits.h"
#include "tools/server/api/openapi.h"
#include "tools/server/http/options.h"

namespace trede::server {

enum class LogForm { kText, kJson };

// This machine only, at a port that one can remember.
inline Options usual_http() {
  Options options;
  options.listeners = {{.address = "127.0.0.1", .port = 8480, .is_encrypted = false}};
  return options;
}

struct Config {
  std::string data;  // the data folder; empty = to be given on the command line
  Options http = usual_http();
  unsigned io_threads = 0;     // that serve connections; 0 = one for each processor
  unsigned pool_threads = 16;  // most of them wait for a sync; logins hold at most ten
  std::string log_level = "info";
  LogForm log_form = LogForm::kText;
  RateLimitOptions rates = {};
  bool metrics_for_all = false;  // /metrics also for who is not on this machine
  Publication publication = {};
  std::string backup_folder;    // empty = the server makes none
  std::string backup_keys;      // where the copy of the vault's keys goes; empty = none is made
  std::string master_key_file;  // of the vault; empty = persons and notes are not for the server
};

// Reads a file. `name` is what messages call it.
// Errors: kInvalid: a line for each flaw, `NAME:LINE: key: what is wrong, what was expected`.
Result<Config> parse_config(std::string_view text, const std::string& name);
// Errors: those of parse_config; kNotFound, kIo.
Result<Config> load_config(const std::string& path);

// `127.0.0.1:8480`, `[::1]:8480`, and with `https://` before it for TLS. Errors: kInvalid.
Result<Listener> parse_listener(std::string_view text);
std::string listener_text(const Listener& listener);

// A whole file with every key at its default, and what it means: the manual, and a file to begin
// with.
std::string documented_config();

}  // namespace trede::server
