// What the organisation has laid down in its own stream: which gemeenten take part, and its
// targets.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "engine/dossier/history.h"
#include "engine/log/event_store.h"
#include "projections/query.h"
#include "projections/reports/rational.h"

namespace trede {

enum class TargetKind { kAfspraak, kBenchmark, kTaakstelling };

struct TargetKey {
  TargetKind kind;
  std::string maat;
  std::string periode;
  std::string waar;  // canonical_waar
  auto operator<=>(const TargetKey&) const = default;
};

// The conditions in one way of writing: `dim=code;dim=code`, sorted by dimension. Requires: one
// code each; several are joined by a comma, which no recorded target has.
std::string canonical_waar(std::vector<Filter> waar);

// The organisation as known at one position. Immutable. Threads: any.
class Organisatie {
 public:
  // Reads the organisation's stream up to `known`. Errors: kIo, kCorrupt, kNewer.
  static Result<Organisatie> load(const EventStore& store, Position known);
  // Requires: the history of the stream `organisatie`.
  static Organisatie of(const History& history);

  // Gemeenten that take part in any dienst at the end of `day`, sorted by bytes.
  std::vector<std::string> gemeenten(Day day) const;
  // The last one laid down for this key.
  std::optional<Rational> find_target(const TargetKey& key) const;

 private:
  struct Participation {
    std::string gemeente;
    int dienst;  // pb::Dienst; entering every dienst makes one of each
    Day van;
    std::optional<Day> tot;
  };
  void add(const ActingEvent& event);
  void enter(const pb::GemeenteToegetreden& event, Day day);
  void leave(const pb::GemeenteUitgetreden& event, Day day);

  std::vector<Participation> participations_;
  std::map<TargetKey, Rational> targets_;
};

}  // namespace trede
