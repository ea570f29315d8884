#include "projections/facts/stroom_reden.h"

#include <algorithm>
#include <vector>

#include "engine/base/check.h"

namespace trede {

namespace {

Code reden_code(std::string_view text) {
  const auto code = find_code(Dim::kStroomReden, text);
  TREDE_CHECK(code.has_value(), "a reden that is not in the schema");
  return *code;
}

// The redenen that are the kinds of events, by kind: looked up by text once, not for every fact.
Code kind_reden(Soort soort) {
  static const std::vector<Code> kCodes = [] {
    std::vector<Code> codes;
    for (const Kind& kind : kinds()) {
      codes.resize(std::max(codes.size(), std::size_t{kind.soort} + 1));
      codes[kind.soort] = reden_code(kind.code);
    }
    return codes;
  }();
  return kCodes[soort];
}

// The same of the redenen that events have themselves.
template <typename Enum>
Code own_reden(Enum reden) {
  static const std::vector<Code> kCodes = [] {
    std::vector<Code> codes;
    const auto& type = *google::protobuf::GetEnumDescriptor<Enum>();
    for (const std::string& text : codes_of(type)) {
      const auto number = static_cast<std::size_t>(number_of_code(type, text));
      codes.resize(std::max(codes.size(), number + 1));
      codes[number] = reden_code(text);
    }
    return codes;
  }();
  return kCodes[static_cast<std::size_t>(reden)];
}

// The redenen of flows that no event has.
struct StroomReden {
  Code start = reden_code("start");
  Code wijziging = reden_code("wijziging");
  Code indeling = reden_code("indeling");
  Code doorstroom = reden_code("doorstroom");
  Code terug = reden_code("terug");
};
const StroomReden& stroom_reden() {
  static const StroomReden kReden;
  return kReden;
}

}  // namespace

Code start_reden() { return stroom_reden().start; }

Code end_reden(Table stand, const ActingEvent& event) {
  const pb::Body& body = *event.body;
  if (body.has_niet_gestart() &&
      (stand == Table::kAanmeldingenOpen || stand == Table::kWachtOpStart)) {
    return own_reden(body.niet_gestart().reden());
  }
  if (body.has_uitstroom() && stand == Table::kTrajecten) {
    return own_reden(body.uitstroom().reden());
  }
  if (body.has_plaatsing_einde() && stand == Table::kPlaatsingen) {
    if (!body.plaatsing_einde().has_reden()) return kOnbekend;
    return own_reden(body.plaatsing_einde().reden());
  }
  if (body.has_dienstverband_einde() && stand == Table::kDienstverbanden) {
    return own_reden(body.dienstverband_einde().reden());
  }
  return kind_reden(event.soort());
}

Code change_reden(Table stand, const Cell& before, const Cell& after) {
  const StroomReden& reden = stroom_reden();
  if (stand != Table::kTrajecten || before[kTrajectTredeAt] == after[kTrajectTredeAt])
    return reden.wijziging;
  if (before[kTrajectTredeAt] == pb::TREDE_NADER_TE_BEPALEN) return reden.indeling;
  if (after[kTrajectTredeAt] == pb::TREDE_NADER_TE_BEPALEN) return reden.terug;
  return before[kTrajectTredeAt] < after[kTrajectTredeAt] ? reden.doorstroom : reden.terug;
}

}  // namespace trede
