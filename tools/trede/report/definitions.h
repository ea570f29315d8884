// Definitions of reports on the command line: which there are, and whether one is good.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "projections/reports/definition.h"
#include "tools/trede/context.h"
#include "tools/trede/failure.h"
#include "tools/trede/table.h"

namespace trede::tool {

// Those of a data folder go before those of the product: they lie in its folder reports/.
DefinitionLibrary library_of(const std::optional<std::string>& data);

// naam, versie, wat, herkomst.
std::vector<Table::Column> definition_columns();
Outcome<> list_definitions(const DefinitionLibrary& library, Context& context);
// Errors: every flaw as `FILE:LINE: what is wrong, what was expected`, exit status 2.
Outcome<> check_definition(const DefinitionLibrary& library, const std::string& file,
                           Context& context);

}  // namespace trede::tool
