// The header of an import file: which column is what.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/event/catalogue.h"

namespace trede::tool {

// The columns of the envelope; every other column is an attribute of kinds.
enum class Field : std::uint8_t {
  kStream,
  kSoort,
  kGeldigOp,
  kVastgelegdOp,
  kEventId,
  kActor,
  kVervangt,
  kGroep,
  kNaAfsluiting,
};
inline constexpr std::size_t kFieldCount = 9;
// The names of the envelope's columns, in the order of the enum and of an export.
const std::array<std::string, kFieldCount>& field_names();

// What is wrong in one column of one line.
struct ColumnFlaw {
  std::string column;
  std::string message;
  bool is_rule = false;  // a rule refuses it: the message is its code and sentence
};

class Columns {
 public:
  static constexpr std::size_t kFlawsMost = 100;

  // Reads the header. Returns: what is wrong with it; of more than kFlawsMost flaws the last one
  // says how many more there are.
  std::vector<ColumnFlaw> read(const std::vector<std::string_view>& header);

  std::size_t count() const { return names_.size(); }
  const std::string& name(std::size_t column) const { return names_[column]; }
  // Absent when the file has no such column.
  std::optional<std::size_t> find(Field field) const {
    return fields_[static_cast<std::size_t>(field)];
  }
  // The columns that hold attributes.
  const std::vector<std::size_t>& attributes() const { return attributes_; }
  // Per column the attribute that it is of `kind`; null when the kind does not have it.
  const std::vector<const Attribute*>& of_kind(const Kind& kind);

 private:
  std::vector<std::string> names_;
  std::array<std::optional<std::size_t>, kFieldCount> fields_;
  std::vector<std::size_t> attributes_;
  std::unordered_map<const Kind*, std::vector<const Attribute*>> of_kind_;
};

}  // namespace trede::tool
