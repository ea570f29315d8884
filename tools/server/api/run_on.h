// Work that may wait for the disk, done in the pool while the coroutine that wants it keeps no
// thread.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <type_traits>
#include <utility>

namespace trede::server {

// Runs `job` on `pool`; the coroutine goes on where it was. What `job` throws is thrown there. To
// be named before it is handed over: GCC 12 destroys a lambda that is written in a co_await twice.
template <typename Job>
auto run_on(boost::asio::any_io_executor pool, Job job)
    -> boost::asio::awaitable<std::invoke_result_t<Job&>> {
  namespace asio = boost::asio;
  using Outcome = std::invoke_result_t<Job&>;
  static_assert(std::is_default_constructible_v<Outcome>, "of a job that threw");
  return asio::async_initiate<const asio::use_awaitable_t<>, void(std::exception_ptr, Outcome)>(
      [pool = std::move(pool), job = std::move(job)](auto handler) mutable {
        const auto executor = asio::get_associated_executor(handler);
        asio::post(pool, [executor, job = std::move(job), handler = std::move(handler)]() mutable {
          Outcome outcome{};
          std::exception_ptr thrown;
          try {
            outcome = job();
          } catch (...) {
            thrown = std::current_exception();
          }
          asio::post(executor, [handler = std::move(handler), thrown = std::move(thrown),
                                outcome = std::move(outcome)]() mutable {
            std::move(handler)(std::move(thrown), std::move(outcome));
          });
        });
      },
      asio::use_awaitable);
}

}  // namespace trede::server
