// What there is to ask for: the document itself, measures, kinds and codes.
#include "engine/event/catalogue.h"

#include "projections/measures/measures.h"
#include "tools/server/api/asking.h"
#include "tools/server/api/call.h"
#include "tools/server/api/wire.h"

namespace trede::server {

namespace {

OrProblem<Reply> read_document(Call& call) {
  Reply reply{.body = RawBody{std::string(kJson), call.services.document}};
  reply.headers.set("Access-Control-Allow-Origin", "*");  // it is for pages of others too
  return reply;
}

std::string kind_text(MeasureKind kind) {
  switch (kind) {
    case MeasureKind::kStand: return "stand";
    case MeasureKind::kStroom: return "stroom";
    case MeasureKind::kSom: return "som";
    case MeasureKind::kVerhouding: return "verhouding";
  }
  std::unreachable();
}

OrProblem<Reply> list_measures(Call& /*call*/) {
  api::Maten out;
  out.set_catalogus(catalogus_version());
  for (const Measure& measure : measures()) {
    auto& maat = *out.add_maten();
    maat.set_naam(measure.name);
    maat.set_titel(measure.title);
    maat.set_definitie(measure.definition);
    maat.set_soort(kind_text(measure.kind));
    maat.set_eenheid(measure.unit);
    maat.set_op_dag(measure.asks_day);
    maat.set_percentage(measure.is_percentage);
    maat.set_bron(measure.source);
    for (const Dimension& dimension : measure.dimensions) {
      auto& one = *maat.add_dimensies();
      one.set_naam(dimension.name);
      for (const auto& code : dimension.codes) one.add_codes(code);
    }
  }
  return reply_with(std::move(out));
}

// How a value of a form is written: `dag`, `percentage`; a code when it has no form.
std::string form_text(const Attribute& attribute) {
  if (!attribute.codes.empty()) return "code";
  std::string name = pb::Form_Name(attribute.form).substr(std::string_view("FORM_").size());
  for (char& c : name) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return name;
}

void add_kinds(api::Codelijsten& out) {
  for (const Kind& kind : kinds()) {
    auto& soort = *out.add_soorten();
    soort.set_code(kind.code);
    if (kind.stream) soort.set_stream(std::string(stream_kind_text(*kind.stream)));
    soort.set_dagen_vooruit(static_cast<std::uint32_t>(kind.days_ahead));
    for (const Attribute& attribute : kind.attributes) {
      auto& one = *soort.add_attributen();
      one.set_naam(attribute.name);
      one.set_verplicht(attribute.required);
      one.set_lijst(attribute.list);
      if (!attribute.standaard.empty()) one.set_standaard(attribute.standaard);
      for (const auto& code : attribute.codes) one.add_codes(code);
      one.set_vorm(form_text(attribute));
    }
  }
}

OrProblem<Reply> list_codes(Call& call) {
  const Position known = call.services.folder.log().last_position();
  const auto organisatie = call.services.organisatie.at(known);
  if (!organisatie) return problem_of(organisatie.error());
  api::Codelijsten out;
  add_kinds(out);
  for (const auto& code : codes_of(*google::protobuf::GetEnumDescriptor<pb::NaAfsluiting>())) {
    out.add_na_afsluiting(code);
  }
  const Day today = civil_day(call.services.clock.now());
  for (const auto& gemeente : organisatie->gemeenten()) {
    if (organisatie->takes_part(gemeente, std::nullopt, today)) out.add_gemeenten(gemeente);
  }
  for (const auto& afdeling : organisatie->afdelingen(today)) out.add_afdelingen(afdeling);
  out.set_positie(known.value);
  Reply reply = reply_with(std::move(out));
  reply.position = known;
  return reply;
}

}  // namespace

std::vector<Endpoint> catalogue_endpoints() {
  const std::vector<std::string> both = {std::string(kJson), std::string(kProtobuf)};
  return {
      {.method = "GET",
       .path = "/v1/openapi.json",
       .operation = "leesDocument",
       .tag = "catalogus",
       .summary = "Dit document",
       .is_open = true,
       .produces = {std::string(kJson)},
       .pace = Pace::kLearned,
       .answer = read_document},
      {.method = "GET",
       .path = "/v1/maten",
       .operation = "leesMaten",
       .tag = "catalogus",
       .summary = "Welke maten er zijn, met hun definities en dimensies",
       .response = api::Maten::descriptor(),
       .produces = both,
       .pace = Pace::kLearned,
       .answer = list_measures},
      {.method = "GET",
       .path = "/v1/codelijsten",
       .operation = "leesCodelijsten",
       .tag = "catalogus",
       .summary = "Soorten gebeurtenissen, hun attributen en codes, gemeenten en afdelingen",
       .response = api::Codelijsten::descriptor(),
       .produces = both,
       .parameters = {wait_parameter()},
       .pace = Pace::kLearned,
       .answer = list_codes},
  };
}

}  // namespace trede::server
