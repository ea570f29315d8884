#include "tests/reports/questions.h"

#include <fstream>
#include <stdexcept>

#include "tests/reports/figures.h"

namespace trede::reports {

namespace {

using Lines = std::vector<std::vector<std::string>>;

Lines read_csv(const std::filesystem::path& path, std::size_t columns) {
  std::ifstream in(path);
  std::string line;
  if (!std::getline(in, line)) throw std::runtime_error("cannot read " + path.string());
  Lines out;
  while (std::getline(in, line)) {
    auto cells = split_csv_line(line);
    if (cells.size() != columns) throw std::runtime_error(path.string() + ": " + line);
    out.push_back(std::move(cells));
  }
  return out;
}

std::string replaced(std::string text, const std::string& mark, const std::string& by) {
  for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + by.size())) {
    text.replace(at, mark.size(), by);
  }
  return text;
}

How how_of(const std::string& word) {
  static const std::map<std::string, How> words = {
      {"value", How::kValue},           {"sum", How::kSum},
      {"difference", How::kDifference}, {"quotient", How::kQuotient},
      {"percentage", How::kPercentage}, {"in_words", How::kInWords},
      {"below", How::kBelow},           {"thousands", How::kThousands},
      {"product", How::kProduct},       {"rounded", How::kRounded}};
  const auto found = words.find(word);
  if (found == words.end()) throw std::runtime_error("no way to answer: " + word);
  return found->second;
}

Part part_of(std::string text) {
  const bool taken_off = text.starts_with("- ");
  if (taken_off) text = text.substr(2);
  if (text.find_first_not_of("0123456789") == std::string::npos) {
    return {Part::Kind::kNumber, text, "", taken_off};
  }
  const auto colon = text.find(':');
  if (colon == std::string::npos || text.find(' ') != std::string::npos) {
    return {Part::Kind::kQuery, text, "", taken_off};
  }
  return {Part::Kind::kCell, text.substr(colon + 1), text.substr(0, colon), taken_off};
}

std::vector<Part> split_parts(const std::string& text) {
  std::vector<Part> out;
  std::size_t from = 0;
  while (true) {
    const auto at = text.find(" | ", from);
    out.push_back(part_of(text.substr(from, at - from)));
    if (at == std::string::npos) return out;
    from = at + 3;
  }
}

std::string with_times(std::string text) {
  text = replaced(std::move(text), "{kwartaal}", "--van 2021-01-01 --tm 2021-03-31");
  text = replaced(std::move(text), "{kwartaal-2020}", "--van 2020-01-01 --tm 2020-03-31");
  text = replaced(std::move(text), "{jaar-2020}", "--van 2020-01-01 --tm 2020-12-31");
  text = replaced(std::move(text), "{begin}", "--op 2020-12-31");
  text = replaced(std::move(text), "{8-maanden}", "--van 2024-01-01 --tm 2024-08-31");
  text = replaced(std::move(text), "{5-maanden}", "--van 2024-01-01 --tm 2024-05-31");
  text = replaced(std::move(text), "{laatste-3}", "--van 2024-06-01 --tm 2024-08-31");
  text = replaced(std::move(text), "{september}", "--van 2024-09-01 --tm 2024-09-30");
  text = replaced(std::move(text), "{jaar-2023}", "--van 2023-01-01 --tm 2023-12-31");
  text = replaced(std::move(text), "{eind-2024}", "--op 2024-08-31");
  return replaced(std::move(text), "{eind}", "--op 2021-03-31");
}

// One question for each gemeente and the total, for each trede or for each programma, where the id
// has a place for it.
void add_filled(const std::string& figure, How how, const std::string& what,
                std::vector<Question>& out) {
  const auto add = [&](const std::string& mark, const std::string& value, const std::string& waar) {
    const std::string text =
        replaced(replaced(replaced(what, mark, value), "{waar-g}", waar), "{waar-p}", waar);
    out.push_back({replaced(figure, mark, value), how, split_parts(with_times(text))});
  };
  if (figure.find("{g}") != std::string::npos) {
    add("{g}", "beverwijk", "--waar gemeente=Beverwijk");
    add("{g}", "heemskerk", "--waar gemeente=Heemskerk");
    add("{g}", "uitgeest", "--waar gemeente=Uitgeest");
    add("{g}", "velsen", "--waar gemeente=Velsen");
    add("{g}", "totaal", "");
  } else if (figure.find("{t}") != std::string::npos) {
    for (const char* trede : {"3", "4", "5", "6"}) add("{t}", trede, "");
  } else if (figure.find("{p}") != std::string::npos) {
    add("{p}", "610", "--waar \"programma=6.3 610\"");
    add("{p}", "611", "--waar \"programma=6.4 611\"");
    add("{p}", "6.4-623", "--waar \"programma=6.4 623\"");
    add("{p}", "6.5-623", "--waar \"programma=6.5 623\"");
    add("{p}", "overhead", "--waar programma=Overhead");
    add("{p}", "vennootschapsbelasting", "--waar programma=Vennootschapsbelasting");
  } else {
    add("{-}", "", "");
  }
}

}  // namespace

Questions Questions::load(const std::filesystem::path& folder, const std::string& name) {
  Questions out;
  for (const auto& line : read_csv(folder / (name + "-questions.csv"), 3)) {
    if (line[1] == "not_covered") {
      out.not_covered.emplace_back(line[0], line[2]);
    } else {
      add_filled(line[0], how_of(line[1]), line[2], out.questions);
    }
  }
  for (const auto& line : read_csv(folder / (name + "-contradictions.csv"), 3)) {
    out.contradictions[line[0]] = {line[1], line[2]};
  }
  for (const auto& line : read_csv(folder / (name + "-readings.csv"), 2)) {
    out.readings.emplace_back(line[0], line[1]);
  }
  return out;
}

}  // namespace trede::reports
