#include "projections/answers/evaluate.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "engine/base/check.h"

namespace trede {

namespace {

std::vector<Side> sides_of(const Query& query, const MeasureEntry& entry, const Formula& formula,
                           const Dictionary& dictionary) {
  std::vector<Side> out;
  out.push_back({formula.waarde, RowFinder(query, entry, formula.waarde, dictionary), false});
  if (formula.noemer) {
    out.push_back({*formula.noemer, RowFinder(query, entry, *formula.noemer, dictionary), true});
  }
  return out;
}

const MeasureEntry& entry_of(const Query& query) {
  const MeasureEntry* entry = find_measure_entry(query.measure);
  TREDE_CHECK(entry != nullptr, "a query that was not checked");
  return *entry;
}

// Puts a figure where the measure shows it: a value, or teller and noemer.
template <typename RowLike>
void set_figure(const Formula& formula, const Figure& figure, RowLike& row) {
  const Number first{figure.waarde, formula.waarde.decimals};
  if (!formula.noemer) {
    row.waarde = first;
    return;
  }
  row.teller = first;
  row.noemer = {figure.noemer, formula.noemer->decimals};
}

}  // namespace

Plan::Plan(const Query& of, const Dictionary& with)
    : query(of),
      dictionary(with),
      entry(entry_of(of)),
      formula(formula_of(entry.measure)),
      asked(asked_days(of)),
      sides(sides_of(of, entry, formula, with)) {}

std::vector<std::string> Plan::texts(const RowKey& row) const {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const auto index = static_cast<std::size_t>(find_dimension(entry, query.per[i]));
    out.push_back(text_of(entry.dims[index], row[i], dictionary));
  }
  return out;
}

std::size_t RowKeyHash::operator()(const RowKey& row) const noexcept {
  std::size_t hash = row.size();
  for (const Code code : row) hash = (hash ^ code) * 0x9E3779B97F4A7C15u;
  return hash;
}

Figures evaluate(const Plan& plan, const CubeTables& tables) {
  Figures figures;
  for (const Side& side : plan.sides) {
    const CubeTable& table = *tables[static_cast<std::size_t>(side.term.table)];
    for (Code number = 0; number < table.cells().size(); ++number) {
      const Cell& cell = table.cells().at(number);
      if (!side.rows.passes(cell)) continue;
      const Int128 sum = sum_of(side.term, plan.asked, cell,
                                {table.series(number), table.shape(), plan.query.known});
      if (sum == 0) continue;
      side.rows.visit(cell, [&](const RowKey& row) { figures[row].of(side) += sum; });
    }
  }
  return figures;
}

Answer make_answer(const Plan& plan, const Figures& figures) {
  Answer answer{.per = plan.query.per,
                .is_ratio = plan.formula.noemer.has_value(),
                .is_percentage = plan.entry.measure.is_percentage,
                .rows = {},
                .time = plan.query.time,
                .known = plan.query.known,
                .generation = 0};
  std::vector<std::pair<std::vector<std::string>, Figure>> rows;
  for (const auto& [key, figure] : figures) {
    if (!figure.is_zero()) rows.emplace_back(plan.texts(key), figure);
  }
  if (plan.query.per.empty() && rows.empty()) rows.emplace_back();
  std::ranges::sort(
      rows, {}, [](const auto& row) -> const auto& { return row.first; });
  for (auto& [codes, figure] : rows) {
    AnswerRow row{.codes = std::move(codes), .waarde = {}, .teller = {}, .noemer = {}};
    set_figure(plan.formula, figure, row);
    answer.rows.push_back(std::move(row));
  }
  return answer;
}

std::vector<Contribution> make_contributions(const Plan& plan, std::vector<EventFigure> figures) {
  std::map<std::pair<RowKey, Position>, Figure> sums;
  for (EventFigure& figure : figures) {
    Figure& sum = sums[{std::move(figure.row), figure.position}];
    sum.waarde += figure.figure.waarde;
    sum.noemer += figure.figure.noemer;
  }
  std::vector<Contribution> out;
  for (const auto& [at, figure] : sums) {
    if (figure.is_zero()) continue;
    Contribution contribution{.position = at.second,
                              .codes = plan.texts(at.first),
                              .waarde = {},
                              .teller = {},
                              .noemer = {}};
    set_figure(plan.formula, figure, contribution);
    out.push_back(std::move(contribution));
  }
  std::ranges::sort(out, {}, [](const Contribution& contribution) {
    return std::tie(contribution.codes, contribution.position);
  });
  return out;
}

}  // namespace trede
