#include "tests/reports/figures.h"

#include <fstream>
#include <stdexcept>

namespace trede::reports {

namespace {

constexpr std::string_view kHeader = "id,section,table,row,column,value,unit,kind";

}  // namespace

std::vector<std::string> split_csv_line(std::string_view line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"') {
      cells.back().push_back('"');
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      cells.emplace_back();
    } else {
      cells.back().push_back(c);
    }
  }
  return cells;
}

Figures Figures::load(const std::filesystem::path& path) {
  std::ifstream in(path);
  std::string line;
  if (!std::getline(in, line) || line != kHeader) {
    throw std::runtime_error(path.string() + ": expected the header " + std::string(kHeader));
  }
  const std::string prefix = path.stem().string() + "/";
  Figures out;
  while (std::getline(in, line)) {
    const auto cells = split_csv_line(line);
    if (cells.size() != 8 || !cells[0].starts_with(prefix)) {
      throw std::runtime_error(path.string() + ": not a figure: " + line);
    }
    Figure figure{cells[0].substr(prefix.size()),
                  cells[1],
                  cells[2],
                  cells[3],
                  cells[4],
                  cells[5],
                  cells[6],
                  cells[7]};
    if (!out.index_of_.emplace(figure.id, out.all_.size()).second) {
      throw std::runtime_error(path.string() + ": twice: " + figure.id);
    }
    out.all_.push_back(std::move(figure));
  }
  return out;
}

const Figure* Figures::find(std::string_view id) const {
  const auto found = index_of_.find(std::string(id));
  return found == index_of_.end() ? nullptr : &all_[found->second];
}

int Figures::count(std::string_view id) const {
  const Figure* figure = find(id);
  if (figure == nullptr) throw std::runtime_error("no figure " + std::string(id));
  std::size_t used = 0;
  const int value = std::stoi(figure->value, &used);
  if (used != figure->value.size()) {
    throw std::runtime_error(std::string(id) + " is not whole: " + figure->value);
  }
  return value;
}

double Figures::number(std::string_view id) const {
  const Figure* figure = find(id);
  if (figure == nullptr) throw std::runtime_error("no figure " + std::string(id));
  return std::stod(figure->value);
}

}  // namespace trede::reports
