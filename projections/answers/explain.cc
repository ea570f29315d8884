#include "projections/answers/explain.h"

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "engine/dossier/history.h"
#include "engine/event/recorded.h"
#include "projections/facts/facts.h"
#include "projections/facts/projector.h"

namespace trede {

namespace {

using FigureVisitor = std::function<void(const EventFigure&)>;

// Hands the part of each delta in (after, until] to `visit`, per row, with its position.
void visit_parts(const Plan& plan, Rollups rollups, Position after, Position until,
                 const FigureVisitor& visit) {
  for (std::size_t i = 0; i < plan.sides.size(); ++i) {
    const Side& side = plan.sides[i];
    const Rollup& rollup = *rollups[i];
    for (Code number = 0; number < rollup.size(); ++number) {
      const Cell& cell = rollup.cell(number);
      std::vector<RowKey> rows;
      side.rows.visit(cell, [&rows](const RowKey& row) { rows.push_back(row); });
      if (rows.empty()) continue;
      rollup.series(number).visit(after, until, [&](const SeriesDelta& delta) {
        const Int128 part = part_of(side.term, plan.asked, cell, delta);
        if (part == 0) return;
        for (const RowKey& row : rows) {
          EventFigure figure{delta.position, row, {}};
          figure.figure.of(side) = part;
          visit(figure);
        }
      });
    }
  }
}

// Of which stream the event at each of `positions` is, in their order.
Result<std::vector<StreamId>> streams_at(std::span<const Position> positions,
                                         const EventStore& log) {
  std::vector<StreamId> streams;
  streams.reserve(positions.size());
  for (const Position position : positions) {
    const auto stored = log.load(position);
    if (!stored) return std::unexpected(stored.error());
    const auto stream = decode_stream(stored->bytes);
    if (!stream) return std::unexpected(stream.error());
    streams.push_back(*stream);
  }
  return streams;
}

// The streams whose events the figures stand on. What a thing in a dossier adds to a row is never
// below zero, so where the parts of a dossier come to zero, all of it came and went: of a stand
// over years of events those are nearly all, and none of them is to be read.
Result<std::set<StreamId>> find_streams(const Plan& plan, Rollups rollups, const EventStore& log) {
  std::vector<Position> positions;
  visit_parts(plan, rollups, Position{}, plan.query.known,
              [&positions](const EventFigure& figure) { positions.push_back(figure.position); });
  std::ranges::sort(positions);
  const auto twice = std::ranges::unique(positions);
  positions.erase(twice.begin(), twice.end());
  const auto streams = streams_at(positions, log);
  if (!streams) return streams.error();

  std::map<std::pair<StreamId, RowKey>, Figure> sums;
  visit_parts(plan, rollups, Position{}, plan.query.known, [&](const EventFigure& part) {
    const auto found = std::ranges::lower_bound(positions, part.position);
    Figure& sum = sums[{(*streams)[static_cast<std::size_t>(found - positions.begin())], part.row}];
    sum.waarde += part.figure.waarde;
    sum.noemer += part.figure.noemer;
  });
  std::set<StreamId> out;
  for (const auto& [at, sum] : sums) {
    if (at.first.kind != StreamKind::kDossier || !sum.is_zero()) out.insert(at.first);
  }
  return out;
}

// What the events of one thing add to one row, in the order in which they act.
class ThingParts {
 public:
  void add(Position event, const Side& side, Int128 part) {
    if (parts_.empty() || parts_.back().first != event) parts_.emplace_back(event, Figure{});
    parts_.back().second.of(side) += part;
  }

  // The parts that still stand: what the first of them add up to zero came and went.
  std::vector<std::pair<Position, Figure>> standing() const {
    Figure sum;
    std::size_t from = 0;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      sum.waarde += parts_[i].second.waarde;
      sum.noemer += parts_[i].second.noemer;
      if (sum.is_zero()) from = i + 1;
    }
    return {parts_.begin() + static_cast<std::ptrdiff_t>(from), parts_.end()};
  }

 private:
  std::vector<std::pair<Position, Figure>> parts_;
};

// The facts of one stream, in the order of its events.
void visit_facts(const StreamId& stream, const History& history, Interner& interner,
                 const FactSink& sink) {
  if (stream.kind == StreamKind::kDossier) {
    dossier_facts(history.acting(), kFirstDay, interner, sink);
    return;
  }
  for (const ActingEvent& event : history.acting()) point_facts(event, interner, sink);
}

void explain_stream(const Plan& plan, const StreamId& stream, const History& history,
                    Interner& interner, std::vector<EventFigure>& out) {
  std::map<std::pair<RowKey, Position>, ThingParts> parts;
  visit_facts(stream, history, interner, [&](const Fact& fact) {
    for (const Side& side : plan.sides) {
      if (side.term.table != fact.table) continue;
      const Int128 part =
          part_of(side.term, plan.asked, fact.cell, {fact.source, fact.day, fact.weights});
      if (part == 0) continue;
      side.rows.visit(fact.cell, [&](const RowKey& row) {
        parts[{row, fact.thing}].add(fact.source, side, part);
      });
    }
  });
  for (const auto& [at, thing] : parts) {
    for (const auto& [event, figure] : thing.standing()) {
      out.push_back({event, at.first, figure});
    }
  }
}

}  // namespace

Result<std::vector<EventFigure>> explain_figures(const Plan& plan, Rollups rollups,
                                                 const EventStore& log, Dictionary& dictionary) {
  const auto streams = find_streams(plan, rollups, log);
  if (!streams) return std::unexpected(streams.error());
  Interner interner(dictionary);
  std::vector<EventFigure> out;
  for (const StreamId& stream : *streams) {
    const auto history = load_history(log, stream, plan.query.known, decode_shared);
    if (!history) return std::unexpected(history.error());
    explain_stream(plan, stream, *history, interner, out);
  }
  return out;
}

std::vector<EventFigure> diff_figures(const Plan& plan, Rollups rollups, Position then) {
  std::vector<EventFigure> out;
  visit_parts(plan, rollups, plan.query.known, then,
              [&out](const EventFigure& figure) { out.push_back(figure); });
  return out;
}

}  // namespace trede
