#include <algorithm>
#include <limits>

#include "engine/base/check.h"
#include "projections/facts/fact_writer.h"

namespace trede {

namespace {

constexpr std::size_t kTredeAt = 3;  // in the cells of trajecten
constexpr int kForever = std::numeric_limits<int>::max();

Code reden_code(std::string_view text) {
  const auto code = find_code(Dim::kStroomReden, text);
  TREDE_CHECK(code.has_value(), "a reden that is not in the schema");
  return *code;
}

// The reden with which `event` ends a thing of `stand`: its own where it is that thing's own end
// and has one, else its kind.
Code end_reden(Table stand, const ActingEvent& event) {
  const pb::Body& body = *event.body;
  if (body.has_niet_gestart() &&
      (stand == Table::kAanmeldingenOpen || stand == Table::kWachtOpStart)) {
    return reden_code(code_of(body.niet_gestart().reden()));
  }
  if (body.has_uitstroom() && stand == Table::kTrajecten) {
    return reden_code(code_of(body.uitstroom().reden()));
  }
  if (body.has_plaatsing_einde() && stand == Table::kPlaatsingen) {
    if (!body.plaatsing_einde().has_reden()) return kOnbekend;
    return reden_code(code_of(body.plaatsing_einde().reden()));
  }
  if (body.has_dienstverband_einde() && stand == Table::kDienstverbanden) {
    return reden_code(code_of(body.dienstverband_einde().reden()));
  }
  return reden_code(kind_of(event.soort()).code);
}

Code change_reden(Table stand, const Cell& before, const Cell& after) {
  if (stand != Table::kTrajecten || before[kTredeAt] == after[kTredeAt]) {
    return reden_code("wijziging");
  }
  if (before[kTredeAt] == pb::TREDE_NADER_TE_BEPALEN) return reden_code("indeling");
  if (after[kTredeAt] == pb::TREDE_NADER_TE_BEPALEN) return reden_code("terug");
  return reden_code(before[kTredeAt] < after[kTredeAt] ? "doorstroom" : "terug");
}

Weights negated(Weights weights) {
  for (auto& weight : weights) weight = -weight;
  return weights;
}

Code dienstverband_code(const State& state) {
  if (state.dienstverband == nullptr) return kOnbekend;
  return static_cast<Code>(state.dienstverband->body->dienstverband_start().dienstverband());
}

}  // namespace

Cell FactWriter::dossier_cell(const State& state) {
  const Code regeling = state.aanmelding == nullptr
                            ? kOnbekend
                            : static_cast<Code>(state.aanmelding->body->aanmelding().regeling());
  return {gemeente_of(state), regeling, static_cast<Code>(state.doelgroepen.to_ulong())};
}

Cell FactWriter::dienst_cell(const State& state) {
  return {gemeente_of(state), dienstverband_code(state), interner_.intern(state.afdeling)};
}

Cell FactWriter::verzuim_cell(const State& state) {
  return {dienstverband_code(state), interner_.intern(state.afdeling)};
}

template <typename HeldOf>
void FactWriter::write_thing(Table stand, const Step& step, const ActingEvent* State::*thing,
                             const HeldOf& held_of) {
  const ActingEvent* before = step.before.*thing;
  const ActingEvent* after = step.after.*thing;
  if (before == nullptr && after == nullptr) return;
  Change change{stand, std::nullopt, std::nullopt, step.event};
  if (before != nullptr) change.before = held_of(step.before, *before);
  if (after != nullptr) change.after = held_of(step.after, *after);
  write(change);
}

template <typename HeldOf>
void FactWriter::write_things(Table stand, const Step& step, Things State::*things,
                              const HeldOf& held_of) {
  const Things& before = step.before.*things;
  const Things& after = step.after.*things;
  for (const ActingEvent* thing : before) {
    Change change{stand, held_of(step.before, *thing), std::nullopt, step.event};
    if (std::ranges::find(after, thing) != after.end()) change.after = held_of(step.after, *thing);
    write(change);
  }
  for (const ActingEvent* thing : after) {
    if (std::ranges::find(before, thing) != before.end()) continue;
    write({stand, std::nullopt, held_of(step.after, *thing), step.event});
  }
}

void FactWriter::write_stands(const Step& step) {
  event_ = &step.event;
  write_re_integratie(step);
  write_trajecten(step);
  write_voorzieningen(step);
  write_plaatsingen(step);
  write_dienstverband(step);
  write_verzuim(step);
}

void FactWriter::write_re_integratie(const Step& step) {
  const auto in_dossier = [this](const State& state, const ActingEvent& opened) {
    return held(opened, dossier_cell(state));
  };
  const auto in_gemeente = [this](const State& state, const ActingEvent& opened) {
    return held(opened, {gemeente_of(state)});
  };
  write_thing(Table::kAanmeldingenOpen, step, &State::aangemeld, in_dossier);
  write_thing(Table::kWachtOpStart, step, &State::wacht_op_start, in_dossier);
  write_thing(Table::kDiagnose, step, &State::diagnose, in_gemeente);
  write_thing(Table::kOponthoud, step, &State::oponthoud, in_gemeente);
}

void FactWriter::write_trajecten(const Step& step) {
  write_thing(Table::kTrajecten, step, &State::traject,
              [this](const State& state, const ActingEvent& opened) {
                Held out = held(opened, dossier_cell(state));
                out.cell[kTredeAt] = static_cast<Code>(state.trede);
                out.cell[kTredeAt + 1] = interner_.intern(state.werkcoach);
                out.weights[1] = day_number(opened.geldig_op);
                return out;
              });
}

void FactWriter::write_voorzieningen(const Step& step) {
  write_things(Table::kVoorzieningen, step, &State::voorzieningen,
               [this](const State& state, const ActingEvent& opened) {
                 const auto& start = opened.body->voorziening_start();
                 return held(opened, {gemeente_of(state), static_cast<Code>(start.voorziening()),
                                      interner_.intern(start.naam())});
               });
}

void FactWriter::write_plaatsingen(const Step& step) {
  write_things(Table::kPlaatsingen, step, &State::plaatsingen,
               [this](const State& state, const ActingEvent& opened) {
                 const auto& start = opened.body->plaatsing();
                 return held(opened, {gemeente_of(state), static_cast<Code>(start.plaatsing()),
                                      static_cast<Code>(start.regeling()),
                                      static_cast<Code>(start.leeftijdsgroep()),
                                      static_cast<Code>(start.vorm())});
               });
}

void FactWriter::write_dienstverband(const Step& step) {
  write_thing(Table::kDienstverbanden, step, &State::dienstverband,
              [this](const State& state, const ActingEvent& opened) {
                Held out = held(opened, dienst_cell(state));
                out.weights[1] = state.deeltijdfactor;
                return out;
              });
}

void FactWriter::write_verzuim(const Step& step) {
  write_thing(Table::kVerzuimgevallen, step, &State::verzuim,
              [this](const State& state, const ActingEvent& opened) {
                Held out = held(opened, verzuim_cell(state));
                out.weights[1] =
                    std::int64_t{state.deeltijdfactor} * std::int64_t{state.verzuimpercentage};
                return out;
              });
}

void FactWriter::write(const Change& change) {
  const auto& [stand, before, after, event] = change;
  if (before && after) {
    // One step never closes a thing and opens another in the same table.
    TREDE_CHECK(before->opened == after->opened, "a thing that took the place of another");
    if (before->cell == after->cell && before->weights == after->weights) return;
  }
  thing_ = (before ? before->opened : after->opened)->order;
  const int today = day_number(event.geldig_op);
  if (before) emit(stand, today, before->cell, negated(before->weights));
  if (after) emit(stand, today, after->cell, after->weights);
  if (before && after && before->cell == after->cell) return;
  write_stroom(change);
  if (stand == Table::kAanmeldingenOpen) write_termijn(change);
  if (stand == Table::kVerzuimgevallen) write_duur(change);
}

void FactWriter::write_stroom(const Change& change) {
  const auto& [stand, before, after, event] = change;
  const TableInfo& info = info_of(stroom_of(stand));
  const std::size_t size = info.dims.size();
  Cell cell{};
  Code& holds = cell[info.cell_size() - 1];
  if (before) {
    std::copy_n(before->cell.begin(), size, cell.begin());
    holds |= StroomCell::kBefore;
  }
  if (after) {
    std::copy_n(after->cell.begin(), size, cell.begin() + static_cast<std::ptrdiff_t>(size));
    holds |= StroomCell::kAfter;
  }
  Code& reden = cell[2 * size];
  if (before && after) {
    reden = change_reden(stand, before->cell, after->cell);
  } else {
    reden = before ? end_reden(stand, event) : reden_code("start");
  }
  if (stand == Table::kVoorzieningen && !after && event.body->has_voorziening_einde()) {
    cell[2 * size + 1] = static_cast<Code>(event.body->voorziening_einde().resultaat());
  }
  emit(stroom_of(stand), day_number(event.geldig_op), cell, {1});
}

void FactWriter::write_termijn(const Change& change) {
  constexpr Span kLate{kIntakeTermijn + 1, kForever};
  if (change.before) write_between(Table::kAanmeldingenOverTermijn, *change.before, kLate, -1);
  if (change.after) write_between(Table::kAanmeldingenOverTermijn, *change.after, kLate, 1);
}

void FactWriter::write_duur(const Change& change) {
  for (const DuurKlasse& klasse : duur_klassen()) {
    const Span span{klasse.first, klasse.end};
    const auto in_klasse = [&klasse](Held held) {
      held.cell[2] = klasse.code;
      held.weights = {1};
      return held;
    };
    if (change.before) write_between(Table::kVerzuimPerDuur, in_klasse(*change.before), span, -1);
    if (change.after) write_between(Table::kVerzuimPerDuur, in_klasse(*change.after), span, 1);
  }
}

void FactWriter::write_between(Table table, const Held& held, Span span, int sign) {
  const int today = day_number(event_->geldig_op);
  const int opened = day_number(held.opened->geldig_op);
  const int from = std::max(today, opened + span.first);
  const Weights weights = sign > 0 ? held.weights : negated(held.weights);
  if (span.end == kForever) {
    emit(table, from, held.cell, weights);
    return;
  }
  const int until = std::max(today, opened + span.end);
  if (from == until) return;
  emit(table, from, held.cell, weights);
  emit(table, until, held.cell, negated(weights));
}

void FactWriter::emit(Table table, int day, const Cell& cell, const Weights& weights) {
  sink_({table, day, cell, weights, event_->source, thing_});
}

}  // namespace trede
