#include "tests/property/reports/frozen_history.h"

#include <algorithm>
#include <stdexcept>

#include "projections/reports/desk.h"
#include "projections/reports/tijdvak.h"
#include "tests/support/events.h"

namespace trede::test {

namespace {

constexpr std::uint64_t kFirstId = 900'000;
constexpr int kAppendsBetween = 12;  // two moments at which reports are laid down, about

RandomHistoryOptions options_of(std::uint64_t seed) {
  return {
      .seed = seed, .step = std::chrono::days{4}, .late = 25, .correcties = 12, .organisatie = 9};
}

}  // namespace

std::vector<pb::ReportDefinition> all_shipped() {
  std::vector<pb::ReportDefinition> out;
  for (const ShippedDefinition& shipped : shipped_definitions()) {
    auto loaded = DefinitionLibrary().load(shipped.name);
    if (!loaded) throw std::runtime_error(loaded.error().message);
    out.push_back(std::move(*loaded));
  }
  return out;
}

std::vector<Filter> random_choice(Dice& dice, const pb::ReportDefinition& definition) {
  std::vector<Filter> out;
  for (const std::string& dimension : definition.kies()) {
    if (dimension != "gemeente") throw std::runtime_error("no codes for " + dimension);
    out.push_back({dimension, {dice.one_of(kGemeenten)}});
  }
  return out;
}

bool is_over(const pb::ReportDefinition& definition, const Period& period) {
  if (definition.maanden().empty()) return true;
  return std::ranges::find(definition.maanden(), months_from_january(period)) !=
         definition.maanden().end();
}

FrozenHistory::FrozenHistory(std::uint64_t seed, std::size_t events)
    : dice_(seed),
      clock_(Moment{Day{std::chrono::year{2021} / 1 / 4}}),
      writer_(store_, clock_, options_of(seed)) {
  found_periods();
  while (store_.last_position().value < events) {
    const int appends = dice_.between(1, 2 * kAppendsBetween);
    for (int i = 0; i < appends; ++i) {
      writer_.append();
      known_.push_back(store_.last_position());
    }
    freeze_some();
  }
}

void FrozenHistory::found_periods() {
  for (const int year : {2020, 2021, 2022}) {
    const std::string text = std::to_string(year);
    for (const char* quarter : {"-Q1", "-Q2", "-Q3", "-Q4"}) {
      periods_.push_back(*parse_tijdvak(text + quarter));
    }
    for (const char* last : {"-02-28", "-05-31", "-08-31", "-12-31"}) {
      periods_.push_back({day(text + "-01-01"), day(text + last)});
    }
  }
  periods_[4].tm = day("2020-02-29");
}

const LaidDownReport& FrozenHistory::longest_ending(const Report& report) const {
  const LaidDownReport* longest = nullptr;
  for (const LaidDownReport& one : laid_down_) {
    if (one.report.name != report.name || one.report.waar != report.waar) continue;
    if (one.report.period.tm != report.period.tm) continue;
    if (longest == nullptr || one.report.period.van < longest->report.period.van) longest = &one;
  }
  return *longest;
}

Organisatie FrozenHistory::organisatie(Position known) {
  auto found = organisatie_.at(known);
  if (!found) throw std::runtime_error(found.error().message);
  return *std::move(found);
}

Position FrozenHistory::random_known() { return dice_.one_of(known_); }

Generation& FrozenHistory::cube() {
  if (cube_ == nullptr || cube_->position() < store_.last_position()) {
    cube_ = std::make_unique<Generation>();
    const Status filled = cube_->fill(store_, {store_.last_position(), {}, {}}, {});
    if (!filled) throw std::runtime_error(filled.error().message);
  }
  return *cube_;
}

Result<WorkedOut> FrozenHistory::work_out(const pb::ReportDefinition& definition,
                                          const ReportRequest& request) {
  const auto organisatie = organisatie_.at(request.known);
  if (!organisatie) return std::unexpected(organisatie.error());
  const FrozenReports frozen(store_, organisatie->verantwoording());
  const PublishedReports published(frozen);
  const Answerer answerer = [this](const Query& query) -> Result<Answer> {
    if (const Status good = check_query(query); !good) return std::unexpected(good.error());
    return answer_of(cube(), query);
  };
  auto out = trede::work_out(definition, request,
                             {*organisatie, answerer, published,
                              [this](Position known) { return organisatie_.at(known); }});
  if (out) out->report.boomkop = std::string(64, '7');
  return out;
}

// A few of those that are not laid down yet, sometimes all of one kind.
void FrozenHistory::freeze_some() {
  const Day today = civil_day(clock_.now());
  const Position known = store_.last_position();
  for (const pb::ReportDefinition& definition : all_shipped()) {
    for (const Period& period : periods_) {
      if (period.tm >= today || !is_over(definition, period) || !dice_.percent(8)) continue;
      freeze(definition, {period, known, random_choice(dice_, definition)});
    }
  }
}

void FrozenHistory::freeze(const pb::ReportDefinition& definition, const ReportRequest& request) {
  auto worked = work_out(definition, request);
  if (!worked) throw std::runtime_error(definition.name() + ": " + worked.error().message);
  pb::Event event = test::event(kOrganisatie, event_id(kFirstId + ++last_id_),
                                format_day(civil_day(clock_.now())), "periode_afgesloten", {});
  *event.mutable_body() = vaststelling_of(*worked);
  const auto outcome = recorder_.record({&event, 1});
  if (!outcome) throw std::runtime_error(outcome.error().message);
  if (std::holds_alternative<Refusal>(*outcome)) return;  // it is laid down already
  known_.push_back(store_.last_position());
  laid_down_.push_back({std::move(worked->report), store_.last_position()});
}

}  // namespace trede::test
