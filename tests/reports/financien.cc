#include "tests/reports/financien.h"

#include <string>

namespace trede::reports {

namespace {

using std::chrono::days;
using std::chrono::month;
using std::chrono::year;

// Where the report prints an amount, and how many euros its rounding to thousands hides: chosen so
// that the totals, rounded from the sums, come out as printed too.
struct Amount {
  const char* programma;
  const char* soort;
  const char* figure;  // followed by /realisatie-2020 or /realisatie-q1
  int hidden_2020;
  int hidden_q1;
  int q1 = -1;  // thousands, where the printed figure is not the one that fits
};

constexpr Amount kAmounts[] = {
    {"6.3 610", "baten", "financieel/programma-detail/610/baten", -200, 200},
    {"6.3 610", "lasten", "financieel/programma-detail/610/lasten", 200, 200},
    {"6.4 611", "baten", "financieel/programma-detail/611/baten", -450, 200},
    {"6.4 611", "lasten", "financieel/programma-detail/611/lasten", 450, 200},
    {"6.4 623", "baten", "financieel/programma-detail/6.4-623/baten", -200, 200},
    // 158 in the table per programma, 58 in the detail: the totals need 158.
    {"6.4 623", "lasten", "financieel/programma-detail/6.4-623/lasten", 200, 200, 158},
    {"6.5 623", "baten", "financieel/programma-detail/6.5-623/baten", -450, 200},
    {"6.5 623", "lasten", "financieel/programma-detail/6.5-623/lasten", 450, 200},
    {"Overhead", "baten", "financieel/programma-detail/overhead/baten", 0, 0},
    {"Overhead", "lasten", "financieel/programma-detail/overhead/lasten", 100, 0},
    {"Reserves", "onttrekking", "financieel/totaal/onttrekking", 0, 0},
    {"Reserves", "toevoeging", "financieel/totaal/toevoeging", 0, 0}};

std::string periode(int y, unsigned m) {
  return std::to_string(y) + (m < 10 ? "-0" : "-") + std::to_string(m);
}

// Spreads `euros` over the first `months` of the year; what does not divide is in the last one.
void book(Stream& organisatie, const Amount& amount, int in_year, unsigned months, int euros) {
  if (euros == 0) return;
  const int part = euros / static_cast<int>(months);
  for (unsigned m = 1; m <= months; ++m) {
    const int of_month = m < months ? part : euros - part * static_cast<int>(months - 1);
    const Day last{year{in_year} / month{m} / std::chrono::last};
    organisatie.add(last, "boeking",
                    {{"programma", amount.programma},
                     {"soort_bedrag", amount.soort},
                     {"bedrag_eurocent", std::to_string(of_month) + "00"},
                     {"periode", periode(in_year, m)}});
  }
}

}  // namespace

void add_boekingen(History& history, const Figures& figures) {
  Stream& organisatie = history.organisatie();
  for (const Amount& amount : kAmounts) {
    const std::string id = amount.figure;
    const int year_2020 = figures.count(id + "/realisatie-2020");
    const int q1 = amount.q1 >= 0 ? amount.q1 : figures.count(id + "/realisatie-q1");
    book(organisatie, amount, 2020, 12, year_2020 * 1000 + amount.hidden_2020);
    book(organisatie, amount, 2021, 3, q1 * 1000 + amount.hidden_q1);
  }
}

}  // namespace trede::reports
