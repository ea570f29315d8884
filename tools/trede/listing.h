// Rows of text cells under named columns, as a table for a person, as CSV or as JSON.
#pragma once

#include <string>
#include <vector>

#include "tools/trede/table.h"
#include "tools/trede/text.h"

namespace trede::tool {

struct Listing {
  std::vector<Table::Column> columns;
  std::vector<std::vector<std::string>> rows;  // one cell per column

  std::string table() const;
  std::string csv() const;
  // A JSON array of objects; a cell of a number column stands as a number, an empty cell as null.
  std::string json() const;
  // One of these; JSON with a line feed behind it.
  std::string text(Format format) const;
};

}  // namespace trede::tool
