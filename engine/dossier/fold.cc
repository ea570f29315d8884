#include "engine/dossier/fold.h"

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

}  // namespace trede
