// What the audit trail remembers of one access: who read or wrote what, with which outcome.
// Source: BIO 8.15 (actie, object, resultaat, oorsprong, actor, tijdstempel).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "engine/base/time.h"
#include "engine/ledger/sha256.h"

namespace trede {

// What was done. Stored as the code of the same name (`action_code`); a code is never given another
// meaning.
enum class TrailAction {
  kTonen,         // the timeline of a dossier
  kVerklaren,     // the events behind a figure
  kVergelijken,   // the events that moved a figure or a report
  kExporteren,    // events of the log, or an evidence bundle
  kVastleggen,    // recording events
  kImporteren,    // a file of events
  kVaststellen,   // laying a report down
  kSimuleren,     // a made-up history
  kReservekopie,  // a backup
  kTerugzetten,   // a restore: the first entry of a folder that came from a backup
  kPersoonTonen,  // personal data
  kPersoonWijzigen,
  kPersoonZoeken,
  kPersoonImporteren,
  kPersoonWissen,
  kBewaartermijnTonen,  // what may be destroyed
  kBewaartermijnVernietigen,
  kToegangInloggen,  // by a password; refused ones too
  kToegangUitloggen,
  kToegangVergrendelen,  // refused for a while, after too many of them
  kToegangWachtwoord,    // a password is another one
  kToegangGebruiker,     // who may do what: made, changed, blocked, removed
  kToegangToken,         // what a program may do: made, withdrawn
};

enum class TrailOutcome {
  kBegonnen,  // tried; the record that ends the attempt says how it went
  kGelukt,
  kGeweigerd,     // a rule said no
  kMislukt,       // the system failed
  kNietGevonden,  // there is no such dossier or person
};

std::string_view action_code(TrailAction action);
std::string_view outcome_code(TrailOutcome outcome);

// What it was done to, as the trail has it: never a KEY, a name or another word of a person.
std::string object_of(const StreamId& stream);                 // `dossier/<uuid>`, `organisatie`
std::string object_of_unknown(StreamKind kind);                // `dossier`: a KEY that nobody has
std::string object_of_person(const Uuid& person);              // `persoon/<uuid>`
std::string object_of_user(std::string_view actor);            // `gebruiker/<actor>`
std::string object_of_token(std::string_view id);              // `token/<id>`
inline constexpr std::string_view kUnknownUser = "gebruiker";  // a name that nobody has
inline constexpr std::string_view kSender = "afzender";        // the address it came from
inline constexpr std::string_view kWholeLog = "log";  // every dossier, in a range of positions
inline constexpr std::string_view kUnknownPerson =
    "persoon";  // who was looked for and is not there
inline constexpr std::string_view kAllPersons = "personen";

struct TrailEntry {
  TrailAction action = TrailAction::kTonen;
  std::string object = {};
  TrailOutcome outcome = TrailOutcome::kGelukt;
  std::string origin = {};  // the door it came through: `cli`
  std::string actor = {};   // an opaque id
  // Written: where the events stand. Read: what was known. 0 where positions mean nothing.
  Position first{};
  Position last{};
  std::uint64_t count = 0;    // events (or persons) shown or written
  std::string about = {};     // what belongs to it: `import/<uuid>`; else empty
  std::uint64_t attempt = 0;  // that it ends, as Trail::begin gave it; 0 = none was begun
};

// `[A-Za-z0-9._@:-]{1,64}`, and not what may be a BSN.
bool is_actor(std::string_view text);
// An actor of the program's own giving, whom the system named. Nobody else may say so.
inline constexpr std::string_view kSystemActor = "os:";  // with a number after it

// An entry as it stands in the trail.
struct TrailRecord {
  std::uint64_t number = 0;  // 1, 2, ... without holes
  Moment moment{};           // strictly rising
  std::string action;        // codes, also of a newer version
  std::string object;
  std::string outcome;
  std::string origin;
  std::string actor;
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  std::uint64_t count = 0;
  std::string about;
  Hash hash{};  // of the record before and everything above
};

// The hash before the first record: of the log that the trail is about.
Hash chain_start(const Uuid& log);
// What `record.hash` must be after a record with hash `before`. README.md has the bytes.
Hash chain_hash(const Hash& before, const TrailRecord& record);

}  // namespace trede
