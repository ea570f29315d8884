// Draws one route of re-integratie: aanmelding, intake, traject through the treden, uitstroom, and
// everything that happens on the way.
#pragma once

#include "tools/simulate/plan.h"

namespace trede::simulate {

// How a route ended.
struct RouteEnd {
  int day = 0;              // the first day out of re-integratie
  std::int64_t moment = 0;  // when that was recorded
  bool moves = false;       // to another part of the country, out of sight
};

// Fills `plan` with a route that begins with an aanmelding on `day`.
// Requires: the gemeente of the person takes part in re_integratie on that day; no route is open.
RouteEnd draw_route(Plan& plan, int day);

}  // namespace trede::simulate
