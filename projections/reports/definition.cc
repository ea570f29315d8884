#include "projections/reports/definition.h"

#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/text_format.h>

#include <algorithm>

#include "projections/reports/check.h"

namespace trede {

namespace {

namespace gp = google::protobuf;

class FirstError final : public gp::io::ErrorCollector {
 public:
  void AddError(int line, int, const std::string& message) override {
    if (flaws.empty()) flaws.push_back({line + 1, message});
  }
  void AddWarning(int, int, const std::string&) override {}

  std::vector<DefinitionFlaw> flaws;
};

// Reads and checks; `definition` is filled as far as it could be read.
std::vector<DefinitionFlaw> read(std::string_view text, pb::ReportDefinition& definition) {
  gp::TextFormat::ParseInfoTree tree;
  FirstError errors;
  gp::TextFormat::Parser parser;
  parser.RecordErrorsTo(&errors);
  parser.WriteLocationsTo(&tree);
  if (!parser.ParseFromString(std::string(text), &definition)) {
    if (errors.flaws.empty()) errors.flaws.push_back({1, "not a textproto of a report"});
    return errors.flaws;
  }
  const Place place(tree, *pb::ReportDefinition::descriptor());
  std::vector<DefinitionFlaw> flaws;
  check_layout(definition, place, flaws);
  if (flaws.empty()) check_cells(definition, place, flaws);
  std::ranges::stable_sort(flaws, {}, &DefinitionFlaw::line);
  return flaws;
}

}  // namespace

std::vector<DefinitionFlaw> find_definition_flaws(std::string_view text) {
  pb::ReportDefinition definition;
  return read(text, definition);
}

Result<pb::ReportDefinition> parse_definition(std::string_view file, std::string_view text) {
  pb::ReportDefinition definition;
  const auto flaws = read(text, definition);
  if (flaws.empty()) return definition;
  return Error{ErrorCode::kInvalid, std::string(file) + ":" + std::to_string(flaws.front().line) +
                                        ": " + flaws.front().message};
}

Result<pb::ReportDefinition> load_definition(std::string_view name) {
  std::string names;
  for (const ShippedDefinition& shipped : shipped_definitions()) {
    if (shipped.name == name) {
      return parse_definition(std::string(name) + ".textproto", shipped.text);
    }
    names += (names.empty() ? "" : ", ") + std::string(shipped.name);
  }
  return Error{ErrorCode::kInvalid,
               "there is no report '" + std::string(name) + "'; allowed: " + names};
}

}  // namespace trede
