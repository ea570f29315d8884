#include "tests/reports/trajecten.h"

#include <algorithm>
#include <stdexcept>

namespace trede::reports {

namespace {

using std::chrono::days;

constexpr Day kEndOf2020 = kVan - days{1};
constexpr Day kLastMove{std::chrono::year{2020} / 12 / 22};

// Ways that lead to a trede, the first of each the most usual.
const std::vector<std::vector<std::string>>& ways_to(const std::string& trede) {
  static const std::string ntb{kNtb};
  static const std::map<std::string, std::vector<std::vector<std::string>>> ways = {
      {ntb, {{ntb}}},
      {"3", {{"3"}, {"3"}, {ntb, "3"}, {"4", "3"}}},
      {"4", {{"4"}, {"3", "4"}, {ntb, "4"}, {"5", "4"}}},
      {"5", {{"5"}, {"4", "5"}, {"3", "5"}, {ntb, "5"}, {"3", "4", "5"}}},
      {"6", {{"6"}, {"5", "6"}, {"5", "6"}, {"4", "6"}, {"3", "5", "6"}}}};
  return ways.at(trede);
}

// Lets the traject begin somewhere and come to `trede` before `latest`.
void plan_way(Kandidaat& k, const std::string& trede, Day latest, Dice& dice) {
  const int room = static_cast<int>((latest - *k.gestart).count());
  const auto& way = room < 60 ? ways_to(trede).front() : dice.pick(ways_to(trede));
  k.start_trede = way.front();
  const int legs = static_cast<int>(way.size()) - 1;
  for (int leg = 1; leg <= legs; ++leg) {
    const int around = room * leg / (legs + 1);
    const Day on = *k.gestart + days{around + dice.between(-room / 10, room / 10)};
    k.moves.push_back({on, way[static_cast<std::size_t>(leg)]});
  }
}

// The day of aanmelding of somebody who came before 2020: more of them in later years.
Day earlier_aanmelding(Kandidaten& kandidaten) {
  const int throw_of = kandidaten.dice().between(1, 100);
  const int year = throw_of <= 10 ? 2016 : throw_of <= 28 ? 2017 : throw_of <= 58 ? 2018 : 2019;
  const std::chrono::year y{year};
  return kandidaten.working_day(Day{y / 1 / 3}, Day{y / 12 / 20});
}

void let_leave(Kandidaten& kandidaten, const std::string& trede, const std::string& reden,
               int number) {
  const auto idle = [&](const Kandidaat& k) {
    return k.trede_on(kEndOf2020) == trede && k.stays(kVan, kTm) && !k.moves_in(kVan, kTm);
  };
  static const std::vector<std::string> other = {"terug_naar_gemeente", "terug_naar_gemeente",
                                                 "verhuizing", "overig", "overig"};
  for (Kandidaat* k : kandidaten.draw(number, idle, "uitstroom from " + trede)) {
    const Day on = kandidaten.working_day(kVan + days{4}, kTm);
    k->uitstroom = Uitstroom{on, reden == "overige" ? kandidaten.dice().pick(other) : reden};
  }
}

void let_move(Kandidaten& kandidaten, const std::string& van, const std::string& naar, int number) {
  const auto idle = [&](const Kandidaat& k) {
    return k.trede_on(kEndOf2020) == van && k.stays(kVan, kTm) && !k.moves_in(kVan, kTm);
  };
  for (Kandidaat* k : kandidaten.draw(number, idle, van + " to " + naar)) {
    k->moves.push_back({kandidaten.working_day(kVan + days{4}, kTm), naar});
  }
}

// Sorts the people who run at the end of 2020 by trede over the days of aanmelding: who is still
// n.t.b. came last.
std::vector<std::string> treden_of(const Stromen& stromen, Dice& dice) {
  std::vector<std::string> treden;
  for (const auto& [trede, number] : stromen.begin) {
    if (trede != kNtb) treden.insert(treden.end(), static_cast<std::size_t>(number), trede);
  }
  dice.shuffle(treden);
  treden.insert(treden.end(), static_cast<std::size_t>(stromen.begin.at(std::string(kNtb))),
                std::string(kNtb));
  return treden;
}

void add_doelgroep(Kandidaat& k, Dice& dice) {
  k.doelgroepen.insert("statushouder");
  k.doelgroepen.insert("anderstalig");
  if (dice.chance(50)) k.doelgroepen.insert("inburgeraar");
  k.regeling = "participatiewet";
}

}  // namespace

void plan_start(Kandidaat& k, const std::string& trede, Day latest, Dice& dice) {
  const int room = static_cast<int>((latest - k.aangemeld).count());
  if (room < 40) throw std::runtime_error("no room for an intake");
  k.intake = k.aangemeld + days{dice.between(9, std::min(48, room / 2))};
  k.gestart = *k.intake + days{dice.between(2, std::min(30, room / 3))};
  plan_way(k, trede, latest, dice);
}

void add_running_trajecten(Kandidaten& kandidaten, const Stromen& stromen,
                           const std::vector<Day>& aanmeldingen_2020) {
  const std::vector<std::string> treden = treden_of(stromen, kandidaten.dice());
  const std::size_t before = treden.size() - aanmeldingen_2020.size();
  for (std::size_t i = 0; i < treden.size(); ++i) {
    const Day on = i < before ? earlier_aanmelding(kandidaten) : aanmeldingen_2020[i - before];
    plan_start(kandidaten.add(on), treden[i], kLastMove, kandidaten.dice());
  }
  for (const auto& [trede, number] : stromen.werkaanvaarding) {
    let_leave(kandidaten, trede, "werkaanvaarding", number);
  }
  for (const auto& [trede, number] : stromen.maximale_participatie) {
    let_leave(kandidaten, trede, "maximale_participatie", number);
  }
  for (const auto& [trede, number] : stromen.overige) {
    let_leave(kandidaten, trede, "overige", number);
  }
  for (const auto& [pair, number] : stromen.naar) {
    let_move(kandidaten, pair.first, pair.second, number);
  }
}

void add_ended_trajecten(Kandidaten& kandidaten, const std::vector<Day>& aanmeldingen_2020) {
  struct Quarter {
    int werkaanvaarding, maximale_participatie, overige;
  };
  // Chosen: before the first lockdown more people found work than in the whole of any later
  // quarter.
  constexpr Quarter kQuarters[] = {{36, 14, 30}, {14, 8, 28}, {18, 10, 26}, {16, 8, 32}};
  static const std::vector<std::string> treden = {"3", "4", "5", "5", "6", "6"};
  Dice& dice = kandidaten.dice();
  std::size_t used = 0;
  for (unsigned quarter = 0; quarter < 4; ++quarter) {
    const Day van{std::chrono::year{2020} / (quarter * 3 + 1) / 2};
    const auto [work, maximum, other] = kQuarters[quarter];
    for (int i = 0; i < work + maximum + other; ++i) {
      const bool recent = used < aanmeldingen_2020.size() &&
                          aanmeldingen_2020[used] + days{70} < van && dice.chance(80);
      Kandidaat& k =
          kandidaten.add(recent ? aanmeldingen_2020[used++] : earlier_aanmelding(kandidaten));
      if (k.aangemeld + days{70} > van) k.aangemeld = van - days{dice.between(90, 300)};
      const Day on = kandidaten.working_day(van, van + days{87});
      plan_start(k, dice.pick(treden), van - days{10}, dice);
      const char* reden = i < work             ? "werkaanvaarding"
                          : i < work + maximum ? "maximale_participatie"
                          : dice.chance(60)    ? "terug_naar_gemeente"
                                               : "overig";
      k.uitstroom = Uitstroom{on, reden};
    }
  }
  if (used != aanmeldingen_2020.size()) throw std::runtime_error("aanmeldingen of 2020 are left");
}

void make_statushouders(Kandidaten& kandidaten, const Figures& figures) {
  Dice& dice = kandidaten.dice();
  const auto make = [&](int number, const std::string& gemeente, const std::string& reden) {
    const auto fits = [&](const Kandidaat& k) {
      if (k.trede_on(kEndOf2020).empty() || k.is("statushouder")) return false;
      if (k.has_diagnose || k.is("banenafspraak")) return false;
      if (reden.empty()) return !k.uitstroom && *k.gestart < kVan - days{60};
      if (!k.uitstroom) return false;
      const bool overige =
          k.uitstroom->reden != "werkaanvaarding" && k.uitstroom->reden != "maximale_participatie";
      return reden == "overige" ? overige : k.uitstroom->reden == reden;
    };
    for (Kandidaat* k : kandidaten.draw(number, fits, "statushouders of " + gemeente)) {
      add_doelgroep(*k, dice);
      k->gemeente = gemeente;
    }
  };
  for (const std::string gemeente : kGemeenten) {
    const auto printed = [&](const std::string& row) {
      return figures.count("statushouders/" + row + "/" + id_of(gemeente));
    };
    make(printed("werkaanvaarding"), gemeente, "werkaanvaarding");
    make(printed("maximale-participatie"), gemeente, "maximale_participatie");
    make(printed("overige"), gemeente, "overige");
    make(printed("beginstand") - printed("uitstroom"), gemeente, "");
  }
}

}  // namespace trede::reports
