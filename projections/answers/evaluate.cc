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

std::vector<Dim> Plan::per_dims() const {
  std::vector<Dim> out;
  for (const std::string& name : query.per) {
    out.push_back(entry.dims[static_cast<std::size_t>(find_dimension(entry, name))]);
  }
  return out;
}

std::vector<std::string> Plan::texts(const RowKey& row) const {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const auto index = static_cast<std::size_t>(find_dimension(entry, query.per[i]));
    out.push_back(text_of(entry.dims[index], row[i], dictionary));
  }
  return out;
}

std::vector<RollupKey> rollups_of(const Query& query) {
  const MeasureEntry& entry = entry_of(query);
  const Formula& formula = formula_of(entry.measure);
  std::vector<RollupKey> out{rollup_of(query, entry, formula.waarde)};
  if (formula.noemer) out.push_back(rollup_of(query, entry, *formula.noemer));
  return out;
}

namespace {

// What decides which rows a question has, as text that no other form has. A string that comes into
// use makes another form: who asked just before must not leave rows without it to who asks after.
std::string form_of(const Query& query, const RollupKey& key, const Side& side) {
  std::string out;
  const auto put = [&out](const std::string& text) {
    out.append(std::to_string(text.size())).append(":").append(text);
  };
  out.push_back(static_cast<char>(key.table));
  out.push_back(side.term.kind == TermKind::kBij ? '+' : '-');
  put(std::to_string(side.rows.unknown()));
  for (const std::string& name : query.per) put(name);
  for (const Filter& filter : query.waar) {
    out.push_back('?');
    put(filter.dimension);
    for (const std::string& code : filter.codes) put(code);
  }
  return out;
}

// The sums of one side in the rows of its layout, row by row.
class SideSums {
 public:
  SideSums(const Plan& plan, const Side& side, const Rollup& rollup, LayoutCache& layouts)
      : plan_(plan),
        side_(side),
        rollup_(rollup),
        layout_(layouts.find_or_make(form_of(plan.query, rollup.key(), side), rollup.size(), [&] {
          return make_layout(side.rows, plan.per_dims(), rollup, plan.dictionary);
        })) {
    find_next();
  }

  // Null after the last row.
  const std::vector<std::string>* codes() const {
    return row_ < layout_->size() ? &layout_->codes[row_] : nullptr;
  }
  // Adds the sum of the row to `figure` and goes to the next one that is not zero.
  void take(Figure& figure) {
    figure.of(side_) += sum_;
    ++row_;
    find_next();
  }

 private:
  void find_next() {
    for (; row_ < layout_->size(); ++row_) {
      sum_ = 0;
      for (const Code cell : layout_->cells_of(row_)) {
        sum_ += sum_of(side_.term, plan_.asked, rollup_.cell(cell),
                       {rollup_.series(cell), plan_.query.known});
      }
      if (sum_ != 0) return;
    }
  }

  const Plan& plan_;
  const Side& side_;
  const Rollup& rollup_;
  std::shared_ptr<const Layout> layout_;
  std::size_t row_ = 0;
  Int128 sum_ = 0;
};

// The lowest codes that some side stands at; null when all are at their end.
const std::vector<std::string>* lowest_codes(const std::vector<SideSums>& sides) {
  const std::vector<std::string>* lowest = nullptr;
  for (const SideSums& side : sides) {
    const auto* codes = side.codes();
    if (codes != nullptr && (lowest == nullptr || *codes < *lowest)) lowest = codes;
  }
  return lowest;
}

}  // namespace

Answer evaluate(const Plan& plan, Rollups rollups, LayoutCache& layouts) {
  Answer answer{.per = plan.query.per,
                .is_ratio = plan.formula.noemer.has_value(),
                .is_percentage = plan.entry.measure.is_percentage,
                .rows = {},
                .time = plan.query.time,
                .known = plan.query.known,
                .generation = 0};
  std::vector<SideSums> sides;
  for (std::size_t i = 0; i < plan.sides.size(); ++i) {
    sides.emplace_back(plan, plan.sides[i], *rollups[i], layouts);
  }
  while (const auto* codes = lowest_codes(sides)) {
    AnswerRow row{.codes = *codes, .waarde = {}, .teller = {}, .noemer = {}};
    Figure figure;
    for (SideSums& side : sides) {
      const auto* at = side.codes();
      if (at != nullptr && *at == row.codes) side.take(figure);
    }
    set_figure(plan.formula, figure, row);
    answer.rows.push_back(std::move(row));
  }
  if (plan.query.per.empty() && answer.rows.empty()) {
    AnswerRow row{.codes = {}, .waarde = {}, .teller = {}, .noemer = {}};
    set_figure(plan.formula, {}, row);
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
