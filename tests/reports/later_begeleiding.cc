// What happens beside the traject after the first report (later.h).
#include <algorithm>

#include "tests/reports/begeleiding.h"
#include "tests/reports/garantiebanen.h"
#include "tests/reports/later.h"

namespace trede::reports {

namespace {

using std::chrono::days;

// Stays in traject for the whole stretch, has no more than one thing beside it in all, and moves
// nowhere else.
bool is_free(const Kandidaat& k, Period period) {
  return k.stays(period.van, period.tm) && may_go_on(k.stream, period) && k.extras.size() < 2 &&
         std::ranges::none_of(k.extras, [&](const Event& e) {
           return e.soort == "plaatsing" || e.soort == "diagnose_start" ||
                  e.geldig_op >= period.van - days{30};
         });
}

bool is_near_work(const Kandidaat& k, Period period) {
  const auto trede = k.trede_on(period.van - days{1});
  return trede == "4" || trede == "5" || trede == "6";
}

void add_work(Kandidaten& kandidaten, const Tijdvak& tijdvak) {
  const Period period = tijdvak.period;
  const auto fits = [&](const Kandidaat& k) {
    return is_free(k, period) && is_near_work(k, period);
  };
  const auto some_day = [&] { return kandidaten.working_day(period.van + days{25}, period.tm); };
  for (Kandidaat* k : kandidaten.draw(tijdvak.parttime, fits, "parttime werk")) {
    begin_parttime(*k, some_day(), kandidaten.dice());
  }
  for (Kandidaat* k : kandidaten.draw(tijdvak.garantiebanen, fits, "garantiebanen")) {
    const Day on = some_day();
    if (k->stream != nullptr && !k->is("banenafspraak")) {
      k->add(on - days{20}, "indicatie",
             {{"indicatie", "banenafspraak"}, {"uitkomst", "positief"}});
      k->doelgroepen.insert("banenafspraak");
      k->add(on - days{20}, "doelgroep_gewijzigd", {{"doelgroepen", joined(k->doelgroepen)}});
    }
    k->doelgroepen.insert("banenafspraak");  // of who is new: from the aanmelding on
    place_in_garantiebaan(*k, on, kandidaten.dice());
  }
}

// The diagnoses that run at the first report end in the months after it.
void end_diagnoses(Kandidaten& kandidaten, Period period) {
  for (Kandidaat& k : kandidaten.all()) {
    if (!k.has("diagnose_start") || k.has("diagnose_einde") || !k.stays(period.van, period.tm)) {
      continue;
    }
    k.add(kandidaten.working_day(period.van + days{1}, period.tm), "diagnose_einde",
          {{"advies", kandidaten.dice().chance(60) ? "traject" : "activering"}});
  }
}

void add_diagnoses(Kandidaten& kandidaten, const Tijdvak& tijdvak) {
  const Period period = tijdvak.period;
  const auto fits = [&](const Kandidaat& k) { return is_free(k, period); };
  for (Kandidaat* k : kandidaten.draw(scaled(tijdvak, 16), fits, "diagnoses")) {
    const Day on = kandidaten.working_day(period.van + days{1}, period.tm - days{40});
    k->add(on, "diagnose_start");
    k->add(kandidaten.working_day(on + days{14}, on + days{38}), "diagnose_einde",
           {{"advies", kandidaten.dice().chance(60) ? "traject" : "zorg"}});
  }
}

void add_trainingen(Kandidaten& kandidaten, const Tijdvak& tijdvak) {
  static const std::vector<std::pair<const char*, const char*>> all = {
      {"training", "Sterk naar Werk"}, {"extern_traject", "Taalcollege"}, {"stage", "Stage"}};
  const Period period = tijdvak.period;
  const auto fits = [&](const Kandidaat& k) { return is_free(k, period); };
  for (Kandidaat* k : kandidaten.draw(scaled(tijdvak, 22), fits, "trainingen")) {
    const auto& [voorziening, naam] = kandidaten.dice().pick(all);
    const Day on = kandidaten.working_day(period.van + days{1}, period.tm - days{45});
    k->add(on, "voorziening_start",
           {{"voorziening", voorziening}, {"naam", naam}, {"kenmerk", "later"}});
    k->add(kandidaten.working_day(on + days{20}, on + days{44}), "voorziening_einde",
           {{"kenmerk", "later"},
            {"resultaat", kandidaten.dice().chance(75) ? "afgerond" : "afgebroken"}});
  }
}

void add_maatregelen(Kandidaten& kandidaten, const Tijdvak& tijdvak) {
  static const std::vector<const char*> besluiten = {
      "afzien",  "1_maand_10_procent", "1_maand_20_procent", "1_maand_20_procent", "100_procent",
      "gematigd"};
  const Period period = tijdvak.period;
  const auto fits = [&](const Kandidaat& k) {
    return is_free(k, period) && k.regeling == "participatiewet";
  };
  for (Kandidaat* k : kandidaten.draw(scaled(tijdvak, 17), fits, "maatregelen")) {
    k->add(kandidaten.working_day(period.van + days{1}, period.tm), "maatregel",
           {{"besluit", kandidaten.dice().pick(besluiten)}, {"kenmerk", "m-later"}});
  }
}

// One group of the module for each line: so many people of the gemeente, complete it in the months
// given; where `completed` is false they only begin, on `from`.
struct Group {
  const char* gemeente;
  int number;
  Period period;
  bool completed;
};

void add_group(Kandidaten& kandidaten, const Group& group) {
  const auto fits = [&](const Kandidaat& k) {
    return may_go_on(k.stream, group.period) && k.last_gemeente() == group.gemeente &&
           !k.has("voorziening_start") &&
           k.stays(group.period.van - days{100}, std::min(group.period.tm, k8Maanden.tm));
  };
  for (Kandidaat* k :
       kandidaten.draw(group.number, fits, "the module in " + std::string(group.gemeente))) {
    const Day on = group.completed ? kandidaten.working_day(group.period.van, group.period.tm)
                                   : group.period.van;
    k->add(group.completed ? on - days{84} : on, "voorziening_start",
           {{"voorziening", "map"},
            {"naam", "Module Arbeidsmarkt en Participatie"},
            {"kenmerk", "map"}});
    if (group.completed) {
      k->add(on, "voorziening_einde", {{"kenmerk", "map"}, {"resultaat", "afgerond"}});
    } else {
      k->extras.back().recorded_on = on - days{9};  // the group is known before it begins
    }
  }
}

}  // namespace

void add_begeleiding(Kandidaten& kandidaten, const Tijdvak& tijdvak) {
  if (tijdvak.period.van == kLater.van) end_diagnoses(kandidaten, tijdvak.period);
  add_work(kandidaten, tijdvak);
  add_diagnoses(kandidaten, tijdvak);
  add_trainingen(kandidaten, tijdvak);
  add_maatregelen(kandidaten, tijdvak);
}

void add_map(Kandidaten& kandidaten, const Figures& figures) {
  const Period september{k8Maanden.tm + days{2}, k8Maanden.tm + days{30}};
  const Period earlier{Day{std::chrono::year{2022} / 6 / 1}, kBetween.tm};
  int begin = figures.count("lopend/map/nieuwe-groep");
  // Chosen: three of Velsen in the new group, of the others what is left, one each.
  for (const auto& [gemeente, most] :
       {std::pair{"Velsen", 3}, {"Beverwijk", 1}, {"Heemskerk", 1}}) {
    const int number = figures.count("lopend/map/trajecten/" + id_of(gemeente));
    const int new_ones = std::min(begin, most);
    begin -= new_ones;
    add_group(kandidaten, {gemeente, new_ones, september, false});
    add_group(kandidaten, {gemeente, number - new_ones, k8Maanden, true});
    add_group(kandidaten, {gemeente, number, earlier, true});
  }
}

}  // namespace trede::reports
