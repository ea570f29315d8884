// The time between the two reports and that of the second one, cut into stretches, and how many of
// everything happen in each. Until the end of 2023 no report prints any of it: those numbers are
// simulated, in line with what is printed before and after. Those of 2024 are printed.
#pragma once

#include <vector>

#include "tests/reports/figures.h"
#include "tests/reports/kandidaat.h"

namespace trede::reports {

// The day on which Uitgeest no longer took part in re-integratie and sociale werkvoorziening.
inline constexpr Day kUitgeestLeft{std::chrono::year{2023} / 1 / 1};
inline constexpr Period kBetween{kTm + std::chrono::days{1},
                                 Day{std::chrono::year{2023} / 12 / 31}};
inline constexpr Period k8Maanden{Day{std::chrono::year{2024} / 1 / 1},
                                  Day{std::chrono::year{2024} / 8 / 31}};
// All of it.
inline constexpr Period kLater{kBetween.van, k8Maanden.tm};

// Whether the stretch may add to a dossier: one of which something of the first report was recorded
// late or put right is left alone until that is done.
inline bool may_go_on(const Stream* stream, Period period) {
  return stream == nullptr || stream->is_plain() || period.van > kTm + std::chrono::days{60};
}

struct Tijdvak {
  Period period;
  // Instroom
  int aangemeld;
  int niet_gestart;    // with negative intakes and people sent back
  int binnen_4_weken;  // % of the intakes
  int grote_afstand;   // % of the abc_metingen
  int korte_afstand;
  // Trajecten
  int werkaanvaarding;
  int maximale_participatie;
  int overige;
  int parttime;
  int garantiebanen;  // of people in a traject
  // Employers
  int vacatures_participatiewet;
  int vacatures_ww;
  int vacatures_wajong;
  int vacatures_wia;
};

// In order of time, side by side, from the day after the first report to the end of the second.
std::vector<Tijdvak> tijdvakken(const Figures& figures);

// How much of a quarter it is: 1, or 2.7 for eight months. Rounds `per_quarter` times that.
int scaled(const Tijdvak& tijdvak, int per_quarter);

}  // namespace trede::reports
