// The catalogue of measures as the room itself uses it: with the dimensions as facts have them.
#pragma once

#include <string_view>
#include <vector>

#include "projections/cube/schema.h"
#include "projections/measures/measures.h"

namespace trede {

struct MeasureEntry {
  Measure measure;
  std::vector<Dim> dims;  // beside measure.dimensions
};

const std::vector<MeasureEntry>& measure_entries();
// Null when there is no such measure.
const MeasureEntry* find_measure_entry(std::string_view name);
// Which of the measure's dimensions is called `name`; -1 when none is.
int find_dimension(const MeasureEntry& entry, std::string_view name);

}  // namespace trede
