// The catalogue of measures: what may be asked, and how it is called.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "projections/measures/query.h"

namespace trede {

enum class MeasureKind {
  kStand,       // what holds at the end of a day
  kStroom,      // what happens in a period
  kSom,         // amounts of a period
  kVerhouding,  // a sum over a sum
};

struct Dimension {
  std::string name;
  std::vector<std::string> codes;  // all codes it can have; empty = the organisation's own strings
};

struct Measure {
  std::string name;
  std::string title;       // Dutch
  std::string definition;  // one Dutch sentence with the formula
  MeasureKind kind;
  std::string unit;  // personen, trajecten, fte, dagen, %, eurocent, ...
  bool asks_day;     // --op; else a period
  bool is_percentage;
  std::vector<Dimension> dimensions;
  std::string source;  // where the definition comes from
};

// All measures of the contract, in its order, each stand followed by its _bij and _af.
const std::vector<Measure>& measures();
const Measure* find_measure(std::string_view name);

// Which definitions of measures these are. It changes when the meaning of one does.
inline const std::string& catalogus_version() {
  static const std::string kVersion = "1";
  return kVersion;
}

// Errors: kInvalid; the message names what is wrong and what is allowed.
Status check_query(const Query& query);

}  // namespace trede
