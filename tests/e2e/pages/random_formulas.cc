#include "tests/e2e/pages/random_formulas.h"

#include <random>
#include <utility>

namespace trede::testing {

namespace {

using Kind = CellFormula::Kind;

constexpr std::uint32_t kRows = 150;  // per unit

struct NumberKind {
  const char* id;
  CellUnit unit;
  int below;     // numbers are so many-ths
  int decimals;  // printed
  std::int64_t most;
};

constexpr NumberKind kUnits[] = {
    {"aantal", CellUnit::kAantal, 1, 0, 5'000},
    {"procent", CellUnit::kProcent, 10'000, 1, 1'000'000},
    {"procent-2", CellUnit::kProcent, 100'000, 2, 10'000'000},
    {"euro", CellUnit::kEuroX1000, 100'000, 0, 9'000'000'000},
    {"fte", CellUnit::kFte, 10'000, 2, 9'000'000},
};

class RandomTable {
 public:
  RandomTable(const NumberKind& kind, std::uint32_t table, std::mt19937_64& random)
      : kind_(kind), table_(table), random_(random) {}

  ReportTable make() {
    ReportTable out{kind_.id, kind_.id, "", {}, {}, ""};
    for (const char* id : {"a", "b", "c", "som", "verschil", "pct", "deel", "punt"}) {
      out.columns.push_back({id, id});
    }
    for (row_ = 0; row_ < kRows; ++row_) {
      out.rows.push_back({"r" + std::to_string(row_), "r" + std::to_string(row_), cells()});
    }
    return out;
  }

 private:
  std::int64_t any(std::int64_t most) {
    return std::uniform_int_distribution<std::int64_t>(1, most)(random_);
  }

  ReportCell number(const Rational& value, CellUnit unit, int decimals) const {
    return {CellState::kNumber, value, decimals, unit};
  }

  ReportCell follows(const Rational& value, CellUnit unit, Kind how,
                     std::vector<std::uint32_t> columns) const {
    ReportCell cell = number(value, unit, kind_.decimals);
    cell.formula = CellFormula{how, {}};
    for (const std::uint32_t column : columns) cell.formula->of.push_back({table_, row_, column});
    return cell;
  }

  // Two of three rows: b and a differ by an odd number of halves of what is printed.
  std::vector<ReportCell> cells() {
    std::int64_t half = kind_.below / 2;
    for (int i = 0; i < kind_.decimals; ++i) half /= 10;
    const std::int64_t above = any(kind_.most);
    const std::int64_t odd = 2 * any(9) - 1;
    const Int128 below = kind_.below;
    const Rational a(Int128{above}, below);
    const Rational b(Int128{row_ % 3 == 0 ? any(kind_.most) : above + odd * half}, below);
    const Rational c(Int128{any(kind_.most)}, below);
    const CellUnit unit = kind_.unit;
    const bool percent = unit == CellUnit::kProcent;
    const Rational hundred(Int128{100});
    return {number(a, unit, kind_.decimals),
            number(b, unit, kind_.decimals),
            row_ % 7 == 0 ? ReportCell{CellState::kNvt, {}} : number(c, unit, kind_.decimals),
            follows(row_ % 7 == 0 ? a + b : a + b + c, unit, Kind::kSum, {0, 1, 2}),
            follows(a - b, percent ? CellUnit::kProcentpunt : unit, Kind::kDifference, {0, 1}),
            follows(hundred * a / b, CellUnit::kProcent, Kind::kPercentage, {0, 1}),
            follows(a / b, CellUnit::kAantal, Kind::kQuotient, {0, 1}),
            follows(b - a, unit, Kind::kDifference, {1, 0})};
  }

  const NumberKind& kind_;
  std::uint32_t table_;
  std::mt19937_64& random_;
  std::uint32_t row_ = 0;
};

}  // namespace

Report random_formulas() {
  std::mt19937_64 random(20'240'831);
  Report report;
  report.name = "toeval";
  report.title = "Toeval";
  report.version = "1";
  report.period = {Day{std::chrono::year{2024} / 1 / 1}, Day{std::chrono::year{2024} / 8 / 31}};
  for (const NumberKind& kind : kUnits) {
    const auto table = static_cast<std::uint32_t>(report.sections.size());
    report.sections.push_back({kind.id, kind.id, {RandomTable(kind, table, random).make()}});
  }
  return report;
}

}  // namespace trede::testing
