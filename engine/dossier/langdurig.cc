#include "engine/dossier/langdurig.h"

#include <algorithm>
#include <vector>

namespace trede {

namespace {

constexpr std::chrono::days kWachttijd{104 * 7};
constexpr std::chrono::days kSamentelling{4 * 7};  // cases less than this apart are one sickness

struct Geval {
  Day van;
  std::optional<Day> tot;  // the first day that is not part of it
};

// The cases of a dossier that began at or before `op`, in order, as they stood at the end of `op`.
std::vector<Geval> gevallen(std::span<const ActingEvent> events, Day op) {
  std::vector<Geval> all;
  fold_dossier(events, [&](const Step& step) {
    const Day day = step.event.geldig_op;
    if (day > op || step.before.verzuim == step.after.verzuim) return;
    if (step.before.verzuim != nullptr) {
      all.back().tot = day;
      if (all.back().van == day) all.pop_back();  // ended before it lasted a day
    }
    if (step.after.verzuim != nullptr) all.push_back({day, std::nullopt});
  });
  return all;
}

}  // namespace

std::optional<WachttijdVerzuim> wachttijd_verzuim(std::span<const ActingEvent> events, Day op) {
  const auto all = gevallen(events, op);
  if (all.empty()) return std::nullopt;
  if (all.back().tot && op - *all.back().tot >= kSamentelling) return std::nullopt;
  auto first = all.end() - 1;
  while (first != all.begin() && first->van - *(first - 1)->tot < kSamentelling) --first;

  WachttijdVerzuim wachttijd{.eerste_ziektedag = first->van};
  std::chrono::days rest = kWachttijd;
  std::optional<Day> einde;
  const Day end_of_counting = op + std::chrono::days{1};
  for (auto geval = first; geval != all.end(); ++geval) {
    const std::chrono::days length = geval->tot.value_or(end_of_counting) - geval->van;
    wachttijd.getelde_dagen += static_cast<int>(length.count());
    if (!einde && length >= rest) einde = geval->van + rest;
    rest -= length;
  }
  wachttijd.einde = einde ? *einde : end_of_counting + rest;
  wachttijd.verstreken = wachttijd.einde <= op;
  return wachttijd;
}

}  // namespace trede
