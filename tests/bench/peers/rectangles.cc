#include "tests/bench/peers/rectangles.h"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

namespace trede::bench {

namespace {

constexpr std::uint32_t kTreden = 16;
constexpr std::int32_t kNoEnd = std::numeric_limits<std::int32_t>::max();
constexpr std::uint32_t kStill = std::numeric_limits<std::uint32_t>::max();

struct Stay {
  std::uint32_t cell;
  std::int32_t van, tot;
  auto operator<=>(const Stay&) const = default;
};

// What somebody's events come to, as far as they are known: stays in order, none of them empty.
std::vector<Stay> stays_of(std::vector<EventColumns> acting) {
  std::ranges::sort(acting, {}, [](const EventColumns& event) {
    return std::tuple(event.day, event.soort, event.position);
  });
  std::vector<Stay> stays;
  std::uint32_t gemeente = 0;
  std::uint32_t trede = 0;
  for (const EventColumns& event : acting) {
    if (event.gemeente != 0) gemeente = event.gemeente;
    if (event.trede != 0) trede = event.trede;
    if (event.soort == pb::Body::kUitstroom) trede = 0;
    if (!stays.empty() && stays.back().tot == kNoEnd) {
      stays.back().tot = event.day;
      if (stays.back().van == event.day) stays.pop_back();
    }
    if (trede != 0) stays.push_back({gemeente * kTreden + trede, event.day, kNoEnd});
  }
  return stays;
}

}  // namespace

class RectangleWriter {
 public:
  RectangleWriter(Rectangles& out, std::vector<EventColumns> events)
      : out_(out), events_(std::move(events)) {
    std::ranges::sort(events_, {}, [](const EventColumns& event) {
      return std::tuple(event.dossier, event.position);
    });
  }

  void write() {
    for (std::size_t i = 0; i < events_.size(); ++i) {
      take(events_[i]);
      change_to(stays_of(acting_), events_[i].position);
      if (i + 1 < events_.size() && events_[i + 1].dossier == events_[i].dossier) continue;
      change_to({}, kStill);
      acting_.clear();
    }
  }

 private:
  // A correctie takes the place in order of what it replaces.
  void take(EventColumns event) {
    if (event.vervangt == 0) return acting_.push_back(event);
    const auto at = std::ranges::find(acting_, event.vervangt, &EventColumns::position);
    if (at == acting_.end()) return;  // of an event that moves nobody
    if (event.soort == kIntrekking) {
      acting_.erase(at);
    } else {
      event.position = event.vervangt;
      *at = event;
    }
  }

  // Closes what no longer holds at `position`, and opens what does from there on.
  void change_to(const std::vector<Stay>& stays, std::uint32_t position) {
    for (auto at = open_.begin(); at != open_.end();) {
      if (std::ranges::find(stays, at->first) != stays.end()) {
        ++at;
      } else {
        add(at->first, at->second, position);
        at = open_.erase(at);
      }
    }
    for (const Stay& stay : stays) open_.try_emplace(stay, position);
  }

  void add(const Stay& stay, std::uint32_t from, std::uint32_t until) {
    out_.cells_.push_back(stay.cell);
    out_.van_.push_back(stay.van);
    out_.tot_.push_back(stay.tot);
    out_.from_.push_back(from);
    out_.until_.push_back(until);
  }

  Rectangles& out_;
  std::vector<EventColumns> events_;  // by dossier, then position
  std::vector<EventColumns> acting_;
  std::map<Stay, std::uint32_t> open_;  // to the position from which it holds
};

Rectangles::Rectangles(const Columns& columns) : gemeenten_(columns.gemeenten) {
  std::vector<EventColumns> moves;
  std::ranges::copy_if(columns.events, std::back_inserter(moves), moves_trajecten);
  RectangleWriter(*this, std::move(moves)).write();
}

Counts Rectangles::count(const Question& question) {
  const std::int32_t day = day_number(question.day);
  const auto known = static_cast<std::uint32_t>(question.known.value);
  std::vector<std::int64_t> per_cell((gemeenten_.size() + 1) * kTreden);
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    const bool holds =
        (van_[i] <= day) & (day < tot_[i]) & (from_[i] <= known) & (known < until_[i]);
    per_cell[cells_[i]] += holds ? 1 : 0;
  }
  Counts out;
  for (std::size_t cell = 0; cell < per_cell.size(); ++cell) {
    if (per_cell[cell] == 0) continue;
    out[{gemeenten_[cell / kTreden - 1], trede_code(static_cast<int>(cell % kTreden))}] =
        per_cell[cell];
  }
  return out;
}

}  // namespace trede::bench
