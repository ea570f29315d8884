// The Dutch sentences of refusals. They name kinds, days and kenmerken, never a person.
#pragma once

#include <optional>
#include <string>

#include "engine/dossier/timeline.h"

namespace trede {

// `trede doorstroom`.
std::string label_of(Soort soort);
// `31-01-2021`.
std::string dutch_day(Day day);

// What is being recorded, as a sentence begins with it: `Ziekmelding op 03-01-2022`,
// `Correctie van ziekmelding van 03-01-2022 naar 04-01-2022`, `Intrekking van ...`.
// `replaced` is what acts now for the event that is replaced; null when that is not known, nor
// need a correctie have its kind then.
std::string subject_of(const RecordedEvent& proposed, const ActingEvent* replaced);

// `<subject> kan niet: <reason>.`
std::string refusal_zin(const std::string& subject, const std::string& reason);
// The same when not the proposed event itself cannot act but one that stands in the history.
std::string refusal_zin(const std::string& subject, const ActingEvent& other,
                        const std::string& reason);

// Why `violation.event` cannot act where it stands. Requires: a rule that a fold reports.
std::string reason_of(const Violation& violation);

}  // namespace trede
