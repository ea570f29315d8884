#include "engine/dossier/timeline.h"

#include <gtest/gtest.h>

#include <memory>

#include "tests/support/events.h"

namespace trede {
namespace {

using test::Attributes;
using test::day;

// Events of one dossier as a test writes them: the position is the place in the list.
class Story {
 public:
  Story& add(std::string_view dag, std::string_view soort, Attributes attributes = {}) {
    const std::uint64_t number = history_.version().value + 1;
    history_.add(std::make_shared<pb::Event>(test::recorded(
        test::event(test::dossier(1), test::event_id(number), dag, soort, attributes), number)));
    return *this;
  }
  const History& history() const { return history_; }
  // The soorten in the order in which they acted, with the position of each.
  std::string acted() const {
    std::string out;
    fold_dossier(history_.acting(), [&](const Step& step) {
      out += (out.empty() ? "" : " ") + kind_of(step.event.soort()).code + "#" +
             std::to_string(step.event.order.value);
    });
    return out;
  }
  std::optional<Violation> violation() const { return fold_dossier(history_.acting(), {}); }

 private:
  History history_;
};

TEST(Timeline, DienstverbandThatEndsAndBeginsOnOneDayEndsFirst) {
  Story story;
  story
      .add("2021-01-01", "dienstverband_start",
           {{"dienstverband", "ambtelijk"}, {"afdeling", "Groen"}, {"deeltijdfactor", "1"}})
      .add("2021-03-01", "dienstverband_start",
           {{"dienstverband", "payroll"}, {"afdeling", "Groen"}, {"deeltijdfactor", "0.5"}})
      .add("2021-03-01", "dienstverband_einde", {{"reden", "overig"}});
  EXPECT_EQ(story.acted(), "dienstverband_start#1 dienstverband_einde#3 dienstverband_start#2");
  EXPECT_FALSE(story.violation());
  EXPECT_EQ(state_at(story.history().acting(), day("2021-03-01")).deeltijdfactor, 5000U);
}

}  // namespace
}  // namespace trede
