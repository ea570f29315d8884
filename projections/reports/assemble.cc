#include "projections/reports/assemble.h"

#include <algorithm>

#include "projections/reports/check.h"
#include "projections/reports/dutch.h"
#include "projections/reports/shown.h"
#include "projections/reports/tijdvak.h"
#include "projections/reports/value.h"

namespace trede {

namespace {

template <typename Ids>
bool names(const Ids& ids, const std::string& id) {
  return std::ranges::find(ids, id) != ids.end();
}

Chart::Kind kind_of(pb::Grafiek::Soort soort) {
  switch (soort) {
    case pb::Grafiek::GESTAPELD: return Chart::Kind::kStacked;
    case pb::Grafiek::STROMEN: return Chart::Kind::kFlow;
    case pb::Grafiek::DOELBALK: return Chart::Kind::kTargetBar;
    case pb::Grafiek::TREND:
    case pb::Grafiek::SOORT_UNSPECIFIED:
    default: return Chart::Kind::kTrend;  // the sentinels of an open enum
  }
}

// As a formula over printed cells sees one.
Value value_of(const ReportCell& cell) {
  if (cell.state == CellState::kNumber) return number_value(cell.number);
  return nothing(cell.state);
}

Value come_to(CellFormula::Kind kind, const std::vector<Value>& parts) {
  switch (kind) {
    case CellFormula::Kind::kSum: return sum_of(parts);
    case CellFormula::Kind::kDifference: return difference_of(parts);
    case CellFormula::Kind::kPercentage: return percentage_of(parts);
    case CellFormula::Kind::kQuotient: return quotient_of(parts);
  }
  return nothing(CellState::kLeeg);
}

class Assembler {
 public:
  Assembler(const pb::ReportDefinition& definition, const ReportRequest& request,
            const Organisatie& organisatie, Evaluator& evaluator)
      : definition_(definition),
        request_(request),
        organisatie_(organisatie),
        waar_(waar_text(request.chosen)),
        evaluator_(evaluator) {}

  Status run(WorkedOut& out) {
    const unsigned months = months_from_january(request_.period);
    auto shown = shown_tables(evaluator_, months);
    if (!shown) return std::unexpected(shown.error());
    number_cells(*shown);
    std::uint32_t next = 0;
    for (const pb::Section& section : definition_.section()) {
      if (section.verborgen() || !is_for_months(section.maanden(), months)) continue;
      auto words = text_of(section);
      if (!words) return std::unexpected(words.error());
      ReportSection made{section.id(), titled(section.title()), {}, std::move(*words)};
      for (; next < shown->size(); ++next) {
        if (evaluator_.tables()[(*shown)[next].table].section != &section) break;
        auto table = fill((*shown)[next], next, out);
        if (!table) return std::unexpected(table.error());
        made.tables.push_back(std::move(*table));
      }
      if (!made.tables.empty() || !made.text.empty()) {
        out.report.sections.push_back(std::move(made));
      }
    }
    add_formulas(out.report);
    return {};
  }

 private:
  std::string titled(const std::string& text) const {
    return evaluator_.titled(text, request_.period);
  }

  // Its words, with the cells that they name.
  Result<std::string> text_of(const pb::Section& section) {
    std::string out = titled(section.tekst());
    for (const std::string& path : cells_in_text(section.tekst())) {
      const CellKey key = evaluator_.find(path);
      const auto worked = evaluator_.cell(key);
      if (!worked) return std::unexpected(worked.error());
      const LaidTable& laid = evaluator_.tables()[std::get<0>(key)];
      const ReportCell cell = in_unit(*worked, *laid.rows[std::get<1>(key)].source,
                                      *laid.columns[std::get<2>(key)].source);
      const std::string mark = "{=" + path + "}";
      out.replace(out.find(mark), mark.size(), dutch_words(cell));
    }
    return out;
  }

  template <typename Source>
  Result<std::string> title_of(const Line<Source>& line) const {
    if (line.source->title().empty()) return line.words;
    // A month lies in the period of its line already.
    const auto period = period_at(line.period ? pb::ZELFDE : line.source->periode(),
                                  line.period.value_or(request_.period));
    if (!period) return std::unexpected(period.error());
    return evaluator_.titled(line.source->title(), *period, line.words);
  }

  void number_cells(const std::vector<ShownTable>& shown) {
    for (std::uint32_t t = 0; t < shown.size(); ++t) {
      for (std::uint32_t r = 0; r < shown[t].rows.size(); ++r) {
        for (std::uint32_t c = 0; c < shown[t].columns.size(); ++c) {
          places_[{shown[t].table, shown[t].rows[r], shown[t].columns[c]}] = {t, r, c};
        }
      }
    }
  }

  Result<ReportTable> fill(const ShownTable& shown, std::uint32_t number, WorkedOut& out) {
    const LaidTable& laid = evaluator_.tables()[shown.table];
    ReportTable table{
        laid.table->id(),          titled(laid.table->title()), laid.table->heading(), {}, {},
        titled(laid.table->note())};
    for (const std::size_t c : shown.columns) {
      const ColumnLine& column = laid.columns[c];
      auto title = title_of(column);
      if (!title) return std::unexpected(title.error());
      const bool total = !column.source->totaal_van().empty();
      table.columns.push_back(
          {column.id, std::move(*title), total ? LineStyle::kTotal : LineStyle::kPlain});
    }
    for (const std::size_t r : shown.rows) {
      const RowLine& row = laid.rows[r];
      auto title = title_of(row);
      if (!title) return std::unexpected(title.error());
      ReportRow line{row.id,
                     std::move(*title),
                     {},
                     style_of(*row.source),
                     toelichtingen_of(laid.table->id() + "/" + row.id)};
      for (const std::size_t c : shown.columns) {
        const auto worked = evaluator_.cell({shown.table, r, c});
        if (!worked) return std::unexpected(worked.error());
        const auto at = std::tuple(number, static_cast<std::uint32_t>(table.rows.size()),
                                   static_cast<std::uint32_t>(line.cells.size()));
        if (worked->derivation) derivations_.emplace_back(at, *worked->derivation);
        out.sources.emplace(at, worked->sources);
        line.cells.push_back(in_unit(*worked, *row.source, *laid.columns[c].source));
      }
      table.rows.push_back(std::move(line));
    }
    if (shown.nothing_deviates) {
      ReportRow none{"geen", "Geen afwijkingen boven de drempel", {}, LineStyle::kHeading};
      none.cells.resize(table.columns.size());
      table.rows.push_back(std::move(none));
    } else {
      add_chart(shown, table);
    }
    return table;
  }

  std::vector<Toelichting> toelichtingen_of(const std::string& rij) const {
    const RapportKey key{definition_.name(), request_.period, waar_};
    const RijToelichting* found = organisatie_.find_toelichting(key, rij);
    if (found == nullptr) return {};
    return {{found->tekst, found->aanleiding, found->gevolg, found->verwachting}};
  }

  void add_chart(const ShownTable& shown, ReportTable& table) const {
    const LaidTable& laid = evaluator_.tables()[shown.table];
    if (!laid.table->has_grafiek()) return;
    const pb::Grafiek& grafiek = laid.table->grafiek();
    Chart chart;
    chart.kind = kind_of(grafiek.soort());
    chart.title = grafiek.title().empty() ? table.title : titled(grafiek.title());
    for (std::uint32_t i = 0; i < shown.rows.size(); ++i) {
      const pb::Row& row = *laid.rows[shown.rows[i]].source;
      const bool drawn = grafiek.row().empty() ? style_of(row) == LineStyle::kPlain
                                               : names(grafiek.row(), row.id());
      if (drawn) chart.rows.push_back(i);
    }
    for (std::uint32_t i = 0; i < shown.columns.size(); ++i) {
      const std::string& id = laid.columns[shown.columns[i]].source->id();
      if (grafiek.column().empty() || names(grafiek.column(), id)) chart.columns.push_back(i);
    }
    if (!chart.rows.empty() && !chart.columns.empty()) table.chart = std::move(chart);
  }

  // A formula is given where it leads to the number: rounded or filtered cells may not.
  void add_formulas(Report& report) const {
    std::vector<ReportTable*> tables;
    for (ReportSection& section : report.sections) {
      for (ReportTable& table : section.tables) tables.push_back(&table);
    }
    const auto at = [&](const CellPlace& place) -> ReportCell& {
      return tables[place.table]->rows[place.row].cells[place.column];
    };
    for (const auto& [where, derivation] : derivations_) {
      const auto& [t, r, c] = where;
      ReportCell& cell = at({t, r, c});
      CellFormula formula{derivation.kind, {}};
      std::vector<Value> parts;
      for (const CellKey& key : derivation.of) {
        const auto place = places_.find(key);
        if (place == places_.end()) break;
        formula.of.push_back(place->second);
        parts.push_back(value_of(at(place->second)));
      }
      if (cell.state != CellState::kNumber || parts.size() != derivation.of.size()) continue;
      const Value value = come_to(formula.kind, parts);
      if (value.state == CellState::kNumber && value.number == cell.number) {
        cell.formula = std::move(formula);
      }
    }
  }

  const pb::ReportDefinition& definition_;
  const ReportRequest& request_;
  const Organisatie& organisatie_;
  std::string waar_;
  Evaluator& evaluator_;
  std::map<CellKey, CellPlace> places_;
  std::vector<std::pair<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>, Derivation>>
      derivations_;
};

}  // namespace

Status assemble(const pb::ReportDefinition& definition, const ReportRequest& request,
                const Organisatie& organisatie, Evaluator& evaluator, WorkedOut& out) {
  return Assembler(definition, request, organisatie, evaluator).run(out);
}

}  // namespace trede
