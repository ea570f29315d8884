// Who leaves and who moves after the first report (later.h).
#include <algorithm>

#include "tests/reports/later.h"

namespace trede::reports {

namespace {

using std::chrono::days;

// In traject when the stretch begins, and nothing planned in it yet.
bool is_idle(const Kandidaat& k, Period period) {
  return !k.trede_on(period.van - days{1}).empty() && !k.uitstroom && may_go_on(k.stream, period) &&
         !k.moves_in(period.van, period.tm) &&
         std::ranges::none_of(k.extras, [&](const Event& e) { return e.geldig_op >= period.van; });
}

void let_leave(Kandidaten& kandidaten, Period period, const std::string& reden, int number) {
  const auto fits = [&](const Kandidaat& k) {
    const auto trede = k.trede_on(period.van - days{1});
    const bool ready = reden != "werkaanvaarding" || trede == "5" || trede == "6" || trede == "4";
    return is_idle(k, period) && ready;
  };
  static const std::vector<std::string> other = {"terug_naar_gemeente", "terug_naar_gemeente",
                                                 "verhuizing", "overig", "overig"};
  for (Kandidaat* k : kandidaten.draw(number, fits, "uitstroom: " + reden)) {
    const Day on = kandidaten.working_day(period.van + days{1}, period.tm);
    k->uitstroom = Uitstroom{on, reden == "overige" ? kandidaten.dice().pick(other) : reden};
  }
}

// Moves of a quarter, as a part of those who could: mostly up, some back.
struct Moves {
  const char* van;
  const char* naar;
  int percentage;
};
constexpr Moves kMoves[] = {{"nader_te_bepalen", "3", 14},
                            {"nader_te_bepalen", "4", 6},
                            {"3", "4", 7},
                            {"3", "5", 4},
                            {"4", "5", 10},
                            {"5", "6", 7},
                            {"4", "3", 3},
                            {"5", "4", 2},
                            {"6", "5", 2}};

void let_move(Kandidaten& kandidaten, const Moves& moves, const Tijdvak& tijdvak) {
  const Period period = tijdvak.period;
  const auto fits = [&](const Kandidaat& k) {
    return is_idle(k, period) && k.trede_on(period.van - days{1}) == moves.van;
  };
  const auto could = static_cast<int>(std::ranges::count_if(kandidaten.all(), fits));
  const int number = scaled(tijdvak, could * moves.percentage / 100);
  for (Kandidaat* k : kandidaten.draw(number, fits, std::string("moves from ") + moves.van)) {
    k->moves.push_back({kandidaten.working_day(period.van + days{1}, period.tm), moves.naar});
  }
}

}  // namespace

void add_uitstroom(Kandidaten& kandidaten, const Tijdvak& tijdvak) {
  const Period period = tijdvak.period;
  let_leave(kandidaten, period, "werkaanvaarding", tijdvak.werkaanvaarding);
  let_leave(kandidaten, period, "maximale_participatie", tijdvak.maximale_participatie);
  let_leave(kandidaten, period, "overige", tijdvak.overige);
  for (const Moves& moves : kMoves) let_move(kandidaten, moves, tijdvak);
}

void let_uitgeest_leave(Kandidaten& kandidaten) {
  for (Kandidaat& k : kandidaten.all()) {
    if (k.last_gemeente() != "Uitgeest" || k.aangemeld >= kUitgeestLeft) continue;
    const bool never_began = !k.gestart || *k.gestart >= kUitgeestLeft;
    const bool is_over = (k.intake && k.uitkomst != "positief") || k.niet_gestart;
    if (never_began && !is_over) {
      k.gestart.reset();
      k.niet_gestart = kUitgeestLeft;
      k.niet_gestart_reden = "overig";
    } else if (!k.trede_on(kUitgeestLeft).empty()) {
      k.uitstroom = Uitstroom{kUitgeestLeft, "terug_naar_gemeente"};
    }
  }
}

}  // namespace trede::reports
