#include "tools/trede/rows/import_report.h"

#include "tools/trede/table.h"
#include "tools/trede/text.h"

namespace trede::tool {

namespace {

constexpr std::size_t kMessageCharacters = 1000;

}  // namespace

void BadRows::add(std::size_t line, const std::string& column, const std::string& message) {
  ++count_;
  if (count_ > kShown) return;
  shown_.push_back({line, shown_name(column), printable(message, kMessageCharacters)});
}

void BadRows::print(Output& err) const {
  for (const Row& row : shown_) {
    err.line(file_ + ":" + std::to_string(row.line) + ": " + row.column + ": " + row.message);
  }
  if (count_ > kShown) {
    err.line(file_ + ": and " + counted(count_ - kShown, "more bad row"));
  }
}

void ImportTotals::add(Soort soort) {
  ++recorded;
  if (soort == Soort::SOORT_NOT_SET) {
    ++of_newer_kinds;
  } else {
    ++per_kind[static_cast<int>(soort)];
  }
}

void ImportTotals::add_positions(Position from, Position to) {
  if (first.value == 0) first = from;
  last = to;
}

std::string ImportTotals::text() const {
  Table table({{"soort", false}, {"aantal", true}});
  for (const auto& [number, count] : per_kind) {
    table.add({kind_of(static_cast<Soort>(number)).code, std::to_string(count)});
  }
  if (of_newer_kinds > 0) table.add({"(newer kinds)", std::to_string(of_newer_kinds)});
  table.add({"totaal", std::to_string(recorded)});
  std::string out = table.text() + "\n";
  out += "posities: " +
         (recorded == 0 ? std::string("-")
                        : std::to_string(first.value) + " t/m " + std::to_string(last.value)) +
         "\n";
  out += "overgeslagen: " + std::to_string(skipped) + "\n";
  return out;
}

}  // namespace trede::tool
