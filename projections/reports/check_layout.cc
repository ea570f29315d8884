#include <algorithm>
#include <set>
#include <string>

#include "engine/base/text.h"
#include "engine/event/catalogue.h"
#include "projections/reports/check.h"
#include "projections/reports/rational.h"
#include "projections/reports/scope.h"

namespace trede {

namespace {

constexpr std::uint32_t kMostDecimals = 6;
constexpr std::uint32_t kMonthsInYear = 12;

bool is_id(std::string_view text, bool path) {
  const auto good = [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '%' ||
           (c == '/' && path);
  };
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, good);
}

bool is_version(std::string_view text) {
  const auto good = [](char c) { return is_alnum(c) || c == '.' || c == '_' || c == '-'; };
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, good);
}

const std::set<std::string> kMarks = {"begin", "van",        "eind", "periode",
                                      "jaar",  "vorig-jaar", "code"};
// Dimensions of which the organisation gives the codes.
const std::set<std::string> kOwnStrings = {"gemeente",  "afdeling",    "werkcoach",
                                           "programma", "kostenregel", "naam"};

class LayoutChecker {
 public:
  LayoutChecker(const pb::ReportDefinition& definition, std::vector<DefinitionFlaw>& flaws)
      : definition_(definition), flaws_(flaws) {}

  void check(const Place& place) {
    check_id(definition_.name(), place, "name", names_, false);
    check_title(definition_.title(), place);
    if (!is_version(definition_.version())) {
      add(place.line("version"),
          "no version: '" + definition_.version() + "', expected 1 to 64 of A-Z a-z 0-9 . _ -");
    }
    check_choices(place);
    check_months(definition_.maanden(), place);
    check_sets(place);
    if (definition_.section().empty()) add(place.line(), "no section, expected at least one");
    std::set<std::string> sections;
    for (int i = 0; i < definition_.section_size(); ++i) {
      const Place at = place.nested("section", i);
      const pb::Section& section = definition_.section(i);
      check_id(section.id(), at, "id", sections, false);
      check_title(section.title(), at);
      check_months(section.maanden(), at);
      if (section.has_drempel()) check_section_drempel(section, at.nested("drempel"));
      check_marks(section.tekst(), at.line("tekst"));
      for (int j = 0; j < section.table_size(); ++j) {
        check_table(section.table(j), at.nested("table", j));
      }
    }
  }

 private:
  void add(int line, std::string message) { flaws_.push_back({line, std::move(message)}); }

  void check_id(const std::string& id, const Place& place, const char* field,
                std::set<std::string>& seen, bool path) {
    if (!is_id(id, path)) {
      add(place.line(field),
          "not an id: '" + id + "', expected 1 to 64 of a-z 0-9 - . %" + (path ? " /" : ""));
    } else if (!seen.insert(id).second) {
      add(place.line(field), "id '" + id + "' stands twice, expected each once");
    }
  }

  void check_title(const std::string& title, const Place& place) {
    if (title.empty()) add(place.line("title"), "no title, expected one");
    check_marks(title, place.line("title"));
  }

  // What stands between braces is filled in; a mark that nobody knows would be printed.
  void check_marks(const std::string& text, int line) {
    for (auto at = text.find('{'); at != std::string::npos; at = text.find('{', at + 1)) {
      const auto end = text.find('}', at);
      const std::string mark = text.substr(at + 1, end == std::string::npos ? end : end - at - 1);
      const bool known = end != std::string::npos &&
                         (mark.starts_with('=') || kMarks.contains(mark) ||
                          std::ranges::find(definition_.kies(), mark) != definition_.kies().end());
      if (!known) {
        add(line, "no mark: '" + mark +
                      "', expected {begin}, {van}, {eind}, {periode}, {jaar}, "
                      "{vorig-jaar}, {code} or what is chosen");
      }
    }
  }

  void check_choices(const Place& place) {
    for (int i = 0; i < definition_.kies_size(); ++i) {
      if (kOwnStrings.contains(definition_.kies(i))) continue;
      add(place.line("kies", i), "not to be chosen: '" + definition_.kies(i) +
                                     "', expected gemeente, afdeling, werkcoach, programma, "
                                     "kostenregel or naam");
    }
  }

  void check_months(const google::protobuf::RepeatedField<std::uint32_t>& months,
                    const Place& place) {
    for (int i = 0; i < months.size(); ++i) {
      if (months.Get(i) >= 1 && months.Get(i) <= kMonthsInYear) continue;
      add(place.line("maanden", i), std::to_string(months.Get(i)) + " months, expected 1 to 12");
    }
  }

  void check_sets(const Place& place) {
    for (int s = 0; s < definition_.columns_size(); ++s) {
      const Place at = place.nested("columns", s);
      check_id(definition_.columns(s).id(), at, "id", sets_, false);
      if (definition_.columns(s).column().empty()) add(at.line(), "no column, expected some");
      std::set<std::string> columns;
      for (int i = 0; i < definition_.columns(s).column_size(); ++i) {
        check_column(definition_.columns(s).column(i), at.nested("column", i), columns);
      }
    }
  }

  // What a line may be repeated over depends on its measure, which its cells are checked against.
  template <typename Line>
  void check_per(const Line& line, const Place& place) {
    if (line.per().empty()) check_title(line.title(), place);
    if (!line.alleen().empty() && line.per_size() != 1) {
      add(place.line("alleen", 0),
          "codes for " + std::to_string(line.per_size()) + " dimensions, expected one per");
    }
    const auto& diensten = *google::protobuf::GetEnumDescriptor<pb::Dienst>();
    if (!line.dienst().empty() && number_of_code(diensten, line.dienst()) == 0) {
      add(place.line("dienst"), "not a dienst: '" + line.dienst() + "', expected re_integratie, " +
                                    "sociale_werkvoorziening or beschut_werk");
    }
    if (!line.totaal_van().empty() && !line.per().empty()) {
      add(place.line("totaal_van", 0), "a total that is repeated itself");
    }
  }

  template <typename Ids>
  void check_known(const std::string& id, const Ids& known, int line, const char* what) {
    if (!known.contains(id)) {
      add(line, std::string("there is no ") + what + " '" + id + "' in this table");
    }
  }

  void check_column(const pb::Column& column, const Place& place, std::set<std::string>& columns) {
    check_id(column.id(), place, "id", columns, false);
    check_per(column, place);
    if (column.has_format()) check_format(column.format(), place.nested("format"));
  }

  void check_format(const pb::Format& format, const Place& place) {
    if (format.decimals() > kMostDecimals) {
      add(place.line("decimals"), std::to_string(format.decimals()) + " decimals, expected 0 to " +
                                      std::to_string(kMostDecimals));
    }
  }

  void check_table(const pb::Table& table, const Place& place) {
    check_id(table.id(), place, "id", tables_, true);
    check_title(table.title(), place);
    check_months(table.maanden(), place);
    if (table.row().empty()) add(place.line(), "no row, expected at least one");
    if (!table.columns().empty() && !sets_.contains(table.columns())) {
      return add(place.line("columns"), "there is no set of columns '" + table.columns() + "'");
    }
    std::set<std::string> columns;
    for (const pb::Column* column : columns_of(definition_, table)) columns.insert(column->id());
    if (has_controls(table)) {
      if (!table.column().empty() || !table.columns().empty()) {
        add(place.line("column", table.column().empty() ? -1 : 0),
            "columns in a table of controls, which has its own");
      }
    } else if (columns.empty()) {
      add(place.line(), "no column, expected at least one");
    }
    for (const pb::Column* column : columns_of(definition_, table)) {
      for (const std::string& total : column->totaal_van()) {
        if (set_columns(table.columns()).contains(column->id())) {
          check_known(total, columns, place.line("columns"), "column");
        }
      }
    }
    check_marks(table.note(), place.line("note"));
    std::set<std::string> own = set_columns(table.columns());
    for (int i = 0; i < table.column_size(); ++i) {
      check_column(table.column(i), place.nested("column", i), own);
      for (const std::string& total : table.column(i).totaal_van()) {
        check_known(total, columns, place.nested("column", i).line("totaal_van", 0), "column");
      }
    }
    std::set<std::string> rows;
    for (int i = 0; i < table.row_size(); ++i) {
      check_row(table.row(i), place.nested("row", i), columns, rows);
      if (has_controls(table) && !table.row(i).has_identiteit() &&
          table.row(i).stijl() != pb::KOP) {
        add(place.nested("row", i).line(), "no control, expected identiteit as of the other rows");
      }
    }
    for (int i = 0; i < table.row_size(); ++i) {
      for (const std::string& total : table.row(i).totaal_van()) {
        check_known(total, rows, place.nested("row", i).line("totaal_van", 0), "row");
      }
    }
    check_drawing(table, place, columns, rows);
  }

  std::set<std::string> set_columns(const std::string& id) const {
    std::set<std::string> out;
    for (const pb::ColumnSet& set : definition_.columns()) {
      if (set.id() != id) continue;
      for (const pb::Column& column : set.column()) out.insert(column.id());
    }
    return out;
  }

  // Some table must have its column, or it means nothing.
  void check_section_drempel(const pb::Section& section, const Place& place) {
    check_drempel(section.drempel(), place);
    const auto has_it = [&](const pb::Table& table) {
      const auto columns = columns_of(definition_, table);
      return std::ranges::find(columns, section.drempel().column(), &pb::Column::id) !=
             columns.end();
    };
    if (std::ranges::none_of(section.table(), has_it)) {
      add(place.line("column"),
          "there is no column '" + section.drempel().column() + "' in the tables of this section");
    }
  }

  void check_drempel(const pb::Drempel& drempel, const Place& place) {
    check_months(drempel.maanden(), place);
    if (const auto number = parse_rational(drempel.meer_dan()); !number) {
      add(place.line("meer_dan"), number.error().message);
    }
  }

  void check_drawing(const pb::Table& table, const Place& place,
                     const std::set<std::string>& columns, const std::set<std::string>& rows) {
    if (table.has_drempel()) {
      const Place at = place.nested("drempel");
      check_known(table.drempel().column(), columns, at.line("column"), "column");
      check_drempel(table.drempel(), at);
    }
    if (!table.has_grafiek()) return;
    const Place at = place.nested("grafiek");
    const pb::Grafiek& grafiek = table.grafiek();
    if (grafiek.soort() == pb::Grafiek::SOORT_UNSPECIFIED) {
      add(at.line("soort"), "no soort, expected TREND, GESTAPELD, STROMEN or DOELBALK");
    }
    for (int i = 0; i < grafiek.column_size(); ++i) {
      check_known(grafiek.column(i), columns, at.line("column", i), "column");
    }
    for (int i = 0; i < grafiek.row_size(); ++i) {
      check_known(grafiek.row(i), rows, at.line("row", i), "row");
    }
  }

  void check_row(const pb::Row& row, const Place& place, const std::set<std::string>& columns,
                 std::set<std::string>& rows) {
    check_id(row.id(), place, "id", rows, false);
    check_per(row, place);
    if (row.has_format()) check_format(row.format(), place.nested("format"));
    std::set<std::string> seen;
    for (int i = 0; i < row.cell_size(); ++i) {
      const Place at = place.nested("cell", i);
      const pb::Cell& cell = row.cell(i);
      if (!cell.column().empty() && !columns.contains(cell.column())) {
        add(at.line("column"), "there is no column '" + cell.column() + "' in this table");
      } else if (!seen.insert(cell.column()).second) {
        add(at.line("column"), "column '" + cell.column() + "' stands twice in this row");
      }
      if (cell.has_format()) check_format(cell.format(), at.nested("format"));
    }
  }

  const pb::ReportDefinition& definition_;
  std::vector<DefinitionFlaw>& flaws_;
  std::set<std::string> names_;
  std::set<std::string> tables_;
  std::set<std::string> sets_;  // of columns
};

}  // namespace

void check_layout(const pb::ReportDefinition& definition, const Place& place,
                  std::vector<DefinitionFlaw>& flaws) {
  LayoutChecker(definition, flaws).check(place);
}

}  // namespace trede
