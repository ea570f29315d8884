#include "projections/facts/deltas.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <tuple>

#include "engine/dossier/history.h"
#include "projections/facts/project_all.h"
#include "projections/facts/projector.h"
#include "projections/facts/stream_facts.h"
#include "tests/support/events.h"
#include "tests/unit/dossier/story.h"
#include "tests/unit/projections/fact_text.h"

namespace trede::test {
namespace {

// The deltas of each act of a story after the first `skip`, of tables that start with `tables`.
class Deltas {
 public:
  explicit Deltas(std::string_view story) {
    const auto outcome = story_.tell(story);
    EXPECT_TRUE(std::holds_alternative<Recorded>(outcome));
  }

  std::string of_last(std::string_view tables = "") {
    std::string out;
    Projector projector(story_.store(), dictionary_);
    project(projector, [&](const Delta& delta) {
      if (delta.change.position != story_.store().last_position()) return;
      if (!info_of(delta.table).name.starts_with(tables)) return;
      out += "\n" + fact_text(delta.table, delta.change.day, delta.cell, delta.change.weights,
                              dictionary_);
    });
    return out;
  }
  // `1 2 2`: the positions of all deltas, counted from the first event of the story.
  std::string positions(std::string_view tables) {
    std::string out;
    const std::uint64_t first = story_.store().last_position().value - story_.last().size();
    Projector projector(story_.store(), dictionary_);
    project(projector, [&](const Delta& delta) {
      if (delta.change.position.value <= first) return;
      if (!info_of(delta.table).name.starts_with(tables)) return;
      out += (out.empty() ? "" : " ") + std::to_string(delta.change.position.value - first);
    });
    return out;
  }
  void project(Projector& projector, const DeltaSink& sink) {
    std::vector<EventPtr> append;
    const Status scanned = story_.store().scan(
        Position{1}, story_.store().last_position(), [&](Position at, std::string_view stored) {
          append.push_back(*decode_shared(stored));
          if (append_last(*append.back()) != at) return Status{};
          return projector.project(std::exchange(append, {}), sink);
        });
    EXPECT_TRUE(scanned);
  }
  Story& story() { return story_; }
  Dictionary& dictionary() { return dictionary_; }

 private:
  Story story_;
  Dictionary dictionary_;
};

TEST(Deltas, OfAnEventThatComesLastAreItsFacts) {
  EXPECT_EQ(Deltas("01-04 aanmelding; 01-11 intake").of_last("aanmeldingen"), R"(
2021-01-11 aanmeldingen_open Alkmaar participatiewet geen: -1
2021-01-11 aanmeldingen_open_stroom (Alkmaar participatiewet geen) -> - intake
2021-02-02 aanmeldingen_over_termijn Alkmaar participatiewet geen: -1)");
}

TEST(Deltas, OfALateEventAreOnlyWhatItChanges) {
  // The intake was on 11 January; a gemeente that changed on 8 January is recorded afterwards.
  EXPECT_EQ(Deltas("01-04 aanmelding; 01-11 intake; 01-08 gemeente_gewijzigd").of_last(), R"(
2021-01-08 aanmeldingen_open Alkmaar participatiewet geen: -1
2021-01-08 aanmeldingen_open Bergen participatiewet geen: 1
2021-01-11 aanmeldingen_open Alkmaar participatiewet geen: 1
2021-01-11 aanmeldingen_open Bergen participatiewet geen: -1
2021-01-11 wacht_op_start Alkmaar participatiewet geen: -1
2021-01-11 wacht_op_start Bergen participatiewet geen: 1
2021-01-08 aanmeldingen_open_stroom (Alkmaar participatiewet geen)
    -> (Bergen participatiewet geen) wijziging
2021-01-11 aanmeldingen_open_stroom (Alkmaar participatiewet geen) -> - intake
2021-01-11 aanmeldingen_open_stroom (Bergen participatiewet geen) -> - intake
2021-01-11 wacht_op_start_stroom - -> (Alkmaar participatiewet geen) start
2021-01-11 wacht_op_start_stroom - -> (Bergen participatiewet geen) start
2021-01-11 intakes Alkmaar participatiewet geen onbekend positief onbekend onbekend: -1 -1 -7
2021-01-11 intakes Bergen participatiewet geen onbekend positief onbekend onbekend: 1 1 7)");
}

TEST(Deltas, OfACorrectieTakeBackWhatItReplaces) {
  EXPECT_EQ(Deltas(std::string(kTraject) + "; 01-20 correctie:traject_start vervangt=#3 trede=5")
                .of_last("trajecten"),
            R"(
2021-01-18 trajecten Alkmaar participatiewet geen 3 onbekend: -1 -18645
2021-01-20 trajecten Alkmaar participatiewet geen 5 onbekend: 1 18647
2021-01-18 trajecten_stroom - -> (Alkmaar participatiewet geen 3 onbekend) start
2021-01-20 trajecten_stroom - -> (Alkmaar participatiewet geen 5 onbekend) start)");
}

TEST(Deltas, OfAnIntrekkingTakeBackEverythingAfterIt) {
  EXPECT_EQ(Deltas("01-04 aanmelding; 01-11 intake; - intrekking vervangt=#2").of_last("w"), R"(
2021-01-11 wacht_op_start Alkmaar participatiewet geen: -1
2021-01-11 wacht_op_start_stroom - -> (Alkmaar participatiewet geen) start)");
}

TEST(Deltas, OfAnAppendThatChangesNothingInTheEndAreNone) {
  EXPECT_EQ(Deltas("01-04 aanmelding;"
                   "01-05 contactmoment & - intrekking vervangt=#2")
                .of_last(),
            "");
}

TEST(Deltas, OfPointsTakeBackAndReplace) {
  EXPECT_EQ(Deltas("organisatie 01-04 boeking bedrag_eurocent=5;"
                   "organisatie 01-05 correctie:boeking vervangt=#1 bedrag_eurocent=7")
                .of_last(),
            R"(
2021-01-01 boekingen baten p onbekend onbekend jaar: 2 0)");
  EXPECT_EQ(Deltas("werkgever/1 01-04 vacature_vervuld aantal=5;"
                   "werkgever/1 - intrekking vervangt=#1")
                .of_last(),
            R"(
2021-01-04 vacatures participatiewet onbekend: -5)");
}

TEST(Deltas, CarryThePositionOfTheLastEventOfTheirStreamInTheAppend) {
  Deltas deltas("dossier/1 01-04 aanmelding & dossier/1 01-11 intake & dossier/2 01-04 aanmelding");
  EXPECT_EQ(deltas.positions("aanmeldingen_open_stroom"), "2 2 3");
}

// A dossier to which events are added on any day, most of them near the last one, some corrected or
// withdrawn; some can act, others are passed over.
class LateDossier {
 public:
  explicit LateDossier(unsigned seed) : random_(seed) {
    take(event(dossier(1), event_id(1), text(0), "aanmelding",
               {{"gemeente", "Alkmaar"}, {"regeling", "participatiewet"}}));
    take(event(dossier(1), event_id(2), text(1), "intake", {{"uitkomst", "positief"}}));
    take(event(dossier(1), event_id(3), text(2), "traject_start", {{"trede", "3"}}));
  }

  void add_any() {
    const int chance = any(100);
    if (moves_.empty() || chance % 10 > 1) {
      const int day = last_day_ + (chance < 60 ? any(3) : -any(chance < 90 ? 4 : last_day_));
      last_day_ = std::max(last_day_, day);
      moves_.push_back({count_ + 1, static_cast<std::size_t>(any(std::size(kMoves)))});
      const auto& [soort, name, value] = kMoves[moves_.back().which];
      return take(event(dossier(1), event_id(count_ + 1), text(day), soort, {{name, value}}));
    }
    // Of the last few, or of all.
    const int back = any(std::min<std::size_t>(moves_.size(), chance < 50 ? 3 : 1000));
    const auto [number, which] = moves_[moves_.size() - 1 - static_cast<std::size_t>(back)];
    if (chance % 10 == 0) {
      return take(intrekking(dossier(1), event_id(count_ + 1), event_id(number)));
    }
    const auto& [soort, name, value] = kMoves[which];
    take(correctie(dossier(1), event_id(count_ + 1), event_id(number), text(any(last_day_)), soort,
                   {{name, value}}));
  }

  // Weights by table, day and cell.
  using Sums = std::map<std::tuple<Table, int, Cell>, Weights>;
  const Sums& deltas() const { return deltas_; }
  Sums facts() {
    Sums sums;
    dossier_facts(history_.acting(), Day::min(), interner_, [&](const Fact& fact) {
      count(sums, fact.table, fact.day, fact.cell, fact.weights);
    });
    return sums;
  }

 private:
  struct Move {
    std::string_view soort;
    std::string_view name;
    std::string_view value;
  };
  static constexpr Move kMoves[] = {
      {"contactmoment", "contact", "gesprek"},     {"trede_doorstroom", "naar", "4"},
      {"trede_doorstroom", "naar", "5"},           {"werkcoach_toegewezen", "werkcoach", "a"},
      {"werkcoach_toegewezen", "werkcoach", "b"},  {"oponthoud_start", "reden", "medisch"},
      {"voorziening_start", "voorziening", "map"}, {"voorziening_einde", "resultaat", "afgerond"},
      {"gemeente_gewijzigd", "gemeente", "B"},     {"gemeente_gewijzigd", "gemeente", "C"}};
  // An event that add_any added.
  struct Moved {
    std::uint64_t number;
    std::size_t which;
  };

  int any(auto end) {
    return static_cast<int>(random_() % std::max(1U, static_cast<unsigned>(end)));
  }
  static std::string text(int day) {
    return format_day(trede::test::day("2021-01-04") + std::chrono::days{day});
  }
  static void count(Sums& sums, Table table, int day, const Cell& cell, const Weights& weights) {
    Weights& sum = sums[{table, day, cell}];
    for (std::size_t i = 0; i < kMaxWeights; ++i) sum[i] += weights[i];
    if (sum == Weights{}) sums.erase({table, day, cell});
  }

  void take(pb::Event event) {
    ++count_;
    history_.add(std::make_shared<const pb::Event>(recorded(std::move(event), count_, count_)));
    const RecordedEvent append[] = {recorded_of(*history_.events().back())};
    facts_.add(append, interner_, [&](const Delta& delta) {
      count(deltas_, delta.table, delta.change.day, delta.cell, delta.change.weights);
    });
  }

  std::mt19937 random_;
  std::vector<Moved> moves_;
  std::uint64_t count_ = 0;
  int last_day_ = 0;
  History history_;
  Dictionary dictionary_;
  Interner interner_{dictionary_};
  StreamFacts facts_;
  Sums deltas_;
};

TEST(Deltas, AddUpToTheFactsOfAllHoweverLateEventsCome) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    LateDossier dossier(seed);
    for (int i = 0; i < 60; ++i) {
      dossier.add_any();
      ASSERT_EQ(dossier.deltas(), dossier.facts()) << "seed " << seed << ", event " << i + 4;
    }
  }
}

TEST(ProjectAll, GivesTheSameDeltasAsOneAppendAfterTheOther) {
  Deltas deltas(
      "dossier/1 01-04 aanmelding; dossier/2 01-04 aanmelding;"
      "dossier/1 01-11 intake & dossier/2 01-12 intake; werkgever/1 01-04 vacature_vervuld;"
      "01-08 gemeente_gewijzigd; organisatie 01-04 boeking;"
      "organisatie 01-04 correctie:boeking vervangt=#7 bedrag_eurocent=9");
  const auto sorted = [&deltas](const auto& produce) {
    std::vector<std::string> out;
    produce([&](const Delta& delta) {
      out.push_back(std::to_string(delta.change.position.value) + " " +
                    fact_text(delta.table, delta.change.day, delta.cell, delta.change.weights,
                              deltas.dictionary()));
    });
    std::ranges::sort(out);
    return out;
  };
  const auto one_by_one = sorted([&](const DeltaSink& sink) {
    Projector projector(deltas.story().store(), deltas.dictionary());
    deltas.project(projector, sink);
  });
  std::uint64_t done = 0;
  const auto all = sorted([&](const DeltaSink& sink) {
    const DeltaSink sinks[] = {sink};
    const Status status = project_all(
        deltas.story().store(), deltas.story().store().last_position(), deltas.dictionary(), sinks,
        {.progress = [&done](std::uint64_t events, std::uint64_t) { done = events; }});
    EXPECT_TRUE(status);
  });
  EXPECT_EQ(all, one_by_one);
  EXPECT_EQ(done, deltas.story().store().last_position().value);
}

}  // namespace
}  // namespace trede::test
