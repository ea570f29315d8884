// Why something came to belong to a row or ceased to: the codes of Dim::kStroomReden. Of this room
// only.
#pragma once

#include "engine/dossier/history.h"
#include "projections/cube/tables.h"

namespace trede {

inline constexpr std::size_t kTrajectTredeAt = 3;  // in the cells of trajecten

Code start_reden();
// The reden with which `event` ends a thing of `stand`: its own where it is that thing's own end
// and has one, else its kind.
Code end_reden(Table stand, const ActingEvent& event);
// The reden of a change of the cell of something that goes on.
Code change_reden(Table stand, const Cell& before, const Cell& after);

}  // namespace trede
