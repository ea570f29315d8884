#include "tools/trede/person/person_rows.h"

#include <algorithm>

#include "tools/trede/person/person_fields.h"
#include "tools/trede/person/vault_access.h"

namespace trede::tool {

namespace {

constexpr std::string_view kStream = "stream";
constexpr std::size_t kColumnCharacters = 20;  // the longest name of a column of ours, and more

}  // namespace

Outcome<std::optional<PersonRow>> PersonRows::next() {
  if (names_.empty() && !ended_) {
    const auto good = read_header();
    if (!good) return good.error();
    ended_ = !*good;
  }
  while (!ended_) {
    const auto next = reader_.next();
    if (!next) return Failure(next.error());
    ended_ = *next == CsvReader::Next::kEnd;
    if (ended_) break;
    if (*next == CsvReader::Next::kBadRow) {
      bad_.add(reader_.line(), "row", reader_.problem());
      continue;
    }
    auto row = read_row();
    if (!row || *row) return row;
  }
  return std::optional<PersonRow>();
}

Outcome<bool> PersonRows::read_header() {
  const auto next = reader_.next();
  if (!next) return Failure(next.error());
  if (*next != CsvReader::Next::kRow) {
    bad_.add(1, "header",
             *next == CsvReader::Next::kEnd ? "missing, expected a line with names of columns"
                                            : reader_.problem());
    return false;
  }
  const std::uint64_t before = bad_.count();
  for (const std::string_view name : reader_.cells()) {
    if (name != kStream && name != kSamePersonColumn && !find_person_field(name)) {
      bad_.add(1, std::string(name),
               "unknown column, expected one of stream, " + person_field_names() + ", " +
                   std::string(kSamePersonColumn));
    } else if (std::ranges::find(names_, name) != names_.end()) {
      bad_.add(1, std::string(name), "stands twice, expected each column once");
    }
    names_.emplace_back(name);
  }
  if (std::ranges::find(names_, kStream) == names_.end()) {
    bad_.add(1, std::string(kStream), "missing, expected this column");
  }
  return bad_.count() == before;
}

// Absent when the row is a bad one.
Outcome<std::optional<PersonRow>> PersonRows::read_row() {
  const std::size_t line = reader_.line();
  if (reader_.cells().size() != names_.size()) {
    bad_.add(line, "row",
             std::to_string(reader_.cells().size()) + " cells, expected " +
                 std::to_string(names_.size()) + " as in the header");
    return std::optional<PersonRow>();
  }
  NamedTexts given;
  std::string stream;
  for (std::size_t i = 0; i < names_.size(); ++i) {
    const std::string_view cell = reader_.cells()[i];
    if (names_[i] == kStream) {
      stream = cell;
    } else if (!cell.empty()) {
      given.emplace_back(names_[i], cell);
    }
  }
  const auto dossier = find_stream(line, stream);
  if (!dossier) return dossier.error();
  if (!*dossier) return std::optional<PersonRow>();
  auto change = read_person_change(given, keys_);
  if (!change) {
    TREDE_RETURN_IF_ERROR(judge(line, change.error()));
    return std::optional<PersonRow>();
  }
  return std::optional<PersonRow>(PersonRow{line, **dossier, std::move(*change)});
}

// Absent when it is no dossier, or one that stood in the file before.
Outcome<std::optional<StreamId>> PersonRows::find_stream(std::size_t line,
                                                         const std::string& stream) {
  auto dossier = find_dossier(std::string(kStream), stream, keys_);
  if (!dossier) {
    TREDE_RETURN_IF_ERROR(judge(line, dossier.error()));
    return std::optional<StreamId>();
  }
  if (!*dossier) {
    bad_.add(line, std::string(kStream), "there is no such dossier, expected the KEY of one");
    return dossier;
  }
  const auto [earlier, is_first] = line_of_.try_emplace(**dossier, line);
  if (is_first) return dossier;
  bad_.add(line, std::string(kStream),
           "stands at line " + std::to_string(earlier->second) + " too, expected a dossier once");
  return std::optional<StreamId>();
}

Outcome<> PersonRows::judge(std::size_t line, const Failure& failure) {
  if (failure.exit != Exit::kInput) return failure;
  const auto colon = failure.line.find(": ");
  const bool names_column = colon != std::string::npos && colon < kColumnCharacters;
  bad_.add(line, names_column ? failure.line.substr(0, colon) : std::string(kStream),
           names_column ? failure.line.substr(colon + 2) : failure.line);
  return {};
}

}  // namespace trede::tool
