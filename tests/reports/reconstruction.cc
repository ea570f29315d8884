#include "tests/reports/reconstruction.h"

#include "tests/reports/begeleiding.h"
#include "tests/reports/financien.h"
#include "tests/reports/garantiebanen.h"
#include "tests/reports/instroom.h"
#include "tests/reports/later.h"
#include "tests/reports/later_personeel.h"
#include "tests/reports/organisatie.h"
#include "tests/reports/set_right.h"
#include "tests/reports/trajecten.h"
#include "tests/reports/verzuim.h"

namespace trede::reports {

namespace {

// The day on which the organisation began to work with the product.
constexpr Day kLiveFrom{std::chrono::year{2019} / 1 / 2};
constexpr std::uint64_t kSeed = 20210331;

void add_re_integratie(History& history, Kandidaten& kandidaten, const Figures& figures) {
  const Stromen stromen = stromen_of(figures);
  const Aanmeldingen2020 aanmeldingen = aanmeldingen_of_2020(kandidaten, figures);
  add_running_trajecten(kandidaten, stromen, aanmeldingen.running);
  add_ended_trajecten(kandidaten, aanmeldingen.ended);
  add_not_started(kandidaten, aanmeldingen);
  add_quarter(kandidaten, figures, stromen, aanmeldingen);
  make_statushouders(kandidaten, figures);
  add_garantiebanen(kandidaten, figures);
  add_diagnoses(kandidaten, figures);
  add_voorzieningen(kandidaten, figures);
  add_maatregelen(kandidaten, figures);
  kandidaten.write(history, kUntilReport);
  add_garantiebanen_without_traject(history, kandidaten, figures);
}

// From the end of the first report to that of the second.
void go_on(History& history, Kandidaten& kandidaten, Personeel& personeel, const Figures& figures) {
  add_later_organisatie(history, figures);
  for (const Tijdvak& tijdvak : tijdvakken(figures)) {
    if (tijdvak.period.van == kUitgeestLeft) let_uitgeest_leave(kandidaten);
    add_instroom(kandidaten, tijdvak);
    add_uitstroom(kandidaten, tijdvak);
    add_begeleiding(kandidaten, tijdvak);
    add_later_vacatures(history, tijdvak);
  }
  add_map(kandidaten, figures);
  kandidaten.write(history, kLater);
  add_later_personeel(history, personeel, figures);
  end_begeleid_werken(history);
  add_later_verzuim(personeel, figures, history.dice());
}

}  // namespace

Reports Reports::load() {
  const std::filesystem::path folder(TREDE_FIGURES);
  return {Figures::load(folder / "q1-2021.csv"), Figures::load(folder / "8m-2024.csv")};
}

void reconstruct(const Reports& reports, Upto upto, std::ostream& out, std::ostream& log) {
  const Figures& figures = reports.q1_2021;
  History history(kSeed, kLiveFrom);
  Kandidaten kandidaten(history.dice());
  add_organisatie(history, figures);
  add_re_integratie(history, kandidaten, figures);
  Personeel personeel = add_personeel(history, figures);
  add_begeleid_werken(history, figures);
  add_verzuim(personeel, figures, history.dice());
  add_werkgevers(history, figures);
  add_boekhouding(history, std::filesystem::path(TREDE_CHOSEN) / "boekhouding.csv",
                  upto == Upto::kQ1_2021 ? kTm : k8Maanden.tm);
  set_right(history, log);
  if (upto == Upto::k8m_2024) go_on(history, kandidaten, personeel, reports.m8_2024);
  history.write(out);
}

}  // namespace trede::reports
