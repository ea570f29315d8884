#include "engine/sqlite/sqlite_schema.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <vector>

namespace trede {

namespace {

// Kind (`table`, `index`, `trigger`, `view`), name, table, and the SQL that made it; empty for what
// SQLite makes by itself.
using Thing = std::array<std::string, 4>;

Result<std::vector<Thing>> load_things(SqliteFile& file, const std::string& database) {
  auto rows = file.prepare("SELECT type, name, tbl_name, sql FROM " + database + ".sqlite_schema");
  if (!rows) return rows.error();
  std::vector<Thing> out;
  for (;;) {
    const auto row = rows->step();
    if (!row) return row.error();
    if (!*row) break;
    out.push_back({rows->text(0), rows->text(1), rows->text(2), rows->text(3)});
  }
  std::ranges::sort(out);
  return out;
}

std::vector<Thing> without(const std::vector<Thing>& things, const std::vector<Thing>& others) {
  std::vector<Thing> out;
  std::ranges::set_difference(things, others, std::back_inserter(out));
  return out;
}

std::string name_of(const Thing& thing) { return thing[0] + " " + thing[1]; }

bool has_name(const std::vector<Thing>& things, const Thing& wanted) {
  return std::ranges::any_of(things,
                             [&](const Thing& thing) { return name_of(thing) == name_of(wanted); });
}

}  // namespace

Result<std::string> find_foreign_schema(SqliteFile& file, const std::string& database,
                                        const std::string& made_by) {
  auto model = SqliteFile::in_memory();
  if (!model) return model.error();
  TREDE_RETURN_IF_ERROR(model->execute(made_by));
  const auto own = load_things(*model, "main");
  if (!own) return own.error();
  const auto there = load_things(file, database);
  if (!there) return there.error();
  const std::vector<Thing> foreign = without(*there, *own);
  if (!foreign.empty()) {
    const bool is_changed = has_name(*own, foreign.front());
    return name_of(foreign.front()) + (is_changed ? " was changed" : " is not of this program");
  }
  const std::vector<Thing> missing = without(*own, *there);
  return missing.empty() ? std::string() : name_of(missing.front()) + " is missing";
}

Status check_schema(SqliteFile& file, const std::string& database, const std::string& made_by) {
  const auto found = find_foreign_schema(file, database, made_by);
  if (!found) return found.error();
  if (found->empty()) return {};
  const char* const path = sqlite3_db_filename(file.handle(), database.c_str());
  return Error{ErrorCode::kCorrupt, std::string(path == nullptr ? "" : path) + ": " + *found};
}

Result<std::string> find_damage(SqliteFile& file) {
  auto check = file.prepare("PRAGMA integrity_check(1)");
  if (!check) return check.error();
  const auto row = check->step();
  if (!row) return row.error();
  std::string said = *row ? check->text(0) : "";
  return said == "ok" ? std::string() : said.substr(0, said.find('\n'));
}

}  // namespace trede
