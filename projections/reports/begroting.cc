#include "projections/reports/begroting.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <set>
#include <tuple>

#include "engine/base/check.h"
#include "projections/reports/tijdvak.h"

namespace trede {

namespace {

namespace chr = std::chrono;

constexpr const char* kOnbekend = "onbekend";

std::string incidenteel_of(const Begroting& line) {
  return line.incidenteel ? code_of(*line.incidenteel) : kOnbekend;
}

bool meets(const Begroting& line, const Filter& filter) {
  const auto is_one = [&](const std::string& code) {
    return std::ranges::find(filter.codes, code) != filter.codes.end();
  };
  if (filter.dimension == "programma") return is_one(line.programma);
  if (filter.dimension == "kostenregel") {
    return is_one(line.kostenregel.empty() ? kOnbekend : line.kostenregel);
  }
  if (filter.dimension == "incidenteel") return is_one(incidenteel_of(line));
  return false;
}

bool is_meant(const Begroting& line, const BudgetLines& lines) {
  return line.soort_bedrag == lines.soort_bedrag &&
         std::ranges::all_of(lines.waar, [&](const Filter& f) { return meets(line, f); });
}

bool is_changed(const Begroting& line) { return line.versie == pb::BEGROTING_VERSIE_GEWIJZIGD; }

// What a changed budget takes the place of, in a month.
auto line_key(const Begroting& line, const std::string& month) {
  return std::tuple(line.programma, line.kostenregel, line.incidenteel == pb::JA_NEE_JA, month);
}

// The parts of the months of its own periode in a line, one weight each.
std::vector<std::uint64_t> weights_of(const Begroting& line, std::size_t months) {
  if (line.seizoen) return {line.seizoen->begin(), line.seizoen->end()};
  return std::vector<std::uint64_t>(months, 1);
}

// A month of a line with what falls in it.
struct MonthPart {
  PeriodPart month;
  Int128 eurocent;
};

std::vector<MonthPart> parts_of(const Begroting& line, const Period& own) {
  const auto months = months_of(own);
  const auto weights = weights_of(line, months.size());
  const std::uint64_t all = std::accumulate(weights.begin(), weights.end(), std::uint64_t{0});
  std::vector<MonthPart> out;
  Int128 left = line.bedrag_eurocent;
  for (std::size_t i = 0; i < months.size(); ++i) {
    const bool last = i + 1 == months.size();
    const Int128 share =
        last ? left : Int128{line.bedrag_eurocent} * Int128{weights[i]} / Int128{all};
    left -= share;
    out.push_back({months[i], share});
  }
  return out;
}

bool touches(const Period& a, const Period& b) { return a.van <= b.tm && a.tm >= b.van; }

Period years_of(const Period& period) {
  const auto first = chr::year_month_day(period.van).year();
  const auto last = chr::year_month_day(period.tm).year();
  return {Day{first / 1 / 1}, Day{last / 12 / 31}};
}

Period period_of(const Begroting& line) {
  const auto period = parse_periode(line.periode);
  TREDE_CHECK(period.has_value(), "a stored budget over no periode");
  return *period;
}

}  // namespace

std::optional<Budget> budget_of(const Organisatie& organisatie, const BudgetLines& lines,
                                const Period& period, pb::BegrotingStand versie) {
  std::set<decltype(line_key(Begroting{}, {}))> changed;
  std::vector<const Begroting*> meant;
  bool any = false;
  for (const Begroting& line : organisatie.begrotingen()) {
    if (line.soort != Soort::kBegrotingVastgesteld) continue;
    if (!touches(period_of(line), years_of(period))) continue;
    any = true;
    if (!is_meant(line, lines)) continue;
    meant.push_back(&line);
    if (!is_changed(line)) continue;
    for (const PeriodPart& month : months_of(period_of(line))) {
      changed.insert(line_key(line, month.id));
    }
  }
  if (!any) return std::nullopt;
  Int128 sum = 0;
  Budget out;
  for (const Begroting* line : meant) {
    if (versie == pb::PRIMAIR && is_changed(*line)) continue;
    bool counts = false;
    for (const auto& [month, eurocent] : parts_of(*line, period_of(*line))) {
      if (!touches(month.period, period)) continue;
      const bool replaced = versie != pb::PRIMAIR && !is_changed(*line) &&
                            changed.contains(line_key(*line, month.id));
      if (replaced) continue;
      sum += eurocent;
      counts = true;
    }
    if (counts) out.sources.push_back(line->source);
  }
  out.bedrag_eurocent = Rational(sum);
  return out;
}

std::optional<Budget> forecast_of(const Organisatie& organisatie, const BudgetLines& lines,
                                  chr::year year) {
  const Period whole{Day{year / 1 / 1}, Day{year / 12 / 31}};
  bool any = false;
  Int128 sum = 0;
  Budget out;
  for (const Begroting& line : organisatie.begrotingen()) {
    if (line.soort != Soort::kPrognoseVastgesteld) continue;
    if (!touches(period_of(line), whole)) continue;
    any = true;
    if (!is_meant(line, lines)) continue;
    sum += Int128{line.bedrag_eurocent};
    out.sources.push_back(line.source);
  }
  if (!any) return std::nullopt;
  out.bedrag_eurocent = Rational(sum);
  return out;
}

std::vector<std::string> budgeted(const Organisatie& organisatie, const std::string& dimension,
                                  const Period& period) {
  std::set<std::string> out;
  for (const Begroting& line : organisatie.begrotingen()) {
    if (!touches(period_of(line), years_of(period))) continue;
    if (dimension == "programma") out.insert(line.programma);
    if (dimension == "kostenregel") {
      out.insert(line.kostenregel.empty() ? kOnbekend : line.kostenregel);
    }
  }
  return {out.begin(), out.end()};
}

std::optional<pb::SoortBedrag> soort_bedrag_of(const std::string& measure) {
  const int number =
      number_of_code(*google::protobuf::GetEnumDescriptor<pb::SoortBedrag>(), measure);
  if (number == 0) return std::nullopt;
  return static_cast<pb::SoortBedrag>(number);
}

}  // namespace trede
