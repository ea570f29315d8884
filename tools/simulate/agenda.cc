#include "tools/simulate/agenda.h"

#include <algorithm>

#include "engine/base/check.h"

namespace trede::simulate {

Agenda::Agenda(int first, int last)
    : first_(first), days_(static_cast<std::size_t>(last - first) + 1) {}

bool Agenda::add(const Act& act) {
  const int after = day_of_moment(act.moment) - first_;
  TREDE_CHECK(after >= 0 && static_cast<std::size_t>(after) >= today_, "an act in the past");
  const auto day = static_cast<std::size_t>(after);
  if (day >= days_.size()) return false;
  days_[day].push_back(act);
  if (day == today_) std::ranges::push_heap(days_[day], is_later);
  return true;
}

const Act* Agenda::find_next() {
  while (days_[today_].empty()) {
    if (today_ + 1 == days_.size()) return nullptr;
    std::vector<Act>().swap(days_[today_++]);  // its memory goes too
    std::ranges::make_heap(days_[today_], is_later);
  }
  return &days_[today_].front();
}

Act Agenda::take() {
  auto& today = days_[today_];
  std::ranges::pop_heap(today, is_later);
  const Act act = today.back();
  today.pop_back();
  return act;
}

}  // namespace trede::simulate
