// What an import says at its end: the bad rows, or the control totals.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/event/catalogue.h"
#include "tools/trede/output.h"

namespace trede::tool {

// The bad rows of a file, in the order of their lines; the first kShown with what is wrong.
class BadRows {
 public:
  static constexpr std::size_t kShown = 100;
  struct Row {
    std::size_t line;
    std::string column;   // as shown
    std::string message;  // printable
  };

  explicit BadRows(std::string file) : file_(std::move(file)) {}

  void add(std::size_t line, const std::string& column, const std::string& message);
  std::uint64_t count() const { return count_; }
  const std::vector<Row>& shown() const { return shown_; }
  // Whether the next one will still be shown.
  bool shows_more() const { return count_ < kShown; }
  // `FILE:LINE: column: message` each, then how many more there are.
  void print(Output& err) const;

 private:
  std::string file_;
  std::vector<Row> shown_;
  std::uint64_t count_ = 0;
};

struct ImportTotals {
  std::map<int, std::uint64_t> per_kind;  // by the number of the kind
  std::uint64_t of_newer_kinds = 0;       // that this program does not know
  std::uint64_t recorded = 0;
  std::uint64_t skipped = 0;  // in the log already
  Position first;             // of what was recorded; 0 when nothing was
  Position last;

  void add(Soort soort);
  void add_positions(Position from, Position to);
  std::string text() const;
};

}  // namespace trede::tool
