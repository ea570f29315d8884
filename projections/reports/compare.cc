#include "projections/reports/compare.h"

#include <map>
#include <set>
#include <tuple>

namespace trede {

namespace {

using CellIds = std::tuple<std::string, std::string, std::string>;

// A cell with what it is called.
struct Named {
  CellDifference titles;  // without cells
  const ReportCell* cell;
  CellPlace place;
};

std::vector<std::pair<CellIds, Named>> cells_of(const Report& report) {
  std::vector<std::pair<CellIds, Named>> out;
  std::uint32_t t = 0;
  for (const ReportSection& section : report.sections) {
    for (const ReportTable& table : section.tables) {
      for (std::uint32_t r = 0; r < table.rows.size(); ++r) {
        const ReportRow& row = table.rows[r];
        for (std::uint32_t c = 0; c < table.columns.size(); ++c) {
          out.push_back({{table.id, row.id, table.columns[c].id},
                         {{table.title, row.title, table.columns[c].title, {}, {}, {}},
                          &row.cells[c],
                          {t, r, c}}});
        }
      }
      ++t;
    }
  }
  return out;
}

// As printed: what is behind the last decimal nobody can see.
bool is_same(const ReportCell& a, const ReportCell& b) {
  return a.state == b.state && a.text() == b.text() && a.words == b.words && a.day == b.day;
}

// Finds what moved the figures, each question once.
class Movers {
 public:
  Movers(Position before, const WorkedOut& after, Projections& projections)
      : before_(before), after_(after), projections_(projections) {}

  Result<std::vector<Position>> of(const CellPlace& place) {
    const auto sources = after_.sources.find({place.table, place.row, place.column});
    if (sources == after_.sources.end()) return std::vector<Position>();
    std::set<Position> out;
    for (const Position source : sources->second.events) {
      if (source > before_) out.insert(source);
    }
    for (const std::string& question : sources->second.questions) {
      const auto moved = of_question(question);
      if (!moved) return std::unexpected(moved.error());
      out.insert((*moved)->begin(), (*moved)->end());
    }
    return std::vector<Position>(out.begin(), out.end());
  }

 private:
  Result<const std::set<Position>*> of_question(const std::string& question) {
    const auto [at, fresh] = known_.try_emplace(question);
    if (!fresh) return &at->second;
    Query query = after_.queries.at(question);
    query.known = before_;
    const auto moved = projections_.diff(query, after_.report.known);
    if (!moved) return std::unexpected(moved.error());
    for (const Contribution& one : *moved) at->second.insert(one.position);
    return &at->second;
  }

  Position before_;
  const WorkedOut& after_;
  Projections& projections_;
  std::map<std::string, std::set<Position>> known_;
};

}  // namespace

Result<std::vector<CellDifference>> compare(const Report& before, const WorkedOut& after,
                                            Projections& projections) {
  std::map<CellIds, Named> old;
  for (auto& [ids, named] : cells_of(before)) old.emplace(ids, named);
  Movers movers(before.known, after, projections);
  std::vector<CellDifference> out;
  for (auto& [ids, named] : cells_of(after.report)) {
    const auto found = old.find(ids);
    const ReportCell then = found == old.end() ? ReportCell() : *found->second.cell;
    if (found != old.end()) old.erase(found);
    if (is_same(then, *named.cell)) continue;
    CellDifference difference = named.titles;
    difference.before = then;
    difference.after = *named.cell;
    auto events = movers.of(named.place);
    if (!events) return std::unexpected(events.error());
    difference.events = std::move(*events);
    out.push_back(std::move(difference));
  }
  for (auto& [ids, named] : cells_of(before)) {
    if (!old.contains(ids) || named.cell->state == CellState::kLeeg) continue;
    CellDifference difference = named.titles;
    difference.before = *named.cell;
    out.push_back(std::move(difference));
  }
  return out;
}

}  // namespace trede
