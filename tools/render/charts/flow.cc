// From each row on the left to each column on the right, as wide as its number.
#include <algorithm>

#include "tools/render/charts/kinds_internal.h"
#include "tools/render/charts/marks.h"
#include "tools/render/words.h"

namespace trede::render {

namespace {

constexpr double kTop = 30;
constexpr double kFlowHeight = 250;  // of all flows together
constexpr double kNode = 12;         // width
constexpr double kNodeGap = 14;
constexpr double kSlotMin = 18;  // so that names do not touch
constexpr double kNames = 250;   // room on either side
constexpr std::size_t kNameMax = 22;
constexpr double kLabelHeight = 14;

// A row or column that flows leave or reach.
struct FlowNode {
  std::string name;
  Rational total;
  double y = 0;
  double height = 0;
  double taken = 0;      // of the height, by flows drawn so far
  bool unknown = false;  // whether there are flows besides, of which nobody may know how large
};

// What cannot be drawn as a width is nothing here.
Rational flow_of(const Drawn& cell) {
  return cell.number && !cell.number->is_negative() ? *cell.number : Rational();
}

// Puts nodes below one another; returns where the last one ends.
double place(std::vector<FlowNode>& nodes, double scale) {
  double y = kTop;
  for (FlowNode& node : nodes) {
    if (node.total.is_zero()) continue;
    node.height = approximate(node.total) * scale;
    const double slot = std::max(node.height, kSlotMin);
    node.y = y + (slot - node.height) / 2;
    y += slot + kNodeGap;
  }
  return y - kNodeGap;
}

class FlowDiagram {
 public:
  FlowDiagram(const ChartSeries& series, const std::string& id, Drawing& drawing)
      : series_(series), drawing_(drawing), id_(id) {
    for (const std::string& name : series.rows) from_.push_back({name, {}});
    for (const std::string& name : series.columns) to_.push_back({name, {}});
    Rational all;
    for (std::size_t r = 0; r < from_.size(); ++r) {
      for (std::size_t c = 0; c < to_.size(); ++c) {
        const Rational flow = flow_of(series.cells[r][c]);
        from_[r].total = from_[r].total + flow;
        to_[c].total = to_[c].total + flow;
        all = all + flow;
        if (series.cells[r][c].unknown) from_[r].unknown = to_[c].unknown = true;
      }
    }
    scale_ = all.is_zero() ? 0 : kFlowHeight / approximate(all);
  }

  void draw() {
    if (scale_ == 0) {
      drawing_.words({0, 24}, "Er is niets dat stroomt.", Anchor::kStart, "as");
      return drawing_.set_height(36);
    }
    drawing_.words({left(), 14}, "Van", Anchor::kEnd, "as");
    drawing_.words({right(), 14}, "Naar", Anchor::kStart, "as");
    const double end = std::max(place(from_, scale_), place(to_, scale_));
    for (std::size_t r = 0; r < from_.size(); ++r) draw_from(r);
    for (const FlowNode& node : from_) name(node, left(), Anchor::kEnd);
    for (const FlowNode& node : to_) name(node, right(), Anchor::kStart);
    for (const auto& [at, words] : labels_) {
      drawing_.words(at, words, Anchor::kStart, "opschrift");
    }
    drawing_.set_height(end + 10);
  }

 private:
  double left() const { return kNames; }
  double right() const { return drawing_.width() - kNames; }

  void draw_from(std::size_t row) {
    if (from_[row].total.is_zero()) return;
    const std::string fill = define_fill(drawing_, row, id_);
    for (std::size_t c = 0; c < to_.size(); ++c) {
      const Drawn& cell = series_.cells[row][c];
      if (flow_of(cell).is_zero()) continue;
      const double height = cell.value() * scale_;
      const double y_from = from_[row].y + from_[row].taken;
      const double y_to = to_[c].y + to_[c].taken;
      from_[row].taken += height;
      to_[c].taken += height;
      band({left() + kNode, y_from}, {right() - kNode, y_to}, height, fill);
      if (height >= kLabelHeight) {
        labels_.push_back({{left() + kNode + 10, y_from + height / 2 + 4.5}, cell.shown});
      }
    }
  }

  void band(Point from, Point to, double height, const std::string& fill) {
    const double middle = (from.x + to.x) / 2;
    const auto curve = [&](Point a, Point b) {
      return "C" + coordinates({middle, a.y}) + " " + coordinates({middle, b.y}) + " " +
             coordinates(b);
    };
    const Point from_below{from.x, from.y + height};
    const Point to_below{to.x, to.y + height};
    drawing_.path("M" + coordinates(from) + curve(from, to) + "L" + coordinates(to_below) +
                      curve(to_below, from_below) + "Z",
                  "stroom", fill);
  }

  void name(const FlowNode& node, double x, Anchor anchor) {
    if (node.total.is_zero()) return;
    const bool on_left = anchor == Anchor::kEnd;
    drawing_.box({on_left ? x : x - kNode, node.y, kNode, std::max(1.0, node.height)}, "knoop");
    drawing_.words(
        {on_left ? x - 8 : x + 8, node.y + node.height / 2 + 4.5},
        shortened(node.name, kNameMax) + (node.unknown ? "" : " " + series_.shown(node.total)),
        anchor, "naam");
  }

  const ChartSeries& series_;
  Drawing& drawing_;
  std::string id_;
  std::vector<FlowNode> from_;
  std::vector<FlowNode> to_;
  std::vector<std::pair<Point, std::string>> labels_;  // over all bands
  double scale_ = 0;                                   // height of one
};

}  // namespace

void draw_flow(const ChartSeries& series, const std::string& id, Drawing& drawing) {
  FlowDiagram(series, id, drawing).draw();
}

}  // namespace trede::render
