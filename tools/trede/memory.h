// Memory that was freed and is to go back to the system at once.
#pragma once

namespace trede::tool {

// Gives back what was freed. The allocator does so by itself after some ten seconds, in which what
// comes next takes its memory beside it. Does nothing where another allocator stands in (tests).
void give_back_freed_memory();

}  // namespace trede::tool
