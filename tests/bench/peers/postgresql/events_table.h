// The plain table of events, and the two ways in which it is filled.
#pragma once

#include "tests/bench/data/columns.h"
#include "tests/bench/data/history.h"
#include "tests/bench/data/stored_events.h"
#include "tests/bench/peers/postgresql/cluster.h"

namespace trede::bench {

// Drops what was there.
void make_events_table(Connection& connection);

// Seconds of the inserting alone.
double insert_events(const std::string& address, const AppendLoad& load);
double copy_events(Connection& connection, const StoredEvents& events, const Columns& columns);

}  // namespace trede::bench
