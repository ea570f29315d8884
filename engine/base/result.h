// Results: every operation that can fail returns a `Result`, and dropping one unread does not
// compile.
#pragma once

#include <expected>
#include <string>
#include <utility>

namespace trede {

// Few codes, each with one action of the caller.
enum class ErrorCode {
  kInvalid,   // the input is wrong: show the message, do not retry
  kRefused,   // a rule of the domain says no: show the message, do not retry
  kConflict,  // the stream moved on: reload and retry
  kNotFound,  // what must exist does not
  kLocked,    // another process is writing: retry later
  kIo,        // disk or system failed; the outcome of a write is unknown until reopened
  kCorrupt,   // stored bytes are not what was written: stop serving, verify, restore
  kNewer,     // written by a newer version: upgrade this program
  kClock,     // the machine's clock stands before the last recording: set the clock
  kClosed,    // the object was stopped or refuses writes: reopen
};

struct Error {
  ErrorCode code;
  std::string message;  // one line; ids and numbers, never a name, a BSN or a medical word
};

// A value or an Error. Never holds an exception; `.value()` is not used in this project.
template <typename T>
class [[nodiscard]] Result : public std::expected<T, Error> {
 public:
  using std::expected<T, Error>::expected;
  Result(Error error) : std::expected<T, Error>(std::unexpected(std::move(error))) {}
};

using Status = Result<void>;

// Returns early with the error of `expression`, a Status or Result.
#define TREDE_RETURN_IF_ERROR(expression)                       \
  do {                                                          \
    if (auto trede_status_ = (expression); !trede_status_) {    \
      return std::unexpected(std::move(trede_status_).error()); \
    }                                                           \
  } while (false)

}  // namespace trede
