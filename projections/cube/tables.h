// The tables of facts: what each counts, by which dimensions, with which weights.
//
// A stand table holds what comes (+) and goes (-): the stand on D is the sum over days <= D. Beside
// each stand with flows stands a flow table with one fact per moment at which a thing comes, goes
// or changes a dimension: the dimensions before, those after, and why. Which of these are flows of
// a row is decided when somebody asks (rows.h). A point table holds what happened on a day.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "projections/cube/schema.h"

namespace trede {

enum class Table : std::uint8_t {
  // stands
  kAanmeldingenOpen,
  kWachtOpStart,
  kTrajecten,
  kDiagnose,
  kOponthoud,
  kVoorzieningen,
  kPlaatsingen,
  kDienstverbanden,
  kVerzuimgevallen,
  // their flows, in the same order
  kAanmeldingenOpenStroom,
  kWachtOpStartStroom,
  kTrajectenStroom,
  kDiagnoseStroom,
  kOponthoudStroom,
  kVoorzieningenStroom,
  kPlaatsingenStroom,
  kDienstverbandenStroom,
  kVerzuimgevallenStroom,
  // stands that depend on how long something holds
  kAanmeldingenOverTermijn,
  kVerzuimPerDuur,
  // points
  kAanmeldingen,
  kIntakes,
  kNietGestart,
  kDoorstroom,
  kUitstroom,
  kAbcMetingen,
  kTaalniveautoetsen,
  kIndicaties,
  kContactmomenten,
  kOntheffingen,
  kMaatregelen,
  kMaatregelenHerzien,
  kZiekmeldingen,
  kHerstelmeldingen,
  kVacatures,
  kRelaties,
  kBoekingen,
};
inline constexpr std::size_t kTableCount = static_cast<std::size_t>(Table::kBoekingen) + 1;

inline constexpr std::size_t kMaxDims = 12;
inline constexpr std::size_t kMaxWeights = 3;

// The values of the dimensions of a fact, in the order of its table; the rest is zero.
using Cell = std::array<Code, kMaxDims>;
using Weights = std::array<std::int64_t, kMaxWeights>;

struct CellHash {
  std::size_t operator()(const Cell& cell) const;
};

struct TableInfo {
  std::string name;
  std::vector<Dim> dims;  // of a flow table: those of its stand, once
  std::size_t weights;
  bool moments;  // questions need the sum of weight x day as well
  bool stroom;
  std::vector<Dim> moment_dims;  // of a flow table: what belongs to the moment (reden, resultaat)

  // Places of a cell in use.
  std::size_t cell_size() const;
};

const TableInfo& info_of(Table table);
// The flow table of a stand from kAanmeldingenOpen up to kVerzuimgevallen.
Table stroom_of(Table stand);

// The cell of a flow table: [before.., after.., moment_dims.., which of the two hold].
struct StroomCell {
  static constexpr Code kBefore = 1;
  static constexpr Code kAfter = 2;
};

// Names everything in this file and in schema.h that stored facts depend on.
std::string schema_text();

}  // namespace trede
