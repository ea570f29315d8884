// Definitions of reports: those that the product brings along, and how one is read and checked.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "proto/report.pb.h"

namespace trede {

struct ShippedDefinition {
  std::string_view name;
  std::string_view text;
};

// Built in from projections/reports/*.textproto, sorted by name.
std::span<const ShippedDefinition> shipped_definitions();

// What is wrong with a definition.
struct DefinitionFlaw {
  int line = 0;         // from 1
  std::string message;  // what is wrong, what was expected
};

// Everything that is wrong with the definition in `text`, in order of lines: its form, ids that are
// missing, twice or not as they should be, missing titles, unknown measures, dimensions and codes,
// a side that a measure does not have, references that lead nowhere or round in a circle, a sum of
// ratios. A text that is no textproto of a ReportDefinition has that one flaw.
std::vector<DefinitionFlaw> find_definition_flaws(std::string_view text);

// Errors: kInvalid  `FILE:LINE: what is wrong, what was expected`, the first flaw.
Result<pb::ReportDefinition> parse_definition(std::string_view file, std::string_view text);

// A shipped definition. Errors: kInvalid  there is none of that name; names those that exist.
Result<pb::ReportDefinition> load_definition(std::string_view name);

}  // namespace trede
