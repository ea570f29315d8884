#include "tools/trede/rows/columns.h"

#include <unordered_set>
#include <utility>

#include "tools/trede/text.h"

namespace trede::tool {

const std::array<std::string, kFieldCount>& field_names() {
  static const std::array<std::string, kFieldCount> names = {
      "stream", "soort",    "geldig_op", "vastgelegd_op", "event_id",
      "actor",  "vervangt", "groep",     "na_afsluiting"};
  return names;
}

namespace {

// The flaws of a header; a file that is none can have a great many.
class HeaderFlaws {
 public:
  void add(std::string_view column, std::string_view message) {
    if (flaws_.size() == Columns::kFlawsMost) {
      ++more_;
    } else {
      flaws_.push_back({std::string(column), std::string(message)});
    }
  }
  std::vector<ColumnFlaw> take() {
    if (more_ > 0) {
      flaws_.back() = {"header", counted(more_ + 1, "more bad column") +
                                     ", expected a header as tools/README.md has it"};
    }
    return std::move(flaws_);
  }

 private:
  std::vector<ColumnFlaw> flaws_;
  std::size_t more_ = 0;
};

// What a column of a name is: a field of the envelope, or an attribute.
using Meaning = std::optional<Field>;

const std::unordered_map<std::string_view, Meaning>& meanings() {
  static const auto table = [] {
    std::unordered_map<std::string_view, Meaning> out;
    for (const std::string& name : attribute_names()) out.emplace(name, std::nullopt);
    for (std::size_t i = 0; i < kFieldCount; ++i) {
      out.insert_or_assign(field_names()[i], static_cast<Field>(i));
    }
    return out;
  }();
  return table;
}

}  // namespace

std::vector<ColumnFlaw> Columns::read(const std::vector<std::string_view>& header) {
  const std::string all = joined({field_names().begin(), field_names().end()}, ", ") + ", " +
                          joined(attribute_names(), ", ");
  HeaderFlaws flaws;
  std::unordered_set<std::string_view> seen;
  for (const std::string_view name : header) {
    const std::size_t column = names_.size();
    names_.emplace_back(name);
    if (name.empty()) {
      flaws.add("header", "a column without a name, expected " + all);
      continue;
    }
    if (!seen.insert(name).second) {
      flaws.add(name, "the column stands twice, expected each column once");
    }
    const auto meaning = meanings().find(name);
    if (meaning == meanings().end()) {
      flaws.add(name, "unknown column, expected " + all);
    } else if (meaning->second) {
      fields_[static_cast<std::size_t>(*meaning->second)] = column;
    } else {
      attributes_.push_back(column);
    }
  }
  for (const Field needed : {Field::kStream, Field::kSoort}) {
    if (find(needed)) continue;
    flaws.add(field_names()[static_cast<std::size_t>(needed)],
              "the column is missing, expected it in the header");
  }
  return flaws.take();
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
