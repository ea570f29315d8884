#include "tools/trede/report/definitions.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tools/trede/listing.h"

namespace trede::tool {

DefinitionLibrary library_of(const std::optional<std::string>& data) {
  if (!data) return DefinitionLibrary();
  return DefinitionLibrary(std::filesystem::path(*data) / "reports");
}

std::vector<Table::Column> definition_columns() {
  return {{"naam", false}, {"versie", false}, {"wat", false}, {"herkomst", false}};
}

Outcome<> list_definitions(const DefinitionLibrary& library, Context& context) {
  Listing listing;
  listing.columns = definition_columns();
  for (const ListedDefinition& one : library.list()) {
    listing.rows.push_back({one.name, one.version,
                            one.flaw.empty() ? one.omschrijving : "onbruikbaar: " + one.flaw,
                            one.origin.empty() ? "meegeleverd" : one.origin});
  }
  context.out.write(listing.table());
  return {};
}

Outcome<> check_definition(const DefinitionLibrary& library, const std::string& file,
                           Context& context) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) return wrong_input("--check: " + file + ": cannot be read");
  const auto flaws = library.find_flaws(std::move(text).str());
  if (flaws.empty()) {
    context.out.line(file + ": good");
    return {};
  }
  for (std::size_t i = 0; i + 1 < flaws.size(); ++i) {
    context.err.line(file + ":" + std::to_string(flaws[i].line) + ": " + flaws[i].message);
  }
  return wrong_input(file + ":" + std::to_string(flaws.back().line) + ": " + flaws.back().message);
}

}  // namespace trede::tool
