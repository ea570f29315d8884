// How a command ends when it does not end well: the exit status and the line on stderr.
#pragma once

#include <expected>
#include <string>
#include <utility>

#include "engine/base/result.h"

namespace trede::tool {

enum class Exit : int {
  kGood = 0,
  kSystem = 1,  // the machine, the disk or the data folder failed
  kInput = 2,   // what the caller gave is wrong
};

// The exit status that an error of the engine has, unless the command knows better.
Exit exit_of(ErrorCode code);

struct Failure {
  Exit exit;
  std::string line;  // what is wrong, where, and what is allowed; empty = all has been said

  Failure(Exit with, std::string says) : exit(with), line(std::move(says)) {}
  Failure(Error error) : exit(exit_of(error.code)), line(std::move(error.message)) {}
};

inline Failure wrong_input(std::string line) { return {Exit::kInput, std::move(line)}; }
inline Failure system_failed(std::string line) { return {Exit::kSystem, std::move(line)}; }

// A value, or the Failure that ends the command.
template <typename T = void>
class [[nodiscard]] Outcome : public std::expected<T, Failure> {
 public:
  using std::expected<T, Failure>::expected;
  Outcome(Failure failure) : std::expected<T, Failure>(std::unexpected(std::move(failure))) {}
};

}  // namespace trede::tool
