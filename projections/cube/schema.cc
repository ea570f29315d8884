#include "projections/cube/schema.h"

#include <algorithm>
#include <array>
#include <limits>
#include <unordered_map>

#include "engine/base/check.h"
#include "engine/event/catalogue.h"

namespace trede {

namespace {

struct DimEntry {
  DimInfo info;
  std::vector<Code> numbers;  // beside info.codes
  std::unordered_map<std::string, Code> by_text;
  std::unordered_map<Code, std::string> by_number;
};

DimEntry strings(std::string name) {
  return {.info = {std::move(name), DimForm::kString, {}},
          .numbers = {},
          .by_text = {},
          .by_number = {}};
}

void add_code(DimEntry& entry, Code number, const std::string& text) {
  entry.info.codes.push_back(text);
  entry.numbers.push_back(number);
  entry.by_text.emplace(text, number);
  entry.by_number.emplace(number, text);
}

template <typename Enum>
DimEntry codes(std::string name) {
  const auto& type = *google::protobuf::GetEnumDescriptor<Enum>();
  DimEntry entry = strings(std::move(name));
  entry.info.form = DimForm::kCodes;
  for (const std::string& text : codes_of(type)) {
    add_code(entry, static_cast<Code>(number_of_code(type, text)), text);
  }
  return entry;
}

// Codes of our own, numbered from 1.
DimEntry listed(std::string name, const std::vector<std::string>& texts) {
  DimEntry entry = strings(std::move(name));
  entry.info.form = DimForm::kCodes;
  Code number = 0;
  for (const std::string& text : texts) add_code(entry, ++number, text);
  return entry;
}

DimEntry doelgroepen() {
  DimEntry entry = codes<pb::Doelgroep>("doelgroep");
  entry.info.form = DimForm::kSet;
  return entry;
}

// Why something came to belong to a row, or ceased to: kinds of change, the redenen of events, and
// kinds of events. More than can occur, so that a question with any reden that exists is a good
// one.
std::vector<std::string> stroom_redenen() {
  std::vector<std::string> out{"start", "doorstroom", "terug", "indeling", "wijziging"};
  const auto add = [&out](const std::string& text) {
    if (std::ranges::find(out, text) == out.end()) out.push_back(text);
  };
  for (const Kind& kind : kinds()) {
    const Attribute* reden = kind.find_attribute("reden");
    if (reden != nullptr) std::ranges::for_each(reden->codes, add);
  }
  for (const Kind& kind : kinds()) add(kind.code);
  add("negatief_advies");
  add("teruggemeld");
  return out;
}

DimEntry make_entry(Dim dim) {
  switch (dim) {
    case Dim::kGemeente: return strings("gemeente");
    case Dim::kRegeling: return codes<pb::Regeling>("regeling");
    case Dim::kDoelgroep: return doelgroepen();
    case Dim::kWerkcoach: return strings("werkcoach");
    case Dim::kBron: return codes<pb::Bron>("bron");
    case Dim::kSoortIntake: return codes<pb::SoortIntake>("soort_intake");
    case Dim::kIntakeUitkomst: return codes<pb::IntakeUitkomst>("uitkomst");
    case Dim::kStartkwalificatie: return codes<pb::JaNee>("startkwalificatie");
    case Dim::kFase: return codes<pb::IntakeFase>("fase");
    case Dim::kNietGestartReden: {
      DimEntry entry = codes<pb::NietGestartReden>("reden");
      const Code next = pb::NietGestartReden_MAX + 1;
      add_code(entry, next, "negatief_advies");
      add_code(entry, next + 1, "teruggemeld");
      return entry;
    }
    case Dim::kTrede: return codes<pb::Trede>("trede");
    case Dim::kVan: return codes<pb::Trede>("van");
    case Dim::kNaar: return codes<pb::Trede>("naar");
    case Dim::kUitstroomReden: return codes<pb::UitstroomReden>("reden");
    case Dim::kBetaald: return codes<pb::JaNee>("betaald");
    case Dim::kVoorziening: return codes<pb::VoorzieningSoort>("voorziening");
    case Dim::kNaam: return strings("naam");
    case Dim::kResultaat: return codes<pb::VoorzieningResultaat>("resultaat");
    case Dim::kAfstand: return codes<pb::Afstand>("afstand");
    case Dim::kStatus: return codes<pb::MetingStatus>("status");
    case Dim::kNiveau: return codes<pb::Taalniveau>("niveau");
    case Dim::kIndicatie: return codes<pb::IndicatieSoort>("indicatie");
    case Dim::kIndicatieUitkomst: return codes<pb::IndicatieUitkomst>("uitkomst");
    case Dim::kContact: return codes<pb::Contact>("contact");
    case Dim::kOntheffingUitkomst: return codes<pb::OntheffingUitkomst>("uitkomst");
    case Dim::kBesluit: return codes<pb::Besluit>("besluit");
    case Dim::kHerzienUitkomst: return codes<pb::HerzienUitkomst>("uitkomst");
    case Dim::kPlaatsing: return codes<pb::PlaatsingSoort>("plaatsing");
    case Dim::kPlaatsingRegeling: return codes<pb::Regeling>("regeling");
    case Dim::kLeeftijdsgroep: return codes<pb::Leeftijdsgroep>("leeftijdsgroep");
    case Dim::kVorm: return codes<pb::Vorm>("vorm");
    case Dim::kDienstverband: return codes<pb::DienstverbandSoort>("dienstverband");
    case Dim::kAfdeling: return strings("afdeling");
    case Dim::kKlasse: return listed("klasse", {"1_7", "8_42", "43_365", "366_plus"});
    case Dim::kVacatureRegeling: return codes<pb::Regeling>("regeling");
    case Dim::kSroi: return codes<pb::JaNee>("sroi");
    case Dim::kSoortBedrag: return codes<pb::SoortBedrag>("soort_bedrag");
    case Dim::kProgramma: return strings("programma");
    case Dim::kKostenregel: return strings("kostenregel");
    case Dim::kIncidenteel: return codes<pb::JaNee>("incidenteel");
    case Dim::kPeriodeSoort: return listed("periode", {"jaar", "kwartaal", "maand"});
    case Dim::kStroomReden: return listed("reden", stroom_redenen());
  }
  TREDE_CHECK(false, "a dimension without a definition");
  return {};
}

const DimEntry& entry_of(Dim dim) {
  static const auto all = [] {
    std::array<DimEntry, static_cast<std::size_t>(Dim::kStroomReden) + 1> out;
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = make_entry(static_cast<Dim>(i));
    return out;
  }();
  return all[static_cast<std::size_t>(dim)];
}

}  // namespace

const DimInfo& info_of(Dim dim) { return entry_of(dim).info; }

std::string_view code_text(Dim dim, Code code) {
  if (code == kOnbekend) return kOnbekendText;
  const auto& texts = entry_of(dim).by_number;
  const auto found = texts.find(code);
  TREDE_CHECK(found != texts.end(), "a code that its dimension does not have");
  return found->second;
}

bool has_code(Dim dim, Code code) {
  return code == kOnbekend || entry_of(dim).by_number.contains(code);
}

std::optional<Code> find_code(Dim dim, std::string_view text) {
  if (text == kOnbekendText) return kOnbekend;
  const auto& numbers = entry_of(dim).by_text;
  const auto found = numbers.find(std::string(text));
  if (found == numbers.end()) return std::nullopt;
  return found->second;
}

const std::vector<DuurKlasse>& duur_klassen() {
  static const std::vector<DuurKlasse> all{
      {1, 0, 7}, {2, 7, 42}, {3, 42, 365}, {4, 365, std::numeric_limits<int>::max()}};
  return all;
}

}  // namespace trede
