// The caseload of a werkcoach: the dossiers that are theirs, with what runs in them and the terms
// that are near or over.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/log/event_store.h"
#include "projections/caseload/kandidaten.h"
#include "projections/caseload/termijnen.h"

namespace trede {

// One dossier at the end of a day.
struct CaseloadRow {
  StreamId stream;
  StreamVersion versie;  // as known
  std::string gemeente;
  std::string werkcoach;
  pb::Trede trede = pb::TREDE_UNSPECIFIED;  // of the traject; unspecified without one
  // The first days of what holds; absent = does not hold.
  std::optional<Day> aangemeld;
  std::optional<Day> wacht_op_start;
  std::optional<Day> traject;
  std::optional<Day> in_trede;  // since when the traject is in this trede
  std::optional<Day> diagnose;
  std::optional<Day> oponthoud;
  std::optional<Day> dienstverband;
  std::optional<Day> verzuim;  // of the open case
  std::size_t voorzieningen = 0;
  std::size_t plaatsingen = 0;
  std::optional<Day> laatste_contact;
  std::vector<Termijn> termijnen;
};

// Which dossiers are asked for.
struct CaseloadQuestion {
  Day op;
  Position known;                        // settled
  std::vector<std::string> werkcoaches;  // one of these; empty = any
  std::vector<std::string> gemeenten;    // and one of these; empty = any
};

// Threads: any. `log` must outlive it.
class Caseloads {
 public:
  explicit Caseloads(const EventStore& log) : log_(log) {}

  // Reads on to the end of the log. To be called before the first question, and may be at any time.
  // Errors: as Kandidaten::catch_up.
  Status catch_up() { return kandidaten_.catch_up(log_, log_.last_position()); }
  Position position() const { return kandidaten_.position(); }

  // The dossiers in which something runs (aangemeld, wacht op start, traject, dienstverband,
  // plaatsing or voorziening) and that are of those asked for at the end of `op`; by stream.
  // Requires: at least one werkcoach or gemeente.
  // Cost:   one stream read and folded for each dossier that was ever theirs; once only for one in
  //         which nothing runs any more.
  // Errors: kNewer, kIo, kCorrupt.
  Result<std::vector<CaseloadRow>> list(const CaseloadQuestion& question);
  // Who has such a dossier: the werkcoaches whose list would have a row; sorted.
  // Cost:   of each werkcoach the streams up to the first that is theirs, the newest first.
  // Errors: as list.
  Result<std::vector<std::string>> werkcoaches(const CaseloadQuestion& question);

 private:
  // The row of one dossier, when it is of those asked for.
  Result<std::optional<CaseloadRow>> row_of(const StreamId& stream,
                                            const CaseloadQuestion& question) const;

  // That nothing runs in a dossier from a day on, as far as its first `version` events go.
  struct Ended {
    StreamVersion version;
    Position known;  // of the last of these
    Day from;
  };
  Result<bool> is_over(const StreamId& stream, const CaseloadQuestion& question) const;

  const EventStore& log_;
  Kandidaten kandidaten_;
  mutable std::mutex ended_mutex_;
  mutable std::unordered_map<StreamId, Ended> ended_;  // some 60 bytes each
};

// One dossier of which `history` is what is known; absent when nothing runs in it on `op`.
std::optional<CaseloadRow> caseload_row(const StreamId& stream, const History& history, Day op);

}  // namespace trede
