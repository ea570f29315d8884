#include "tools/render/xlsx/numbers.h"

#include <array>
#include <charconv>

#include "tools/render/words.h"

namespace trede::render {

namespace {

constexpr int kDigitsShown = 15;  // of a double, by Excel

// What Excel takes `kept` for when it shows it.
Rational seen(double kept) {
  std::array<char, 40> text{};
  const auto end =
      std::to_chars(text.begin(), text.end(), kept, std::chars_format::scientific, kDigitsShown - 1)
          .ptr;
  const std::string_view digits(text.data(), static_cast<std::size_t>(end - text.data()));
  Int128 whole = 0;
  for (const char c : digits.substr(0, digits.find('e'))) {
    if (c >= '0' && c <= '9') whole = whole * 10 + (c - '0');
  }
  if (digits.starts_with('-')) whole = -whole;
  int exponent = 0;
  const std::string_view after = digits.substr(digits.find('e') + 1);
  const std::string_view unsigned_part = after.starts_with('+') ? after.substr(1) : after;
  std::from_chars(unsigned_part.begin(), unsigned_part.end(), exponent);
  Rational out(whole);
  const Rational ten(Int128{10});
  for (int i = kDigitsShown - 1; i > exponent; --i) out = out / ten;
  for (int i = kDigitsShown - 1; i < exponent; ++i) out = out * ten;
  return out;
}

bool is_below_nul_but_printed_as_nul(const ReportCell& cell) {
  return cell.number.is_negative() && cell.text().find_first_not_of("0.") == std::string::npos;
}

// LibreOffice multiplies a percentage by 100 before it rounds it, in double precision: 0.0055
// becomes a little less than 0.55.
bool loses_its_half(const ReportCell& cell) {
  if (scale_of(cell) == 1 || !ends_at_half(cell)) return false;
  const double shown = kept(cell.number, cell) * scale_of(cell);
  const double exact = approximate(cell.number);
  return exact < 0 ? shown > exact : shown < exact;
}

}  // namespace

int scale_of(const ReportCell& cell) { return cell.unit == CellUnit::kProcent ? 100 : 1; }

int kept_decimals(const ReportCell& cell) {
  return cell.decimals + (cell.unit == CellUnit::kProcent ? 2 : 0);
}

bool ends_at_half(const ReportCell& cell) {
  Rational twice = cell.number * Rational(Int128{2});
  for (int i = 0; i < cell.decimals; ++i) twice = twice * Rational(Int128{10});
  return twice.below() == 1 && twice.above() % 2 != 0;
}

double kept(const Rational& number, const ReportCell& cell) {
  return approximate(number / Rational(Int128{scale_of(cell)}));
}

Rational written(const ReportCell& cell) {
  constexpr double kLeast = 1e-9;  // nothing that a report prints is nearer to nul
  constexpr double kMost = 1e15;
  const double value = kept(cell.number, cell);
  const double size = value < 0 ? -value : value;
  const Rational scale(Int128{scale_of(cell)});
  const bool as_printed = size >= kLeast && size < kMost
                              ? (seen(value) * scale).text(cell.decimals) == cell.text()
                              : cell.number.is_zero();
  if (as_printed && !is_below_nul_but_printed_as_nul(cell) && !loses_its_half(cell)) {
    return cell.number;
  }
  const auto printed = parse_rational(cell.text());
  return printed ? *printed : cell.number;  // more than 18 digits: as good as it gets
}

}  // namespace trede::render
