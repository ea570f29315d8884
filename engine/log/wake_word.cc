#include "engine/log/wake_word.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <climits>

namespace trede {

void WakeWord::wake_one() {
  ::syscall(SYS_futex, &number_, FUTEX_WAKE_PRIVATE, 1, nullptr, nullptr, 0);
}

void WakeWord::wake_all() {
  ::syscall(SYS_futex, &number_, FUTEX_WAKE_PRIVATE, INT_MAX, nullptr, nullptr, 0);
}

void WakeWord::sleep_on(std::uint32_t seen) {
  ::syscall(SYS_futex, &number_, FUTEX_WAIT_PRIVATE, seen, nullptr, nullptr, 0);
}

void WakeWord::wait_until(std::uint32_t number) {
  for (;;) {
    const std::uint32_t seen = read();
    if (is_at_or_beyond(seen, number)) return;
    sleep_on(seen);
  }
}

}  // namespace trede
