#include "tests/reports/later_personeel.h"

#include <algorithm>
#include <functional>
#include <map>
#include <stdexcept>
#include <tuple>

#include "tests/reports/tijdvak.h"

namespace trede::reports {

namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::year_month;

constexpr int kWswLeaving = 7;  // in a quarter
constexpr int kDetachedEnding = 5;
constexpr int kDetachedNew = 3;

Day between(Dice& dice, Day van, Day tm) {
  return van + days{dice.between(0, static_cast<int>((tm - van).count()))};
}

// The quarters, and the two months that are left at the end.
std::vector<Period> quarters() {
  std::vector<Period> out;
  for (Day van = kLater.van; van < kLater.tm;) {
    const std::chrono::year_month_day first{van};
    const Day next{(first.year() / first.month() + months{3}) / 1};
    out.push_back({van, std::min(next - days{1}, kLater.tm)});
    van = next;
  }
  return out;
}

class Onward {
 public:
  Onward(History& history, Personeel& personeel)
      : history_(history), dice_(history.dice()), personeel_(personeel) {}

  void wsw(Period quarter) {
    static const std::vector<const char*> redenen = {"pensioen", "pensioen", "pensioen",
                                                     "wia",      "wia",      "overlijden"};
    for (Medewerker* m : draw("wsw", kWswLeaving, quarter, any)) {
      leave(*m, between(dice_, quarter.van + days{10}, quarter.tm), dice_.pick(redenen));
    }
    const auto detached = [](const Medewerker& m) { return m.detached; };
    for (Medewerker* m : draw("wsw", kDetachedEnding, quarter, detached)) {
      const Day on = between(dice_, quarter.van + days{10}, quarter.tm);
      m->detached = false;
      m->stream->add(on, "plaatsing_einde",
                     {{"kenmerk", "detachering"}, {"reden", "contract_afgelopen"}});
      m->stream->add(on, "dienstverband_gewijzigd", {{"afdeling", kProductie}});
    }
    const auto inside = [](const Medewerker& m) {
      return m.afdeling == kProductie && !m.moves() && !m.detached;
    };
    for (Medewerker* m : draw("wsw", kDetachedNew, quarter, inside)) {
      const Day on = between(dice_, quarter.van + days{10}, quarter.tm);
      m->detached = true;
      m->afdeling = kGedetacheerden;
      m->stream->add(on, "plaatsing", detachering("wsw", false, dice_));
      m->stream->add(on, "dienstverband_gewijzigd", {{"afdeling", kGedetacheerden}});
    }
  }

  // Everybody in the Wsw who belongs to Uitgeest goes over with it.
  void uitgeest() {
    for (Medewerker& m : personeel_) {
      if (m.dienstverband == "wsw" && m.gemeente == "Uitgeest" && !m.einde) {
        leave(m, kUitgeestLeft, "overig");
      }
    }
  }

  void ambtelijk(Period quarter) {
    static const std::vector<const char*> afdelingen = {
        "Re-integratie", "Re-integratie", "Werkgeversservicepunt", "Hoofdkantoor", kProductie};
    const bool shrinking = quarter.van >= k8Maanden.van;  // vacatures stay open
    for (const auto& [kind, leaving, coming] :
         {std::tuple{"ambtelijk", shrinking ? 4 : 3, shrinking ? 2 : 3}, {"payroll", 1, 1}}) {
      for (Medewerker* m : draw(kind, leaving, quarter, any)) {
        leave(*m, between(dice_, quarter.van + days{10}, quarter.tm), "eigen_verzoek");
      }
      for (int i = 0; i < coming; ++i) {
        const Day on{year_month_of(quarter.van) / 1};
        add(kind, "", dice_.pick(afdelingen), on + months_on(on, dice_.between(0, 1)));
      }
    }
  }

  // In the end so many in each gemeente as printed.
  void beschut_werk(const Figures& figures) {
    static const std::map<std::string, int> leaving = {
        {"Beverwijk", 3}, {"Heemskerk", 2}, {"Uitgeest", 2}, {"Velsen", 4}};
    for (const std::string gemeente : kGemeenten) {
      const auto there = [&](const Medewerker& m) { return m.gemeente == gemeente; };
      const int stand = static_cast<int>(std::ranges::count_if(personeel_, [&](const auto& m) {
        return m.dienstverband == "beschut_werk" && there(m) && !m.einde;
      }));
      for (Medewerker* m : draw("beschut_werk", leaving.at(gemeente), quarters()[1], there)) {
        leave(*m, between(dice_, Day{std::chrono::year{2021} / 9 / 1}, kLater.tm - days{40}),
              dice_.chance(50) ? "wia" : "eigen_verzoek");
      }
      const int wanted = figures.count("beschut-werk/dienstverbanden/" + id_of(gemeente));
      for (int i = stand - leaving.at(gemeente); i < wanted; ++i) {
        const Day first{std::chrono::year{2021} / 5 / 1};
        add("beschut_werk", gemeente, dice_.chance(30) ? "Groen" : kProductie,
            first + months_on(first, dice_.between(0, 38)));
      }
    }
  }

 private:
  static constexpr const char* kProductie = "Leerwerkbedrijf productie";
  static constexpr const char* kGedetacheerden = "Gedetacheerden";
  using Condition = std::function<bool(const Medewerker&)>;
  static bool any(const Medewerker&) { return true; }

  static year_month year_month_of(Day day) {
    const std::chrono::year_month_day date{day};
    return date.year() / date.month();
  }
  static days months_on(Day first, int number) {
    return Day{(year_month_of(first) + months{number}) / 1} - first;
  }

  std::vector<Medewerker*> draw(std::string_view dienstverband, int number, Period quarter,
                                const Condition& condition) {
    std::vector<Medewerker*> out;
    for (Medewerker& m : personeel_) {
      if (m.dienstverband == dienstverband && !m.einde && m.start < quarter.van - days{90} &&
          may_go_on(m.stream, quarter) && condition(m)) {
        out.push_back(&m);
      }
    }
    if (static_cast<int>(out.size()) < number) throw std::runtime_error("too few people employed");
    dice_.shuffle(out);
    out.resize(static_cast<std::size_t>(number));
    return out;
  }

  static void leave(Medewerker& m, Day on, const char* reden) {
    m.einde = on;
    m.stream->add(on, "dienstverband_einde", {{"reden", reden}});
  }

  void add(const std::string& dienstverband, const std::string& gemeente,
           const std::string& afdeling, Day start) {
    Medewerker& m = personeel_.emplace_back();
    m.stream = &history_.new_dossier();
    m.dienstverband = dienstverband;
    m.gemeente = gemeente;
    m.afdeling = afdeling;
    m.start = start;
    m.factor = dice_.chance(55) ? 10'000 : dice_.chance(50) ? 8000 : 6000;
    m.stream->add(start, "dienstverband_start", dienstverband_of(m));
  }

  History& history_;
  Dice& dice_;
  Personeel& personeel_;
};

}  // namespace

void add_later_personeel(History& history, Personeel& personeel, const Figures& figures) {
  Onward onward(history, personeel);
  for (const Period& quarter : quarters()) {
    if (quarter.van == kUitgeestLeft) onward.uitgeest();
    onward.wsw(quarter);
    onward.ambtelijk(quarter);
  }
  onward.beschut_werk(figures);
}

void end_begeleid_werken(History& history) {
  Dice& dice = history.dice();
  for (Stream& stream : history.streams()) {
    const auto& events = stream.events();
    if (events.empty() || events.front().soort != "plaatsing" || events.size() > 1) continue;
    const auto has = [&](const char* name, const char* value) {
      return std::ranges::find(events.front().attributes,
                               std::pair<std::string, std::string>{name, value}) !=
             events.front().attributes.end();
    };
    if (!has("plaatsing", "begeleid_werken")) continue;
    const bool left = has("gemeente", "Uitgeest");
    if (!left && !dice.chance(24)) continue;
    stream.add(left ? kUitgeestLeft : between(dice, kLater.van + days{30}, kLater.tm),
               "plaatsing_einde",
               {{"kenmerk", "begeleid"}, {"reden", left ? "overig" : "pensioen"}});
  }
}

}  // namespace trede::reports
