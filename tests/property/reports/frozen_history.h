// A random history in which reports are laid down at random moments, to be reported on.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "projections/reports/definition.h"
#include "projections/reports/evaluate.h"
#include "tests/support/asking.h"
#include "tests/support/random_event.h"
#include "tests/support/random_history.h"

namespace trede::test {

// A report that was laid down in it.
struct LaidDownReport {
  Report report;
  Position position;  // of its rapport_vastgesteld
};

// Threads: one.
class FrozenHistory {
 public:
  // About `events` events. Every report that the product brings along is laid down now and then,
  // over a period that is over by then.
  FrozenHistory(std::uint64_t seed, std::size_t events);

  // As known at `request.known`.
  Result<WorkedOut> work_out(const pb::ReportDefinition& definition, const ReportRequest& request);

  const std::vector<LaidDownReport>& laid_down() const { return laid_down_; }
  // Of those with the name, conditions and last day of `report` the one that begins first: what a
  // next report starts from. Requires: one of them.
  const LaidDownReport& longest_ending(const Report& report) const;
  Organisatie organisatie(Position known);
  // After one of the appends, or before all of them.
  Position random_known();
  Position last_known() const { return store_.last_position(); }
  // The quarters, and the first 2, 5, 8 and 12 months of each year.
  const std::vector<Period>& periods() const { return periods_; }
  Dice& dice() { return dice_; }

 private:
  void found_periods();
  void freeze_some();
  void freeze(const pb::ReportDefinition& definition, const ReportRequest& request);
  Generation& cube();

  Dice dice_;
  FakeClock clock_;
  MemoryStore store_{clock_};
  RandomWriter writer_;
  Recorder recorder_{store_, clock_};
  OrganisatieLog organisatie_{store_};
  std::unique_ptr<Generation> cube_;
  std::vector<Period> periods_;
  std::vector<Position> known_{Position{0}};
  std::vector<LaidDownReport> laid_down_;
  std::uint64_t last_id_ = 0;
};

// Every definition that the product brings along.
std::vector<pb::ReportDefinition> all_shipped();

// Conditions for what `definition` leaves to who asks.
std::vector<Filter> random_choice(Dice& dice, const pb::ReportDefinition& definition);

// Whether it can be asked for over `period`.
bool is_over(const pb::ReportDefinition& definition, const Period& period);

}  // namespace trede::test
