#include "tools/simulate/simulation.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/dossier/recorder.h"
#include "engine/event/attributes.h"
#include "tests/support/events.h"
#include "tests/support/fakes.h"
#include "tests/support/memory_store.h"

namespace trede::simulate {
namespace {

using test::day;

std::vector<SimulatedAppend> all_of(const SimulationOptions& options) {
  Simulation simulation(options);
  std::vector<SimulatedAppend> out;
  while (auto append = simulation.next()) out.push_back(*std::move(append));
  return out;
}

std::size_t count_events(const std::vector<SimulatedAppend>& appends) {
  std::size_t count = 0;
  for (const auto& append : appends) count += append.events.size();
  return count;
}

// Everything that a reader of a history sees, one line for each event.
std::string text_of(const std::vector<SimulatedAppend>& appends) {
  std::string out;
  for (const auto& append : appends) {
    for (const auto& event : append.events) {
      out += format_moment(append.vastgelegd_op) + append.stream + encode_content(event) + "\n";
    }
  }
  return out;
}

TEST(Simulation, IsTheSameForTheSameOptions) {
  SimulationOptions options;
  options.events = 3'000;
  const std::string first = text_of(all_of(options));
  EXPECT_EQ(first, text_of(all_of(options)));
  options.seed = 2;
  EXPECT_NE(first, text_of(all_of(options)));
}

TEST(Simulation, HandsOutAsManyEventsAsAskedFor) {
  for (const std::uint64_t events : {1U, 7U, 250U, 2'000U, 20'000U}) {
    SimulationOptions options;
    options.events = events;
    EXPECT_EQ(count_events(all_of(options)), events);
  }
}

TEST(Simulation, RecordsInOrderWithinItsPeriod) {
  SimulationOptions options;
  options.events = 5'000;
  options.from = day("2019-03-01");
  options.until = day("2021-06-30");
  Moment last{options.from};
  for (const auto& append : all_of(options)) {
    EXPECT_GT(append.vastgelegd_op, last);
    last = append.vastgelegd_op;
  }
  EXPECT_LT(last, Moment{options.until + std::chrono::days{1}});
  EXPECT_GT(last, Moment{day("2020-11-01")}) << "the events fill the period";
}

TEST(Simulation, GivesEveryEventWhatARecorderNeeds) {
  SimulationOptions options;
  options.events = 5'000;
  for (const auto& append : all_of(options)) {
    ASSERT_FALSE(append.events.empty());
    for (const auto& event : append.events) {
      EXPECT_EQ(event.event_id().size(), 16U);
      EXPECT_FALSE(event.actor().empty());
      EXPECT_EQ(event.has_geldig_op(), !event.body().has_intrekking());
      EXPECT_FALSE(find_flaw(event.body())) << event.body().ShortDebugString();
      EXPECT_TRUE(append.stream.starts_with(stream_kind_text(stream_of(event).kind)));
      EXPECT_EQ(stream_of(event), stream_of(append.events.front()));
    }
  }
}

struct Asked {
  const char* name;
  SimulationOptions options;
};

void PrintTo(const Asked& asked, std::ostream* out) { *out << asked.name; }

Asked asked(const char* name, std::uint64_t seed, int gemeenten, int corrections) {
  Asked out{name, {}};
  out.options.seed = seed;
  out.options.events = 4'000;
  out.options.gemeenten = gemeenten;
  out.options.corrections_percent = corrections;
  return out;
}

Asked asked_in(Asked asked, const char* from, const char* until) {
  asked.options.from = day(from);
  asked.options.until = day(until);
  return asked;
}

class SimulationOf : public testing::TestWithParam<Asked> {};

// The contract of the simulation: the product accepts all of it.
TEST_P(SimulationOf, IsNeverRefused) {
  ASSERT_TRUE(check_time_zone());
  test::FakeClock clock(Moment{GetParam().options.until + std::chrono::days{2}});
  test::MemoryStore store(clock);
  Recorder recorder(store, clock);
  std::size_t recorded = 0;
  for (const auto& append : all_of(GetParam().options)) {
    const auto outcome = recorder.record(append.events, {.vastgelegd_op = append.vastgelegd_op});
    ASSERT_TRUE(outcome) << outcome.error().message;
    const auto* refusal = std::get_if<Refusal>(&*outcome);
    ASSERT_EQ(refusal, nullptr) << append.stream << ", " << format_moment(append.vastgelegd_op)
                                << ": " << refusal->code << ": " << refusal->zin;
    recorded += append.events.size();
  }
  EXPECT_EQ(store.last_position(), Position{recorded});
}

INSTANTIATE_TEST_SUITE_P(
    Histories, SimulationOf,
    testing::Values(asked("AsItIs", 1, 4, 5), asked("AnotherSeed", 2, 4, 5),
                    asked("WithoutCorrections", 3, 4, 0), asked("WithManyCorrections", 4, 4, 30),
                    asked("WithMostCorrections", 5, 60, kCorrectionsPercentMax),
                    asked("OfOneGemeente", 6, 1, 10), asked("OfTheCountry", 7, kGemeentenMax, 10),
                    asked_in(asked("OfAMonth", 8, 9, 10), "2022-11-01", "2022-12-02"),
                    asked_in(asked("WhileTheWswIsOpen", 9, 4, 10), "2009-05-04", "2015-08-01"),
                    asked_in(asked("OfALifetime", 10, 30, 10), "1990-01-01", "2100-12-31")),
    [](const auto& one) { return one.param.name; });

TEST(SimulationOptions, AreRefusedOneByOne) {
  struct Case {
    const char* message;
    SimulationOptions options;
  };
  const auto with = [](auto change) {
    SimulationOptions options;
    change(options);
    return options;
  };
  const Case cases[] = {
      {"--events: out of range", with([](auto& options) { options.events = 0; })},
      {"--events: out of range", with([](auto& options) { options.events = kEventsMax + 1; })},
      {"--gemeenten: out of range", with([](auto& options) { options.gemeenten = 0; })},
      {"--gemeenten: out of range, expected a whole number from 1 to 342",
       with([](auto& options) { options.gemeenten = 343; })},
      {"--corrections: out of range",
       with([](auto& options) { options.corrections_percent = -1; })},
      {"--corrections: out of range",
       with([](auto& options) { options.corrections_percent = 51; })},
      {"--from: out of range, expected a day from 1990-01-01",
       with([](auto& options) { options.from = day("1989-12-31"); })},
      {"--until: out of range, expected a day from 2015-01-28",
       with([](auto& options) { options.until = day("2015-01-27"); })},
      {"--until: out of range", with([](auto& options) { options.until = day("2101-01-01"); })}};
  for (const auto& [message, options] : cases) {
    const Status checked = check_options(options);
    ASSERT_FALSE(checked) << message;
    EXPECT_EQ(checked.error().code, ErrorCode::kInvalid);
    EXPECT_TRUE(checked.error().message.starts_with(message)) << checked.error().message;
  }
  EXPECT_TRUE(check_options({}));
}

}  // namespace
}  // namespace trede::simulate
