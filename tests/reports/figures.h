// The figures of a printed report, as kept in figures/*.csv: one cell per row, with the labels
// under which it was printed.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace trede::reports {

struct Figure {
  std::string id;  // without the name of the report: `trede-3/kandidaten/begin`
  std::string section;
  std::string table;
  std::string row;
  std::string column;
  std::string value;  // a decimal as printed
  std::string unit;
  std::string kind;
};

// A printed report. Throws std::runtime_error on anything that is not as expected: these are files
// of our own. Threads: any.
class Figures {
 public:
  // Requires: every id begins with the name of the file and a slash.
  static Figures load(const std::filesystem::path& path);

  const std::vector<Figure>& all() const { return all_; }
  const Figure* find(std::string_view id) const;
  // The value of a cell that must be there, and be a whole number.
  int count(std::string_view id) const;
  double number(std::string_view id) const;

 private:
  std::vector<Figure> all_;
  std::unordered_map<std::string, std::size_t> index_of_;
};

// The cells of one RFC 4180 line without line breaks in cells.
std::vector<std::string> split_csv_line(std::string_view line);

}  // namespace trede::reports
