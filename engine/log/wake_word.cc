#include "engine/log/wake_word.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <climits>

namespace trede {

namespace {

bool is_at_or_beyond(std::uint32_t number, std::uint32_t other) {
  return static_cast<std::int32_t>(number - other) >= 0;
}

}  // namespace

void WakeWord::wake_all() {
  ::syscall(SYS_futex, &number_, FUTEX_WAKE_PRIVATE, INT_MAX, nullptr, nullptr, 0);
}

void WakeWord::wait_until(std::uint32_t number) {
  for (;;) {
    const std::uint32_t seen = number_.load(std::memory_order_acquire);
    if (is_at_or_beyond(seen, number)) return;
    // Sleeps only while the word still holds what was seen; returns now and then for no reason.
    ::syscall(SYS_futex, &number_, FUTEX_WAIT_PRIVATE, seen, nullptr, nullptr, 0);
  }
}

}  // namespace trede
