#include "tests/property/projections/asked.h"

#include <stdexcept>
#include <utility>

#include "projections/answers/explain.h"

namespace trede::test {

namespace {

RowTable without_zeros(RowTable table) {
  std::erase_if(table, [](const auto& row) { return row.second == RowNumbers{}; });
  return table;
}

// Every third history books, plans and decides much, as an organisation does at the end of a year.
RandomHistoryOptions options_of(std::uint64_t seed) {
  RandomHistoryOptions options{.seed = seed};
  if (seed % 3 == 0) options.organisatie = 40;
  return options;
}

template <typename Rows>
RowTable added_up(const Rows& rows) {
  RowTable out;
  for (const auto& row : rows) {
    out[row.codes] += {row.waarde.units, row.teller.units, row.noemer.units};
  }
  return without_zeros(std::move(out));
}

}  // namespace

Asked::Asked(std::uint64_t seed, std::size_t events)
    : history_(events, options_of(seed)), all_(history_.events()), space_(query_space(all_)) {
  const Status filled = cube_.fill(history_.store, {all_events(), {}, {}}, {});
  if (!filled) throw std::runtime_error(filled.error().message);
}

Answer Asked::answer(const Query& query) const { return answer_of(cube_, query); }

std::vector<Contribution> Asked::explain(const Query& query) {
  return ask(cube_, query, [this](const Plan& plan, Rollups rollups) {
    auto figures = explain_figures(plan, rollups, history_.store, cube_.dictionary());
    if (!figures) throw std::runtime_error(figures.error().message);
    return make_contributions(plan, std::move(*figures));
  });
}

std::vector<Contribution> Asked::diff(const Query& query, Position then) const {
  return ask(cube_, query, [then](const Plan& plan, Rollups rollups) {
    return make_contributions(plan, diff_figures(plan, rollups, then));
  });
}

NaiveRows Asked::naive(const Query& query) {
  auto& log = naive_[query.known];
  if (log == nullptr) log = std::make_unique<NaiveLog>(all_, query.known);
  return log->answer(query);
}

RowNumbers& RowNumbers::operator+=(const RowNumbers& other) {
  waarde += other.waarde;
  teller += other.teller;
  noemer += other.noemer;
  return *this;
}

RowNumbers& RowNumbers::operator-=(const RowNumbers& other) {
  waarde -= other.waarde;
  teller -= other.teller;
  noemer -= other.noemer;
  return *this;
}

RowTable table_of(const Answer& answer) { return added_up(answer.rows); }

RowTable table_of(const std::vector<Contribution>& contributions) {
  return added_up(contributions);
}

void add(RowTable& table, const RowTable& other) {
  for (const auto& [codes, numbers] : other) table[codes] += numbers;
  table = without_zeros(std::move(table));
}

void subtract(RowTable& table, const RowTable& other) {
  for (const auto& [codes, numbers] : other) table[codes] -= numbers;
  table = without_zeros(std::move(table));
}

RowTable without_column(const RowTable& table, std::size_t column) {
  RowTable out;
  for (const auto& [codes, numbers] : table) {
    std::vector<std::string> left = codes;
    left.erase(left.begin() + static_cast<std::ptrdiff_t>(column));
    out[std::move(left)] += numbers;
  }
  return without_zeros(std::move(out));
}

std::string text(const RowTable& table) {
  std::string out;
  for (const auto& [codes, numbers] : table) {
    if (!out.empty()) out += ", ";
    for (const std::string& code : codes) out += code + " ";
    out += "= " + Number{numbers.waarde, 0}.text();
    if (numbers.teller != 0 || numbers.noemer != 0) {
      out += " " + Number{numbers.teller, 0}.text() + "/" + Number{numbers.noemer, 0}.text();
    }
  }
  return out;
}

}  // namespace trede::test
