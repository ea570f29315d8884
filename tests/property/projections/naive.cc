#include "tests/property/projections/naive.h"

#include <algorithm>
#include <functional>
#include <set>
#include <stdexcept>

#include "tests/property/projections/naive_things.h"

namespace trede::test {

namespace {

using Row = std::vector<std::string>;

// A ratio's two numbers, or a number and nothing.
struct Numbers {
  Int128 first = 0;
  Int128 second = 0;
};

struct Dossier {
  History history;
  std::vector<NaiveStep> steps;

  const State& at_end_of(Day day) const {
    static const State kNothing;
    const State* state = &kNothing;
    for (const NaiveStep& step : steps) {
      if (step.event->geldig_op <= day) state = &step.after;
    }
    return *state;
  }
};

// The rows that something with these traits belongs to under a query; `reden` and `resultaat` do
// not count for that, so they stay open here.
std::set<Row> rows_of_traits(const Query& query, const Traits& traits) {
  std::set<Row> rows{Row{}};
  const auto extend = [&rows](const std::set<std::string>& codes) {
    std::set<Row> longer;
    for (const Row& row : rows) {
      for (const std::string& code : codes) {
        Row next = row;
        next.push_back(code);
        longer.insert(next);
      }
    }
    rows = longer;
  };
  const auto codes_of_dimension = [&traits](const std::string& name) -> std::set<std::string> {
    if (name == "doelgroep") return traits.doelgroepen;
    const auto found = traits.codes.find(name);
    return {found == traits.codes.end() ? std::string() : found->second};
  };
  std::map<std::string, std::set<std::string>> left;  // of filtered dimensions: what passes
  for (const Filter& filter : query.waar) {
    const auto has = codes_of_dimension(filter.dimension);
    if (has.contains("")) continue;  // of the moment, looked at elsewhere
    auto& passed = left[filter.dimension];
    for (const std::string& code : filter.codes) {
      if (has.contains(code)) passed.insert(code);
    }
    if (passed.empty()) return {};
  }
  for (const std::string& name : query.per) {
    extend(left.contains(name) ? left[name] : codes_of_dimension(name));
  }
  return rows;
}

// Fills in what belongs to the moment; false when a filter on it does not pass.
bool add_moment(const Query& query, const std::map<std::string, std::string>& moment, Row& row) {
  for (const Filter& filter : query.waar) {
    const auto found = moment.find(filter.dimension);
    if (found == moment.end()) continue;
    if (std::ranges::find(filter.codes, found->second) == filter.codes.end()) return false;
  }
  for (std::size_t i = 0; i < query.per.size(); ++i) {
    const auto found = moment.find(query.per[i]);
    if (found != moment.end()) row[i] = found->second;
  }
  return true;
}

std::string stand_of_flow(const std::string& measure) {
  for (const std::string ending : {"_bij", "_af"}) {
    if (measure.ends_with(ending)) return measure.substr(0, measure.size() - ending.size());
  }
  return {};
}

std::string klasse_of(int day_of_case) {
  if (day_of_case <= 7) return "1_7";
  if (day_of_case <= 42) return "8_42";
  return day_of_case <= 365 ? "43_365" : "366_plus";
}

int days_between(const ActingEvent* from, Day to) {
  return static_cast<int>((to - from->geldig_op).count());
}

}  // namespace

struct NaiveLog::Impl {
  std::vector<Dossier> dossiers;
  std::vector<History> others;  // werkgevers and the organisation

  using Sums = std::map<Row, Numbers>;
  struct Question {
    const Query& query;
    Sums sums;
    int first_decimals = 0;
    int second_decimals = 0;
    bool ratio = false;

    void add(const Traits& traits, Int128 first, Int128 second = 0) {
      for (const Row& row : rows_of_traits(query, traits)) {
        sums[row].first += first;
        sums[row].second += second;
      }
    }
    Day op() const { return std::get<Day>(query.time); }
    const Period& period() const { return std::get<Period>(query.time); }
    bool is(const char* measure) const { return query.measure == measure; }
    bool in_period(Day day) const { return period().van <= day && day <= period().tm; }
  };

  void stand(Question& question, const State& state) const;
  void flow(Question& question, const NaiveStep& step) const;
  void days(Question& question, const Dossier& dossier) const;
  void point(Question& question, const NaiveStep& step) const;
  void verzuim_point(Question& question, const NaiveStep& step) const;
  void gemeente_point(Question& question, const NaiveStep& step) const;
  void other(Question& question, const ActingEvent& event) const;
  Sums sums(Question& question) const;
};

// ---- stands on a day

void NaiveLog::Impl::stand(Question& question, const State& state) const {
  const Query& query = question.query;
  const Day op = question.op();
  if (question.is("aanmeldingen_over_termijn")) {
    for (const Thing& thing : things_of("aanmeldingen_open", state)) {
      if (days_between(thing.opened, op) > 28) question.add(thing.traits, 1);
    }
  } else if (question.is("looptijd")) {
    for (const Thing& thing : things_of("trajecten", state)) {
      question.add(thing.traits, days_between(thing.opened, op), 1);
    }
  } else if (question.is("fte")) {
    for (const Thing& thing : things_of("dienstverbanden", state)) {
      question.add(thing.traits, thing.deeltijdfactor);
    }
  } else if (question.is("verzuim_per_duur")) {
    for (Thing& thing : things_of("verzuimgevallen", state)) {
      thing.traits.codes["klasse"] = klasse_of(days_between(thing.opened, op) + 1);
      question.add(thing.traits, 1);
    }
  } else {
    for (const Thing& thing : things_of(query.measure, state)) question.add(thing.traits, 1);
  }
}

// ---- what comes to belong to a row, and ceases to

void NaiveLog::Impl::flow(Question& question, const NaiveStep& step) const {
  const Query& query = question.query;
  const std::string stand = stand_of_flow(query.measure);
  const bool bij = query.measure.ends_with("_bij");
  std::map<const ActingEvent*, std::pair<const Thing*, const Thing*>> things;
  const auto before = things_of(stand, step.before);
  const auto after = things_of(stand, step.after);
  for (const Thing& thing : before) things[thing.opened].first = &thing;
  for (const Thing& thing : after) things[thing.opened].second = &thing;
  for (const auto& [opened, pair] : things) {
    const auto& [was, is] = pair;
    const auto rows_was = was == nullptr ? std::set<Row>{} : rows_of_traits(query, was->traits);
    const auto rows_is = is == nullptr ? std::set<Row>{} : rows_of_traits(query, is->traits);
    std::map<std::string, std::string> moment;
    moment["reden"] = was == nullptr  ? "start"
                      : is == nullptr ? end_reden(stand, step)
                                      : change_reden(*was, *is);
    moment["resultaat"] = "onbekend";
    if (is == nullptr && step.event->body->has_voorziening_einde()) {
      moment["resultaat"] = code_or_onbekend(step.event->body->voorziening_einde().resultaat());
    }
    for (Row row : bij ? rows_is : rows_was) {
      if ((bij ? rows_was : rows_is).contains(row)) continue;
      if (add_moment(query, moment, row)) question.sums[row].first += 1;
    }
  }
}

// ---- days in a period

void NaiveLog::Impl::days(Question& question, const Dossier& dossier) const {
  const bool frequentie = question.is("meldingsfrequentie");
  for (Day day = question.period().van; day <= question.period().tm; day += std::chrono::days{1}) {
    const State& state = dossier.at_end_of(day);
    for (const Thing& thing : things_of("dienstverbanden", state)) {
      question.add(thing.traits, 0, frequentie ? 1 : thing.deeltijdfactor);
    }
    if (frequentie) continue;
    for (const Thing& thing : things_of("verzuimgevallen", state)) {
      question.add(thing.traits, Int128{thing.deeltijdfactor} * thing.percentage);
    }
  }
}

// ---- points

void NaiveLog::Impl::verzuim_point(Question& question, const NaiveStep& step) const {
  const pb::Body& body = *step.event->body;
  if (question.is("meldingsfrequentie") && body.has_ziekmelding()) {
    const Thing thing = things_of("verzuimgevallen", step.after).front();
    question.add(thing.traits, days_in_year(question.period().van));
  }
  if (question.is("gemiddelde_verzuimduur") && body.has_herstelmelding()) {
    const Thing thing = things_of("verzuimgevallen", step.before).front();
    question.add(thing.traits, days_between(thing.opened, step.event->geldig_op), 1);
  }
}

void NaiveLog::Impl::gemeente_point(Question& question, const NaiveStep& step) const {
  const pb::Body& body = *step.event->body;
  Traits traits = dossier_traits(step.after);
  auto& codes = traits.codes;
  if (question.is("abc_metingen") && body.has_abc_meting()) {
    codes["afstand"] = code_of(body.abc_meting().afstand());
    codes["status"] = code_or_onbekend(body.abc_meting().status());
  } else if (question.is("taalniveautoetsen") && body.has_taalniveautoets()) {
    codes["niveau"] = code_of(body.taalniveautoets().niveau());
  } else if (question.is("indicaties") && body.has_indicatie()) {
    codes["indicatie"] = code_of(body.indicatie().indicatie());
    codes["uitkomst"] = code_of(body.indicatie().uitkomst());
  } else if (question.is("contactmomenten") && body.has_contactmoment()) {
    codes["contact"] = code_of(body.contactmoment().contact());
  } else if (question.is("ontheffingen") && body.has_ontheffing_beoordeeld()) {
    codes["uitkomst"] = code_of(body.ontheffing_beoordeeld().uitkomst());
  } else if (question.is("maatregelen") && body.has_maatregel()) {
    codes["besluit"] = code_of(body.maatregel().besluit());
  } else if (question.is("maatregelen_herzien") && body.has_maatregel_herzien()) {
    codes["uitkomst"] = code_of(body.maatregel_herzien().uitkomst());
  } else if (question.is("doorstroom") && body.has_trede_doorstroom()) {
    codes["van"] = code_of(step.before.trede);
    codes["naar"] = code_of(body.trede_doorstroom().naar());
  } else if (question.is("aanmeldingen") && body.has_aanmelding()) {
    codes["bron"] = code_or_onbekend(body.aanmelding().bron());
  } else {
    return;
  }
  question.add(traits, 1);
}

void NaiveLog::Impl::point(Question& question, const NaiveStep& step) const {
  const pb::Body& body = *step.event->body;
  const Day day = step.event->geldig_op;
  const std::string& measure = question.query.measure;
  Traits traits = dossier_traits(step.before);
  auto& codes = traits.codes;
  if (body.has_intake()) {
    const auto& intake = body.intake();
    const int lead = days_between(step.before.aangemeld, day);
    codes["soort_intake"] = code_or_onbekend(intake.soort_intake());
    codes["uitkomst"] = code_of(intake.uitkomst());
    codes["startkwalificatie"] = code_or_onbekend(intake.startkwalificatie());
    codes["fase"] = code_or_onbekend(intake.fase());
    if (measure == "intakes") question.add(traits, 1);
    if (measure == "intakes_binnen_4_weken") question.add(traits, lead <= 28 ? 1 : 0, 1);
    if (measure == "doorlooptijd_intake") question.add(traits, lead, 1);
    if (measure == "niet_gestart" && intake.uitkomst() != pb::INTAKE_UITKOMST_POSITIEF) {
      codes["reden"] =
          intake.uitkomst() == pb::INTAKE_UITKOMST_NEGATIEF ? "negatief_advies" : "teruggemeld";
      question.add(traits, 1);
    }
  } else if (body.has_niet_gestart() && measure == "niet_gestart") {
    codes["reden"] = code_of(body.niet_gestart().reden());
    question.add(traits, 1);
  } else if (body.has_uitstroom() && (measure == "uitstroom" || measure == "trajectduur")) {
    codes["trede"] = code_of(step.before.trede);
    codes["reden"] = code_of(body.uitstroom().reden());
    codes["betaald"] = code_or_onbekend(body.uitstroom().betaald());
    const int duration = days_between(step.before.traject, day);
    question.add(traits, measure == "uitstroom" ? 1 : duration, measure == "uitstroom" ? 0 : 1);
  }
  gemeente_point(question, step);
  verzuim_point(question, step);
}

void NaiveLog::Impl::other(Question& question, const ActingEvent& event) const {
  const pb::Body& body = *event.body;
  const std::string& measure = question.query.measure;
  Traits traits;
  if (measure == "vacatures_vervuld" && body.has_vacature_vervuld()) {
    if (!question.in_period(event.geldig_op)) return;
    const auto& vacature = body.vacature_vervuld();
    traits.codes["regeling"] = code_of(vacature.regeling());
    traits.codes["sroi"] = code_or_onbekend(vacature.sroi());
    question.add(traits, vacature.has_aantal() ? vacature.aantal() : 1);
  } else if (measure == "relaties_nieuw" && body.has_relatie_start()) {
    if (!question.in_period(event.geldig_op)) return;
    question.add(traits, body.relatie_start().has_aantal() ? body.relatie_start().aantal() : 1);
  } else if (body.has_boeking() && code_of(body.boeking().soort_bedrag()) == measure) {
    const auto& boeking = body.boeking();
    const auto periode = parse_periode(boeking.periode());
    if (!periode) throw std::runtime_error(periode.error().message);
    if (!question.in_period(periode->van) || !question.in_period(periode->tm)) return;
    traits.codes["programma"] = or_onbekend(boeking.programma());
    traits.codes["kostenregel"] = or_onbekend(boeking.kostenregel());
    traits.codes["incidenteel"] = code_or_onbekend(boeking.incidenteel());
    question.add(traits, boeking.bedrag_eurocent());
  }
}

// ---- the whole

NaiveLog::Impl::Sums NaiveLog::Impl::sums(Question& question) const {
  const bool on_day = std::holds_alternative<Day>(question.query.time);
  const bool flows = !stand_of_flow(question.query.measure).empty();
  const bool by_day = question.is("verzuimpercentage") || question.is("meldingsfrequentie");
  for (const Dossier& dossier : dossiers) {
    if (on_day) {
      stand(question, dossier.at_end_of(question.op()));
      continue;
    }
    if (by_day) days(question, dossier);
    for (const NaiveStep& step : dossier.steps) {
      if (!question.in_period(step.event->geldig_op)) continue;
      if (flows) {
        flow(question, step);
      } else {
        point(question, step);
      }
    }
  }
  if (!on_day) {
    for (const History& history : others) {
      for (const ActingEvent& event : history.acting()) other(question, event);
    }
  }
  return question.sums;
}

NaiveLog::NaiveLog(const std::vector<EventPtr>& events, Position known)
    : impl_(std::make_unique<Impl>()) {
  std::map<StreamId, History> streams;
  for (const EventPtr& event : events) {
    if (position_of(*event) <= known) streams[stream_of(*event)].add(event);
  }
  for (auto& [stream, history] : streams) {
    if (stream.kind == StreamKind::kDossier) {
      impl_->dossiers.push_back({std::move(history), {}});
    } else {
      impl_->others.push_back(std::move(history));
    }
  }
  for (Dossier& dossier : impl_->dossiers) {
    fold_dossier(dossier.history.acting(), [&dossier](const Step& step) {
      dossier.steps.push_back({&step.event, step.before, step.after});
    });
  }
}

NaiveLog::~NaiveLog() = default;

NaiveRows NaiveLog::answer(const Query& query) const {
  Impl::Question question{.query = query, .sums = {}};
  question.ratio = question.is("intakes_binnen_4_weken") || question.is("doorlooptijd_intake") ||
                   question.is("trajectduur") || question.is("looptijd") ||
                   question.is("verzuimpercentage") || question.is("meldingsfrequentie") ||
                   question.is("gemiddelde_verzuimduur");
  if (question.is("fte")) question.first_decimals = 4;
  if (question.is("verzuimpercentage")) {
    question.first_decimals = 6;
    question.second_decimals = 4;
  }
  auto sums = impl_->sums(question);
  std::erase_if(sums,
                [](const auto& row) { return row.second.first == 0 && row.second.second == 0; });
  if (query.per.empty()) sums.try_emplace(Row{});
  NaiveRows out;
  for (const auto& [row, numbers] : sums) {
    out[row] = Number{numbers.first, question.first_decimals}.text();
    if (question.ratio) out[row] += " / " + Number{numbers.second, question.second_decimals}.text();
  }
  return out;
}

NaiveRows rows_of(const Answer& answer) {
  NaiveRows out;
  for (const AnswerRow& row : answer.rows) {
    const std::string text =
        answer.is_ratio ? row.teller.text() + " / " + row.noemer.text() : row.waarde.text();
    if (!out.emplace(row.codes, text).second) throw std::runtime_error("a row that stands twice");
  }
  return out;
}

}  // namespace trede::test
