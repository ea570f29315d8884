#include "tools/trede/stand_listing.h"

#include "engine/dossier/langdurig.h"
#include "engine/event/attributes.h"
#include "tools/trede/event_cells.h"
#include "tools/trede/text.h"

namespace trede::tool {

namespace {

class StandWriter {
 public:
  StandWriter() {
    listing_.columns = {{"wat", false}, {"sinds", false}, {"bijzonderheden", false}};
  }

  // A thing that runs since its opening event; null = it does not.
  void runs(const std::string& what, const ActingEvent* since, const std::string& details) {
    if (since != nullptr) listing_.rows.push_back({what, format_day(since->geldig_op), details});
  }
  // A thing that runs, with the attributes it was opened with.
  void runs(const std::string& what, const ActingEvent* since) {
    if (since != nullptr) runs(what, since, attributes_text(*since->body));
  }
  void holds(const std::string& what, const std::string& value) {
    if (!value.empty()) listing_.rows.push_back({what, "", value});
  }

  Listing take() { return std::move(listing_); }

 private:
  Listing listing_;
};

std::string doelgroepen_text(const DoelgroepSet& set) {
  std::vector<std::string> codes;
  for (const auto& code : codes_of(*pb::Doelgroep_descriptor())) {
    const int number = number_of_code(*pb::Doelgroep_descriptor(), code);
    if (set.test(static_cast<std::size_t>(number))) codes.push_back(code);
  }
  return joined(codes, "|");
}

std::string factor_text(const State& state) {
  pb::DienstverbandGewijzigd now;
  now.set_deeltijdfactor(state.deeltijdfactor);
  return attribute_text(now,
                        *kind_of(Soort::kDienstverbandGewijzigd).find_attribute("deeltijdfactor"));
}

void add_re_integratie(const State& state, StandWriter& out) {
  out.runs("aangemeld", state.aangemeld);
  out.runs("wacht_op_start", state.wacht_op_start, "");
  if (state.traject != nullptr) {
    out.runs("traject", state.traject, "trede=" + code_of(state.trede));
  }
  out.runs("diagnose", state.diagnose);
  out.runs("oponthoud", state.oponthoud);
  for (const ActingEvent* each : state.voorzieningen) out.runs("voorziening", each);
}

void add_werk(const State& state, StandWriter& out) {
  if (state.dienstverband != nullptr) {
    out.runs("dienstverband", state.dienstverband,
             "dienstverband=" +
                 code_of(state.dienstverband->body->dienstverband_start().dienstverband()) +
                 " afdeling=" + std::string(state.afdeling) +
                 " deeltijdfactor=" + factor_text(state));
  }
  for (const ActingEvent* each : state.plaatsingen) out.runs("plaatsing", each);
  out.runs("verzuim", state.verzuim, "percentage=" + std::to_string(state.verzuimpercentage));
  out.runs("verlof", state.verlof);
}

void add_wachttijd(std::span<const ActingEvent> events, Day op, StandWriter& out) {
  const auto wachttijd = wachttijd_verzuim(events, op);
  if (!wachttijd) return;
  out.holds("104 weken", "eerste ziektedag " + format_day(wachttijd->eerste_ziektedag) + ", " +
                             std::to_string(wachttijd->getelde_dagen) + " dagen geteld, einde " +
                             format_day(wachttijd->einde) +
                             (wachttijd->verstreken ? " (verstreken)" : ""));
}

}  // namespace

Listing stand_listing(std::span<const ActingEvent> events, Day op) {
  const State state = state_at(events, op);
  StandWriter out;
  add_re_integratie(state, out);
  add_werk(state, out);
  out.holds("gemeente", std::string(state.gemeente));
  out.holds("werkcoach", std::string(state.werkcoach));
  if (state.aanmelding != nullptr) {
    out.holds("regeling", code_of(state.aanmelding->body->aanmelding().regeling()));
  }
  out.holds("doelgroepen", doelgroepen_text(state.doelgroepen));
  add_wachttijd(events, op, out);
  return out.take();
}

}  // namespace trede::tool
