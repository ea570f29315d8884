#include "tests/reports/begeleiding.h"

#include <algorithm>

namespace trede::reports {

namespace {

using std::chrono::days;

constexpr Day kEndOf2020 = kVan - days{1};

// Diagnoses of the quarter that are not printed apart.
constexpr int kFromBacklog = 14;      // of the stand at the beginning: people without an intake yet
constexpr int kNewEnded = 8;          // began and ended in the quarter
constexpr int kNewBeforeIntake = 12;  // of the new ones: before the intake is completed

const char* diagnose_advies(Dice& dice) {
  static const std::vector<const char*> all = {"traject", "traject", "zorg", "activering",
                                               "indicatie"};
  return dice.pick(all);
}

void end_diagnose(Kandidaten& kandidaten, Kandidaat& k, Day van, Day tm) {
  k.add(kandidaten.working_day(van, tm), "diagnose_einde",
        {{"advies", diagnose_advies(kandidaten.dice())}});
}

bool undisturbed(const Kandidaat& k) { return k.stays(kVan, kTm) && !k.has_diagnose; }

// The stand at the beginning, and those of it that end.
void add_running(Kandidaten& kandidaten, int stand, int ended) {
  const auto backlog = [](const Kandidaat& k) {
    return k.aangemeld <= kEndOf2020 - days{12} && k.intake && *k.intake > kVan + days{12};
  };
  for (Kandidaat* k : kandidaten.draw(kFromBacklog, backlog, "diagnoses before the intake")) {
    k->has_diagnose = true;
    k->add(k->aangemeld + days{5}, "diagnose_start");
    // A negative intake, or one that sends back, closes the diagnose by itself.
    if (k->uitkomst == "positief") {
      end_diagnose(kandidaten, *k, kVan + days{3}, *k->intake - days{2});
    }
  }
  const auto in_traject = [](const Kandidaat& k) {
    const auto trede = k.trede_on(kEndOf2020);
    return undisturbed(k) && (trede == kNtb || trede == "3") && *k.gestart < kVan - days{40};
  };
  const auto drawn = kandidaten.draw(stand - kFromBacklog, in_traject, "running diagnoses");
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    Kandidaat& k = *drawn[i];
    k.has_diagnose = true;
    k.add(std::max(*k.gestart + days{3}, kVan - days{kandidaten.dice().between(15, 90)}),
          "diagnose_start");
    if (static_cast<int>(i) < ended - kFromBacklog) {
      end_diagnose(kandidaten, k, kVan + days{4}, kTm);
    }
  }
}

// The new ones of the quarter.
void add_new(Kandidaten& kandidaten, int bij) {
  const auto before_intake = [](const Kandidaat& k) {
    return !k.has_diagnose && k.aangemeld >= kVan && k.intake && k.uitkomst == "positief" &&
           *k.intake >= k.aangemeld + days{14};
  };
  int ended = 0;
  for (Kandidaat* k : kandidaten.draw(kNewBeforeIntake, before_intake, "new before intake")) {
    k->has_diagnose = true;
    k->add(k->aangemeld + days{5}, "diagnose_start");
    if (ended < kNewEnded - 2) {
      ++ended;
      end_diagnose(kandidaten, *k, k->aangemeld + days{9}, *k->intake);
    }
  }
  const auto in_traject = [](const Kandidaat& k) {
    const auto trede = k.trede_on(kEndOf2020);
    return undisturbed(k) && (trede == kNtb || trede == "3" || trede == "4");
  };
  for (Kandidaat* k : kandidaten.draw(bij - kNewBeforeIntake, in_traject, "new in traject")) {
    k->has_diagnose = true;
    const Day begun = kandidaten.working_day(kVan + days{4}, kTm - days{16});
    k->add(begun, "diagnose_start");
    if (ended < kNewEnded) {
      ++ended;
      end_diagnose(kandidaten, *k, begun + days{7}, kTm);
    }
  }
}

struct Kind {
  const char* id;       // in the figures
  const char* besluit;  // code
};
constexpr Kind kKinds[] = {{"afzien", "afzien"},
                           {"100%", "100_procent"},
                           {"2-keer-100%", "2x_100_procent"},
                           {"1-maand-10%", "1_maand_10_procent"},
                           {"1-maand-20%", "1_maand_20_procent"},
                           {"2-maanden-10%", "2_maanden_10_procent"},
                           {"2-maanden-20%", "2_maanden_20_procent"},
                           {"gematigd", "gematigd"}};

int printed_maatregelen(const Figures& figures, const std::string& kind,
                        const std::string& gemeente) {
  const std::string id = "maatregelen/" + kind + "/" + id_of(gemeente);
  return figures.count(figures.find(id) != nullptr ? id : id + "/" + std::string(kVariant));
}

}  // namespace

void add_diagnoses(Kandidaten& kandidaten, const Figures& figures) {
  add_running(kandidaten, figures.count("ad-en-a/kandidaten/begin"),
              figures.count("ad-en-a/kandidaten/uitstroom") - kNewEnded);
  add_new(kandidaten, figures.count("ad-en-a/kandidaten/instroom"));
}

void add_maatregelen(Kandidaten& kandidaten, const Figures& figures) {
  int number = 0;
  for (const std::string gemeente : kGemeenten) {
    for (const Kind& kind : kKinds) {
      const auto fits = [&](const Kandidaat& k) {
        const bool busy =
            std::ranges::any_of(k.extras, [](const Event& e) { return e.soort == "maatregel"; });
        return !busy && k.gemeente == gemeente && k.regeling == "participatiewet" &&
               !k.trede_on(kEndOf2020).empty();
      };
      for (Kandidaat* k :
           kandidaten.draw(printed_maatregelen(figures, kind.id, gemeente), fits, kind.id)) {
        const Day on = kandidaten.working_day(kVan + days{5}, kTm - days{2});
        const std::string kenmerk = "m-2021-" + std::to_string(++number);
        k->add(on, "maatregel", {{"besluit", kind.besluit}, {"kenmerk", kenmerk}});
        if (number % 9 == 4) {
          k->add(on + days{5}, "maatregel_herzien",
                 {{"kenmerk", kenmerk}, {"uitkomst", "gehandhaafd"}});
        }
      }
    }
  }
  // An ontheffing is judged after each maximale participatie.
  for (Kandidaat& k : kandidaten.all()) {
    if (k.uitstroom && k.uitstroom->day >= kVan && k.uitstroom->reden == "maximale_participatie") {
      k.add(k.uitstroom->day, "ontheffing_beoordeeld",
            {{"uitkomst", kandidaten.dice().chance(80) ? "toegekend" : "afgewezen"}});
    }
  }
}

}  // namespace trede::reports
