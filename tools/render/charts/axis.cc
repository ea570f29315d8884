#include "tools/render/charts/axis.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "tools/render/words.h"

namespace trede::render {

namespace {

constexpr double kSteps = 5;
constexpr double kTop = 34;      // room for the unit of the values
constexpr double kHeight = 240;  // of the area
constexpr std::size_t kColumnTitleMax = 24;
constexpr double kTurned = 40;  // degrees
constexpr std::size_t kColumnTitleLines = 3;
constexpr double kLineHeight = 16;

}  // namespace

std::vector<double> Axis::ticks() const {
  std::vector<double> out;
  const auto count = static_cast<int>(std::lround((high - low) / step));
  for (int i = 0; i <= count; ++i) out.push_back(low + step * i);
  return out;
}

std::string Axis::text(double tick) const {
  std::array<char, 64> digits{};
  const double clean = std::abs(tick) < step / 2 ? 0 : tick;
  const auto end =
      std::to_chars(digits.begin(), digits.end(), clean, std::chars_format::fixed, decimals).ptr;
  return with_minus_sign(dutch_number(std::string(digits.begin(), end)));
}

Axis axis_over(double least, double most, bool whole) {
  least = std::min(least, 0.0);
  most = std::max(most, 0.0);
  if (least == most) most = 1;
  const double rough = (most - least) / kSteps;
  const double power = std::pow(10, std::floor(std::log10(rough)));
  double step = 10 * power;
  for (const double times : {1.0, 2.0, 5.0}) {
    if (times * power >= rough * (1 - 1e-9)) {
      step = times * power;
      break;
    }
  }
  if (whole) step = std::max(step, 1.0);
  Axis axis;
  axis.step = step;
  axis.low = step * std::floor(least / step + 1e-9);
  axis.high = step * std::ceil(most / step - 1e-9);
  axis.decimals = std::max(0, static_cast<int>(std::ceil(-std::log10(step) - 1e-9)));
  return axis;
}

Frame::Frame(const ChartSeries& series, const Axis& axis, const Room& room, Drawing& drawing)
    : axis_(axis) {
  double left = 0;
  for (const double tick : axis.ticks()) left = std::max(left, drawn_width(axis.text(tick)));
  left += 14;
  area_ = {left, kTop + room.above, drawing.width() - left - room.right, kHeight};
  slot_ = area_.width / static_cast<double>(std::max<std::size_t>(1, series.columns.size()));
  double longest = 0;
  for (const std::string& title : series.columns) {
    longest = std::max(longest, drawn_width(shortened(title, kColumnTitleMax)));
  }
  const auto per_line = static_cast<std::size_t>(slot_ / drawn_width("n"));
  std::size_t lines = 1;
  turned_ = per_line < 5;
  for (const std::string& title : series.columns) {
    const auto parts = wrapped(title, per_line, 99);
    lines = std::max(lines, parts.size());
    turned_ = turned_ || parts.size() > kColumnTitleLines ||
              std::ranges::any_of(parts, [](const auto& part) { return part.ends_with("…"); });
  }
  draw_values(series, drawing);
  draw_columns(series, drawing);
  const double below = turned_ ? 0.7 * longest + 24 : kLineHeight * static_cast<double>(lines) + 14;
  drawing.set_height(area_.y + area_.height + below);
}

double Frame::x(std::size_t column) const {
  return area_.x + slot_ * (static_cast<double>(column) + 0.5);
}

double Frame::y(double value) const { return area_.y + area_.height * (1 - axis_.share(value)); }

void Frame::draw_values(const ChartSeries& series, Drawing& drawing) const {
  drawing.words({0, 14}, unit_word(series.unit), Anchor::kStart, "as");
  for (const double tick : axis_.ticks()) {
    const double at = y(tick);
    const bool zero = std::abs(tick) < axis_.step / 2;
    drawing.line({area_.x, at}, {area_.x + area_.width, at}, zero ? "nul" : "rooster");
    drawing.words({area_.x - 8, at + 4.5}, axis_.text(tick), Anchor::kEnd, "as");
  }
}

void Frame::draw_columns(const ChartSeries& series, Drawing& drawing) const {
  const double below = area_.y + area_.height;
  const auto per_line = static_cast<std::size_t>(slot_ / drawn_width("n"));
  for (std::size_t c = 0; c < series.columns.size(); ++c) {
    if (turned_) {
      drawing.words({x(c) + 4, below + 16}, shortened(series.columns[c], kColumnTitleMax),
                    Anchor::kEnd, "as", kTurned);
      continue;
    }
    double line = below + 20;
    for (const std::string& part : wrapped(series.columns[c], per_line, kColumnTitleLines)) {
      drawing.words({x(c), line}, part, Anchor::kMiddle, "as");
      line += kLineHeight;
    }
  }
}

}  // namespace trede::render
