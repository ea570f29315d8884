// What becomes of exceptions that nobody expects: of memory, or a bug. None ends the process
// without a line in its log, and none is swallowed.
#pragma once

#include <boost/asio/io_context.hpp>
#include <exception>
#include <functional>
#include <string>
#include <string_view>

namespace trede::server {

// What `error` says. Requires: there is one.
std::string text_of(const std::exception_ptr& error);

// Runs `work`, and hands what it threw to `on_failure`, with `what` before it.
void run_guarded(std::string_view what, const std::function<void()>& work,
                 const std::function<void(const std::string& why)>& on_failure);

// Runs `context` in this thread until it has nothing left to do. What a handler threw goes to
// `on_failure`; the others are run on.
void run_to_the_end(boost::asio::io_context& context,
                    const std::function<void(const std::string& why)>& on_failure);

// Logs `why`, and ends the process at once.
[[noreturn]] void end_the_process(const std::string& why);

// From now on an exception in a thread where nobody catches it is logged before the process ends.
// Whoever looks after it (systemd) starts it again; what was acknowledged is on disk.
void log_what_ends_the_process();

}  // namespace trede::server
