#include "tests/reports/verzuim.h"

#include "tests/reports/kandidaat.h"
#include "tests/reports/verzuim_filler.h"

namespace trede::reports {

namespace {

using std::chrono::days;

constexpr Period kQuarter{kVan, kTm};

// A group, and its cases that are open at the end of the quarter, by length.
struct Share {
  Group group;
  int long_open;
  int short_open;
};

// 80 open cases, 52 of them long: 65 %.
const std::vector<Share> kShares = {
    {{"wsw", "Groen"}, 10, 5},       {{"wsw", "Leerwerkbedrijf productie"}, 18, 10},
    {{"wsw", "Hoofdkantoor"}, 0, 0}, {{"wsw", "Gedetacheerden"}, 14, 7},
    {{"beschut_werk", ""}, 5, 3},    {{"ambtelijk", ""}, 5, 3}};

// The share of each group in the quarter. Beschut werk makes up what Wsw lacks of both together.
std::vector<double> targets(const Personeel& personeel, const Figures& figures) {
  std::vector<double> out;
  const double both = figures.number("verzuim/prestatieafspraken/sw-en-beschut/realisatie") / 100;
  double missing = 0;
  for (const Share& one : kShares) {
    const Group& group = one.group;
    const auto all = static_cast<double>(employed(personeel, group, kQuarter));
    if (group.dienstverband == "wsw") {
      const std::string id = "verzuim/afdeling/" + id_of(group.afdeling) + "/pct-ziek";
      out.push_back(figures.number(id) / 100);
      missing += (both - out.back()) * all;
    } else if (group.dienstverband == "beschut_werk") {
      out.push_back(both + missing / all);
    } else {
      out.push_back(figures.number("verzuim/prestatieafspraken/ambtelijk/realisatie") / 100);
    }
  }
  return out;
}

// Two ambtelijke colleagues on leave; they were never ill.
void add_verlof(Personeel& personeel) {
  int number = 0;
  for (Medewerker& m : personeel) {
    if (m.dienstverband != "ambtelijk" || !m.verzuim.empty() || m.einde) continue;
    const Day van = kVan - days{40} + days{60 * number};
    if (m.start > van - days{300}) continue;
    m.stream->add(van, "verlof_start");
    if (number == 0) m.stream->add(van + days{112}, "verlof_einde");
    if (++number == 2) return;
  }
}

}  // namespace

void add_verzuim(Personeel& personeel, const Figures& figures, Dice& dice) {
  const auto quarter_of_2020 = [](unsigned number) {
    const Day van{std::chrono::year{2020} / (number * 3 + 1) / 1};
    const Day next{number == 3 ? std::chrono::year{2021} / 1 / 1
                               : std::chrono::year{2020} / (number * 3 + 4) / 1};
    return Period{van, next - days{1}};
  };
  const double both = figures.number("verzuim/prestatieafspraken/sw-en-beschut/realisatie");
  const double higher = (both - figures.number("inleiding/ziekteverzuim-sw/daling")) / both;
  const double course[] = {higher, 1.02, 0.97, 1.03};  // of 2020, against the quarter
  const std::vector<double> share = targets(personeel, figures);
  for (std::size_t i = 0; i < kShares.size(); ++i) {
    if (share[i] == 0) continue;
    Filler filler(personeel, kShares[i].group, kTm, dice);
    filler.put_open(kShares[i].long_open, kShares[i].short_open, kTm);
    // What lies in several quarters first: each quarter is then filled up around it.
    for (unsigned quarter = 0; quarter < 3; ++quarter) {
      filler.put_long(kShares[i].long_open / 3, quarter_of_2020(quarter).van);
    }
    for (unsigned quarter = 0; quarter < 4; ++quarter) {
      filler.fill(quarter_of_2020(quarter), share[i] * course[quarter]);
    }
    filler.fill(kQuarter, share[i]);
  }
  write_verzuim(personeel, kUntilReport);
  add_verlof(personeel);
}

}  // namespace trede::reports
