#include "tools/trede/source.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace trede::tool {

namespace {

struct Refused {
  std::string_view command;
  std::string_view why;
};

constexpr std::string_view kAtTheFolder =
    "works on the data folder itself; run it where that is, with --data DIR";

// What has a reason of its own.
constexpr std::array kRefused = {
    Refused{"import",
            "takes files that may be larger than a server takes in one go, and needs the "
            "data folder to itself; stop the server and run it there, with --data DIR"},
    Refused{"serve", "is the server itself; it takes --data DIR"},
    Refused{"audit",
            "does not take a server's word for its log; give it a copy of the data folder "
            "or the checkpoints that were kept"},
    Refused{"verify",
            "does not take a server's word for its log; run it where the data folder is, "
            "with --data DIR"},
    Refused{"verify-evidence", "needs neither a server nor a data folder, only the file"},
    Refused{"person",
            "the vault with persons is not reached through a server; run it where the "
            "data folder is, with --data DIR"},
    Refused{"user",
            "who may use a server is not decided through it; run it where the data folder "
            "is, with --data DIR"},
    Refused{"token",
            "who may use a server is not decided through it; run it where the data folder "
            "is, with --data DIR"},
};

}  // namespace

void SourceOptions::bind(Options& options) {
  options.value("--data", &data, "DIR: the data folder");
  options.value("--server", &server,
                "URL: ask a server instead, https://HOST[:PORT] (http:// on this machine only)");
  options.value("--token-file", &token_file,
                "FILE: the token for --server; not for everybody to read");
  options.value("--ca-file", &ca_file,
                "FILE: in PEM, who vouches for --server (left out: whom the system trusts)");
}

Outcome<> check_source(const SourceOptions& source) {
  if (source.server && source.data) {
    return wrong_input("--server: given together with --data, expected one of them");
  }
  if (source.server) {
    if (source.token_file) return {};
    return wrong_input("--token-file: missing, expected the file with the token for --server");
  }
  if (source.token_file) return wrong_input("--token-file: expected together with --server");
  if (source.ca_file) return wrong_input("--ca-file: expected together with --server");
  if (!source.data) return wrong_input("--data is required, or --server with --token-file");
  return {};
}

std::string refusal_of_server(const std::string& command) {
  const std::string group = command.substr(0, command.find(' '));
  const auto found = std::ranges::find_if(
      kRefused, [&](const Refused& one) { return one.command == command || one.command == group; });
  return "--server: " + std::string(found != kRefused.end() ? found->why : kAtTheFolder);
}

}  // namespace trede::tool
