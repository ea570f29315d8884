#include "engine/dossier/fold.h"

#include <algorithm>
#include <functional>

namespace trede {

namespace {

// Calls `visit` with a reference to every pointer to an event.
template <typename Visit>
void each_pointer(State& state, const Visit& visit) {
  for (const ActingEvent** one :
       {&state.aanmelding, &state.aangemeld, &state.wacht_op_start, &state.traject, &state.diagnose,
        &state.oponthoud, &state.dienstverband, &state.verzuim, &state.verlof}) {
    visit(*one);
  }
  for (auto* running : {&state.voorzieningen, &state.plaatsingen, &state.maatregelen}) {
    for (const ActingEvent*& one : *running) visit(one);
  }
}

bool is_same(const ActingEvent* one, const ActingEvent* other) {
  if (one == nullptr || other == nullptr) return one == other;
  return one->order == other->order && one->source == other->source;
}

bool are_same(const std::vector<const ActingEvent*>& some,
              const std::vector<const ActingEvent*>& others) {
  return std::ranges::equal(some, others, is_same);
}

}  // namespace

void follow_moved(FoldEnd& end, std::span<const ActingEvent> from, const ActingEvent* to) {
  const std::less<> before;
  const ActingEvent* const first = from.data();
  const ActingEvent* const last = first + from.size();
  const auto follow = [&](const ActingEvent*& one) {
    if (one != nullptr && !before(one, first) && before(one, last)) one = to + (one - first);
  };
  each_pointer(end.before_day, follow);
  each_pointer(end.now, follow);
  for (const ActingEvent*& one : end.of_day) follow(one);
}

bool holds_same(const State& one, const State& other) {
  // All of it by name, so that what is added to a state cannot be forgotten here.
  const auto& [begun, aanmelding, gemeente, werkcoach, doelgroepen, aangemeld, wacht_op_start,
               traject, trede, diagnose, oponthoud, voorzieningen, plaatsingen, maatregelen,
               dienstverband, afdeling, deeltijdfactor, verzuim, verzuimpercentage, verlof] = one;
  return begun == other.begun && is_same(aanmelding, other.aanmelding) &&
         gemeente == other.gemeente && werkcoach == other.werkcoach &&
         doelgroepen == other.doelgroepen && is_same(aangemeld, other.aangemeld) &&
         is_same(wacht_op_start, other.wacht_op_start) && is_same(traject, other.traject) &&
         trede == other.trede && is_same(diagnose, other.diagnose) &&
         is_same(oponthoud, other.oponthoud) && are_same(voorzieningen, other.voorzieningen) &&
         are_same(plaatsingen, other.plaatsingen) && are_same(maatregelen, other.maatregelen) &&
         is_same(dienstverband, other.dienstverband) && afdeling == other.afdeling &&
         deeltijdfactor == other.deeltijdfactor && is_same(verzuim, other.verzuim) &&
         verzuimpercentage == other.verzuimpercentage && is_same(verlof, other.verlof);
}

}  // namespace trede
