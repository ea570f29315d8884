#include "projections/cube/tables.h"

#include <utility>

#include "engine/base/check.h"

namespace trede {

namespace {

using Dims = std::vector<Dim>;

TableInfo stand(std::string name, Dims dims, std::size_t weights = 1, bool moments = false) {
  return {.name = std::move(name),
          .dims = std::move(dims),
          .weights = weights,
          .moments = moments,
          .stroom = false,
          .moment_dims = {}};
}

TableInfo points(std::string name, Dims dims, std::size_t weights = 1) {
  return stand(std::move(name), std::move(dims), weights);
}

TableInfo stroom(const TableInfo& of) {
  TableInfo info = points(of.name + "_stroom", of.dims);
  info.stroom = true;
  info.moment_dims = {Dim::kStroomReden};
  if (of.name == "voorzieningen") info.moment_dims.push_back(Dim::kResultaat);
  return info;
}

std::vector<TableInfo> stands() {
  using enum Dim;
  return {stand("aanmeldingen_open", {kGemeente, kRegeling, kDoelgroep}),
          stand("wacht_op_start", {kGemeente, kRegeling, kDoelgroep}),
          // trajecten, sum of the days on which they started
          stand("trajecten", {kGemeente, kRegeling, kDoelgroep, kTrede, kWerkcoach}, 2),
          stand("diagnose", {kGemeente}), stand("oponthoud", {kGemeente}),
          stand("voorzieningen", {kGemeente, kVoorziening, kNaam}),
          stand("plaatsingen", {kGemeente, kPlaatsing, kPlaatsingRegeling, kLeeftijdsgroep, kVorm}),
          // persons, deeltijdfactor in ten-thousandths
          stand("dienstverbanden", {kGemeente, kDienstverband, kAfdeling}, 2, true),
          // cases, deeltijdfactor x percentage in millionths
          stand("verzuimgevallen", {kDienstverband, kAfdeling}, 2, true)};
}

std::vector<TableInfo> all_points() {
  using enum Dim;
  return {
      points("aanmeldingen", {kGemeente, kRegeling, kDoelgroep, kBron}),
      // intakes, those within 28 days, sum of the days they took
      points("intakes",
             {kGemeente, kRegeling, kDoelgroep, kSoortIntake, kIntakeUitkomst, kStartkwalificatie,
              kFase},
             3),
      points("niet_gestart", {kGemeente, kRegeling, kDoelgroep, kNietGestartReden}),
      points("doorstroom", {kGemeente, kDoelgroep, kVan, kNaar}),
      // trajecten, sum of the days they took
      points("uitstroom", {kGemeente, kRegeling, kDoelgroep, kTrede, kUitstroomReden, kBetaald}, 2),
      points("abc_metingen", {kGemeente, kAfstand, kStatus}),
      points("taalniveautoetsen", {kGemeente, kNiveau}),
      points("indicaties", {kGemeente, kIndicatie, kIndicatieUitkomst}),
      points("contactmomenten", {kGemeente, kContact}),
      points("ontheffingen", {kGemeente, kOntheffingUitkomst}),
      points("maatregelen", {kGemeente, kBesluit}),
      points("maatregelen_herzien", {kGemeente, kHerzienUitkomst}),
      points("ziekmeldingen", {kDienstverband, kAfdeling}),
      // cases, sum of the days they took
      points("herstelmeldingen", {kDienstverband, kAfdeling}, 2),
      points("vacatures", {kVacatureRegeling, kSroi}), points("relaties", {}),
      // eurocent in two parts (split_amount), on the first day of the periode
      points("boekingen", {kSoortBedrag, kProgramma, kKostenregel, kIncidenteel, kPeriodeSoort},
             2)};
}

std::vector<TableInfo> build() {
  using enum Dim;
  std::vector<TableInfo> out = stands();
  const std::size_t stand_count = out.size();
  for (std::size_t i = 0; i < stand_count; ++i) out.push_back(stroom(out[i]));
  out.push_back(stand("aanmeldingen_over_termijn", {kGemeente, kRegeling, kDoelgroep}));
  out.push_back(stand("verzuim_per_duur", {kDienstverband, kAfdeling, kKlasse}));
  for (TableInfo& info : all_points()) out.push_back(std::move(info));
  TREDE_CHECK(out.size() == kTableCount, "a table without a definition");
  for (const TableInfo& info : out) {
    TREDE_CHECK(info.cell_size() <= kMaxDims && info.weights <= kMaxWeights, "a table too wide");
  }
  return out;
}

}  // namespace

std::size_t CellHash::operator()(const Cell& cell) const {
  static_assert(kMaxDims % 4 == 0);
  // Two at a time on two roads, so that one multiplication need not wait for the other.
  std::uint64_t even = 0x9E3779B97F4A7C15u;
  std::uint64_t odd = 0xBF58476D1CE4E5B9u;
  for (std::size_t i = 0; i < kMaxDims; i += 4) {
    even = (even ^ (std::uint64_t{cell[i]} << 32 | cell[i + 1])) * 0xFF51AFD7ED558CCDu;
    odd = (odd ^ (std::uint64_t{cell[i + 2]} << 32 | cell[i + 3])) * 0xC4CEB9FE1A85EC53u;
    even ^= even >> 29;
    odd ^= odd >> 31;
  }
  return static_cast<std::size_t>((even ^ odd) * 0x9E3779B97F4A7C15u >> 7);
}

std::size_t TableInfo::cell_size() const {
  return stroom ? 2 * dims.size() + moment_dims.size() + 1 : dims.size();
}

const TableInfo& info_of(Table table) {
  static const std::vector<TableInfo> all = build();
  return all[static_cast<std::size_t>(table)];
}

Table stroom_of(Table stand) {
  TREDE_CHECK(stand <= Table::kVerzuimgevallen, "a table without flows");
  constexpr auto kDistance = std::to_underlying(Table::kAanmeldingenOpenStroom);
  return static_cast<Table>(std::to_underlying(stand) + kDistance);
}

std::string schema_text() {
  std::string out;
  for (std::size_t i = 0; i < kTableCount; ++i) {
    const TableInfo& info = info_of(static_cast<Table>(i));
    out += info.name + " " + std::to_string(info.weights) + ":";
    for (const auto* dims : {&info.dims, &info.moment_dims}) {
      for (const Dim dim : *dims) {
        out += " " + info_of(dim).name;
        for (const std::string& code : info_of(dim).codes) out += "|" + code;
      }
    }
    out += "\n";
  }
  return out;
}

}  // namespace trede
