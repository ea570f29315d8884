#include "tests/reports/garantiebanen.h"

namespace trede::reports {

namespace {

using std::chrono::days;

constexpr Day kEndOf2020 = kVan - days{1};
constexpr int kStillInTraject = 23;      // of the stand at the beginning
constexpr int kWithWerkaanvaarding = 3;  // of the placements of the quarter
constexpr int kWajongBefore = 14;
constexpr int kWswBefore = 11;

Attributes garantiebaan(const std::string& regeling, const char* leeftijdsgroep, Dice& dice) {
  const int number = dice.between(1, 60);
  return {{"plaatsing", "garantiebaan"},
          {"kenmerk", "garantiebaan"},
          {"regeling", regeling},
          {"leeftijdsgroep", leeftijdsgroep},
          {"werkgever", std::string(number < 10 ? "w-000" : "w-00") + std::to_string(number)},
          {"uren", std::to_string(dice.between(16, 38))}};
}

void place(Kandidaat& k, Day on, Dice& dice) {
  k.doelgroepen.insert("banenafspraak");
  place_in_garantiebaan(k, on, dice);
}

bool eligible(const Kandidaat& k) {
  return !k.has_garantiebaan && !k.is("statushouder") && !k.is("pro_vso") && k.extras.empty();
}

// People whose traject ended years ago with this job; `ended` of them lose it in the quarter.
void add_former(Kandidaten& kandidaten, int number, int ended) {
  Dice& dice = kandidaten.dice();
  for (int i = 0; i < number; ++i) {
    const std::chrono::year year{dice.between(2016, 2018)};
    Kandidaat& k = kandidaten.add(kandidaten.working_day(Day{year / 1 / 4}, Day{year / 12 / 20}));
    k.regeling = "participatiewet";
    k.intake = k.aangemeld + days{dice.between(12, 40)};
    k.gestart = *k.intake + days{dice.between(3, 30)};
    k.start_trede = dice.chance(50) ? "5" : "4";
    const Day placed = *k.gestart + days{dice.between(40, 330)};
    k.uitstroom = Uitstroom{placed, "werkaanvaarding"};
    place(k, placed, dice);
    if (i < ended) {
      k.add(kandidaten.working_day(kVan + days{4}, kTm), "plaatsing_einde",
            {{"kenmerk", "garantiebaan"},
             {"reden", i % 2 == 0 ? "contract_afgelopen" : "werkgever"}});
    }
  }
}

void add_adults(Kandidaten& kandidaten, const Figures& figures) {
  Dice& dice = kandidaten.dice();
  add_former(kandidaten, figures.count("garantiebanen/gt-18/begin") - kStillInTraject,
             figures.count("garantiebanen/gt-18/uitstroom"));
  const auto running = [](const Kandidaat& k) {
    const auto trede = k.trede_on(kEndOf2020);
    return eligible(k) && (trede == "5" || trede == "6") && k.stays(kVan, kTm) &&
           *k.gestart < kVan - days{40};
  };
  for (Kandidaat* k : kandidaten.draw(kStillInTraject, running, "garantiebanen in traject")) {
    place(*k, std::max(*k->gestart + days{10}, kVan - days{dice.between(30, 600)}), dice);
  }
  const auto leaving = [](const Kandidaat& k) {
    return eligible(k) && k.uitstroom && k.uitstroom->reden == "werkaanvaarding" &&
           k.uitstroom->day >= kVan && k.trede_on(kEndOf2020) != kNtb;
  };
  for (Kandidaat* k : kandidaten.draw(kWithWerkaanvaarding, leaving, "garantiebaan as work")) {
    place(*k, k->uitstroom->day, dice);
  }
  const int others = figures.count("garantiebanen/gt-18/instroom") - kWithWerkaanvaarding;
  for (Kandidaat* k : kandidaten.draw(others, running, "new garantiebanen")) {
    place(*k, kandidaten.working_day(kVan + days{4}, kTm), dice);
  }
}

void add_young(Kandidaten& kandidaten, const Figures& figures) {
  Dice& dice = kandidaten.dice();
  const auto recent = [](const Kandidaat& k) {
    return eligible(k) && k.trede_on(kEndOf2020) == "5" && k.stays(kVan, kTm) &&
           !k.moves_in(kVan, kTm) && k.aangemeld >= kVan - days{360} &&
           *k.gestart < kVan - days{50};
  };
  const int before = figures.count("garantiebanen/pro-vso/begin");
  const int bij = figures.count("garantiebanen/pro-vso/instroom");
  const int placed = figures.count("garantiebanen/pro-vso/realisatie");
  const auto drawn = kandidaten.draw(before + placed, recent, "PrO/VSO");
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    Kandidaat& k = *drawn[i];
    k.bron = "school";
    k.regeling = "nug";
    k.geboortejaar = dice.between(2003, 2004);
    k.doelgroepen = {"jongere", "banenafspraak", "pro_vso"};
    k.has_garantiebaan = true;
    const bool earlier = static_cast<int>(i) < before;
    const bool counted = static_cast<int>(i) < before + bij;
    const Day on =
        earlier ? kVan - days{dice.between(10, 35)} : kandidaten.working_day(kVan + days{4}, kTm);
    k.add(on, "plaatsing", garantiebaan(counted ? "participatiewet" : "nug", "pro_vso", dice));
  }
}

}  // namespace

void place_in_garantiebaan(Kandidaat& k, Day on, Dice& dice) {
  k.has_garantiebaan = true;
  k.add(on, "plaatsing", garantiebaan("participatiewet", "18_plus", dice));
}

void add_garantiebanen(Kandidaten& kandidaten, const Figures& figures) {
  add_adults(kandidaten, figures);
  add_young(kandidaten, figures);
}

void add_garantiebanen_without_traject(History& history, Kandidaten& kandidaten,
                                       const Figures& figures) {
  Dice& dice = kandidaten.dice();
  const auto add = [&](int number, const std::string& regeling, Day van, Day tm) {
    for (int i = 0; i < number; ++i) {
      Attributes attributes = garantiebaan(regeling, "18_plus", dice);
      attributes.emplace_back("gemeente", any_gemeente(dice));
      history.new_dossier().add(kandidaten.working_day(van, tm), "plaatsing", attributes);
    }
  };
  const Day earlier{std::chrono::year{2017} / 3 / 1};
  add(kWajongBefore, "wajong", earlier, kVan - days{20});
  add(kWswBefore, "wsw", earlier, kVan - days{20});
  add(figures.count("garantiebanen/overig/wajong"), "wajong", kVan + days{4}, kTm);
  add(figures.count("garantiebanen/overig/sw-indicatie"), "wsw", kVan + days{4}, kTm);
}

}  // namespace trede::reports
