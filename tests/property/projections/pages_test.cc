// The same figures wherever reading and writing break off: at the ends of pages of a stream, of
// batches of a worker and of passes over a log.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "projections/answers/explain.h"
#include "projections/facts/project_all.h"
#include "projections/facts/projector.h"
#include "tests/support/asking.h"
#include "tests/support/events.h"
#include "tests/support/random_history.h"

namespace trede::test {
namespace {

void must(const Status& status) {
  if (!status) throw std::runtime_error(status.error().message);
}
template <typename T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(*result);
}

using Deltas = std::vector<std::string>;

std::string text_of(const Delta& delta, const Dictionary& dictionary) {
  std::string out = info_of(delta.table).name + " @" + std::to_string(delta.change.position.value) +
                    " " + std::to_string(delta.change.day);
  const TableInfo& info = info_of(delta.table);
  for (std::size_t i = 0; i < info.cell_size(); ++i) {
    const std::size_t at = i % std::max<std::size_t>(info.dims.size(), 1);
    const bool string = i < info.dims.size() * (info.stroom ? 2 : 1) &&
                        info_of(info.dims[at]).form == DimForm::kString;
    out += " " +
           (string ? std::string(dictionary.text(delta.cell[i])) : std::to_string(delta.cell[i]));
  }
  for (const std::int64_t weight : delta.change.weights) out += " " + std::to_string(weight);
  return out;
}

// All deltas of a log, in some fixed order.
struct How {
  std::size_t memory_bytes;
  std::size_t threads;
};
Deltas deltas_of(const EventStore& log, const How& how) {
  Dictionary dictionary;
  std::vector<Deltas> by_thread(how.threads);
  std::vector<DeltaSink> sinks;
  for (Deltas& of : by_thread) {
    sinks.emplace_back([&](const Delta& delta) { of.push_back(text_of(delta, dictionary)); });
  }
  std::uint64_t done = 0;
  const auto progress = [&done](std::uint64_t events, std::uint64_t) {
    done = std::max(done, events);
  };
  must(project_all(log, log.last_position(), dictionary, sinks,
                   {.progress = progress, .memory_bytes = how.memory_bytes}));
  EXPECT_EQ(done, log.last_position().value);
  Deltas out;
  for (const Deltas& of : by_thread) out.insert(out.end(), of.begin(), of.end());
  std::ranges::sort(out);
  return out;
}

TEST(Pages, ALogReadInAnyNumberOfPassesAndThreadsGivesTheSameDeltas) {
  for (const std::uint64_t seed : {1, 2, 3}) {
    const RandomHistory history(250, {.seed = seed});
    const Deltas in_one_pass = deltas_of(history.store, {std::size_t{256} << 20, 1});
    EXPECT_GT(in_one_pass.size(), 250u);
    // Two or three passes, some tens, and more than there are streams.
    for (const How how : {How{30'000, 1},
                          {2'000, 1},
                          {50, 1},
                          {std::size_t{256} << 20, 2},
                          {30'000, 3},
                          {50, 2},
                          {2'000, 7}}) {
      EXPECT_EQ(deltas_of(history.store, how), in_one_pass)
          << how.memory_bytes << " bytes, " << how.threads << " threads";
    }
  }
}

// One stream of many boekingen of 1 eurocent: baten counts its events.
class LongStream : public ::testing::Test {
 protected:
  static constexpr std::uint64_t kEvents = 2'050;

  LongStream() {
    for (std::uint64_t number = 1; number <= kEvents; ++number) {
      const pb::Event boeking = event(kOrganisatie, event_id(number), "2021-01-04", "boeking",
                                      {{"programma", "P"},
                                       {"soort_bedrag", "baten"},
                                       {"bedrag_eurocent", "1"},
                                       {"periode", "2021-01"}});
      const StreamAppend append{
          kOrganisatie, StreamVersion{number - 1}, {{event_id(number), encode_content(boeking)}}};
      must(log_.append({&append, 1}));
    }
  }

  FakeClock clock_;
  MemoryStore log_{clock_};
};

// Around the pages of a thousand events in which a stream is read.
TEST_F(LongStream, IsProjectedFromTheMiddleAtAnyEndOfAPage) {
  for (const std::uint64_t at : {999, 1000, 1001, 1002, 1999, 2000, 2001, 2002}) {
    Dictionary dictionary;
    Projector projector(log_, dictionary);
    std::int64_t cents = 0;
    const auto add = [&cents](const Delta& delta) { cents += delta.change.weights[0]; };
    must(projector.project({must(decode_shared(must(log_.load(Position{at})).bytes))}, add));
    EXPECT_EQ(cents, 1) << at;
  }
}

TEST_F(LongStream, IsExplainedWithAllItsEventsAtAnyEndOfAPage) {
  Generation cube;
  must(cube.fill(log_, {log_.last_position(), {}, {}}, {}));
  for (const std::uint64_t at : {999, 1000, 1001, 1999, 2000, 2001, 2050}) {
    const Query query{.measure = "baten",
                      .time = Period{day("2021-01-01"), day("2021-12-31")},
                      .per = {},
                      .waar = {},
                      .known = Position{at}};
    const auto lines = ask(cube, query, [&](const Plan& plan, Rollups rollups) {
      return make_contributions(plan,
                                must(explain_figures(plan, rollups, log_, cube.dictionary())));
    });
    ASSERT_EQ(lines.size(), at);
    EXPECT_EQ(lines.back().position, Position{at});
  }
}

}  // namespace
}  // namespace trede::test
