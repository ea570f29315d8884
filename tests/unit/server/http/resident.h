// How much memory this process has.
#pragma once

#include <unistd.h>

#include <fstream>

namespace trede::test {

#if defined(__SANITIZE_ADDRESS__) || defined(_GLIBCXX_TSAN)
inline constexpr bool kHasSanitizer = true;  // shadow memory, red zones, what was freed
#else
inline constexpr bool kHasSanitizer = false;
#endif

inline std::size_t resident_bytes() {
  std::ifstream file("/proc/self/statm");
  std::size_t total = 0;
  std::size_t resident = 0;
  file >> total >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

}  // namespace trede::test
