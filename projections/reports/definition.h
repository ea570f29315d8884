// Definitions of reports: those that the product brings along, those that an organisation puts in
// their place, and how one is read and checked.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "proto/report.pb.h"

namespace trede {

struct ShippedDefinition {
  std::string_view name;
  std::string_view text;
};

// Built in from projections/reports/definitions/*.textproto, sorted by name.
std::span<const ShippedDefinition> shipped_definitions();

// What is wrong with a definition.
struct DefinitionFlaw {
  int line = 0;         // from 1
  std::string message;  // what is wrong, what was expected
};

// A report that can be asked for.
struct ListedDefinition {
  std::string name;
  std::string title;
  std::string version;
  std::string omschrijving;
  std::string origin;  // the file it was read from; empty = brought along
  std::string flaw;    // why it cannot be used; empty when it can
};

// Where definitions come from. Threads: any.
class DefinitionLibrary {
 public:
  // Those that the product brings along.
  DefinitionLibrary() = default;
  // Files NAME.textproto in `folder` go before those; a folder that is not there holds none.
  explicit DefinitionLibrary(std::filesystem::path folder) : folder_(std::move(folder)) {}

  // In order of name; those that cannot be used too.
  std::vector<ListedDefinition> list() const;

  // With the sections it takes from others. Errors: kInvalid  there is none of that name (names
  // those that exist), or `FILE:LINE: what is wrong, what was expected`, its first flaw; kIo.
  Result<pb::ReportDefinition> load(std::string_view name) const;

  // Everything that is wrong with the definition in `text`, in order of lines: its form, ids that
  // are missing, twice or not as they should be, missing titles, unknown measures, dimensions and
  // codes, a side that a measure does not have, references that lead nowhere or round in a circle,
  // a sum of ratios, sections of others that are not there. A text that is no textproto of a
  // ReportDefinition has that one flaw.
  std::vector<DefinitionFlaw> find_flaws(std::string_view text) const;

  // Errors: kInvalid  `FILE:LINE: what is wrong, what was expected`, the first flaw.
  Result<pb::ReportDefinition> parse(std::string_view file, std::string_view text) const;

 private:
  struct Source {
    std::string file;  // as named in messages
    std::string text;
    bool shipped = false;
  };
  class Reader;

  Result<Source> source(std::string_view name) const;
  std::vector<std::string> names() const;

  std::filesystem::path folder_;
};

}  // namespace trede
