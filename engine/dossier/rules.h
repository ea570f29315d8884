// The rules: may these events be recorded into this stream? Pure: the history, the events, the day
// of recording and what the organisation says go in; a refusal or nothing comes out.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/dossier/eisen.h"
#include "engine/dossier/refusal.h"
#include "engine/dossier/stream.h"

namespace trede {

// Refused, or accepted under conditions. Views live as long as the proposed events.
struct Judgement {
  std::optional<Refusal> refusal;
  std::vector<Eis> eisen;
  Trial trial;  // of a dossier that was folded
};

// Judges `proposed`, together and in this order, as the next events of `stream`: each by itself,
// what each replaces, and the whole history that results.
// Requires: at least one event, each without flaw (find_flaw), with its geldig_op unless it is an
//           intrekking, and adopted by `stream`.
// `vandaag` are the civil days of recording: one for each event, or one for all.
Judgement judge(Stream& stream, std::span<const RecordedEvent> proposed,
                std::span<const Day> vandaag);

// A refusal of a correctie or intrekking for what it replaces. Of `proposed` only its day and body
// are read; what a correctie puts in place may not be set yet, but for kVervangtAndereSoort.
Refusal refusal_of_vervangt(Rule rule, const RecordedEvent& proposed, std::size_t index);

// A refusal for a rule that looks at more than one stream: `vervangt` lies in another one.
Refusal refusal_of_andere_stroom(const RecordedEvent& proposed, std::size_t index);

}  // namespace trede
