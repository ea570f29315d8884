// Writes the facts of single steps. Of this room only: others call facts.h.
#pragma once

#include <optional>

#include "projections/facts/facts.h"

namespace trede {

// Threads: one.
class FactWriter {
 public:
  // Both must outlive the writer.
  FactWriter(Interner& interner, const FactSink& sink) : interner_(interner), sink_(sink) {}

  // All that one step of a dossier changes.
  void write(const Step& step) {
    if (&step.before != &step.after) write_stands(step);
    write_points(step);
  }
  // What comes, goes and changes in it (fact_stands.cc).
  void write_stands(const Step& step);
  // What happens in it (fact_points.cc).
  void write_points(const Step& step);
  // An event of a werkgever or the organisation.
  void write_point(const ActingEvent& event);

 private:
  // A thing that holds: what opened it, and what it counts for.
  struct Held {
    const ActingEvent* opened;
    Cell cell;
    Weights weights;
  };
  // A change of one thing in one table.
  struct Change {
    Table stand;
    std::optional<Held> before;
    std::optional<Held> after;
    const ActingEvent& event;
  };
  using Things = std::vector<const ActingEvent*>;

  // Whether all that things count by, other than what opened them, is the same.
  static bool is_same_for_all(const State& before, const State& after);
  Code gemeente_of(const State& state) { return interner_.intern(state.gemeente); }
  Cell dossier_cell(const State& state);
  Cell dienst_cell(const State& state);
  Cell verzuim_cell(const State& state);
  Held held(const ActingEvent& opened, Cell cell) { return {&opened, cell, {1}}; }

  void write_re_integratie(const Step& step);
  void write_trajecten(const Step& step);
  void write_voorzieningen(const Step& step);
  void write_plaatsingen(const Step& step);
  void write_dienstverband(const Step& step);
  void write_verzuim(const Step& step);
  // Things told apart by the event that opened them.
  template <typename HeldOf>
  void write_things(Table stand, const Step& step, Things State::*things, const HeldOf& held_of);
  template <typename HeldOf>
  void write_thing(Table stand, const Step& step, const ActingEvent* State::*thing,
                   const HeldOf& held_of);

  void write(const Change& change);
  void write_stroom(const Change& change);
  void write_termijn(const Change& change);
  void write_duur(const Change& change);
  // `held` counts in `table` from `first` up to `end` days after it opened; `sign` takes it back
  // from `today` on when it is -1.
  struct Span {
    int first;
    int end;
  };
  void write_between(Table table, const Held& held, Span span, int sign);

  void write_intake(const Step& step);
  void write_maatregel(const Step& step);
  void write_begeleiding(const Step& step);
  void write_verzuim_points(const Step& step);
  void emit_point(Table table, Cell cell, Weights weights = {1});
  void emit(Table table, int day, const Cell& cell, const Weights& weights);

  Interner& interner_;
  const FactSink& sink_;
  const ActingEvent* event_ = nullptr;  // of the step in hand
  bool same_for_all_ = false;           // in the step in hand
  Position thing_;                      // of the facts in hand
};

}  // namespace trede
