// What the organisation lays down after the first report, and its employers (organisatie.h).
#include "tests/reports/organisatie.h"
#include "tests/reports/tijdvak.h"

namespace trede::reports {

namespace {

using std::chrono::days;
using std::chrono::year;

// The day on which the budget of 2024, with its targets, was adopted.
constexpr Day kAdopted{year{2023} / 11 / 17};
constexpr const char* kBeschut = "dienstverband=beschut_werk";

void lay_down(History& history, const char* soort, Attributes attributes, const std::string& waar) {
  attributes.emplace_back("waar", waar);
  history.organisatie().add(kAdopted, soort, std::move(attributes));
}

Attributes of(const char* maat, const char* periode, const std::string& waarde,
              const char* richting) {
  return {{"maat", maat}, {"periode", periode}, {"waarde", waarde}, {"richting", richting}};
}

// What is said beside a row of the financial report of the eight months. An amount within one
// kostenregel stands in such words only.
struct Words {
  const char* rij;
  const char* tekst;
  const char* aanleiding;
  const char* verwachting;
};
constexpr Words kWords[] = {
    {"7-personeelskosten-ambtelijk", "Lager dan geraamd; inhuur vangt een deel op, zie regel 9.",
     "Formatie die nog niet is ingevuld.", ""},
    {"8-personeelskosten-wsw", "Per saldo lager dan geraamd.",
     "Meer mensen gaan weg en de overige personeelskosten zijn lager; daartegenover stijgen de "
     "lonen door cao en minimumloon.",
     ""},
    {"10-nbw-loonkosten", "Hoger dan geraamd.",
     "Er zijn meer beschut werkers dan waarop de begroting rekent.",
     "Aan het eind van het jaar is het tekort groter."},
    {"22-diverse-lasten", "Hoger dan geraamd.", "Vervanging bij langdurig verzuim.", ""},
    {"23-onttrekking-bestemmings-reserves", "Lager dan geraamd.",
     "Projecten kostten minder dan gedacht.", ""}};

void explain(History& history) {
  for (const Words& words : kWords) {
    Attributes attributes{{"rapport", "financien"},
                          {"periode", "2024-01-01/2024-08-31"},
                          {"rij", std::string("baten-lasten/") + words.rij},
                          {"tekst", words.tekst},
                          {"aanleiding", words.aanleiding}};
    if (*words.verwachting != '\0') attributes.emplace_back("verwachting", words.verwachting);
    history.organisatie().add(k8Maanden.tm, "toelichting_vastgelegd", std::move(attributes));
  }
}

std::string value(const Figures& figures, const std::string& id) { return figures.find(id)->value; }

}  // namespace

void add_later_organisatie(History& history, const Figures& figures) {
  for (const char* dienst : {"re_integratie", "sociale_werkvoorziening"}) {
    history.organisatie().add(kUitgeestLeft, "gemeente_uitgetreden",
                              {{"gemeente", "Uitgeest"}, {"dienst", dienst}});
  }
  // Of the year before: what is known of others when the year begins.
  const auto benchmark = [&](const char* figure, const char* dienstverband) {
    lay_down(
        history, "benchmark_vastgesteld",
        of("verzuimpercentage", "2023",
           value(figures, std::string("ziekteverzuim/tabel/") + figure + "/benchmark"), "lager"),
        std::string("dienstverband=") + dienstverband);
  };
  benchmark("sw", "wsw");
  benchmark("ambtelijk", "ambtelijk");
  benchmark("ambtelijk", "payroll");

  const std::string taakstelling = "beschut-werk/taakstelling/";
  for (const char* gemeente : {"Beverwijk", "Heemskerk", "Velsen"}) {
    lay_down(history, "taakstelling_vastgesteld",
             of("dienstverbanden", "2024", value(figures, taakstelling + id_of(gemeente)), "hoger"),
             std::string(kBeschut) + ";gemeente=" + gemeente);
  }
  lay_down(history, "taakstelling_vastgesteld",
           of("dienstverbanden", "2024", value(figures, taakstelling + "totaal"), "hoger"),
           kBeschut);
  // What the budget counts on: so many less than there are in the end.
  const int begroot = figures.count("beschut-werk/dienstverbanden/totaal") -
                      figures.count("toelichting/10/beschut-meer-dan-begroot");
  lay_down(history, "afspraak_vastgesteld",
           of("dienstverbanden", "2024", std::to_string(begroot), "hoger"), kBeschut);
  const int weken = figures.count("instroom/kpi-afgeronde-intakes-termijn");
  history.organisatie().add(kAdopted, "afspraak_vastgesteld",
                            of("doorlooptijd_intake", "2024", std::to_string(weken * 7), "lager"));
  explain(history);
}

void add_later_vacatures(History& history, const Tijdvak& tijdvak) {
  constexpr int kNewRelations = 6;  // in a quarter
  const Period period{tijdvak.period.van + days{1}, tijdvak.period.tm};
  for (int i = scaled(tijdvak, kNewRelations); i > 0; --i) {
    history.new_werkgever().add(period.van + days{history.dice().between(0, period.days() - 1)},
                                "relatie_start");
  }
  fill_vacatures(history, "participatiewet", tijdvak.vacatures_participatiewet, period);
  fill_vacatures(history, "ww", tijdvak.vacatures_ww, period);
  fill_vacatures(history, "wajong", tijdvak.vacatures_wajong, period);
  fill_vacatures(history, "wia", tijdvak.vacatures_wia, period);
}

}  // namespace trede::reports
