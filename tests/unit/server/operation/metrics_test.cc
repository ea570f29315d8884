// What is served at /metrics: that each number is there, changes with what it counts, and is told
// of in the manual.
#include "tools/server/operation/metrics.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <regex>
#include <set>

namespace trede::server {
namespace {

using Names = std::set<std::string>;

Names found_in(const std::string& text, const char* pattern) {
  const std::regex regex(pattern, std::regex::multiline);
  Names out;
  for (std::sregex_iterator it(text.begin(), text.end(), regex), end; it != end; ++it) {
    out.insert((*it)[1]);
  }
  return out;
}

class MetricsTest : public testing::Test {
 protected:
  bool tells(const std::string& line) const {
    return metrics_.text().find("\n" + line + "\n") != std::string::npos;
  }
  // All that can be served.
  std::string everything() {
    metrics_.count("leesCijfers", 200, std::chrono::microseconds{300});
    metrics_.count_query("trajecten", std::chrono::microseconds{300});
    metrics_.count_refusal("past_niet");
    return metrics_.text();
  }

  Standing now_;
  Metrics metrics_{[this] { return now_; }, {"trajecten", "uitstroom"}};
};

TEST_F(MetricsTest, TheManualNamesExactlyWhatIsServed) {
  std::ifstream in(TREDE_MANUAL);
  const std::string manual(std::istreambuf_iterator<char>(in), {});
  const Names served = found_in(everything(), "^# TYPE (trede_[a-z_]+) ");
  EXPECT_GT(served.size(), 20U);
  EXPECT_EQ(found_in(manual, R"(^\| `(trede_[a-z_]+)`)"), served);
}

TEST_F(MetricsTest, NamesSayTheUnitAndWhatOnlyRises) {
  const std::string text = everything();
  const Names families = found_in(text, "^# TYPE (trede_[a-z_]+) ");
  EXPECT_EQ(found_in(text, "^# HELP (trede_[a-z_]+) [A-Z0-9].*\\.$"), families);
  const Names counters = found_in(text, "^# TYPE (trede_[a-z_]+) counter$");
  const Names histograms = found_in(text, "^# TYPE (trede_[a-z_]+) histogram$");
  for (const std::string& name : families) {
    EXPECT_EQ(name.ends_with("_total"), counters.contains(name)) << name;
    EXPECT_LE(name.ends_with("_seconds"), histograms.contains(name)) << name;
  }
}

TEST_F(MetricsTest, EachNumberIsThatOfWhatItStandsFor) {
  now_ = {.log = Position{12},
          .projections = Position{10},
          .is_noting = false,
          .is_projecting = false,
          .scrub_findings = 1,
          .sessions = 2,
          .http = {3, 4, 5, 6, 7, 8, 9, 10, 11},
          .figures = {.append_seconds = {},
                      .group_events = {},
                      .sync_seconds = {},
                      .database = {.name = "log",
                                   .keys = 21,
                                   .memtable_bytes = 22,
                                   .table_bytes = 23,
                                   .compaction_pending_bytes = 24,
                                   .write_ahead_bytes = 25,
                                   .is_slowed = true,
                                   .is_stopped = true,
                                   .background_errors = 26},
                      .block_cache_bytes = 27,
                      .refuses = "a reason"}};
  for (const char* line : {"trede_log_position 12",
                           "trede_projection_position 10",
                           "trede_projection_lag_events 2",
                           "trede_projection_running 0",
                           "trede_scrub_findings 1",
                           "trede_sessions 2",
                           "trede_connections_open 3",
                           "trede_connections_accepted_total 4",
                           "trede_connections_refused_total 5",
                           "trede_connections_failed_total 6",
                           "trede_requests_running 7",
                           "trede_requests_malformed_total 9",
                           "trede_received_bytes_total 10",
                           "trede_sent_bytes_total 11",
                           "trede_log_keys 21",
                           "trede_log_memtable_bytes 22",
                           "trede_log_table_bytes 23",
                           "trede_log_compaction_pending_bytes 24",
                           "trede_log_write_ahead_bytes 25",
                           "trede_log_writes_slowed 1",
                           "trede_log_writes_stopped 1",
                           "trede_log_appends_refused 1",
                           "trede_trail_failing 1",
                           "trede_log_background_errors_total 26",
                           "trede_block_cache_bytes 27"}) {
    EXPECT_TRUE(tells(line)) << line;
  }
}

TEST_F(MetricsTest, AHistogramCountsFromTheSmallestBoundUp) {
  now_.figures.append_seconds = {.bounds = {0.5, 1}, .counts = {2, 1, 4}, .sum = 9.5};
  EXPECT_TRUE(tells(R"(trede_log_append_seconds_bucket{le="0.5"} 2)"));
  EXPECT_TRUE(tells(R"(trede_log_append_seconds_bucket{le="1"} 3)"));
  EXPECT_TRUE(tells(R"(trede_log_append_seconds_bucket{le="+Inf"} 7)"));
  EXPECT_TRUE(tells("trede_log_append_seconds_count 7"));
  EXPECT_TRUE(tells("trede_log_append_seconds_sum 9.5"));
}

TEST_F(MetricsTest, FiguresAreCountedByMeasureOfThoseThatThereAre) {
  metrics_.count_query("trajecten", std::chrono::microseconds{30});
  metrics_.count_query("trajecten", std::chrono::milliseconds{30});
  metrics_.count_query("verzonnen", std::chrono::milliseconds{30});
  EXPECT_TRUE(tells(R"(trede_query_seconds_bucket{maat="trajecten",le="5e-05"} 1)"));
  EXPECT_TRUE(tells(R"(trede_query_seconds_count{maat="trajecten"} 2)"));
  EXPECT_EQ(metrics_.text().find("uitstroom"), std::string::npos);
  EXPECT_EQ(metrics_.text().find("verzonnen"), std::string::npos);
}

TEST_F(MetricsTest, RefusalsAreCountedByRule) {
  metrics_.count_refusal("past_niet");
  metrics_.count_refusal("past_niet");
  EXPECT_TRUE(tells(R"(trede_refusals_total{rule="past_niet"} 2)"));
}

}  // namespace
}  // namespace trede::server
