#include "tests/reports/stromen.h"

#include "tests/reports/kandidaat.h"

namespace trede::reports {

namespace {

constexpr int kOverigeFromNtb = 6;

// The printed number of a result line; a line that a trede does not have is 0.
int result(const Figures& figures, const std::string& trede, const std::string& line) {
  const std::string id = "trede-" + trede + "/resultaat/" + line + "/realisatie";
  return figures.find(id) == nullptr ? 0 : figures.count(id);
}

void add_terug(Stromen& out, const Figures& figures) {
  const auto terug = [&](const char* trede) {
    return result(figures, trede, "terug-naar-lagere-trede");
  };
  out.naar[{"4", "3"}] = terug("4");
  out.naar[{"5", "4"}] = (terug("5") + 1) / 2;
  out.naar[{"5", "3"}] = terug("5") / 2;
  const int to_5 = (terug("6") + 1) / 2;
  const int to_4 = (terug("6") - to_5 + 1) / 2;
  out.naar[{"6", "5"}] = to_5;
  out.naar[{"6", "4"}] = to_4;
  out.naar[{"6", "3"}] = terug("6") - to_5 - to_4;
}

// What of `bij` is neither doorstroom nor terug: from n.t.b. or new.
void add_new(Stromen& out, const Figures& figures) {
  const std::string ntb{kNtb};
  int from_ntb = 0;
  for (const std::string naar : {"3", "4", "5", "6"}) {
    int unexplained = figures.count("trede-" + naar + "/kandidaten/instroom");
    for (const auto& [pair, number] : out.naar) {
      if (pair.second == naar && pair.first != ntb) unexplained -= number;
    }
    out.naar[{ntb, naar}] = unexplained * 4 / 10;
    out.starts[naar] = unexplained - unexplained * 4 / 10;
    from_ntb += unexplained * 4 / 10;
  }
  out.starts[ntb] = figures.count("treden/ntb/eind") - out.begin[ntb] + from_ntb +
                    out.werkaanvaarding[ntb] + out.overige[ntb];
}

}  // namespace

int Stromen::starts_in_all() const {
  int all = 0;
  for (const auto& [trede, number] : starts) all += number;
  return all;
}

Stromen stromen_of(const Figures& figures) {
  Stromen out;
  const std::string ntb{kNtb};
  int werkaanvaarding = 0;
  for (const std::string trede : {"3", "4", "5", "6"}) {
    out.begin[trede] = figures.count("trede-" + trede + "/kandidaten/begin");
    out.werkaanvaarding[trede] = result(figures, trede, "werkaanvaarding");
    out.maximale_participatie[trede] = result(figures, trede, "maximale-participatie");
    out.overige[trede] = result(figures, trede, "overige");
    for (const std::string naar : {"4", "5", "6"}) {
      if (naar > trede)
        out.naar[{trede, naar}] = result(figures, trede, "doorstroom-trede-" + naar);
    }
    werkaanvaarding += out.werkaanvaarding[trede];
  }
  out.begin[ntb] = figures.count("treden/ntb/begin");
  out.werkaanvaarding[ntb] =
      figures.count("overzicht/regulier-werk/werkaanvaarding/realisatie") - werkaanvaarding;
  out.overige[ntb] = kOverigeFromNtb;
  add_terug(out, figures);
  add_new(out, figures);
  return out;
}

}  // namespace trede::reports
