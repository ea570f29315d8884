#include "tests/bench/rows/recording.h"

#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "tests/bench/machine/measuring.h"

namespace trede::bench {

namespace {

namespace asio = boost::asio;

Position accepted(Result<RecordOutcome> answer) {
  const auto outcome = must(std::move(answer), "record");
  if (const auto* refusal = std::get_if<Refusal>(&outcome)) {
    throw std::runtime_error("refused: " + refusal->zin);
  }
  return std::get<Recorded>(outcome).last;
}

auto outcome_of(Recorder& recorder, std::span<const pb::Event> events) {
  return asio::async_initiate<const asio::use_awaitable_t<>, void(Result<RecordOutcome>)>(
      [&recorder, events](auto handler) {
        const auto executor = asio::get_associated_executor(handler);
        const auto run_later = [executor](auto step) { asio::post(executor, std::move(step)); };
        recorder.record_later(events, {}, run_later, std::move(handler));
      },
      asio::use_awaitable);
}

}  // namespace

Position record(Recorder& recorder, const pb::Event& event) {
  return accepted(recorder.record({&event, 1}));
}

asio::awaitable<Position> record_later(Recorder& recorder, const pb::Event& event) {
  const std::span events(&event, 1);
  co_return accepted(co_await outcome_of(recorder, events));
}

}  // namespace trede::bench
