// Who does something with a dossier, and the audit trail that remembers it (engine/trail).
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/log/data_folder.h"
#include "engine/trail/trail.h"
#include "tools/trede/context.h"
#include "tools/trede/failure.h"

namespace trede::tool {

inline constexpr std::string_view kDoor = "cli";  // the origin of all that this program notes

// One call of the program, accountable for what it reads or writes in one folder. Owner: the
// command. Threads: one. The folder and context must outlive it.
class Accountable {
 public:
  // `actor`: the option of the command, if it has one; else TREDE_ACTOR, else `os:<uid>`.
  // Errors: exit status 2 when that is no actor.
  static Outcome<Accountable> reader(DataFolder& folder, const std::optional<std::string>& actor,
                                     Context& context);
  // The same for who writes: the trail must take records before anything is changed.
  // Errors: exit status 1 when it does not.
  static Outcome<Accountable> writer(DataFolder& folder, const std::optional<std::string>& actor,
                                     Context& context);

  // To be called before anything is shown. What the disk does not take is said on stderr, in one
  // line, and does not end the command: README.md of engine/trail says why.
  void note_read(std::vector<TrailEntry> entries);
  // To be called before a change: if the process does not come to its end, the trail says so.
  // Durable: on return. Errors: exit status 1; then nothing may be changed.
  Outcome<> note_begun(std::vector<TrailEntry> entries);
  // To be called after the change, before the answer; ends what was begun. Durable: on return.
  // Errors: exit status 1; the change stands.
  Outcome<> note_written(std::vector<TrailEntry> entries);

 private:
  Accountable(DataFolder& folder, std::string actor, Context& context)
      : folder_(&folder), actor_(std::move(actor)), context_(&context) {}
  Status open();
  Status open_and_sign(std::vector<TrailEntry>& entries);

  DataFolder* folder_;
  std::string actor_;
  Context* context_;
  std::unique_ptr<Trail> trail_;
  std::uint64_t attempt_ = 0;  // under way
};

// How something went, for the trail.
template <typename T>
TrailOutcome outcome_of(const Outcome<T>& done) {
  if (done) return TrailOutcome::kGelukt;
  return done.error().exit == Exit::kInput ? TrailOutcome::kGeweigerd : TrailOutcome::kMislukt;
}

// What TREDE_ACTOR or the system says of who runs the program, unless `given` says it.
// Errors: exit status 2 when that is no actor.
Outcome<std::string> actor_of(const std::optional<std::string>& given);

// Of which streams an answer shows events, and how many.
class ShownStreams {
 public:
  // More streams than this are one entry about the whole log: a list of everybody is no longer
  // about anybody, and an export is noted so too.
  static constexpr std::size_t kMost = 1000;

  void add(const StreamId& stream, std::uint64_t events = 1) { events_[stream] += events; }
  // Of the events at these positions; stops looking beyond kMost. Errors: those of the log.
  Status add_events(std::span<const Position> positions, const EventLog& log);
  // One per stream, sorted. `known`: up to where the log was known to the answer.
  std::vector<TrailEntry> entries(TrailAction action, Position known) const;

 private:
  std::map<StreamId, std::uint64_t> events_;
};

}  // namespace trede::tool
