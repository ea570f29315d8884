#include "tools/trede/rows/columns.h"

#include <algorithm>

#include "tools/trede/text.h"

namespace trede::tool {

const std::array<std::string, kFieldCount>& field_names() {
  static const std::array<std::string, kFieldCount> names = {
      "stream", "soort", "geldig_op", "vastgelegd_op", "event_id", "actor", "vervangt", "groep"};
  return names;
}

namespace {

std::string all_columns() {
  return joined({field_names().begin(), field_names().end()}, ", ") + ", " +
         joined(attribute_names(), ", ");
}

}  // namespace

std::vector<ColumnFlaw> Columns::read(const std::vector<std::string_view>& header) {
  std::vector<ColumnFlaw> flaws;
  for (const std::string_view name : header) {
    const std::size_t column = names_.size();
    if (name.empty()) {
      flaws.push_back({"header", "a column without a name, expected " + all_columns()});
      names_.emplace_back();
      continue;
    }
    if (std::ranges::find(names_, name) != names_.end()) {
      flaws.push_back({std::string(name), "the column stands twice, expected each column once"});
    }
    names_.emplace_back(name);
    const auto field = std::ranges::find(field_names(), name);
    if (field != field_names().end()) {
      fields_[static_cast<std::size_t>(field - field_names().begin())] = column;
    } else if (std::ranges::find(attribute_names(), name) != attribute_names().end()) {
      attributes_.push_back(column);
    } else {
      flaws.push_back({std::string(name), "unknown column, expected " + all_columns()});
    }
  }
  for (const Field needed : {Field::kStream, Field::kSoort}) {
    if (find(needed)) continue;
    flaws.push_back({field_names()[static_cast<std::size_t>(needed)],
                     "the column is missing, expected it in the header"});
  }
  return flaws;
}

const std::vector<const Attribute*>& Columns::of_kind(const Kind& kind) {
  const auto [place, is_new] = of_kind_.try_emplace(&kind);
  if (is_new) {
    place->second.resize(names_.size(), nullptr);
    for (const std::size_t column : attributes_) {
      place->second[column] = kind.find_attribute(names_[column]);
    }
  }
  return place->second;
}

}  // namespace trede::tool
