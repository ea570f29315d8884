#include "engine/dossier/stream.h"

#include <algorithm>
#include <utility>

namespace trede {

bool Stream::comes_last(const pb::Event& event) const {
  return !is_vervanging(event) && (!end_.day || *end_.day <= day_from_number(event.geldig_op()));
}

void Stream::add(EventPtr event) {
  const bool goes_on = is_folded_ && comes_last(*event);
  const ActingEvent* place = history_.acting().data();
  history_.add(std::move(event));
  if (id_.kind != StreamKind::kDossier) return;
  // Where the history had to move, what points into it is folded anew: rare, as room doubles.
  is_folded_ = goes_on && history_.acting().data() == place;
  if (is_folded_) (void)fold_on(end_, {&history_.acting().back()}, {});
}

void Stream::fold_all() {
  std::vector<const ActingEvent*> all;
  for (const ActingEvent& event : history_.acting()) all.push_back(&event);
  end_ = FoldEnd{};
  (void)fold_on(end_, std::move(all), {});  // what is recorded was judged when it came in
  is_folded_ = true;
}

std::optional<Violation> Stream::try_fold(std::span<const EventPtr> proposed,
                                          const StepVisitor& visit,
                                          std::vector<ActingEvent>& scratch) {
  if (!is_folded_) fold_all();
  const auto last = [&](const EventPtr& event) { return comes_last(*event); };
  if (!std::ranges::all_of(proposed, last)) {
    scratch = history_.acting_with(proposed);
    return fold_dossier(scratch, visit);
  }
  scratch.clear();
  for (const EventPtr& event : proposed) scratch.push_back(acting_of(*event));
  std::vector<const ActingEvent*> added;
  for (const ActingEvent& event : scratch) added.push_back(&event);
  FoldEnd end = end_;
  return fold_on(end, std::move(added), visit);
}

}  // namespace trede
