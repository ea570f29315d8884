#include "tools/server/operation/failing.h"

#include <spdlog/spdlog.h>

#include <cstdlib>

namespace trede::server {

namespace {

[[noreturn]] void end_with_a_line() {
  const std::exception_ptr error = std::current_exception();
  end_the_process("nobody caught: " +
                  (error ? text_of(error) : "no exception: terminate was called"));
}

}  // namespace

void end_the_process(const std::string& why) {
  spdlog::critical("the process ends: {}", why);
  spdlog::default_logger()->flush();
  std::abort();
}

std::string text_of(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const std::exception& exception) {
    return exception.what();
  } catch (...) {
    return "an exception that says nothing";
  }
}

void run_guarded(std::string_view what, const std::function<void()>& work,
                 const std::function<void(const std::string& why)>& on_failure) {
  try {
    work();
  } catch (...) {
    on_failure(std::string(what) + ": " + text_of(std::current_exception()));
  }
}

void run_to_the_end(boost::asio::io_context& context,
                    const std::function<void(const std::string& why)>& on_failure) {
  for (bool ended = false; !ended;) {
    const auto run = [&] {
      context.run();
      ended = true;
    };
    run_guarded("serving connections", run, on_failure);
  }
}

void log_what_ends_the_process() { std::set_terminate(end_with_a_line); }

}  // namespace trede::server
