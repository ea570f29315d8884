#include "projections/measures/formula.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "engine/base/check.h"
#include "engine/event/catalogue.h"
#include "projections/cube/calendar.h"

namespace trede {

namespace {

using Formulas = std::unordered_map<std::string_view, Formula>;

Term term(TermKind kind, Table table, std::size_t weight = 0, int decimals = 0) {
  return {.kind = kind, .table = table, .weight = weight, .decimals = decimals};
}

Formula stand(Table table) { return {term(TermKind::kStand, table), std::nullopt}; }
Formula points(Table table) { return {term(TermKind::kStroom, table), std::nullopt}; }
Formula share(Table table, std::size_t weight) {
  return {term(TermKind::kStroom, table, weight), term(TermKind::kStroom, table)};
}

Formula bedrag(pb::SoortBedrag soort) {
  Term of = term(TermKind::kBedrag, Table::kBoekingen);
  of.soort_bedrag = static_cast<Code>(soort);
  return {of, std::nullopt};
}

void add_stands(Formulas& out) {
  const std::pair<Table, std::array<std::string_view, 3>> all[] = {
      {Table::kAanmeldingenOpen,
       {"aanmeldingen_open", "aanmeldingen_open_bij", "aanmeldingen_open_af"}},
      {Table::kWachtOpStart, {"wacht_op_start", "wacht_op_start_bij", "wacht_op_start_af"}},
      {Table::kTrajecten, {"trajecten", "trajecten_bij", "trajecten_af"}},
      {Table::kDiagnose, {"diagnose", "diagnose_bij", "diagnose_af"}},
      {Table::kOponthoud, {"oponthoud", "oponthoud_bij", "oponthoud_af"}},
      {Table::kVoorzieningen, {"voorzieningen", "voorzieningen_bij", "voorzieningen_af"}},
      {Table::kPlaatsingen, {"plaatsingen", "plaatsingen_bij", "plaatsingen_af"}},
      {Table::kDienstverbanden, {"dienstverbanden", "dienstverbanden_bij", "dienstverbanden_af"}},
      {Table::kVerzuimgevallen, {"verzuimgevallen", "verzuimgevallen_bij", "verzuimgevallen_af"}}};
  for (const auto& [table, names] : all) {
    out[names[0]] = stand(table);
    out[names[1]] = {term(TermKind::kBij, stroom_of(table)), std::nullopt};
    out[names[2]] = {term(TermKind::kAf, stroom_of(table)), std::nullopt};
  }
  out["aanmeldingen_over_termijn"] = stand(Table::kAanmeldingenOverTermijn);
  out["verzuim_per_duur"] = stand(Table::kVerzuimPerDuur);
  out["fte"] = {term(TermKind::kStand, Table::kDienstverbanden, 1, 4), std::nullopt};
}

void add_points(Formulas& out) {
  out["aanmeldingen"] = points(Table::kAanmeldingen);
  out["intakes"] = points(Table::kIntakes);
  out["niet_gestart"] = points(Table::kNietGestart);
  out["doorstroom"] = points(Table::kDoorstroom);
  out["uitstroom"] = points(Table::kUitstroom);
  out["abc_metingen"] = points(Table::kAbcMetingen);
  out["taalniveautoetsen"] = points(Table::kTaalniveautoetsen);
  out["indicaties"] = points(Table::kIndicaties);
  out["contactmomenten"] = points(Table::kContactmomenten);
  out["ontheffingen"] = points(Table::kOntheffingen);
  out["maatregelen"] = points(Table::kMaatregelen);
  out["maatregelen_herzien"] = points(Table::kMaatregelenHerzien);
  out["vacatures_vervuld"] = points(Table::kVacatures);
  out["relaties_nieuw"] = points(Table::kRelaties);
  out["baten"] = bedrag(pb::SOORT_BEDRAG_BATEN);
  out["lasten"] = bedrag(pb::SOORT_BEDRAG_LASTEN);
  out["onttrekking"] = bedrag(pb::SOORT_BEDRAG_ONTTREKKING);
  out["toevoeging"] = bedrag(pb::SOORT_BEDRAG_TOEVOEGING);
}

void add_ratios(Formulas& out) {
  out["intakes_binnen_4_weken"] = share(Table::kIntakes, 1);
  out["doorlooptijd_intake"] = share(Table::kIntakes, 2);
  out["trajectduur"] = share(Table::kUitstroom, 1);
  out["looptijd"] = {term(TermKind::kLeeftijd, Table::kTrajecten),
                     term(TermKind::kStand, Table::kTrajecten)};
  out["verzuimpercentage"] = {term(TermKind::kDagen, Table::kVerzuimgevallen, 1, 6),
                              term(TermKind::kDagen, Table::kDienstverbanden, 1, 4)};
  Term meldingen = term(TermKind::kStroom, Table::kZiekmeldingen);
  meldingen.times_year = true;
  out["meldingsfrequentie"] = {meldingen, term(TermKind::kDagen, Table::kDienstverbanden)};
  out["gemiddelde_verzuimduur"] = share(Table::kHerstelmeldingen, 1);
}

Formulas build() {
  Formulas out;
  add_stands(out);
  add_points(out);
  add_ratios(out);
  TREDE_CHECK(out.size() == measures().size(), "a measure without a formula");
  return out;
}

// The last day on which a periode of this length may begin to end within the period asked.
int last_begin(PeriodeSoort soort, int tm) { return periode_first_day(soort, tm + 1) - 1; }

bool is_asked(const Term& term, const Cell& cell) {
  return term.kind != TermKind::kBedrag || cell[0] == term.soort_bedrag;
}

// The last day that counts for a delta of `cell`.
int last_day(const Term& term, const AskedDays& asked, const Cell& cell) {
  if (term.kind != TermKind::kBedrag) return asked.tm;
  return last_begin(static_cast<PeriodeSoort>(cell[4]), asked.tm);
}

Int128 amount(const Weights& weights) {
  return Int128{weights[1]} * (Int128{1} << 32) + weights[0];
}

Int128 times(const Term& term, const AskedDays& asked, Int128 sum) {
  return term.times_year ? sum * days_in_year(day_from_number(asked.van)) : sum;
}

}  // namespace

const Formula& formula_of(const Measure& measure) {
  static const Formulas all = build();
  const auto found = all.find(measure.name);
  TREDE_CHECK(found != all.end(), "a measure without a formula");
  return found->second;
}

AskedDays asked_days(const Query& query) {
  if (const Day* day = std::get_if<Day>(&query.time)) return {day_number(*day), day_number(*day)};
  const auto& period = std::get<Period>(query.time);
  return {day_number(period.van), day_number(period.tm)};
}

const std::vector<Dim>& dims_of(const Term& term) {
  static const std::vector<Dim> kNone;
  static const std::vector<Dim> kOfBedrag{Dim::kSoortBedrag, Dim::kPeriodeSoort};
  return term.kind == TermKind::kBedrag ? kOfBedrag : kNone;
}

Int128 part_of(const Term& term, const AskedDays& asked, const Cell& cell,
               const SeriesDelta& delta) {
  if (!is_asked(term, cell) || delta.day > last_day(term, asked, cell)) return 0;
  const std::int64_t weight = delta.weights[term.weight];
  switch (term.kind) {
    case TermKind::kStand: return weight;
    case TermKind::kLeeftijd: return Int128{asked.tm} * delta.weights[0] - delta.weights[1];
    case TermKind::kDagen: return Int128{weight} * (asked.tm - std::max(delta.day, asked.van) + 1);
    case TermKind::kStroom:
    case TermKind::kBij:
    case TermKind::kAf: return delta.day < asked.van ? Int128{0} : times(term, asked, weight);
    case TermKind::kBedrag: return delta.day < asked.van ? Int128{0} : amount(delta.weights);
  }
  return 0;
}

Int128 sum_of(const Term& term, const AskedDays& asked, const Cell& cell, const SeriesAt& at) {
  const int last = last_day(term, asked, cell);
  if (!is_asked(term, cell) || last < asked.van) return 0;
  const auto upto = [&at](int day) { return at.series.sums(day, at.known); };
  const Sums end = upto(last);
  const std::size_t i = term.weight;
  switch (term.kind) {
    case TermKind::kStand: return end.weight[i];
    case TermKind::kLeeftijd: return Int128{asked.tm} * end.weight[0] - end.weight[1];
    case TermKind::kDagen: {
      const Sums begin = upto(asked.van - 1);
      return Int128{end.weight[i]} * (asked.tm + 1) - end.moment[i] -
             (Int128{begin.weight[i]} * asked.van - begin.moment[i]);
    }
    case TermKind::kStroom:
    case TermKind::kBij:
    case TermKind::kAf:
      return times(term, asked, Int128{end.weight[i]} - upto(asked.van - 1).weight[i]);
    case TermKind::kBedrag: return amount(end.weight) - amount(upto(asked.van - 1).weight);
  }
  return 0;
}

}  // namespace trede
