#include "tests/property/projections/naive_things.h"

#include <algorithm>
#include <stdexcept>

namespace trede::test {

namespace {

Thing bare(const ActingEvent* opened) { return {.opened = opened, .traits = {}}; }

Thing in_gemeente(const ActingEvent* opened, const State& state) {
  Thing thing = bare(opened);
  thing.traits.codes["gemeente"] = or_onbekend(state.gemeente);
  return thing;
}

Thing of_dossier(const ActingEvent* opened, const State& state) {
  Thing thing = bare(opened);
  thing.traits = dossier_traits(state);
  return thing;
}

Thing traject(const State& state) {
  Thing thing = of_dossier(state.traject, state);
  thing.traits.codes["trede"] = code_of(state.trede);
  thing.traits.codes["werkcoach"] = or_onbekend(state.werkcoach);
  return thing;
}

Thing voorziening(const ActingEvent* opened, const State& state) {
  const auto& start = opened->body->voorziening_start();
  Thing thing = in_gemeente(opened, state);
  thing.traits.codes["voorziening"] = code_of(start.voorziening());
  thing.traits.codes["naam"] = or_onbekend(start.naam());
  return thing;
}

Thing plaatsing(const ActingEvent* opened, const State& state) {
  const auto& start = opened->body->plaatsing();
  Thing thing = in_gemeente(opened, state);
  thing.traits.codes["plaatsing"] = code_of(start.plaatsing());
  thing.traits.codes["regeling"] = code_or_onbekend(start.regeling());
  thing.traits.codes["leeftijdsgroep"] = code_or_onbekend(start.leeftijdsgroep());
  thing.traits.codes["vorm"] = code_or_onbekend(start.vorm());
  return thing;
}

void add_dienst(Thing& thing, const State& state) {
  thing.traits.codes["dienstverband"] =
      code_of(state.dienstverband->body->dienstverband_start().dienstverband());
  thing.traits.codes["afdeling"] = or_onbekend(state.afdeling);
  thing.deeltijdfactor = state.deeltijdfactor;
}

Thing dienstverband(const State& state) {
  Thing thing = in_gemeente(state.dienstverband, state);
  add_dienst(thing, state);
  return thing;
}

Thing verzuim(const State& state) {
  Thing thing = bare(state.verzuim);
  add_dienst(thing, state);
  thing.percentage = state.verzuimpercentage;
  return thing;
}

}  // namespace

std::string or_onbekend(std::string_view text) {
  return text.empty() ? "onbekend" : std::string(text);
}

Traits dossier_traits(const State& state) {
  Traits traits;
  traits.codes["gemeente"] = or_onbekend(state.gemeente);
  traits.codes["werkcoach"] = or_onbekend(state.werkcoach);
  traits.codes["regeling"] = state.aanmelding == nullptr
                                 ? "onbekend"
                                 : code_of(state.aanmelding->body->aanmelding().regeling());
  for (int code = 1; code <= 8; ++code) {
    if (state.doelgroepen.test(static_cast<std::size_t>(code))) {
      traits.doelgroepen.insert(code_of(static_cast<pb::Doelgroep>(code)));
    }
  }
  if (traits.doelgroepen.empty()) traits.doelgroepen.insert("geen");
  return traits;
}

std::vector<Thing> things_of(const std::string& stand, const State& state) {
  std::vector<Thing> out;
  if (stand == "aanmeldingen_open" && state.aangemeld != nullptr) {
    out.push_back(of_dossier(state.aangemeld, state));
  }
  if (stand == "wacht_op_start" && state.wacht_op_start != nullptr) {
    out.push_back(of_dossier(state.wacht_op_start, state));
  }
  if (stand == "trajecten" && state.traject != nullptr) out.push_back(traject(state));
  if (stand == "diagnose" && state.diagnose != nullptr) {
    out.push_back(in_gemeente(state.diagnose, state));
  }
  if (stand == "oponthoud" && state.oponthoud != nullptr) {
    out.push_back(in_gemeente(state.oponthoud, state));
  }
  if (stand == "voorzieningen") {
    for (const ActingEvent* opened : state.voorzieningen) {
      out.push_back(voorziening(opened, state));
    }
  }
  if (stand == "plaatsingen") {
    for (const ActingEvent* opened : state.plaatsingen) out.push_back(plaatsing(opened, state));
  }
  if (stand == "dienstverbanden" && state.dienstverband != nullptr) {
    out.push_back(dienstverband(state));
  }
  if (stand == "verzuimgevallen" && state.verzuim != nullptr) out.push_back(verzuim(state));
  return out;
}

std::string end_reden(const std::string& stand, const NaiveStep& step) {
  const pb::Body& body = *step.event->body;
  const std::string& soort = kind_of(step.event->soort()).code;
  if (soort == "niet_gestart" && (stand == "aanmeldingen_open" || stand == "wacht_op_start")) {
    return code_of(body.niet_gestart().reden());
  }
  if (soort == "uitstroom" && stand == "trajecten") return code_of(body.uitstroom().reden());
  if (soort == "plaatsing_einde" && stand == "plaatsingen") {
    return code_or_onbekend(body.plaatsing_einde().reden());
  }
  if (soort == "dienstverband_einde" && stand == "dienstverbanden") {
    return code_of(body.dienstverband_einde().reden());
  }
  return soort;
}

std::string change_reden(const Thing& before, const Thing& after) {
  const auto was = before.traits.codes.find("trede");
  const auto is = after.traits.codes.find("trede");
  if (was == before.traits.codes.end() || was->second == is->second) return "wijziging";
  if (was->second == "nader_te_bepalen") return "indeling";
  if (is->second == "nader_te_bepalen") return "terug";
  return was->second < is->second ? "doorstroom" : "terug";
}

}  // namespace trede::test
