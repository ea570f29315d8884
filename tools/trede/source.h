// What a command reads from: a data folder, or a server; its options.
#pragma once

#include <optional>
#include <string>

#include "tools/trede/failure.h"
#include "tools/trede/options.h"

namespace trede::tool {

// Texts as given.
struct SourceOptions {
  std::optional<std::string> data;
  std::optional<std::string> server;
  std::optional<std::string> token_file;
  std::optional<std::string> ca_file;

  void bind(Options& options);
  bool is_server() const { return server.has_value(); }
};

// One of the two, with what belongs to it. To be called before anything else.
Outcome<> check_source(const SourceOptions& source);

// Why the command does not take `--server`, and what to do.
std::string refusal_of_server(const std::string& command);

}  // namespace trede::tool
