#include "engine/dossier/eisen.h"

#include "engine/dossier/zinnen.h"

namespace trede {

namespace {

// The dienst of which the gemeente of a running dienstverband must be part.
std::optional<pb::Dienst> dienst_of(pb::DienstverbandSoort dienstverband) {
  if (dienstverband == pb::DIENSTVERBAND_SOORT_WSW) return pb::DIENST_SOCIALE_WERKVOORZIENING;
  if (dienstverband == pb::DIENSTVERBAND_SOORT_BESCHUT_WERK) return pb::DIENST_BESCHUT_WERK;
  return std::nullopt;
}

std::optional<Eis> eis_of(const pb::Body& body, Day day, std::size_t index) {
  Eis eis{.index = index, .day = day, .gemeente = {}, .dienst = std::nullopt, .afdeling = {}};
  if (body.has_aanmelding()) {
    eis.gemeente = body.aanmelding().gemeente();
    eis.dienst = pb::DIENST_RE_INTEGRATIE;
  } else if (body.has_gemeente_gewijzigd()) {
    eis.gemeente = body.gemeente_gewijzigd().gemeente();
  } else if (body.has_dienstverband_start()) {
    eis.gemeente = body.dienstverband_start().gemeente();
    eis.dienst = dienst_of(body.dienstverband_start().dienstverband());
    eis.afdeling = body.dienstverband_start().afdeling();
  } else if (body.has_dienstverband_gewijzigd()) {
    eis.afdeling = body.dienstverband_gewijzigd().afdeling();
  } else if (body.has_plaatsing()) {
    eis.gemeente = body.plaatsing().gemeente();
    if (body.plaatsing().plaatsing() == pb::PLAATSING_SOORT_BEGELEID_WERKEN) {
      eis.dienst = pb::DIENST_SOCIALE_WERKVOORZIENING;
    }
  }
  if (eis.gemeente.empty() && eis.afdeling.empty()) return std::nullopt;
  return eis;
}

std::string dienst_text(std::optional<pb::Dienst> dienst) {
  if (!dienst) return "een dienst";
  if (*dienst == pb::DIENST_RE_INTEGRATIE) return "re-integratie";
  return *dienst == pb::DIENST_BESCHUT_WERK ? "beschut werk" : "sociale werkvoorziening";
}

}  // namespace

std::optional<pb::Dienst> dienst_of_gewijzigde_gemeente(const State& state) {
  if (state.in_re_integratie()) return pb::DIENST_RE_INTEGRATIE;
  if (state.dienstverband == nullptr) return std::nullopt;
  return dienst_of(state.dienstverband->body->dienstverband_start().dienstverband());
}

std::vector<Eis> eisen_of(std::span<const RecordedEvent> proposed) {
  std::vector<Eis> eisen;
  for (std::size_t i = 0; i < proposed.size(); ++i) {
    const pb::Body* placed = find_placed(*proposed[i].body);
    if (placed == nullptr) continue;
    if (const auto eis = eis_of(*placed, *proposed[i].geldig_op, i)) eisen.push_back(*eis);
  }
  return eisen;
}

std::optional<Refusal> judge_eisen(std::span<const Eis> eisen,
                                   std::span<const RecordedEvent> proposed,
                                   const Organisatie& organisatie) {
  for (const Eis& eis : eisen) {
    const auto subject = [&] { return subject_of(proposed[eis.index], nullptr); };
    if (!eis.gemeente.empty() && !organisatie.takes_part(eis.gemeente, eis.dienst, eis.day)) {
      const std::string reason = "gemeente " + std::string(eis.gemeente) + " neemt op " +
                                 dutch_day(eis.day) + " niet deel aan " + dienst_text(eis.dienst);
      return refuse(Rule::kGemeenteDoetNietMee, refusal_zin(subject(), reason), eis.index);
    }
    if (!eis.afdeling.empty() && !organisatie.has_afdeling(eis.afdeling, eis.day)) {
      const std::string reason =
          "afdeling " + std::string(eis.afdeling) + " bestaat niet op " + dutch_day(eis.day);
      return refuse(Rule::kAfdelingBestaatNiet, refusal_zin(subject(), reason), eis.index);
    }
  }
  return std::nullopt;
}

}  // namespace trede
