// Stories: what happens to a dossier, written so short that a rule with its case fits in one row.
//
// A story is a list of acts separated by `;`; each is one append. Events of one append are joined
// by `&`. An event is `[STREAM] DAY SOORT [name=value]...`:
//   STREAM  `dossier/N`, `werkgever/N` or `organisatie`; left out it is `dossier/1`
//   DAY     `YYYY-MM-DD`, `MM-DD` of 2021, or `-` for none
//   SOORT   with the attributes that it requires filled in where the story leaves them out;
//           `correctie:SOORT` and `intrekking` take `vervangt=#N`, the N-th event of the story;
//           a `;` in a value is written `,`; `na_afsluiting=CODE` is of the event
#pragma once

#include <string_view>
#include <vector>

#include "engine/dossier/recorder.h"
#include "engine/dossier/timeline.h"
#include "tests/support/events.h"
#include "tests/support/fakes.h"
#include "tests/support/memory_store.h"

namespace trede::test {

inline constexpr std::string_view kWacht = "01-04 aanmelding; 01-11 intake";
inline constexpr std::string_view kTraject = "01-04 aanmelding; 01-11 intake; 01-18 traject_start";

// Tells stories to a recorder. The organisation is there already: since 2000-01-01 Alkmaar takes
// part in everything, Bergen in re_integratie, Castricum in sociale_werkvoorziening, Uitgeest in
// beschut_werk, Dijk in everything up to 2021-07-01; afdeling Groen exists since 2000-01-01, Schoon
// since 2021-06-01. It is 2025-01-02.
class Story {
 public:
  Story();

  // Records the acts of `text` one by one. All but the last must be accepted.
  // Returns: what became of the last.
  RecordOutcome tell(std::string_view text);
  // The same, as the code of the refusal; `goed` when it was accepted.
  std::string judge(std::string_view text);

  // What the store holds of a stream, and how it folds.
  History history(const StreamId& stream = dossier(1)) const;
  // The soorten in the order in which they act, each with the number of its event in the story.
  std::string acted() const;
  State at(std::string_view dag) const;

  MemoryStore& store() { return store_; }
  FakeClock& clock() { return clock_; }
  Recorder& recorder() { return recorder_; }
  // The events of the last act.
  const std::vector<pb::Event>& last() const { return last_; }
  static EventId id(std::uint64_t number) { return event_id(number); }

 private:
  std::vector<pb::Event> parse_act(std::string_view text);
  pb::Event parse_event(std::string_view text);

  FakeClock clock_;
  MemoryStore store_{clock_};
  Recorder recorder_{store_, clock_};
  std::vector<pb::Event> last_;
  std::uint64_t told_ = 0;
  // acted() and at() answer with views into these.
  mutable History history_;
};

}  // namespace trede::test
