#include "tests/reports/financien.h"

#include <fstream>
#include <stdexcept>
#include <string>

#include "tests/reports/figures.h"

namespace trede::reports {

namespace {

using std::chrono::last;
using std::chrono::year;
using std::chrono::year_month;

constexpr const char* kHeader = "soort,periode,programma,kostenregel,soort_bedrag,euro";

// One amount of the file. `kostenregel` is empty where the organisation did not book by it yet.
struct Amount {
  std::string soort;
  std::string periode;  // `2024`, of a booking `2024-01/2024-08`
  std::string programma;
  std::string kostenregel;
  std::string soort_bedrag;
  int euro;
};

std::vector<Amount> read(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::string line;
  if (!std::getline(in, line) || line != kHeader) {
    throw std::runtime_error(file.string() + ": expected the header " + kHeader);
  }
  std::vector<Amount> out;
  while (std::getline(in, line)) {
    const auto cells = split_csv_line(line);
    if (cells.size() != 6) throw std::runtime_error(file.string() + ": " + line);
    out.push_back({cells[0], cells[1], cells[2], cells[3], cells[4], std::stoi(cells[5])});
  }
  return out;
}

Attributes attributes_of(const Amount& amount, int euro, const std::string& periode) {
  Attributes out{{"programma", amount.programma},
                 {"soort_bedrag", amount.soort_bedrag},
                 {"bedrag_eurocent", std::to_string(euro) + "00"},
                 {"periode", periode}};
  if (!amount.kostenregel.empty()) out.emplace_back("kostenregel", amount.kostenregel);
  return out;
}

year_month month_of(const std::string& text) {
  const std::chrono::year_month_day first{day(text + "-01")};
  return first.year() / first.month();
}

void book(Stream& organisatie, const Amount& amount, Day tm) {
  const year_month from = month_of(amount.periode.substr(0, 7));
  const int months = static_cast<int>((month_of(amount.periode.substr(8)) - from).count()) + 1;
  const int part = amount.euro / months;
  for (int i = 0; i < months; ++i) {
    const year_month month = from + std::chrono::months{i};
    const Day end{month / last};
    if (end > tm) return;
    const int euro = i + 1 < months ? part : amount.euro - part * (months - 1);
    organisatie.add(end, "boeking", attributes_of(amount, euro, format_day(end).substr(0, 7)));
  }
}

void adopt(Stream& organisatie, const Amount& amount, Day tm) {
  const Day adopted{year{std::stoi(amount.periode) - 1} / 11 / 18};
  if (adopted > tm) return;
  Attributes attributes = attributes_of(amount, amount.euro, amount.periode);
  attributes.emplace_back("versie", "primair");
  organisatie.add(adopted, "begroting_vastgesteld", std::move(attributes)).groep =
      "begroting-" + amount.periode;
}

void forecast(Stream& organisatie, const Amount& amount, Day tm) {
  const std::chrono::year_month_day now{tm};
  if (std::stoi(amount.periode) != static_cast<int>(now.year())) return;
  organisatie.add(tm, "prognose_vastgesteld", attributes_of(amount, amount.euro, amount.periode))
      .groep = "prognose-" + amount.periode;
}

}  // namespace

void add_boekhouding(History& history, const std::filesystem::path& file, Day tm) {
  Stream& organisatie = history.organisatie();
  for (const Amount& amount : read(file)) {
    if (amount.soort == "boeking") {
      book(organisatie, amount, tm);
    } else if (amount.soort == "begroting") {
      adopt(organisatie, amount, tm);
    } else if (amount.soort == "prognose") {
      forecast(organisatie, amount, tm);
    } else {
      throw std::runtime_error(file.string() + ": no such kind: " + amount.soort);
    }
  }
}

}  // namespace trede::reports
