// The product as a user has it: the program `trede`, started for every command.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "projections/reports/rational.h"

namespace trede::reports {

// What a query answered: a number, or the parts of a ratio.
struct Answered {
  Rational number;
  bool is_empty = false;  // a ratio over nothing
};

// One data folder and the program to work on it. Throws when a command does not end well.
class Product {
 public:
  Product(std::filesystem::path program, std::filesystem::path folder);

  void import_as_recorded(const std::filesystem::path& file);
  // One answer per query, through `trede query --batch`.
  std::vector<Answered> answers(const std::vector<std::string>& queries);
  // The cells of `trede report`, by `table/row/column`; empty text where there is no number.
  std::map<std::string, std::string> report(const std::string& words);
  // What the program prints.
  std::string output_of(const std::string& words);

 private:
  std::filesystem::path program_;
  std::filesystem::path folder_;
};

}  // namespace trede::reports
