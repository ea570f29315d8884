// What the facts are about: the dimensions with their codes, and the tables of facts with their
// dimensions and weights. A change here is a change of definition (see kDefinition in store.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/time.h"

namespace trede {

// The value of one dimension of a fact: the number of a code, the id of a string (Dictionary), or a
// set of doelgroepen as bits (bit n = pb::Doelgroep n). Zero is `onbekend`, or the empty set.
using Code = std::uint32_t;
inline constexpr Code kOnbekend = 0;

enum class Dim : std::uint8_t {
  kGemeente,
  kRegeling,
  kDoelgroep,
  kWerkcoach,
  kBron,
  kSoortIntake,
  kIntakeUitkomst,
  kStartkwalificatie,
  kFase,
  kNietGestartReden,
  kTrede,
  kVan,
  kNaar,
  kUitstroomReden,
  kBetaald,
  kVoorziening,
  kNaam,
  kResultaat,
  kAfstand,
  kStatus,
  kNiveau,
  kIndicatie,
  kIndicatieUitkomst,
  kContact,
  kOntheffingUitkomst,
  kBesluit,
  kHerzienUitkomst,
  kPlaatsing,
  kPlaatsingRegeling,
  kLeeftijdsgroep,
  kVorm,
  kDienstverband,
  kAfdeling,
  kKlasse,
  kVacatureRegeling,
  kSroi,
  kSoortBedrag,
  kProgramma,
  kKostenregel,
  kIncidenteel,
  kPeriodeSoort,
  kStroomReden,  // of X_bij and X_af
};

enum class DimForm : std::uint8_t {
  kCodes,   // one of a fixed list
  kString,  // the organisation's own strings
  kSet,     // doelgroepen
};

struct DimInfo {
  std::string name;  // as asked: several dimensions may be called `reden`
  DimForm form;
  std::vector<std::string> codes;  // in the order of their numbers; empty for strings
};

const DimInfo& info_of(Dim dim);
// The written code of `code`. Requires: a dimension of form kCodes and a code that it has, or zero.
std::string_view code_text(Dim dim, Code code);
// Whether `code` is one of them.
bool has_code(Dim dim, Code code);
// The number of a code as written, `onbekend` included. Requires: form kCodes.
std::optional<Code> find_code(Dim dim, std::string_view text);

// Classes of verzuim_per_duur: [first, end) in days since the first sick day, which is day 0.
struct DuurKlasse {
  Code code;
  int first;
  int end;
};
const std::vector<DuurKlasse>& duur_klassen();

// Lengths of a periode, as codes of Dim::kPeriodeSoort.
enum class PeriodeSoort : Code { kJaar = 1, kKwartaal = 2, kMaand = 3 };

// The value for absent, and for the empty set.
inline constexpr std::string_view kOnbekendText = "onbekend";
inline constexpr std::string_view kGeenText = "geen";

}  // namespace trede
