// A random history with its cube in memory, to be asked.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/property/projections/naive.h"
#include "tests/property/projections/random_query.h"
#include "tests/support/asking.h"
#include "tests/support/random_history.h"

namespace trede::test {

// Threads: one.
class Asked {
 public:
  explicit Asked(std::uint64_t seed, std::size_t events = 160);

  Position all_events() const { return history_.store.last_position(); }
  const QuerySpace& space() const { return space_; }
  const std::vector<EventPtr>& events() const { return all_; }

  Answer answer(const Query& query) const;
  std::vector<Contribution> explain(const Query& query);
  std::vector<Contribution> diff(const Query& query, Position then) const;

  // What the definitions say; the folds of positions asked before are kept.
  NaiveRows naive(const Query& query);

 private:
  RandomHistory history_;
  std::vector<EventPtr> all_;
  QuerySpace space_;
  mutable Generation cube_;
  std::map<Position, std::unique_ptr<NaiveLog>> naive_;
};

// The numbers of a row: a value, and of a verhouding teller and noemer; in units.
struct RowNumbers {
  Int128 waarde = 0;
  Int128 teller = 0;
  Int128 noemer = 0;
  bool operator==(const RowNumbers&) const = default;
  RowNumbers& operator+=(const RowNumbers& other);
  RowNumbers& operator-=(const RowNumbers& other);
};
// Rows by their codes; those whose numbers are all 0 are left out.
using RowTable = std::map<std::vector<std::string>, RowNumbers>;

RowTable table_of(const Answer& answer);
RowTable table_of(const std::vector<Contribution>& contributions);
void add(RowTable& table, const RowTable& other);
void subtract(RowTable& table, const RowTable& other);
// The rows added up over the column `column`, which falls away.
RowTable without_column(const RowTable& table, std::size_t column);
// `Velsen 3 = 2, ...`, for messages.
std::string text(const RowTable& table);

}  // namespace trede::test
