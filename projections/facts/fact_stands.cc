#include <algorithm>
#include <limits>

#include "engine/base/check.h"
#include "projections/facts/fact_writer.h"
#include "projections/facts/stroom_reden.h"

namespace trede {

namespace {

constexpr int kForever = std::numeric_limits<int>::max();

Weights negated(Weights weights) {
  for (auto& weight : weights) weight = -weight;
  return weights;
}

// Whether it is the same text in the same place; the same text elsewhere may be said to differ.
bool is_same_place(std::string_view one, std::string_view other) {
  return one.data() == other.data() && one.size() == other.size();
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
  if (before == after && (before == nullptr || same_for_all_)) return;
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
  if (same_for_all_ && before == after) return;
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

bool FactWriter::is_same_for_all(const State& before, const State& after) {
  return before.aanmelding == after.aanmelding && before.dienstverband == after.dienstverband &&
         before.trede == after.trede && before.doelgroepen == after.doelgroepen &&
         before.deeltijdfactor == after.deeltijdfactor &&
         before.verzuimpercentage == after.verzuimpercentage &&
         is_same_place(before.gemeente, after.gemeente) &&
         is_same_place(before.werkcoach, after.werkcoach) &&
         is_same_place(before.afdeling, after.afdeling);
}

void FactWriter::write_stands(const Step& step) {
  event_ = &step.event;
  same_for_all_ = is_same_for_all(step.before, step.after);
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
                out.cell[kTrajectTredeAt] = static_cast<Code>(state.trede);
                out.cell[kTrajectTredeAt + 1] = interner_.intern(state.werkcoach);
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
    reden = before ? end_reden(stand, event) : start_reden();
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
