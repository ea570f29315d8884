#include "tests/reports/tijdvak.h"

namespace trede::reports {

namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::year;
using std::chrono::year_month;

// Simulated: what happened in a quarter, in the order of Tijdvak. Work picks up after the last
// lockdown; intakes take longer as long as the backlog of that time lasts.
struct Quarter {
  int aangemeld, niet_gestart, binnen_4_weken;
  int werkaanvaarding, maximale_participatie, overige, parttime, garantiebanen;
  int participatiewet, ww, wajong;
};
constexpr Quarter kQuarters[] = {
    {150, 37, 48, 22, 13, 75, 11, 6, 29, 28, 6},  // 2021, second quarter
    {140, 35, 50, 26, 12, 70, 10, 6, 32, 27, 6},
    {155, 39, 52, 28, 14, 80, 9, 7, 34, 25, 5},
    {160, 40, 53, 32, 13, 85, 9, 7, 38, 24, 5},  // 2022
    {150, 37, 54, 34, 12, 80, 8, 8, 40, 22, 4},
    {140, 35, 55, 30, 11, 75, 8, 7, 37, 20, 4},
    {150, 38, 55, 31, 12, 80, 8, 7, 38, 19, 4},
    {148, 37, 56, 30, 12, 85, 8, 7, 37, 18, 3},  // 2023
    {142, 35, 57, 28, 11, 90, 7, 7, 36, 17, 3},
    {135, 34, 58, 26, 10, 85, 7, 7, 35, 16, 3},
    {140, 35, 58, 27, 11, 95, 7, 7, 36, 16, 3}};

Tijdvak simulated(Period period, const Quarter& q) {
  return {.period = period,
          .aangemeld = q.aangemeld,
          .niet_gestart = q.niet_gestart,
          .binnen_4_weken = q.binnen_4_weken,
          .grote_afstand = 60,
          .korte_afstand = 22,
          .werkaanvaarding = q.werkaanvaarding,
          .maximale_participatie = q.maximale_participatie,
          .overige = q.overige,
          .parttime = q.parttime,
          .garantiebanen = q.garantiebanen,
          .vacatures_participatiewet = q.participatiewet,
          .vacatures_ww = q.ww,
          .vacatures_wajong = q.wajong,
          .vacatures_wia = 0};
}

Tijdvak printed(const Figures& figures) {
  const auto count = [&](const char* id) { return figures.count(id); };
  const int werkaanvaarding = count("uitstroom/werkaanvaarding");
  const int maximale_participatie = count("uitstroom/maximale-participatie");
  return {.period = k8Maanden,
          .aangemeld = count("instroom/aangemeld"),
          .niet_gestart = count("instroom/niet-gestart"),
          .binnen_4_weken = count("instroom/kpi-afgeronde-intakes-pct"),
          .grote_afstand = count("instroom/abc-meting/grote-afstand-pct"),
          .korte_afstand = count("instroom/abc-meting/korte-afstand-pct"),
          .werkaanvaarding = werkaanvaarding,
          .maximale_participatie = maximale_participatie,
          .overige = count("uitstroom/totaal") - werkaanvaarding - maximale_participatie,
          .parttime = count("uitstroom/parttime-werk"),
          .garantiebanen = count("lopend/garantiebanen/gestart"),
          .vacatures_participatiewet = count("wsp/bemiddeld/participatiewet"),
          .vacatures_ww = count("wsp/bemiddeld/ww"),
          .vacatures_wajong = count("wsp/bemiddeld/wajong"),
          .vacatures_wia = count("wsp/bemiddeld/wia")};
}

}  // namespace

std::vector<Tijdvak> tijdvakken(const Figures& figures) {
  std::vector<Tijdvak> out;
  year_month first = year{2021} / std::chrono::April;
  for (const Quarter& quarter : kQuarters) {
    const Day van{first / 1};
    first += months{3};
    out.push_back(simulated({van, Day{first / 1} - days{1}}, quarter));
  }
  out.push_back(printed(figures));
  return out;
}

int scaled(const Tijdvak& tijdvak, int per_quarter) {
  constexpr int kDays = 91;
  return (per_quarter * tijdvak.period.days() + kDays / 2) / kDays;
}

}  // namespace trede::reports
