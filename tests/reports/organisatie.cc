#include "tests/reports/organisatie.h"

#include "tests/reports/kandidaat.h"

namespace trede::reports {

namespace {

using std::chrono::days;

// Before the first Wsw dienstverband.
constexpr Day kFounded{std::chrono::year{1980} / 1 / 1};
// The day on which the budget of 2021, with its targets, was adopted.
constexpr Day kAdopted{std::chrono::year{2020} / 11 / 18};

const char* const kAfdelingen[] = {"Groen",         "Leerwerkbedrijf productie",
                                   "Hoofdkantoor",  "Gedetacheerden",
                                   "Re-integratie", "Werkgeversservicepunt"};

// A target of the year: which measure, under which condition, and where the report prints it.
struct Target {
  const char* maat;
  const char* waar;
  const char* figure;
  const char* richting = "hoger";
};

constexpr Target kTargets[] = {
    {"uitstroom", "trede=5;reden=werkaanvaarding", "trede-5/resultaat/werkaanvaarding/begroot"},
    {"uitstroom", "trede=6;reden=werkaanvaarding", "trede-6/resultaat/werkaanvaarding/begroot"},
    {"plaatsingen_bij", "plaatsing=parttime_werk",
     "overzicht/regulier-werk/parttime-werk/afspraak"},
    {"uitstroom", "trede=6;reden=maximale_participatie",
     "trede-6/resultaat/maximale-participatie/begroot"},
    {"uitstroom", "trede=3;reden=maximale_participatie",
     "trede-3/resultaat/maximale-participatie/begroot"},
    {"plaatsingen_bij", "plaatsing=garantiebaan;leeftijdsgroep=18_plus",
     "overzicht/garantiebaan/gt-18/afspraak"},
    {"plaatsingen_bij", "plaatsing=garantiebaan;leeftijdsgroep=pro_vso",
     "overzicht/garantiebaan/pro-vso/afspraak"},
    {"uitstroom", "doelgroep=pro_vso;reden=werkaanvaarding",
     "overzicht/garantiebaan/pro-vso-werkaanvaarding/afspraak"},
    {"doorstroom", "naar=4", "overzicht/doorstroom/trede-4/afspraak"},
    {"doorstroom", "naar=5", "overzicht/doorstroom/trede-5/afspraak"},
    {"doorstroom", "naar=6", "overzicht/doorstroom/trede-6/afspraak"},
    {"relaties_nieuw", "", "overzicht/wsp/nieuwe-relaties/afspraak"},
    {"vacatures_vervuld", "", "overzicht/wsp/vacaturevervulling/afspraak"},
    {"dienstverbanden", "dienstverband=beschut_werk", "beschut-werk/tekst/streefaantal-eind-2021"},
    {"trajecten", "trede=3", "trede-3/ingestroomd-voor-2021/begroot"},
    {"trajecten", "trede=4", "trede-4/ingestroomd-voor-2021/begroot"},
    {"trajecten", "trede=5", "trede-5/ingestroomd-voor-2021/begroot"},
    {"trajecten", "trede=6", "trede-6/ingestroomd-voor-2021/begroot"},
    {"trajecten_bij", "trede=3", "trede-3/nieuwe-instroom-2021/begroot"},
    {"trajecten_bij", "trede=4", "trede-4/nieuwe-instroom-2021/begroot"},
    {"trajecten_bij", "trede=5", "trede-5/nieuwe-instroom-2021/begroot"},
    {"trajecten_bij", "trede=6", "trede-6/nieuwe-instroom-2021/begroot"},
    // One agreement for each pair of groups; a condition names one code, so it stands twice.
    {"verzuimpercentage", "dienstverband=wsw", "overzicht/ziekteverzuim/sw-en-beschut/afspraak",
     "lager"},
    {"verzuimpercentage", "dienstverband=beschut_werk",
     "overzicht/ziekteverzuim/sw-en-beschut/afspraak", "lager"},
    {"verzuimpercentage", "dienstverband=ambtelijk", "overzicht/ziekteverzuim/ambtelijk/afspraak",
     "lager"},
    {"verzuimpercentage", "dienstverband=payroll", "overzicht/ziekteverzuim/ambtelijk/afspraak",
     "lager"}};

Attributes target(const Target& target, const std::string& waarde) {
  Attributes out{{"maat", target.maat},
                 {"periode", "2021"},
                 {"waarde", waarde},
                 {"richting", target.richting}};
  if (*target.waar != '\0') out.emplace_back("waar", target.waar);
  return out;
}

Day any_day(Dice& dice, Period period) {
  return period.van + days{dice.between(0, period.days() - 1)};
}

}  // namespace

void add_organisatie(History& history, const Figures& figures) {
  Stream& organisatie = history.organisatie();
  for (const char* gemeente : kGemeenten) {
    organisatie.add(kFounded, "gemeente_toegetreden", {{"gemeente", gemeente}});
  }
  for (const char* afdeling : kAfdelingen) {
    organisatie.add(kFounded, "afdeling_ingesteld", {{"afdeling", afdeling}});
  }
  for (const Target& one : kTargets) {
    Event& event = organisatie.add(kAdopted, "afspraak_vastgesteld",
                                   target(one, figures.find(one.figure)->value));
    event.recorded_on = kAdopted + days{1};
    // Recorded from the draft of the budget, put right before the year began.
    if (std::string_view(one.maat) == "relaties_nieuw") {
      event.set_right = SetRight{kAdopted + days{14}, kAdopted, target(one, "45")};
    }
  }
}

void fill_vacatures(History& history, const char* regeling, int number, Period period) {
  Dice& dice = history.dice();
  std::vector<Stream*> werkgevers;
  for (Stream& stream : history.streams()) {
    if (stream.name().starts_with("werkgever/") && stream.events().front().geldig_op < period.van) {
      werkgevers.push_back(&stream);
    }
  }
  while (number > 0) {
    const int aantal = number >= 3 && dice.chance(15) ? dice.between(2, 3) : 1;
    Attributes attributes{{"regeling", regeling}, {"sroi", "nee"}};
    if (aantal > 1) attributes.emplace_back("aantal", std::to_string(aantal));
    dice.pick(werkgevers)->add(any_day(dice, period), "vacature_vervuld", attributes);
    number -= aantal;
  }
}

void add_werkgevers(History& history, const Figures& figures) {
  constexpr int kKnown = 60;  // employers from before the quarter
  constexpr Period kBefore{kVan - days{365}, kVan - days{1}};
  constexpr Period kQuarter{kVan + days{3}, kTm};
  Dice& dice = history.dice();
  Stream* fourth = nullptr;
  for (int i = 0; i < kKnown; ++i) {
    Stream& werkgever = history.new_werkgever();
    werkgever.add(any_day(dice, {kVan - days{1400}, kVan - days{400}}), "relatie_start");
    if (i == 3) fourth = &werkgever;
  }
  fill_vacatures(history, "participatiewet", 190, kBefore);
  fill_vacatures(history, "ww", 120, kBefore);
  fill_vacatures(history, "wajong", 30, kBefore);
  for (const char* regeling : {"participatiewet", "ww", "wajong"}) {
    fill_vacatures(history, regeling, figures.count(std::string("wsp/vacatures/") + regeling),
                   kQuarter);
  }
  for (int i = figures.count("overzicht/wsp/nieuwe-relaties/realisatie"); i > 0; --i) {
    history.new_werkgever().add(any_day(dice, kQuarter), "relatie_start");
  }
  // Recorded twice; one of the two was withdrawn after the quarter.
  Event& twice = fourth->add(kTm - days{6}, "vacature_vervuld",
                             {{"regeling", "participatiewet"}, {"sroi", "nee"}});
  twice.withdrawn_on = kTm + days{14};
  twice.withdrawn_because = "dubbel";
}

}  // namespace trede::reports
