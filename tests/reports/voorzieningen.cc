// Work beside the traject, training and projects (begeleiding.h).
#include <algorithm>

#include "tests/reports/begeleiding.h"

namespace trede::reports {

namespace {

using std::chrono::days;

constexpr Day kEndOf2020 = kVan - days{1};
constexpr int kExternAtBegin = 50;
constexpr int kParttimeBefore = 24;
constexpr Day kPreventieBegan{std::chrono::year{2020} / 2 / 3};

std::string werkgever(Dice& dice) {
  const int number = dice.between(1, 60);
  return std::string(number < 10 ? "w-000" : "w-00") + std::to_string(number);
}

void add_parttime(Kandidaten& kandidaten, int number) {
  Dice& dice = kandidaten.dice();
  const auto fits = [](const Kandidaat& k) {
    const auto trede = k.trede_on(kEndOf2020);
    return (trede == "5" || trede == "6") && k.stays(kVan, kTm) && *k.gestart < kVan - days{130} &&
           std::ranges::none_of(k.extras, [](const Event& e) { return e.soort == "plaatsing"; });
  };
  for (Kandidaat* k : kandidaten.draw(number, fits, "parttime werk")) {
    begin_parttime(*k, kandidaten.working_day(kVan + days{4}, kTm), dice);
  }
  for (Kandidaat* k : kandidaten.draw(kParttimeBefore, fits, "earlier parttime werk")) {
    begin_parttime(*k, kVan - days{dice.between(20, 120)}, dice);
    if (dice.chance(25)) {
      k->add(kandidaten.working_day(kVan + days{4}, kTm), "plaatsing_einde",
             {{"kenmerk", "parttime"}, {"reden", "contract_afgelopen"}});
    }
  }
}

// External trajecten: so many are open at the end of the quarter.
void add_extern(Kandidaten& kandidaten, int at_end) {
  Dice& dice = kandidaten.dice();
  static const std::vector<const char*> names = {"Taalcollege", "REA College", "UAF"};
  const auto fits = [](const Kandidaat& k) {
    return k.trede_on(kEndOf2020) == "4" && k.stays(kVan, kTm) && !k.moves_in(kVan, kTm) &&
           k.extras.empty();
  };
  const int ended = 6;
  const auto drawn = kandidaten.draw(at_end + ended, fits, "external trajecten");
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    Kandidaat& k = *drawn[i];
    const bool before = static_cast<int>(i) < kExternAtBegin;
    const Day on = before ? std::max(*k.gestart + days{2}, kVan - days{dice.between(20, 200)})
                          : kandidaten.working_day(std::max(kVan + days{4}, *k.gestart), kTm);
    k.add(on, "voorziening_start",
          {{"voorziening", "extern_traject"}, {"naam", dice.pick(names)}, {"kenmerk", "extern"}});
    if (static_cast<int>(i) < ended) {
      k.add(kandidaten.working_day(kVan + days{10}, kTm), "voorziening_einde",
            {{"kenmerk", "extern"}, {"resultaat", dice.chance(70) ? "afgerond" : "afgebroken"}});
    }
  }
}

void add_taalniveautoetsen(Kandidaten& kandidaten, int number) {
  static const std::vector<const char*> levels = {"a0", "a1", "a1", "a2", "a2", "b1"};
  const auto fits = [](const Kandidaat& k) {
    return k.is("anderstalig") && k.trede_on(kEndOf2020) == "3" && k.stays(kVan, kTm);
  };
  for (Kandidaat* k : kandidaten.draw(number, fits, "taalniveautoetsen")) {
    k->add(kandidaten.working_day(kVan + days{4}, kTm), "taalniveautoets",
           {{"niveau", kandidaten.dice().pick(levels)}});
  }
}

// A project whose participants are young; `ended` of them found work on the way.
void add_project(Kandidaten& kandidaten, const std::string& name, int running, int ended) {
  const auto fits = [](const Kandidaat& k) {
    return k.is("jongere") && k.extras.empty() && k.aangemeld < kPreventieBegan &&
           (k.gestart && *k.gestart < kPreventieBegan);
  };
  const auto drawn = kandidaten.draw(running + ended, fits, name);
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    const bool ends = static_cast<int>(i) < ended;
    const Day on = kandidaten.working_day(kPreventieBegan, kVan - days{100});
    drawn[i]->add(on, "voorziening_start",
                  {{"voorziening", "project"}, {"naam", name}, {"kenmerk", "project"}});
    if (ends) {
      drawn[i]->add(kandidaten.working_day(on + days{40}, kTm), "voorziening_einde",
                    {{"kenmerk", "project"}, {"resultaat", "afgerond"}});
    }
  }
}

// What no report prints, for a history that is not only what was counted.
void add_the_rest(Kandidaten& kandidaten) {
  Dice& dice = kandidaten.dice();
  const auto plain = [](const Kandidaat& k) {
    return k.extras.empty() && k.stays(kVan - days{90}, kTm) && !k.is("statushouder");
  };
  for (Kandidaat* k : kandidaten.draw(14, plain, "oponthoud")) {
    const Day on = kandidaten.working_day(kVan - days{60}, kTm - days{30});
    k->add(on, "oponthoud_start", {{"reden", dice.chance(50) ? "kinderopvang" : "overig"}});
    if (dice.chance(60)) k->add(kandidaten.working_day(on + days{14}, kTm), "oponthoud_einde");
  }
  for (Kandidaat* k : kandidaten.draw(40, plain, "training")) {
    const Day on = kandidaten.working_day(kVan - days{80}, kTm - days{40});
    k->add(on, "voorziening_start",
           {{"voorziening", "training"}, {"naam", "Sterk naar Werk"}, {"kenmerk", "training"}});
    if (dice.chance(70)) {
      k->add(kandidaten.working_day(on + days{21}, on + days{60}), "voorziening_einde",
             {{"kenmerk", "training"}, {"resultaat", "afgerond"}});
    }
  }
  for (Kandidaat* k : kandidaten.draw(4, plain, "gemeente_gewijzigd")) {
    const char* to = k->gemeente == "Velsen" ? "Beverwijk" : "Velsen";
    k->add(kandidaten.working_day(kVan + days{4}, kTm), "gemeente_gewijzigd", {{"gemeente", to}});
  }
  for (Kandidaat* k : kandidaten.draw(18, plain, "definitive abc_meting")) {
    k->add(kandidaten.working_day(kVan + days{4}, kTm), "abc_meting",
           {{"afstand", dice.chance(50) ? "middel" : "groot"}, {"status", "definitief"}});
  }
}

}  // namespace

void begin_parttime(Kandidaat& k, Day on, Dice& dice) {
  k.add(on, "plaatsing",
        {{"plaatsing", "parttime_werk"},
         {"kenmerk", "parttime"},
         {"regeling", k.regeling},
         {"werkgever", werkgever(dice)},
         {"uren", std::to_string(dice.between(8, 24))}});
  k.add(
      on, "doelgroep_gewijzigd",
      {{"doelgroepen", "parttimer" + (k.doelgroepen.empty() ? "" : "|" + joined(k.doelgroepen))}});
}

void add_voorzieningen(Kandidaten& kandidaten, const Figures& figures) {
  add_extern(kandidaten, figures.count("trede-4/tekst/externe-trajecten"));
  add_project(kandidaten, "Jongerenproject", figures.count("jongeren/jongerenproject/deelnemers"),
              0);
  add_project(kandidaten, "Preventie jongeren UWV", 9,
              figures.count("jongeren/preventie-uwv/baan-gevonden"));
  add_parttime(kandidaten, figures.count("overzicht/regulier-werk/parttime-werk/realisatie"));
  add_taalniveautoetsen(kandidaten, figures.count("trede-3/tekst/taalniveautest"));
  add_the_rest(kandidaten);
}

}  // namespace trede::reports
