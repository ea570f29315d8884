// Laws of histories of any options: what the rules accept, and what the log says back.
#include <gtest/gtest.h>

#include "engine/dossier/recorder.h"
#include "tests/support/fakes.h"
#include "tests/support/memory_store.h"
#include "tools/simulate/dice.h"
#include "tools/simulate/simulation.h"

namespace trede::simulate {
namespace {

constexpr std::uint64_t kHistories = 12;

// Anything that check_options accepts, the odd ones more often than in life.
SimulationOptions random_options(Dice& dice) {
  SimulationOptions options;
  options.seed = dice.next();
  options.events = static_cast<std::uint64_t>(dice.between(1, 6'000));
  options.gemeenten = dice.chance(200) ? 1 : dice.between(1, dice.chance(300) ? kGemeentenMax : 12);
  options.corrections_percent = dice.chance(200) ? 0 : dice.between(0, kCorrectionsPercentMax);
  options.from = Day{std::chrono::year{1990} / 1 / 1} + std::chrono::days{dice.between(0, 12'000)};
  const int days = dice.chance(300) ? dice.between(27, 400) : dice.between(27, 9'000);
  options.until = options.from + std::chrono::days{days};
  return options;
}

std::string text_of(const SimulationOptions& options) {
  return "seed " + std::to_string(options.seed) + ", " + std::to_string(options.events) +
         " events, " + std::to_string(options.gemeenten) + " gemeenten, " +
         std::to_string(options.corrections_percent) + " %, " + format_day(options.from) + " to " +
         format_day(options.until);
}

void expect_recorded(const SimulationOptions& options) {
  test::FakeClock clock(Moment{options.until + std::chrono::days{2}});
  test::MemoryStore store(clock);
  Recorder recorder(store, clock);
  Simulation simulation(options);
  std::uint64_t events = 0;
  while (const auto append = simulation.next()) {
    const auto outcome = recorder.record(append->events, {.vastgelegd_op = append->vastgelegd_op});
    ASSERT_TRUE(outcome) << outcome.error().message;
    const auto* refusal = std::get_if<Refusal>(&*outcome);
    ASSERT_EQ(refusal, nullptr) << append->stream << ", " << format_moment(append->vastgelegd_op)
                                << ": " << refusal->code << ": " << refusal->zin;
    events += append->events.size();
    // The store gives the moments that the simulation says, and moves none of them.
    const auto last = store.load(store.last_position());
    ASSERT_TRUE(last);
    const auto gap = std::chrono::microseconds{append->events.size() - 1};
    ASSERT_EQ(moment_of(*decode_any(last->bytes)), append->vastgelegd_op + gap);
  }
  EXPECT_EQ(events, options.events);
}

TEST(SimulatedHistories, AreRecordedWholeWhateverTheOptions) {
  ASSERT_TRUE(check_time_zone());
  Dice dice(20'260'101);
  for (std::uint64_t i = 0; i < kHistories; ++i) {
    const SimulationOptions options = random_options(dice);
    SCOPED_TRACE(text_of(options));
    ASSERT_TRUE(check_options(options));
    ASSERT_NO_FATAL_FAILURE(expect_recorded(options));
  }
}

}  // namespace
}  // namespace trede::simulate
