#include "tools/trede/memory.h"

#include <cstddef>

// Of jemalloc, with which the program is linked, but not every test of it.
extern "C" [[gnu::weak]] int mallctl(const char* name, void* before, std::size_t* before_size,
                                     void* value, std::size_t value_size);

namespace trede::tool {

void give_back_freed_memory() {
  if (mallctl == nullptr) return;
  // What this thread keeps for itself, then all arenas (4096 stands for all of them).
  (void)mallctl("thread.tcache.flush", nullptr, nullptr, nullptr, 0);
  (void)mallctl("arena.4096.purge", nullptr, nullptr, nullptr, 0);
}

}  // namespace trede::tool
