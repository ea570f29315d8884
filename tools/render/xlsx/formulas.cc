#include "tools/render/xlsx/formulas.h"

#include <algorithm>

#include "tools/render/words.h"
#include "tools/render/xlsx/numbers.h"

namespace trede::render {

namespace {

constexpr std::size_t kPartsMax = 255;  // arguments of a function in Excel
constexpr int kMoreDecimals = 8;
constexpr int kDecimalsMax = 12;

struct Part {
  const ReportCell* cell;
  SheetCell at;
  Rational number;  // as it is written; nul for words
};

class Formula {
 public:
  Formula(const ReportCell& cell, const SheetCell& at, const WorkbookPlaces& places)
      : cell_(cell), at_(at), places_(places) {}

  std::optional<WrittenFormula> written_out() {
    if (cell_.state != CellState::kNumber || !cell_.formula || !gather()) return std::nullopt;
    const auto outcome = worked_out();
    if (!outcome) return std::nullopt;
    Rational value = *outcome / Rational(Int128{scale_of(cell_)});
    std::string text = expression();
    const auto round = [&](int digits) {
      const auto rounded = parse_rational(value.text(digits));
      if (!rounded) return false;
      value = *rounded;
      text = "ROUND(" + text + "," + std::to_string(digits) + ")";
      return true;
    };
    const int shown = kept_decimals(cell_);
    const bool exact = written(cell_) == cell_.number;
    // First what double precision adds is taken away, or a half may be none any more.
    if (!is_whole() && (exact || ends_at_half(cell_)) &&
        !round(std::min(shown + kMoreDecimals, kDecimalsMax))) {
      return std::nullopt;
    }
    if (!exact && !round(shown)) return std::nullopt;
    if ((value * Rational(Int128{scale_of(cell_)})).text(cell_.decimals) != cell_.text()) {
      return std::nullopt;
    }
    return WrittenFormula{"=" + text, approximate(value)};
  }

 private:
  // False: a part is not there, or not known.
  bool gather() {
    const std::vector<CellPlace>& of = cell_.formula->of;
    if (of.empty() || of.size() > kPartsMax) return false;
    for (const CellPlace& place : of) {
      const ReportCell* part = places_.find(place);
      if (part == nullptr || part->state == CellState::kGeenGegevens ||
          part->state == CellState::kOnderdrukt) {
        return false;
      }
      const bool number = part->state == CellState::kNumber;
      parts_.push_back({part, places_.place(place), number ? written(*part) : Rational()});
    }
    return true;
  }

  std::optional<Rational> worked_out() const {
    Rational out = parts_.front().number;
    switch (cell_.formula->kind) {
      case CellFormula::Kind::kSum:
        for (std::size_t i = 1; i < parts_.size(); ++i) out = out + parts_[i].number;
        return out;
      case CellFormula::Kind::kDifference:
        for (std::size_t i = 1; i < parts_.size(); ++i) out = out - parts_[i].number;
        return out;
      case CellFormula::Kind::kPercentage:
      case CellFormula::Kind::kQuotient:
        if (parts_.size() != 2 || parts_[1].number.is_zero()) return std::nullopt;
        out = out / parts_[1].number;
        return is_percentage() ? Rational(Int128{100}) * out : out;
    }
    return std::nullopt;
  }

  bool is_percentage() const { return cell_.formula->kind == CellFormula::Kind::kPercentage; }
  bool is_ratio() const {
    return is_percentage() || cell_.formula->kind == CellFormula::Kind::kQuotient;
  }

  // Whole numbers stay exact in a sum or a difference.
  bool is_whole() const {
    return !is_ratio() && factor_of(parts_.front()) == Rational(Int128{1}) &&
           std::ranges::all_of(parts_, [](const Part& part) {
             return part.number.below() == 1 && scale_of(*part.cell) == 1;
           });
  }

  // By how much a part is larger than it is kept, against the cell.
  Rational factor_of(const Part& part) const {
    return Rational(Int128{scale_of(*part.cell)}, Int128{scale_of(cell_)});
  }

  static std::string times(std::string text, const Rational& factor) {
    if (factor.above() != 1) text += "*" + Rational(factor.above()).text(0);
    if (factor.below() != 1) text += "/" + Rational(factor.below()).text(0);
    return text;
  }

  // Words count as nul where a formula would fail on them.
  std::string name(const Part& part) const {
    const std::string name = places_.name(part.at, at_.sheet);
    return part.cell->state == CellState::kNumber ? name : "N(" + name + ")";
  }

  std::string expression() const {
    if (is_ratio()) {
      const Rational hundred(Int128{is_percentage() ? 100 : 1});
      const Rational factor =
          hundred * factor_of(parts_[0]) / Rational(Int128{scale_of(*parts_[1].cell)});
      return times(name(parts_[0]) + "/" + name(parts_[1]), factor);
    }
    const Rational factor = factor_of(parts_.front());
    const bool alike =
        std::ranges::all_of(parts_, [&](const Part& part) { return factor_of(part) == factor; });
    const bool sum = cell_.formula->kind == CellFormula::Kind::kSum;
    if (sum && alike) return times("SUM(" + named_parts() + ")", factor);
    std::string out;
    for (const Part& part : parts_) {
      out += (out.empty() ? ""
              : sum       ? "+"
                          : "-") +
             (alike ? name(part) : times(name(part), factor_of(part)));
    }
    return alike && factor != Rational(Int128{1}) ? times("(" + out + ")", factor) : out;
  }

  // `B4:B8` where they follow one another, else one by one.
  std::string named_parts() const {
    const SheetCell& first = parts_.front().at;
    const auto follow = [&](bool down) {
      for (std::size_t i = 0; i < parts_.size(); ++i) {
        SheetCell want = first;
        if (down) {
          want.row += static_cast<std::uint32_t>(i);
        } else {
          want.column = static_cast<std::uint16_t>(want.column + i);
        }
        if (parts_[i].at != want) return false;
      }
      return parts_.size() > 2;
    };
    if (follow(true) || follow(false)) {
      return places_.name(first, at_.sheet) + ":" + places_.name(parts_.back().at, first.sheet);
    }
    std::string out;
    for (const Part& part : parts_) {
      out += (out.empty() ? "" : ",") + places_.name(part.at, at_.sheet);
    }
    return out;
  }

  const ReportCell& cell_;
  const SheetCell& at_;
  const WorkbookPlaces& places_;
  std::vector<Part> parts_;
};

}  // namespace

std::optional<WrittenFormula> formula_of(const ReportCell& cell, const SheetCell& at,
                                         const WorkbookPlaces& places) {
  return Formula(cell, at, places).written_out();
}

}  // namespace trede::render
