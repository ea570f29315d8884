#include "tests/e2e/pages/sample_report.h"

#include <numeric>
#include <utility>

namespace trede::testing {

namespace {

using std::chrono::days;

ReportCell number(Int128 above, Int128 below = 1, int decimals = 0,
                  CellUnit unit = CellUnit::kAantal) {
  return {CellState::kNumber, Rational(above, below), decimals, unit};
}

ReportCell nothing(CellState state) { return {state, {}}; }

ReportCell words(std::string text, Oordeel oordeel = Oordeel::kGeen) {
  ReportCell cell{CellState::kText, {}};
  cell.words = std::move(text);
  cell.oordeel = oordeel;
  return cell;
}

ReportCell day_cell(Day day) {
  ReportCell cell{CellState::kDay, {}};
  cell.day = day;
  return cell;
}

ReportCell judged(ReportCell cell, Oordeel oordeel) {
  cell.oordeel = oordeel;
  return cell;
}

std::vector<std::uint32_t> up_to(std::size_t count) {
  std::vector<std::uint32_t> out(count);
  std::iota(out.begin(), out.end(), 0U);
  return out;
}

Chart chart(Chart::Kind kind, std::string title, std::size_t rows, std::size_t columns) {
  return {kind, std::move(title), up_to(rows), up_to(columns)};
}

// Numbers the tables over all sections, as CellPlace does.
class Sample {
 public:
  Report make() {
    report_.name = "proef";
    report_.title = "Proefrapportage 01-01-2024 t/m 31-08-2024 <alle toestanden & vormen>";
    report_.version = "3";
    report_.catalogus = "2024.1";
    report_.waar = "gemeente=Velsen";
    report_.period = {Day{std::chrono::year{2024} / 1 / 1}, Day{std::chrono::year{2024} / 8 / 31}};
    report_.known = Position{17'699};
    report_.generation = 4;
    report_.boomkop = "b1946ac92492d2347c6235b4d2611184f0c4b4f8c1a9f4e5d6c7b8a9e0f1d2c3";
    report_.suppressed = true;
    summary();
    treden();
    flows();
    finance();
    verzuim();
    per_month();
    long_list();
    empty_charts();
    report_.begrippen = {
        {"trajecten", "Trajecten", "Wie op die dag in een traject zit.", "personen"},
        {"uitstroom", "Uitstroom",
         "Trajecten die in de periode eindigen, naar reden; wie parttime werk vindt blijft in "
         "traject en telt niet mee.",
         "trajecten"},
        {"verzuimpercentage", "Verzuimpercentage",
         "Fte-dagen ziek gedeeld door fte-dagen in dienst, naar het percentage ziek.", "%"}};
    return report_;
  }

 private:
  ReportTable& add(ReportSection section, ReportTable table) {
    if (report_.sections.empty() || report_.sections.back().id != section.id) {
      report_.sections.push_back(std::move(section));
    }
    ++tables_;
    return report_.sections.back().tables.emplace_back(std::move(table));
  }

  // Of the table that was added last.
  ReportCell computed(ReportCell cell, CellFormula::Kind kind, std::vector<CellPlace> of) const {
    cell.formula = CellFormula{kind, std::move(of)};
    return cell;
  }

  void summary() {
    ReportTable& table = add({"samenvatting",
                              "Samenvatting",
                              {},
                              "De uitstroom naar werk blijft achter bij de afspraak.\n"
                              "Het verzuim daalt; beschut werk ligt boven de taakstelling."},
                             {"kern", "Kerncijfers", "Resultaat", {}, {}, ""});
    table.columns = {{"realisatie", "Realisatie"}, {"afspraak", "Afspraak"},
                     {"afwijking", "Afwijking"},   {"pct", "%"},
                     {"stand", "Stand op"},        {"noot", "Opmerking"}};
    using Kind = CellFormula::Kind;
    const auto row = [&](const char* id, const char* title, int reached, int target) {
      const std::uint32_t at = static_cast<std::uint32_t>(table.rows.size());
      const CellPlace one{tables_ - 1, at, 0};
      const CellPlace two{tables_ - 1, at, 1};
      table.rows.push_back(
          {id,
           title,
           {number(reached), number(target),
            judged(computed(number(reached - target), Kind::kDifference, {one, two}),
                   reached < target ? Oordeel::kOngunstig : Oordeel::kGunstig),
            computed(number(100 * reached, target, 0, CellUnit::kProcent), Kind::kPercentage,
                     {one, two}),
            day_cell(report_.period.tm), nothing(CellState::kLeeg)}});
    };
    row("werk", "Werkaanvaarding", 69, 200);
    row("parttime", "Parttime werk (blijft in traject)", 18, 75);
    row("map", "Maximale participatie", 79, 75);
    table.rows[0].cells[1].parts = "75 + 125";
    table.rows[0].cells[5] = words("Zie de toelichting.");
    table.rows[0].toelichtingen = {
        {"De doelgroep van trede 6 is kleiner dan in de begroting werd aangenomen.",
         "Minder aanmeldingen van gemeenten in het eerste kwartaal.",
         "Het aantal vervulde vacatures blijft ook achter.",
         "Over het hele jaar worden 120 personen verwacht."}};
    table.rows[2].toelichtingen = {{"Ruim boven de afspraak.", "", "", ""}};
    table.rows.push_back(
        {"geen",
         "Zonder afspraak",
         {number(12), nothing(CellState::kGeenGegevens), nothing(CellState::kGeenGegevens),
          nothing(CellState::kNvt), nothing(CellState::kLeeg), nothing(CellState::kLeeg)}});
    table.rows.push_back(
        {"weinig",
         "Te weinig om te noemen",
         {nothing(CellState::kOnderdrukt), number(5), nothing(CellState::kOnderdrukt),
          nothing(CellState::kOnderdrukt), nothing(CellState::kLeeg), nothing(CellState::kLeeg)}});
    table.note = "Aantallen zijn resultaten, geen personen.";
    table.chart = chart(Chart::Kind::kTargetBar, "Realisatie tegenover afspraak", 5, 2);
    ReportTable& control = add({"samenvatting", "", {}},
                               {"controle", "Controles", "Controle", {{"is", "Klopt"}}, {}, ""});
    control.rows = {
        {"b", "Begin + bij − af = eind", {words("klopt", Oordeel::kGunstig)}},
        {"s", "Som van gemeenten = totaal", {words("klopt niet: 12 ≠ 13", Oordeel::kOngunstig)}}};
  }

  // Stands per trede, with the total of each column and a part of it.
  void treden() {
    const std::vector<std::string> names = {"Trede 3", "Trede 4", "Trede 5", "Trede 6",
                                            "Nader te bepalen"};
    ReportTable& table = add({"treden", "Trajecten per trede", {}},
                             {"stand", "Trajecten per trede en gemeente", "Trede", {}, {}, ""});
    table.columns = {{"beverwijk", "Beverwijk"},
                     {"heemskerk", "Heemskerk"},
                     {"uitgeest", "Uitgeest"},
                     {"velsen", "Velsen"},
                     {"totaal", "Totaal", LineStyle::kTotal}};
    table.rows.push_back({"kop", "Regulier",
                          std::vector<ReportCell>(table.columns.size(), nothing(CellState::kLeeg)),
                          LineStyle::kHeading});
    for (std::size_t t = 0; t < names.size(); ++t) {
      ReportRow row{"t" + std::to_string(t), names[t], {}};
      int total = 0;
      std::vector<CellPlace> of;
      for (std::uint32_t c = 0; c < 4; ++c) {
        const int value = static_cast<int>((t + 2) * 7 + c * 13 - (c == 2 ? 31 : 0));
        const bool none = c == 2 && t == 4;
        row.cells.push_back(none ? nothing(CellState::kNvt) : number(value));
        total += none ? 0 : value;
        of.push_back({tables_ - 1, static_cast<std::uint32_t>(t + 1), c});
      }
      row.cells.push_back(computed(number(total), CellFormula::Kind::kSum, of));
      table.rows.push_back(row);
    }
    ReportRow total{"totaal", "Totaal", {}, LineStyle::kTotal};
    for (std::uint32_t c = 0; c < 5; ++c) {
      Rational sum;
      std::vector<CellPlace> of;
      for (std::uint32_t r = 1; r <= names.size(); ++r) {
        of.push_back({tables_ - 1, r, c});
        if (table.rows[r].cells[c].state == CellState::kNumber) {
          sum = sum + table.rows[r].cells[c].number;
        }
      }
      ReportCell cell = number(0);
      cell.number = sum;
      total.cells.push_back(computed(cell, CellFormula::Kind::kSum, of));
    }
    table.rows.push_back(total);
    table.rows.push_back({"jong",
                          "waarvan jonger dan 27",
                          {number(11), number(9), number(1), number(14), number(35)},
                          LineStyle::kPart});
    table.chart = {Chart::Kind::kStacked, "Treden per gemeente", {1, 2, 3, 4, 5}, {0, 1, 2, 3}};
  }

  void flows() {
    ReportTable& table = add({"doorstroom", "Doorstroom", {}},
                             {"stroom", "Doorstroom tussen treden", "Van", {}, {}, ""});
    table.columns = {{"t4", "Trede 4"},
                     {"t5", "Trede 5"},
                     {"t6", "Trede 6"},
                     {"werk", "Werk, ook met loonkostensubsidie"}};
    const int moved[4][4] = {{41, 12, 3, 0}, {0, 33, 15, 8}, {0, 0, 27, 22}, {1, 0, -2, 44}};
    for (int r = 0; r < 4; ++r) {
      ReportRow row{"v" + std::to_string(r), "Trede " + std::to_string(r + 3), {}};
      for (const int n : moved[r]) {
        row.cells.push_back(n == 0 ? nothing(CellState::kNvt) : number(n));
      }
      table.rows.push_back(row);
    }
    table.chart = chart(Chart::Kind::kFlow, "Van trede naar trede", 4, 4);
  }

  // Amounts of which differences end at a half, and are printed as nul from below.
  void finance() {
    using Kind = CellFormula::Kind;
    ReportTable& table = add({"financien", "Financiën", {}},
                             {"lasten", "Lasten x € 1.000", "Kostenregel", {}, {}, ""});
    table.columns = {{"raming", "Raming"}, {"realisatie", "Realisatie"}, {"verschil", "Verschil"}};
    const auto euro = [](Int128 cents, int decimals = 0) {
      return number(cents, 100'000, decimals, CellUnit::kEuroX1000);
    };
    const std::vector<std::pair<Int128, Int128>> amounts = {{204'909'860, 204'759'860},
                                                            {450'012'000, 400'062'000},
                                                            {98'765'432, 98'795'432},
                                                            {100'050'000, 200'100'000},
                                                            {7, 3}};
    Int128 raming = 0;
    Int128 realisatie = 0;
    std::vector<CellPlace> of[2];
    for (std::uint32_t r = 0; r < amounts.size(); ++r) {
      const auto [planned, spent] = amounts[r];
      raming += planned;
      realisatie += spent;
      for (std::uint32_t c : {0U, 1U}) of[c].push_back({tables_ - 1, r, c});
      table.rows.push_back({"k" + std::to_string(r),
                            "Kostenregel " + std::to_string(r + 1),
                            {euro(planned), euro(spent),
                             judged(computed(euro(spent - planned), Kind::kDifference,
                                             {{tables_ - 1, r, 1}, {tables_ - 1, r, 0}}),
                                    spent > planned ? Oordeel::kOngunstig : Oordeel::kGunstig)}});
    }
    const auto last = static_cast<std::uint32_t>(amounts.size());
    table.rows.push_back(
        {"totaal",
         "Totaal",
         {computed(euro(raming), Kind::kSum, of[0]), computed(euro(realisatie), Kind::kSum, of[1]),
          computed(euro(realisatie - raming), Kind::kDifference,
                   {{tables_ - 1, last, 1}, {tables_ - 1, last, 0}})},
         LineStyle::kTotal});
    table.rows.push_back({"per",
                          "Per traject, in euro",
                          {computed(number(raming, 100'000 * 35, 2), Kind::kQuotient,
                                    {{tables_ - 1, last, 0}, {1 + 1, 7, 4}}),
                           nothing(CellState::kNvt), nothing(CellState::kLeeg)}});
  }

  void verzuim() {
    using Kind = CellFormula::Kind;
    ReportTable& table =
        add({"verzuim", "Verzuim", {}}, {"verzuim", "Verzuimpercentage", "Groep", {}, {}, ""});
    table.columns = {{"jaar", "2023"},
                     {"nu", "2024"},
                     {"verschil", "Verschil in procentpunt"},
                     {"gemiddeld", "Som van beide"}};
    const std::vector<std::pair<int, int>> figures = {{13049, 12950}, {7951, 7900}, {1005, 2005}};
    for (std::uint32_t r = 0; r < figures.size(); ++r) {
      const auto [before, now] = figures[r];
      const std::vector<CellPlace> both = {{tables_ - 1, r, 1}, {tables_ - 1, r, 0}};
      table.rows.push_back(
          {"g" + std::to_string(r),
           "Groep " + std::to_string(r + 1),
           {number(before, 1000, 2, CellUnit::kProcent), number(now, 1000, 2, CellUnit::kProcent),
            judged(computed(number(now - before, 1000, 2, CellUnit::kProcentpunt),
                            Kind::kDifference, both),
                   now > before ? Oordeel::kOngunstig : Oordeel::kGunstig),
            computed(number(now + before, 1000, 1, CellUnit::kProcent), Kind::kSum, both)}});
    }
    table.chart = chart(Chart::Kind::kTrend, "Verzuim per groep", 3, 2);
  }

  // Twenty-four columns, gaps, numbers below zero.
  void per_month() {
    ReportTable& table = add({"maanden", "Verloop over vierentwintig maanden", {}},
                             {"maanden", "Instroom, uitstroom en saldo per maand", "", {}, {}, ""});
    const char* const names[] = {"jan", "feb", "mrt", "apr", "mei", "jun",
                                 "jul", "aug", "sep", "okt", "nov", "dec"};
    ReportRow in{"in", "Instroom met een tamelijk lange omschrijving", {}};
    ReportRow out{"uit", "Uitstroom", {}};
    ReportRow saldo{"saldo", "Saldo", {}};
    for (std::uint32_t m = 0; m < 24; ++m) {
      table.columns.push_back(
          {"m" + std::to_string(m), std::string(names[m % 12]) + (m < 12 ? " 2023" : " 2024")});
      const bool known = m != 5 && m < 20;
      const int came = static_cast<int>(40 + (m * 37) % 23);
      const int left = static_cast<int>(38 + (m * 29) % 31);
      const CellState none = m == 5 ? CellState::kGeenGegevens : CellState::kLeeg;
      in.cells.push_back(known ? number(came) : nothing(none));
      out.cells.push_back(known ? number(left) : nothing(none));
      saldo.cells.push_back(known ? computed(number(came - left), CellFormula::Kind::kDifference,
                                             {{tables_ - 1, 0, m}, {tables_ - 1, 1, m}})
                                  : nothing(none));
    }
    table.rows = {in, out, saldo};
    table.chart = chart(Chart::Kind::kTrend, "Instroom, uitstroom en saldo", 3, 24);
    ReportTable stacked = table;
    stacked.id = "maanden-gestapeld";
    stacked.title = "De bewegingen nog eens, gestapeld";
    stacked.chart->kind = Chart::Kind::kStacked;
    for (ReportCell& cell : stacked.rows[2].cells) cell.formula.reset();
    add({"maanden", "", {}}, stacked);
  }

  // Longer than a sheet of paper.
  void long_list() {
    ReportTable& table = add({"lang", "Een lange lijst", {}},
                             {"lang", "Zestig regels", "Regel", {{"n", "Aantal"}}, {}, ""});
    for (int r = 1; r <= 60; ++r) {
      table.rows.push_back(
          {"r" + std::to_string(r), "Regel " + std::to_string(r), {number(r * r)}});
    }
  }

  void empty_charts() {
    ReportTable& one = add({"klein", "Eén rij, één kolom, niets", {}},
                           {"een", "Eén getal", "", {{"n", "2024"}}, {}, ""});
    one.rows = {{"r", "Aantal", {number(7)}}};
    one.chart = chart(Chart::Kind::kTrend, "Een punt", 1, 1);
    ReportTable& stack = add({"klein", "", {}}, {"nul", "Nul", "", {{"n", "2024"}}, {}, ""});
    stack.rows = {{"r", "Aantal", {number(0)}}};
    stack.chart = chart(Chart::Kind::kStacked, "Een stapel van nul", 1, 1);
    ReportTable& none = add({"klein", "", {}}, {"niets", "Niets", "", {{"n", "2024"}}, {}, ""});
    none.rows = {{"r", "Aantal", {nothing(CellState::kGeenGegevens)}}};
    none.chart = chart(Chart::Kind::kFlow, "Een stroom van niets", 1, 1);
  }

  Report report_;
  std::uint32_t tables_ = 0;
};

}  // namespace

Report sample_report() { return Sample().make(); }

}  // namespace trede::testing
