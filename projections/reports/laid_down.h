// What the organisation has laid down (gemeenten that take part, targets), as known at a position.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/dossier/organisatie.h"
#include "engine/event/recorded.h"
#include "engine/log/event_store.h"
#include "projections/measures/query.h"
#include "projections/reports/rational.h"

namespace trede {

// The organisation's own stream as reports need it. What was read once is kept: asking again reads
// only what came in since. `store` must outlive it. Threads: any.
class OrganisatieLog {
 public:
  explicit OrganisatieLog(const EventStore& store) : store_(store) {}

  // The organisation as its stream tells it up to `known`. Errors: kIo, kCorrupt, kNewer.
  Result<Organisatie> at(Position known);

 private:
  Status read_upto(Position known);

  const EventStore& store_;
  std::mutex mutex_;
  google::protobuf::Arena arena_;  // of the bodies
  std::uint64_t read_ = 0;         // versions
  std::vector<RecordedEvent> events_;
};

// The gemeenten that take part in `dienst` (absent: in any) at the beginning of `period` (the end
// of the day before) or on one of its days, in order of bytes: those whose figures a total over it
// may hold.
std::vector<std::string> gemeenten_in(const Organisatie& organisatie, const Period& period,
                                      std::optional<pb::Dienst> dienst = {});

// Which target is meant.
struct TargetKey {
  Soort soort;  // afspraak_vastgesteld, benchmark_vastgesteld or taakstelling_vastgesteld
  std::string maat;
  std::string periode;
  std::string waar;  // waar_text
};
// The number that was laid down.
Rational target_value(const Doel& doel);

// Conditions in one way of writing: `dim=code;dim=code,code`, in order of dimension. A target has
// one code in each.
std::string waar_text(std::vector<Filter> waar);
// What waar_text wrote. Errors: kInvalid.
Result<std::vector<Filter>> parse_waar_text(std::string_view text);
// One condition: `dimension=code,code`. In a definition `dimension=*` takes off the condition that
// an outer one set. Errors: kInvalid.
Result<Filter> parse_waar(std::string_view text);

}  // namespace trede
