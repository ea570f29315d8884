// Longer than most: it is one table, the catalogue.
#include "projections/measures/measures.h"

#include <unordered_map>
#include <utility>

#include "engine/event/catalogue.h"
#include "projections/measures/catalogue.h"

namespace trede {

namespace {

using Dims = std::vector<Dim>;
using Texts = std::vector<std::string>;

// Where a definition comes from.
constexpr const char* kBegrippen = "Kwartaalrapportage Q1 2021, begrippenlijst";
constexpr const char* kIntake = "Kwartaalrapportage Q1 2021, 3A; 8-maandsrapportage 2024, 1.1";
constexpr const char* kTreden = "Kwartaalrapportage Q1 2021, 3B; 8-maandsrapportage 2024, 1.2";
constexpr const char* kWerk = "Kwartaalrapportage Q1 2021, 1 en 2; 8-maandsrapportage 2024, 1.4";
constexpr const char* kMaatregelen =
    "Participatiewet art. 18; Kwartaalrapportage Q1 2021, maatregelen";
constexpr const char* kVerzuim = "Standaard verzuimregistratie, CBS/TNO 1996";
constexpr const char* kWerkgevers = "Kwartaalrapportage Q1 2021, werkgeversservicepunt";
constexpr const char* kFinancien =
    "Kwartaalrapportage Q1 2021, financieel; 8-maandsrapportage 2024, 4";

// One line of the catalogue.
struct Line {
  const char* name;
  const char* title;
  const char* definition;
  MeasureKind kind;
  const char* unit;
  Dims dims;
  const char* source;
};

bool is_stand(const Line& line) { return line.kind == MeasureKind::kStand; }

// The redenen an answer can hold; any other that exists may be asked and counts 0.
Dimension reden_dimension(Texts codes) { return {.name = "reden", .codes = std::move(codes)}; }

Dimension dimension_of(Dim dim) {
  const DimInfo& info = info_of(dim);
  return {.name = info.name, .codes = info.codes};
}

MeasureEntry entry_of(const Line& line) {
  MeasureEntry entry{.measure = {.name = line.name,
                                 .title = line.title,
                                 .definition = line.definition,
                                 .kind = line.kind,
                                 .unit = line.unit,
                                 .asks_day = is_stand(line),
                                 .is_percentage = std::string_view(line.unit) == "%",
                                 .dimensions = {},
                                 .source = line.source},
                     .dims = line.dims};
  for (const Dim dim : line.dims) entry.measure.dimensions.push_back(dimension_of(dim));
  return entry;
}

// A stand with what came to it and what left it.
struct Stroom {
  Texts wijzigingen;  // redenen of changes, the same for _bij and _af
  Texts einden;       // redenen of other exits
  Dims af_dims;       // dimensions of _af beside reden
};

std::string lower_first(std::string text) {
  text[0] = static_cast<char>(text[0] - 'A' + 'a');
  return text;
}

MeasureEntry flow_of(const MeasureEntry& stand, const Stroom& stroom, bool bij) {
  MeasureEntry flow = stand;
  Measure& measure = flow.measure;
  measure.name += bij ? "_bij" : "_af";
  measure.title += bij ? ", bij" : ", af";
  measure.definition =
      bij ? "Aantal momenten in de periode waarop iets bij de gevraagde rij ging horen en er net "
            "daarvoor niet bij hoorde; de rij volgt uit uitsplitsing en filter. Stand: "
          : "Aantal momenten in de periode waarop iets ophield bij de gevraagde rij te horen; de "
            "rij volgt uit uitsplitsing en filter. Stand: ";
  measure.definition += lower_first(stand.measure.definition);
  measure.kind = MeasureKind::kStroom;
  measure.asks_day = false;
  Texts redenen = bij ? Texts{"start"} : stroom.einden;
  redenen.insert(redenen.end(), stroom.wijzigingen.begin(), stroom.wijzigingen.end());
  measure.dimensions.push_back(reden_dimension(std::move(redenen)));
  flow.dims.push_back(Dim::kStroomReden);
  if (!bij) {
    for (const Dim dim : stroom.af_dims) {
      measure.dimensions.push_back(dimension_of(dim));
      flow.dims.push_back(dim);
    }
  }
  return flow;
}

class Builder {
 public:
  void add(const Line& line) { entries_.push_back(entry_of(line)); }
  void add_with_flows(const Line& line, const Stroom& stroom) {
    const MeasureEntry stand = entry_of(line);
    entries_.push_back(stand);
    entries_.push_back(flow_of(stand, stroom, true));
    entries_.push_back(flow_of(stand, stroom, false));
  }
  // A ratio of what holds on a day.
  void add_on_day(const Line& line) {
    add(line);
    entries_.back().measure.asks_day = true;
  }
  std::vector<MeasureEntry> take() { return std::move(entries_); }

 private:
  std::vector<MeasureEntry> entries_;
};

template <typename Enum>
Texts redenen_of(Texts more) {
  Texts out = codes_of(*google::protobuf::GetEnumDescriptor<Enum>());
  out.insert(out.end(), more.begin(), more.end());
  return out;
}

using enum MeasureKind;

Dims dossier_and(Dims more) {
  Dims out{Dim::kGemeente, Dim::kRegeling, Dim::kDoelgroep};
  out.insert(out.end(), more.begin(), more.end());
  return out;
}

void add_intake(Builder& out) {
  const Dims intake =
      dossier_and({Dim::kSoortIntake, Dim::kIntakeUitkomst, Dim::kStartkwalificatie, Dim::kFase});
  out.add({"aanmeldingen", "Aanmeldingen", "Aantal aanmeldingen in de periode.", kStroom,
           "aanmeldingen", dossier_and({Dim::kBron}), kIntake});
  out.add_with_flows({"aanmeldingen_open", "Openstaande aanmeldingen",
                      "Aantal dossiers dat aan het eind van de dag is aangemeld en nog geen "
                      "afgeronde intake heeft.",
                      kStand, "dossiers", dossier_and({}), kIntake},
                     {.wijzigingen = {"wijziging"},
                      .einden = redenen_of<pb::NietGestartReden>({"intake"}),
                      .af_dims = {}});
  out.add_with_flows(
      {"wacht_op_start", "Wacht op start",
       "Aantal dossiers dat aan het eind van de dag na een positieve intake op de start wacht.",
       kStand, "dossiers", dossier_and({}), kIntake},
      {.wijzigingen = {"wijziging"},
       .einden = redenen_of<pb::NietGestartReden>({"traject_start"}),
       .af_dims = {}});
  out.add({"aanmeldingen_over_termijn", "Aanmeldingen over termijn",
           "Aantal dossiers dat aan het eind van de dag is aangemeld, meer dan 28 dagen na de dag "
           "van aanmelding.",
           kStand, "dossiers", dossier_and({}), kIntake});
  out.add({"intakes", "Afgeronde intakes",
           "Aantal intakes met welke uitkomst ook, op de dag van afronding.", kStroom, "intakes",
           intake, kIntake});
  out.add({"intakes_binnen_4_weken", "Intakes binnen 4 weken",
           "Intakes afgerond ten hoogste 28 dagen na de aanmelding, gedeeld door alle afgeronde "
           "intakes, maal 100.",
           kVerhouding, "%", intake, kIntake});
  out.add({"doorlooptijd_intake", "Doorlooptijd intake",
           "Som van de dagen van aanmelding tot afronding, gedeeld door het aantal intakes.",
           kVerhouding, "dagen", intake, kIntake});
  out.add({"niet_gestart", "Niet gestart",
           "Aantal aanmeldingen dat niet tot een traject leidt: niet gestart met een reden, of een "
           "intake met uitkomst negatief (negatief_advies) of teruggemeld.",
           kStroom, "aanmeldingen", dossier_and({Dim::kNietGestartReden}), kIntake});
}

void add_trajecten(Builder& out) {
  out.add_with_flows(
      {"trajecten", "Trajecten", "Aantal trajecten dat aan het eind van de dag loopt.", kStand,
       "trajecten", dossier_and({Dim::kTrede, Dim::kWerkcoach}), kTreden},
      {.wijzigingen = {"doorstroom", "terug", "indeling", "wijziging"},
       .einden = redenen_of<pb::UitstroomReden>({}),
       .af_dims = {}});
  out.add({"doorstroom",
           "Wisselingen van trede",
           "Aantal wisselingen van trede in de periode, van en naar elke trede.",
           kStroom,
           "wisselingen",
           {Dim::kGemeente, Dim::kDoelgroep, Dim::kVan, Dim::kNaar},
           kTreden});
  out.add({"uitstroom", "Uitstroom", "Aantal trajecten dat in de periode eindigt met uitstroom.",
           kStroom, "trajecten", dossier_and({Dim::kTrede, Dim::kUitstroomReden, Dim::kBetaald}),
           kTreden});
  out.add({"trajectduur",
           "Trajectduur",
           "Som van de dagen van start tot uitstroom, gedeeld door het aantal trajecten dat in de "
           "periode uitstroomt.",
           kVerhouding,
           "dagen",
           {Dim::kGemeente, Dim::kTrede, Dim::kUitstroomReden},
           kTreden});
  out.add_on_day({"looptijd",
                  "Looptijd",
                  "Som van de dagen sinds de start van de lopende trajecten, gedeeld door hun "
                  "aantal.",
                  kVerhouding,
                  "dagen",
                  {Dim::kGemeente, Dim::kTrede},
                  kTreden});
  out.add_with_flows({"diagnose",
                      "Arbeidsdiagnose en advies",
                      "Aantal dossiers dat aan het eind van de dag bij "
                      "Arbeidsdiagnose & Advies loopt.",
                      kStand,
                      "dossiers",
                      {Dim::kGemeente},
                      kBegrippen},
                     {.wijzigingen = {"wijziging"},
                      .einden = {"diagnose_einde", "intake", "niet_gestart", "uitstroom"},
                      .af_dims = {}});
  out.add_with_flows(
      {"oponthoud",
       "Tijdelijk oponthoud",
       "Aantal trajecten dat aan het eind van de dag tijdelijk stilligt.",
       kStand,
       "trajecten",
       {Dim::kGemeente},
       kBegrippen},
      {.wijzigingen = {"wijziging"}, .einden = {"oponthoud_einde", "uitstroom"}, .af_dims = {}});
  out.add_with_flows({"voorzieningen",
                      "Voorzieningen",
                      "Aantal voorzieningen dat aan het eind van de dag loopt.",
                      kStand,
                      "voorzieningen",
                      {Dim::kGemeente, Dim::kVoorziening, Dim::kNaam},
                      kBegrippen},
                     {.wijzigingen = {"wijziging"},
                      .einden = {"voorziening_einde", "uitstroom"},
                      .af_dims = {Dim::kResultaat}});
}

void add_points(Builder& out) {
  out.add({"abc_metingen",
           "ABC-metingen",
           "Aantal ABC-metingen in de periode.",
           kStroom,
           "metingen",
           {Dim::kGemeente, Dim::kAfstand, Dim::kStatus},
           "8-maandsrapportage 2024, 1.1"});
  out.add({"taalniveautoetsen",
           "Taalniveautoetsen",
           "Aantal taalniveautoetsen in de periode.",
           kStroom,
           "toetsen",
           {Dim::kGemeente, Dim::kNiveau},
           kBegrippen});
  out.add({"indicaties",
           "Indicaties",
           "Aantal besluiten over een indicatie in de periode.",
           kStroom,
           "indicaties",
           {Dim::kGemeente, Dim::kIndicatie, Dim::kIndicatieUitkomst},
           kBegrippen});
  out.add({"contactmomenten",
           "Contactmomenten",
           "Aantal contactmomenten in de periode.",
           kStroom,
           "contactmomenten",
           {Dim::kGemeente, Dim::kContact},
           kBegrippen});
  out.add({"ontheffingen",
           "Beoordelingen ontheffing",
           "Aantal beoordelingen van een ontheffing van de arbeidsplicht in de periode.",
           kStroom,
           "beoordelingen",
           {Dim::kGemeente, Dim::kOntheffingUitkomst},
           kBegrippen});
  out.add({"maatregelen",
           "Maatregelen",
           "Aantal besluiten over een maatregel in de periode, afzien inbegrepen.",
           kStroom,
           "besluiten",
           {Dim::kGemeente, Dim::kBesluit},
           kMaatregelen});
  out.add({"maatregelen_herzien",
           "Herziene maatregelen",
           "Aantal herzieningen van een maatregel in de periode, na heroverweging of bezwaar.",
           kStroom,
           "besluiten",
           {Dim::kGemeente, Dim::kHerzienUitkomst},
           kMaatregelen});
}

void add_werk(Builder& out) {
  const Dims dienstverband{Dim::kGemeente, Dim::kDienstverband, Dim::kAfdeling};
  out.add_with_flows(
      {"plaatsingen",
       "Plaatsingen",
       "Aantal plaatsingen dat aan het eind van de dag loopt.",
       kStand,
       "plaatsingen",
       {Dim::kGemeente, Dim::kPlaatsing, Dim::kPlaatsingRegeling, Dim::kLeeftijdsgroep, Dim::kVorm},
       kWerk},
      {.wijzigingen = {"wijziging"},
       .einden = redenen_of<pb::PlaatsingEindeReden>({"uitstroom", "dienstverband_einde"}),
       .af_dims = {}});
  out.add_with_flows({"dienstverbanden", "Dienstverbanden",
                      "Aantal personen dat aan het eind van de dag een dienstverband heeft.",
                      kStand, "personen", dienstverband, kWerk},
                     {.wijzigingen = {"wijziging"},
                      .einden = redenen_of<pb::DienstverbandEindeReden>({}),
                      .af_dims = {}});
  out.add({"fte", "Fte",
           "Som van de deeltijdfactoren van de dienstverbanden aan het eind van de "
           "dag.",
           kStand, "fte", dienstverband, kWerk});
}

void add_verzuim(Builder& out) {
  const Dims verzuim{Dim::kDienstverband, Dim::kAfdeling};
  out.add_with_flows({"verzuimgevallen", "Verzuimgevallen",
                      "Aantal verzuimgevallen dat aan het eind van de dag open is.", kStand,
                      "gevallen", verzuim, kVerzuim},
                     {.wijzigingen = {"wijziging"},
                      .einden = {"herstelmelding", "verlof_start", "dienstverband_einde"},
                      .af_dims = {}});
  out.add({"verzuim_per_duur",
           "Verzuim naar duur",
           "Aantal open verzuimgevallen naar dagen sinds de eerste ziektedag, die dag is 1.",
           kStand,
           "gevallen",
           {Dim::kDienstverband, Dim::kAfdeling, Dim::kKlasse},
           kVerzuim});
  out.add({"verzuimpercentage", "Verzuimpercentage",
           "Fte-dagen ziek (deeltijdfactor maal percentage) gedeeld door fte-dagen in dienst, over "
           "alle kalenderdagen van de periode, maal 100.",
           kVerhouding, "%", verzuim, kVerzuim});
  out.add({"meldingsfrequentie", "Meldingsfrequentie",
           "Ziekmeldingen in de periode maal de dagen in het kalenderjaar van haar eerste dag, "
           "gedeeld door de persoonsdagen in dienst.",
           kVerhouding, "meldingen per persoon per jaar", verzuim, kVerzuim});
  out.add(
      {"gemiddelde_verzuimduur", "Gemiddelde verzuimduur",
       "Som van de dagen van eerste ziektedag tot herstel, gedeeld door het aantal gevallen dat "
       "in de periode met een herstelmelding sluit.",
       kVerhouding, "dagen", verzuim, kVerzuim});
}

void add_organisatie(Builder& out) {
  const Dims bedrag{Dim::kProgramma, Dim::kKostenregel, Dim::kIncidenteel};
  out.add({"vacatures_vervuld",
           "Vervulde vacatures",
           "Som van de aantallen vervulde vacatures in de periode.",
           kStroom,
           "vacatures",
           {Dim::kVacatureRegeling, Dim::kSroi},
           kWerkgevers});
  out.add({"relaties_nieuw",
           "Nieuwe relaties",
           "Som van de aantallen nieuwe relaties met werkgevers in de periode.",
           kStroom,
           "relaties",
           {},
           kWerkgevers});
  constexpr const char* kLigt =
      " van de boekingen waarvan de periode geheel binnen de gevraagde "
      "periode ligt.";
  const std::string baten = std::string("Som van de baten") + kLigt;
  const std::string lasten = std::string("Som van de lasten") + kLigt;
  const std::string onttrekking = std::string("Som van de onttrekkingen aan reserves") + kLigt;
  const std::string toevoeging = std::string("Som van de toevoegingen aan reserves") + kLigt;
  out.add({"baten", "Baten", baten.c_str(), kSom, "eurocent", bedrag, kFinancien});
  out.add({"lasten", "Lasten", lasten.c_str(), kSom, "eurocent", bedrag, kFinancien});
  out.add(
      {"onttrekking", "Onttrekkingen", onttrekking.c_str(), kSom, "eurocent", bedrag, kFinancien});
  out.add({"toevoeging", "Toevoegingen", toevoeging.c_str(), kSom, "eurocent", bedrag, kFinancien});
}

std::vector<MeasureEntry> build() {
  Builder out;
  add_intake(out);
  add_trajecten(out);
  add_points(out);
  add_werk(out);
  add_verzuim(out);
  add_organisatie(out);
  return out.take();
}

}  // namespace

const std::vector<MeasureEntry>& measure_entries() {
  static const std::vector<MeasureEntry> all = build();
  return all;
}

const MeasureEntry* find_measure_entry(std::string_view name) {
  static const auto by_name = [] {
    std::unordered_map<std::string_view, const MeasureEntry*> out;
    for (const MeasureEntry& entry : measure_entries()) out.emplace(entry.measure.name, &entry);
    return out;
  }();
  const auto found = by_name.find(name);
  return found == by_name.end() ? nullptr : found->second;
}

int find_dimension(const MeasureEntry& entry, std::string_view name) {
  for (std::size_t i = 0; i < entry.dims.size(); ++i) {
    if (entry.measure.dimensions[i].name == name) return static_cast<int>(i);
  }
  return -1;
}

const std::vector<Measure>& measures() {
  static const auto all = [] {
    std::vector<Measure> out;
    for (const MeasureEntry& entry : measure_entries()) out.push_back(entry.measure);
    return out;
  }();
  return all;
}

const Measure* find_measure(std::string_view name) {
  const MeasureEntry* entry = find_measure_entry(name);
  return entry == nullptr ? nullptr : &entry->measure;
}

}  // namespace trede
