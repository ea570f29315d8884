#include "tools/server/api/openapi.h"

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <set>
#include <vector>

#include "tools/server/api/endpoint.h"
#include "tools/server/api/openapi_schema.h"
#include "tools/server/api/wire.h"

namespace trede::server {

namespace {

namespace json = boost::json;

json::object text_schema() { return {{"type", "string"}}; }

json::object schema_of(ValueKind kind) {
  json::object schema = text_schema();
  switch (kind) {
    case ValueKind::kText:
    case ValueKind::kFilter: break;
    case ValueKind::kDay: schema["format"] = "date"; break;
    case ValueKind::kMoment: schema["format"] = "date-time"; break;
    case ValueKind::kUuid: schema["format"] = "uuid"; break;
    case ValueKind::kYesNo: return {{"type", "boolean"}};
    case ValueKind::kPosition: return {{"type", "integer"}, {"format", "int64"}, {"minimum", 0}};
  }
  return schema;
}

const char* place_name(Place place) {
  switch (place) {
    case Place::kQuery: return "query";
    case Place::kPath: return "path";
    case Place::kHeader: return "header";
  }
  std::unreachable();
}

// An example as its kind writes it.
json::value example_of(const Parameter& parameter) {
  switch (parameter.kind) {
    case ValueKind::kYesNo: return parameter.example == "true";
    case ValueKind::kPosition: return std::stoll(parameter.example);
    case ValueKind::kText:
    case ValueKind::kFilter:
    case ValueKind::kDay:
    case ValueKind::kMoment:
    case ValueKind::kUuid: break;
  }
  return json::value(parameter.example);
}

json::object parameter_object(const Parameter& parameter) {
  json::object out{{"name", parameter.name},
                   {"in", place_name(parameter.place)},
                   {"description", parameter.summary},
                   {"required", parameter.required || parameter.place == Place::kPath}};
  json::object schema = schema_of(parameter.kind);
  if (parameter.repeated) {
    schema = {{"type", "array"}, {"items", schema}};
    out["style"] = "form";
    out["explode"] = true;
  }
  out["schema"] = std::move(schema);
  if (parameter.example.empty()) return out;
  json::value example = example_of(parameter);
  if (parameter.repeated) example = json::array{std::move(example)};
  out["example"] = std::move(example);
  return out;
}

json::object reference_to_header(std::string_view name) {
  return {{"$ref", "#/components/headers/" + std::string(name)}};
}

json::object common_headers() {
  return {{"API-Version", reference_to_header("API-Version")},
          {"Trede-Positie", reference_to_header("Trede-Positie")}};
}

json::object content_of(const Endpoint& endpoint) {
  json::object out;
  for (const std::string& type : endpoint.produces) {
    json::object schema = text_schema();
    const bool is_message = type == kJson || type == kProtobuf;
    if (is_message && endpoint.response != nullptr) {
      schema = reference_to(*endpoint.response);
    } else if (type == kJson) {
      schema = {{"type", "object"}};
    }
    // Of lines alone: what each of them is.
    const bool is_lines = type == kNdjson && endpoint.produces.size() == 1;
    if (is_lines && endpoint.response != nullptr) {
      schema = reference_to(*endpoint.response);
    } else if (type != kJson && !type.starts_with("text/")) {
      schema["format"] = "binary";
    }
    if (type == kProtobuf) schema = {{"type", "string"}, {"format", "binary"}};
    out[type] = {{"schema", std::move(schema)}};
  }
  return out;
}

std::set<ProblemCode> problems_of(const Endpoint& endpoint) {
  std::set<ProblemCode> out(endpoint.problems.begin(), endpoint.problems.end());
  out.insert(
      {ProblemCode::kNietAanvaardbaar, ProblemCode::kStoring, ProblemCode::kNietBeschikbaar});
  const bool has_body = endpoint.request != nullptr || !endpoint.takes.empty();
  if (!endpoint.parameters.empty() || has_body) {
    out.insert(ProblemCode::kOngeldigeInvoer);
  }
  if (has_body) {
    out.insert({ProblemCode::kOnbekendMediatype, ProblemCode::kTeGroot});
  }
  out.insert(ProblemCode::kTeVeelPogingen);
  if (!endpoint.is_open) out.insert({ProblemCode::kNietAangemeld, ProblemCode::kGeenToegang});
  return out;
}

json::object responses_of(const Endpoint& endpoint) {
  json::object out;
  json::object good{{"description", "Goed"}, {"headers", common_headers()}};
  good["content"] = content_of(endpoint);
  if (endpoint.may_be_partial) {
    good["headers"].as_object()["ETag"] = reference_to_header("ETag");
    out["304"] = {{"description", "Niet veranderd sinds `If-None-Match`"},
                  {"headers", common_headers()}};
  }
  for (const std::string& name : endpoint.says) {
    good["headers"].as_object()[name] = reference_to_header(name);
  }
  const bool is_empty = endpoint.produces.empty();
  const bool has_body = endpoint.request != nullptr || !endpoint.takes.empty();
  const bool makes_something = endpoint.is_always_new || (has_body && !endpoint.only_reads);
  if (is_empty) good.erase("content");
  out[is_empty ? "204" : makes_something ? "201" : "200"] = std::move(good);
  if (makes_something && !is_empty && !endpoint.is_always_new) {
    out["200"] = {{"description", "Was al vastgelegd, of een proef: er is niets vastgelegd"},
                  {"headers", common_headers()},
                  {"content", content_of(endpoint)}};
  }
  for (const ProblemCode code : problems_of(endpoint)) {
    const std::string status = std::to_string(kind_of(code).status);
    out[status] = {{"$ref", "#/components/responses/" + status}};
  }
  return out;
}

json::object operation_of(const Endpoint& endpoint) {
  json::object out{{"operationId", endpoint.operation},
                   {"summary", endpoint.summary},
                   {"tags", json::array{json::value(endpoint.tag)}}};
  json::array parameters;
  for (const Parameter& one : endpoint.parameters) parameters.push_back(parameter_object(one));
  if (!parameters.empty()) out["parameters"] = std::move(parameters);
  if (endpoint.request != nullptr) {
    json::object as_json{{"schema", reference_to(*endpoint.request)}};
    if (!endpoint.example.empty()) as_json["example"] = json::parse(endpoint.example);
    const json::object bytes{{"schema", {{"type", "string"}, {"format", "binary"}}}};
    out["requestBody"] = {{"required", true},
                          {"content", {{kJson, std::move(as_json)}, {kProtobuf, bytes}}}};
  }
  if (!endpoint.takes.empty()) {
    json::object content;
    for (const std::string& type : endpoint.takes) {
      json::object file{{"schema", {{"type", "string"}}}};
      if (!endpoint.example.empty()) file["example"] = endpoint.example;
      content[type] = std::move(file);
    }
    out["requestBody"] = {{"required", true}, {"content", std::move(content)}};
  }
  out["responses"] = responses_of(endpoint);
  if (endpoint.is_open) out["security"] = json::array();
  if (endpoint.of_session) {
    out["security"] = json::array{json::object{{"sessie", json::array()}}};
  }
  return out;
}

json::object paths() {
  json::object out;
  for (const Endpoint& one : endpoints()) {
    const std::string path = one.path.substr(std::string_view("/v1").size());
    if (!out.contains(path)) out[path] = json::object();
    std::string method = one.method;
    for (char& c : method) c = static_cast<char>(c - 'A' + 'a');
    out[path].as_object()[method] = operation_of(one);
  }
  return out;
}

json::object components() {
  SchemaSet schemas;
  schemas.add(*api::Probleem::descriptor(), false);
  std::set<unsigned> used;
  for (const Endpoint& one : endpoints()) {
    if (one.request != nullptr) schemas.add(*one.request, true);
    if (one.response != nullptr) schemas.add(*one.response, false);
    for (const ProblemCode code : problems_of(one)) used.insert(kind_of(code).status);
  }
  std::map<unsigned, std::string> titles;
  for (const ProblemKind& kind : problem_kinds()) {
    if (!used.contains(kind.status)) continue;  // what no operation answers
    std::string& title = titles[kind.status];
    title += (title.empty() ? "" : "; ") + std::string(kind.title);
  }
  json::object responses;
  for (const auto& [status, title] : titles) {
    responses[std::to_string(status)] = {
        {"description", title},
        {"headers", common_headers()},
        {"content",
         {{"application/problem+json", {{"schema", reference_to(*api::Probleem::descriptor())}}}}}};
  }
  const auto header = [](const char* says, json::object schema) {
    return json::object{{"description", says}, {"schema", std::move(schema)}};
  };
  return {{"schemas", schemas.take()},
          {"responses", std::move(responses)},
          {"headers",
           {{"API-Version", header("Volledige versie van de API", text_schema())},
            {"Trede-Positie", header("Tot waar het log bekend was", text_schema())},
            {"Trede-Bekend-Op", header("Het moment dat daarbij hoort, of `-`", text_schema())},
            {"Trede-Let-Op",
             header("Rijen met een toelichting die niet in het rapport staan", text_schema())},
            {"ETag", header("Voor `If-None-Match` en `If-Match`", text_schema())}}},
          {"securitySchemes",
           {{"token", {{"type", "http"}, {"scheme", "bearer"}}},
            {"sessie", {{"type", "apiKey"}, {"in", "cookie"}, {"name", "__Host-trede_sessie"}}}}}};
}

}  // namespace

std::string openapi_document(const Publication& publication) {
  const json::object contact{{"name", publication.contact_name},
                             {"url", publication.contact_url},
                             {"email", publication.contact_email}};
  std::set<std::string> names;
  for (const Endpoint& one : endpoints()) names.insert(one.tag);
  json::array tags;
  for (const std::string& name : names) tags.push_back(json::object{{"name", name}});
  const json::object document{
      {"openapi", "3.0.3"},
      {"info",
       {{"title", "Trede"},
        {"version", kApiVersion},
        {"description",
         "Vastleggen en teruglezen, voor elke dag, zoals bekend op elk moment. Getallen van 64 "
         "bits zijn teksten, zoals in de JSON-vorm van protobuf."},
        {"contact", contact}}},
      {"servers", json::array{json::object{{"url", publication.base_url + "/v1"}}}},
      {"tags", std::move(tags)},
      {"paths", paths()},
      {"components", components()},
      {"security", json::array{json::object{{"token", json::array()}},
                               json::object{{"sessie", json::array()}}}}};
  return json::serialize(document);
}

}  // namespace trede::server
