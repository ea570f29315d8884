// TREDE_CHECK(condition, "what our own code must guarantee"): stays on in release, ends the
// process. For our own bugs only; input, disk and stored bytes give an Error.
#pragma once

namespace trede {

[[noreturn]] void check_failed(const char* file, int line, const char* what);

}  // namespace trede

#define TREDE_CHECK(condition, what)                   \
  do {                                                 \
    if (!(condition)) [[unlikely]] {                   \
      ::trede::check_failed(__FILE__, __LINE__, what); \
    }                                                  \
  } while (false)
