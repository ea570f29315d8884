#include <google/protobuf/stubs/logging.h>
#include <unistd.h>

#include <csignal>
#include <exception>
#include <new>
#include <string>
#include <vector>

#include "tools/trede/command_line.h"
#include "tools/trede/failure.h"

namespace {

int run(const std::vector<std::string>& words) {
  const trede::SystemClock clock;
  trede::SystemRandom random;
  trede::tool::Output out(STDOUT_FILENO);
  trede::tool::Output err(STDERR_FILENO);
  trede::tool::Context context{.clock = clock,
                               .random = random,
                               .out = out,
                               .err = err,
                               .in = stdin,
                               .shows_progress = isatty(STDERR_FILENO) == 1};
  return trede::tool::run_command_line(words, context);
}

}  // namespace

int main(int argc, char** argv) {
  google::protobuf::SetLogHandler(nullptr);  // what is wrong stands in an error of ours
  std::signal(SIGPIPE, SIG_IGN);  // a reader that leaves is a failed write, not a sudden end
  try {
    return run({argv + (argc > 0 ? 1 : 0), argv + argc});
  } catch (const std::bad_alloc&) {
    std::fputs("trede: out of memory\n", stderr);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "trede: internal error: %s\n", error.what());
  }
  return static_cast<int>(trede::tool::Exit::kSystem);
}
