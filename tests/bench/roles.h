// What the bench does in processes of its own: it starts itself again with a role.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

namespace trede::bench {

// `--role serve FOLDER`: opens a data folder as one that serves, works out reports and answers
// questions, and prints what memory it takes: `VmRSS VmHWM`, in kB.
inline constexpr std::string_view kServe = "serve";
// `--role write FOLDER EVENTS GEMEENTEN SEED`: appends with the worker behind it, prints a line for
// every thousand events, and waits to be killed.
inline constexpr std::string_view kWrite = "write";

// The words after `--role`. Returns the exit status.
int play(const std::vector<std::string_view>& words);

}  // namespace trede::bench
