#include "tests/reports/product.h"

#include <cstdio>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "tests/reports/figures.h"

namespace trede::reports {

namespace {

std::string quoted(const std::filesystem::path& path) { return "'" + path.string() + "'"; }

Rational number_of(const std::string& text) {
  const auto parsed = parse_rational(text);
  if (!parsed) throw std::runtime_error(parsed.error().message);
  return *parsed;
}

// The cells of one answer: a header and exactly one row.
Answered answered(const std::string& header, const std::string& row) {
  const auto cells = split_csv_line(row);
  if (header == "waarde") return {number_of(cells.at(0)), false};
  if (header != "teller,noemer,waarde") throw std::runtime_error("an answer with " + header);
  const bool is_empty = cells.at(2).empty();
  if (is_empty) return {Rational(), true};
  // The ratio in full, x 100 when the product prints it so.
  const Rational ratio = number_of(cells.at(0)) / number_of(cells.at(1));
  const bool percentage = (ratio * Rational(Int128{100})).text(4) == number_of(cells.at(2)).text(4);
  return {percentage ? ratio * Rational(Int128{100}) : ratio, false};
}

}  // namespace

Product::Product(std::filesystem::path program, std::filesystem::path folder)
    : program_(std::move(program)), folder_(std::move(folder)) {}

std::string Product::output_of(const std::string& words) {
  const std::string command = quoted(program_) + " " + words + " --data " + quoted(folder_);
  std::FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot start " + command);
  std::string out;
  char buffer[65536];
  while (const std::size_t read = std::fread(buffer, 1, sizeof buffer, pipe)) {
    out.append(buffer, read);
  }
  if (pclose(pipe) != 0) throw std::runtime_error("failed: " + command);
  return out;
}

void Product::import_as_recorded(const std::filesystem::path& file) {
  output_of("init");
  output_of("import --as-recorded " + quoted(file));
}

std::vector<Answered> Product::answers(const std::vector<std::string>& queries) {
  const std::filesystem::path file = folder_.parent_path() / "queries.txt";
  std::ofstream batch(file);
  for (const auto& query : queries) batch << query << '\n';
  batch.close();
  std::istringstream lines(output_of("query --batch " + quoted(file) + " 2>/dev/null"));
  std::vector<Answered> out;
  std::string mark;
  std::string header;
  std::string row;
  for (std::size_t i = 0; i < queries.size(); ++i) {
    if (!std::getline(lines, mark) || mark != "# " + std::to_string(i + 1) ||
        !std::getline(lines, header) || !std::getline(lines, row)) {
      throw std::runtime_error("no answer to: " + queries[i] + " (" + mark + ")");
    }
    out.push_back(answered(header, row));
  }
  return out;
}

std::map<std::string, std::string> Product::report(const std::string& words) {
  std::istringstream lines(output_of("report " + words + " --format csv 2>/dev/null"));
  std::map<std::string, std::string> out;
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    const auto cells = split_csv_line(line);
    out[cells.at(1) + "/" + cells.at(2) + "/" + cells.at(3)] = cells.at(6);
  }
  return out;
}

}  // namespace trede::reports
