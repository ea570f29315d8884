// What came into a store past the rules is found again.
#include "engine/dossier/soundness.h"

#include <gtest/gtest.h>

#include "tests/support/events.h"
#include "tests/support/fakes.h"
#include "tests/support/memory_store.h"
#include "tests/support/random_history.h"

namespace trede::test {
namespace {

class Soundness : public testing::Test {
 protected:
  // Appends without asking the rules.
  void append(const pb::Event& event) {
    const StreamId stream = stream_of(event);
    const StreamAppend append{
        stream, *store_.version_of(stream), {{id_of(event), encode_content(event)}}};
    ASSERT_TRUE(store_.append({&append, 1}));
  }
  std::string unsound(Position from = Position{1}) {
    const auto found = find_unsound(store_, from, store_.last_position());
    if (!found) return "error: " + found.error().message;
    std::string out;
    for (const Unsound& one : *found) {
      out +=
          std::to_string(one.position.value) + (one.newer ? " newer" : "") + " " + one.what + "\n";
    }
    return out;
  }

  FakeClock clock_;
  MemoryStore store_{clock_};
};

TEST_F(Soundness, WhatTheRulesLetInIsSound) {
  RandomWriter writer(store_, clock_, {.seed = 5});
  writer.append_until(600);
  EXPECT_EQ(unsound(), "");
}

TEST_F(Soundness, AnEventThatCannotActIsNamedWithItsRule) {
  append(event(dossier(1), event_id(1), "2021-01-04", "aanmelding",
               {{"gemeente", "A"}, {"regeling", "ww"}}));
  append(event(dossier(1), event_id(2), "2021-01-05", "intake", {{"uitkomst", "negatief"}}));
  append(event(dossier(1), event_id(3), "2021-01-06", "traject_start", {{"trede", "3"}}));
  append(event(dossier(2), event_id(4), "2021-01-06", "aanmelding",
               {{"gemeente", "A"}, {"regeling", "ww"}}));
  const std::string found = unsound();
  EXPECT_TRUE(found.starts_with("3 niet_wachtend: Traject start op 06-01-2021 kan niet: "))
      << found;
  EXPECT_EQ(unsound(Position{4}), "");
  EXPECT_NE(unsound(Position{2}), "") << "a stream is folded from its first event";
}

TEST_F(Soundness, AGemeenteThatEntersTwiceIsNamed) {
  for (const std::uint64_t id : {1, 2}) {
    append(event(kOrganisatie, event_id(id), "2021-01-04", "gemeente_toegetreden",
                 {{"gemeente", "A"}}));
  }
  EXPECT_TRUE(unsound().starts_with("2 al_toegetreden: Gemeente toegetreden op 04-01-2021"))
      << unsound();
}

TEST_F(Soundness, ACorrectieOfNothingIsNamed) {
  append(event(dossier(1), event_id(1), "2021-01-04", "aanmelding",
               {{"gemeente", "A"}, {"regeling", "ww"}}));
  append(intrekking(dossier(1), event_id(2), event_id(9)));
  EXPECT_TRUE(unsound().starts_with("2 vervangt_onbekend: ")) << unsound();
}

TEST_F(Soundness, AKindOfANewerVersionIsToldApart) {
  pb::Event newer = event(dossier(1), event_id(1), "2021-01-04", "intake_gestart");
  newer.clear_body();
  // Field 999 of the body, which no kind of this version has.
  const std::string body = std::string("\xBA\x3E\x00", 3);
  const StreamAppend append{
      dossier(1),
      StreamVersion{0},
      {{event_id(1), encode_content(newer) + "\x82\x01" + static_cast<char>(body.size()) + body}}};
  ASSERT_TRUE(store_.append({&append, 1}));
  EXPECT_TRUE(unsound().starts_with("1 newer ")) << unsound();
}

}  // namespace
}  // namespace trede::test
