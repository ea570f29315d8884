#include "tests/reports/reconstruction.h"

#include "tests/reports/begeleiding.h"
#include "tests/reports/financien.h"
#include "tests/reports/garantiebanen.h"
#include "tests/reports/instroom.h"
#include "tests/reports/organisatie.h"
#include "tests/reports/set_right.h"
#include "tests/reports/trajecten.h"
#include "tests/reports/verzuim.h"

namespace trede::reports {

namespace {

// The day on which the organisation began to work with the product.
constexpr Day kLiveFrom{std::chrono::year{2019} / 1 / 2};
// The last day of the eight months of 2024.
constexpr Day k8mTm{std::chrono::year{2024} / 8 / 31};
constexpr std::uint64_t kSeed = 20210331;

void add_re_integratie(History& history, const Figures& figures) {
  Kandidaten kandidaten(history.dice());
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
  kandidaten.write(history);
  add_garantiebanen_without_traject(history, kandidaten, figures);
}

}  // namespace

Reports Reports::load() {
  const std::filesystem::path folder(TREDE_FIGURES);
  return {Figures::load(folder / "q1-2021.csv"), Figures::load(folder / "8m-2024.csv")};
}

void reconstruct(const Reports& reports, Upto upto, std::ostream& out, std::ostream& log) {
  const Figures& figures = reports.q1_2021;
  const Day tm = upto == Upto::kQ1_2021 ? kTm : k8mTm;
  History history(kSeed, kLiveFrom);
  add_organisatie(history, figures);
  add_re_integratie(history, figures);
  Personeel personeel = add_personeel(history, figures);
  add_begeleid_werken(history, figures);
  add_verzuim(personeel, figures, history.dice());
  add_werkgevers(history, figures);
  add_boekhouding(history, std::filesystem::path(TREDE_CHOSEN) / "boekhouding.csv", tm);
  set_right(history, log);
  history.write(out);
}

}  // namespace trede::reports
