#include "engine/base/check.h"
#include "projections/facts/fact_writer.h"

namespace trede {

namespace {

template <typename Enum>
Code code(Enum value) {
  return static_cast<Code>(value);
}

std::int64_t days_since(const ActingEvent* opened, const ActingEvent& event) {
  TREDE_CHECK(opened != nullptr, "an end without a beginning");
  return (event.geldig_op - opened->geldig_op).count();
}

// A code of niet_gestart for an intake that does not lead to a traject; zero for one that does.
Code niet_gestart_code(pb::IntakeUitkomst uitkomst) {
  static const Code kNegatief = *find_code(Dim::kNietGestartReden, "negatief_advies");
  static const Code kTeruggemeld = *find_code(Dim::kNietGestartReden, "teruggemeld");
  if (uitkomst == pb::INTAKE_UITKOMST_NEGATIEF) return kNegatief;
  if (uitkomst == pb::INTAKE_UITKOMST_TERUGGEMELD) return kTeruggemeld;
  return 0;
}

PeriodeSoort periode_soort(const std::string& periode) {
  if (periode.size() == 4) return PeriodeSoort::kJaar;
  return periode.find('Q') == std::string::npos ? PeriodeSoort::kMaand : PeriodeSoort::kKwartaal;
}

}  // namespace

AmountParts split_amount(std::int64_t eurocent) {
  return {.low = eurocent & 0xFFFF'FFFF, .high = eurocent >> 32};
}

void FactWriter::emit_point(Table table, Cell cell, Weights weights) {
  emit(table, day_number(event_->geldig_op), cell, weights);
}

void FactWriter::write_intake(const Step& step) {
  const auto& intake = step.event.body->intake();
  Cell cell = dossier_cell(step.before);
  cell[3] = code(intake.soort_intake());
  cell[4] = code(intake.uitkomst());
  cell[5] = code(intake.startkwalificatie());
  cell[6] = code(intake.fase());
  const std::int64_t days = days_since(step.before.aangemeld, step.event);
  emit_point(Table::kIntakes, cell, {1, days <= kIntakeTermijn ? 1 : 0, days});
  if (const Code reden = niet_gestart_code(intake.uitkomst()); reden != 0) {
    Cell niet_gestart = dossier_cell(step.before);
    niet_gestart[3] = reden;
    emit_point(Table::kNietGestart, niet_gestart);
  }
}

void FactWriter::write_maatregel(const Step& step) {
  const pb::Body& body = *step.event.body;
  const Code gemeente = gemeente_of(step.after);
  if (body.has_maatregel()) {
    emit_point(Table::kMaatregelen, {gemeente, code(body.maatregel().besluit())});
  } else {
    emit_point(Table::kMaatregelenHerzien, {gemeente, code(body.maatregel_herzien().uitkomst())});
  }
}

void FactWriter::write_verzuim_points(const Step& step) {
  if (step.event.soort() == Soort::kZiekmelding) {
    emit_point(Table::kZiekmeldingen, verzuim_cell(step.after));
  } else {
    emit_point(Table::kHerstelmeldingen, verzuim_cell(step.before),
               {1, days_since(step.before.verzuim, step.event)});
  }
}

void FactWriter::write_begeleiding(const Step& step) {
  const pb::Body& body = *step.event.body;
  const Code gemeente = gemeente_of(step.after);
  if (body.has_contactmoment()) {
    emit_point(Table::kContactmomenten, {gemeente, code(body.contactmoment().contact())});
  } else if (body.has_abc_meting()) {
    const auto& meting = body.abc_meting();
    emit_point(Table::kAbcMetingen, {gemeente, code(meting.afstand()), code(meting.status())});
  } else if (body.has_taalniveautoets()) {
    emit_point(Table::kTaalniveautoetsen, {gemeente, code(body.taalniveautoets().niveau())});
  } else if (body.has_indicatie()) {
    const auto& indicatie = body.indicatie();
    emit_point(Table::kIndicaties,
               {gemeente, code(indicatie.indicatie()), code(indicatie.uitkomst())});
  } else {
    emit_point(Table::kOntheffingen, {gemeente, code(body.ontheffing_beoordeeld().uitkomst())});
  }
}

// The kinds of the dossier in the order of the catalogue; those without a point of their own stand
// together at the end.
void FactWriter::write_points(const Step& step) {
  event_ = &step.event;
  thing_ = step.event.order;
  Cell cell = dossier_cell(step.after);
  const pb::Body& body = *step.event.body;
  switch (step.event.soort()) {
    case Soort::kAanmelding:
      cell[3] = code(body.aanmelding().bron());
      return emit_point(Table::kAanmeldingen, cell);
    case Soort::kIntake: return write_intake(step);
    case Soort::kNietGestart:
      cell[3] = code(body.niet_gestart().reden());
      return emit_point(Table::kNietGestart, cell);
    case Soort::kTredeDoorstroom:
      return emit_point(Table::kDoorstroom,
                        {cell[0], cell[2], code(step.before.trede), code(step.after.trede)});
    case Soort::kContactmoment:
    case Soort::kAbcMeting:
    case Soort::kTaalniveautoets:
    case Soort::kIndicatie:
    case Soort::kOntheffingBeoordeeld: return write_begeleiding(step);
    case Soort::kMaatregel:
    case Soort::kMaatregelHerzien: return write_maatregel(step);
    case Soort::kZiekmelding:
    case Soort::kHerstelmelding: return write_verzuim_points(step);
    case Soort::kUitstroom: {
      Cell exit = dossier_cell(step.before);
      exit[3] = code(step.before.trede);
      exit[4] = code(body.uitstroom().reden());
      exit[5] = code(body.uitstroom().betaald());
      return emit_point(Table::kUitstroom, exit, {1, days_since(step.before.traject, step.event)});
    }
    case Soort::kIntakeGestart:
    case Soort::kTrajectStart:
    case Soort::kGemeenteGewijzigd:
    case Soort::kDoelgroepGewijzigd:
    case Soort::kWerkcoachToegewezen:
    case Soort::kDiagnoseStart:
    case Soort::kDiagnoseEinde:
    case Soort::kOponthoudStart:
    case Soort::kOponthoudEinde:
    case Soort::kVoorzieningStart:
    case Soort::kVoorzieningEinde:
    case Soort::kDienstverbandStart:
    case Soort::kDienstverbandGewijzigd:
    case Soort::kPlaatsing:
    case Soort::kPlaatsingEinde:
    case Soort::kVerzuimGewijzigd:
    case Soort::kVerlofStart:
    case Soort::kVerlofEinde:
    case Soort::kDienstverbandEinde:
    case Soort::kRelatieStart:
    case Soort::kVacatureVervuld:
    case Soort::kGemeenteToegetreden:
    case Soort::kGemeenteUitgetreden:
    case Soort::kAfdelingIngesteld:
    case Soort::kAfspraakVastgesteld:
    case Soort::kBenchmarkVastgesteld:
    case Soort::kTaakstellingVastgesteld:
    case Soort::kBegrotingVastgesteld:
    case Soort::kBoeking:
    case Soort::kPrognoseVastgesteld:
    case Soort::kRapportVastgesteld:
    case Soort::kPeriodeAfgesloten:
    case Soort::kToelichtingVastgelegd:
    case Soort::kCorrectie:
    case Soort::kIntrekking:
    case Soort::SOORT_NOT_SET: return;
  }
}

void FactWriter::write_point(const ActingEvent& event) {
  event_ = &event;
  thing_ = event.order;
  const pb::Body& body = *event.body;
  if (body.has_vacature_vervuld()) {
    const auto& vacature = body.vacature_vervuld();
    emit_point(Table::kVacatures, {code(vacature.regeling()), code(vacature.sroi())},
               {vacature.has_aantal() ? vacature.aantal() : 1});
  } else if (body.has_relatie_start()) {
    const auto& relatie = body.relatie_start();
    emit_point(Table::kRelaties, {}, {relatie.has_aantal() ? relatie.aantal() : 1});
  } else if (body.has_boeking()) {
    const auto& boeking = body.boeking();
    const auto periode = parse_periode(boeking.periode());
    TREDE_CHECK(periode.has_value(), "a boeking that decode_shared did not check");
    const AmountParts parts = split_amount(boeking.bedrag_eurocent());
    const Cell cell{code(boeking.soort_bedrag()), interner_.intern(boeking.programma()),
                    interner_.intern(boeking.kostenregel()), code(boeking.incidenteel()),
                    code(periode_soort(boeking.periode()))};
    emit(Table::kBoekingen, day_number(periode->van), cell, {parts.low, parts.high});
  }
}

void dossier_facts(std::span<const ActingEvent> events, Day from, Interner& interner,
                   const FactSink& sink) {
  FactWriter writer(interner, sink);
  // What a step breaks changes nothing, so it makes no facts; the rules never let one be recorded.
  fold_dossier(events, [&](const Step& step) {
    if (step.event.geldig_op >= from) writer.write(step);
  });
}

void fold_facts(FoldEnd& reached, std::vector<const ActingEvent*>& events, Interner& interner,
                const FactSink& sink) {
  FactWriter writer(interner, sink);
  (void)fold_on_from(events, reached, [&](const Step& step) { writer.write(step); });
}

void point_facts(const ActingEvent& event, Interner& interner, const FactSink& sink) {
  FactWriter(interner, sink).write_point(event);
}

}  // namespace trede
