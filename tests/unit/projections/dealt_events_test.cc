// The events of a rebuild on their way from the log to their streams.
#include "projections/facts/dealt_events.h"

#include <gtest/gtest.h>

#include "projections/facts/counted_bodies.h"
#include "projections/facts/project_all.h"
#include "projections/facts/projector.h"
#include "tests/support/events.h"
#include "tests/support/fakes.h"
#include "tests/support/memory_store.h"

namespace trede::test {
namespace {

pb::Event contact(const StreamId& stream, std::uint64_t number) {
  return event(stream, event_id(number), "2021-01-04", "contactmoment", {{"contact", "gesprek"}});
}

void deal(DealtEvents& range, const pb::Event& event, std::uint64_t position) {
  const std::string stored = recorded(event, position).SerializeAsString();
  const auto parts = take_apart(stored);
  ASSERT_TRUE(parts);
  range.add(0, *parts);
}

// `4: 1 3`, a line for each stream of share 0: the first byte of its id, then positions.
std::string text_of(std::span<const DealtEvents> ranges) {
  StreamsOfShare streams;
  streams.take_up(ranges, 0);
  std::string out;
  for (std::size_t i = 0; i < streams.size(); ++i) {
    out += "\n" + std::to_string(streams.events(i).front()->stream.bytes.back()) + ":";
    for (const DealtEvent* one : streams.events(i)) out += " " + std::to_string(one->position);
  }
  return out;
}

TEST(DealtEvents, OfAStreamComeTogetherInOrderOverAllRanges) {
  std::vector<DealtEvents> ranges(3);
  for (DealtEvents& range : ranges) range = DealtEvents(1);
  deal(ranges[0], contact(dossier(4), 1), 1);
  deal(ranges[0], contact(dossier(5), 2), 2);
  deal(ranges[0], contact(dossier(4), 3), 3);
  deal(ranges[2], contact(dossier(6), 4), 8);
  deal(ranges[2], contact(dossier(4), 5), 9);
  EXPECT_EQ(text_of(ranges), "\n4: 1 3 9\n5: 2\n6: 8");
}

TEST(DealtEvents, OfManyStreamsAndMoreThanAChunkAreAllThere) {
  constexpr std::uint64_t kStreams = 300;
  std::vector<DealtEvents> ranges(1);
  ranges[0] = DealtEvents(1);
  for (std::uint64_t i = 0; i < 5 * kStreams; ++i) {
    deal(ranges[0], contact(dossier(1 + i % kStreams), i + 1), i + 1);
  }
  StreamsOfShare streams;
  streams.take_up(ranges, 0);
  ASSERT_EQ(streams.size(), kStreams);
  for (std::size_t i = 0; i < kStreams; ++i) {
    ASSERT_EQ(streams.events(i).size(), 5U);
    for (std::size_t of = 0; of < 5; ++of) {
      EXPECT_EQ(streams.events(i)[of]->position, i + 1 + of * kStreams);
    }
  }
}

class CountedBodiesTest : public ::testing::Test {
 protected:
  // `event`, with the errors of its body and day told as decode_event tells them.
  std::string decode(const pb::Event& event) {
    const std::string body = event.body().SerializeAsString();
    decoded_ = {};
    decoded_.position = Position{7};
    decoded_.geldig_op = day_of(event);
    const Status status = bodies_.decode(body, bodies_.fetch(body), decoded_, arena_);
    return status ? "" : status.error().message;
  }

  google::protobuf::Arena arena_;
  CountedBodies bodies_;
  RecordedEvent decoded_;
};

TEST_F(CountedBodiesTest, ThatAreTheSameAreDecodedOnce) {
  EXPECT_EQ(decode(contact(dossier(1), 1)), "");
  const pb::Body* first = decoded_.body;
  EXPECT_EQ(first->contactmoment().contact(), pb::CONTACT_GESPREK);
  EXPECT_EQ(decode(contact(dossier(2), 2)), "");
  EXPECT_EQ(decoded_.body, first);
}

TEST_F(CountedBodiesTest, ThatAreNotGoodAreRefusedEachTime) {
  pb::Event unknown = contact(dossier(1), 1);
  unknown.mutable_body()->mutable_contactmoment()->set_contact(static_cast<pb::Contact>(99));
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(decode(unknown),
              "event at positie 7, contactmoment: contact has the unknown code 99; upgrade trede");
  }
}

TEST_F(CountedBodiesTest, ThatAreKnownAreRefusedOnADayThatCannotBe) {
  pb::Event good = contact(dossier(1), 1);
  EXPECT_EQ(decode(good), "");
  good.set_geldig_op(day_number(kFirstDay) - 1);
  EXPECT_EQ(decode(good), "stored event: geldig_op out of range");
  good.clear_geldig_op();
  EXPECT_EQ(decode(good), "stored event: no geldig_op");
}

TEST_F(CountedBodiesTest, ThatAreMoreThanThereIsRoomForAreDecodedStill) {
  for (const bool make_room : {false, true}) {
    for (int i = 0; i < 40'000; ++i) {
      if (make_room) bodies_.make_room();
      pb::Event many = contact(dossier(1), 1);
      many.mutable_body()->mutable_contactmoment()->set_volgende_actie_op(i);
      ASSERT_EQ(decode(many), "");
      ASSERT_EQ(decoded_.body->contactmoment().volgende_actie_op(), i);
    }
  }
}

// A later version may put a field behind the body; such an event is dealt out as it was stored.
TEST(ProjectAll, CountsAnEventThatIsStoredInAnotherForm) {
  FakeClock clock;
  MemoryStore log(clock);
  const pb::Event boeking = event(kOrganisatie, event_id(1), "2021-01-04", "boeking",
                                  {{"programma", "P"},
                                   {"soort_bedrag", "baten"},
                                   {"bedrag_eurocent", "5"},
                                   {"periode", "2021-01"}});
  const std::string unknown_field{"\xA2\x06\x01x", 4};  // number 100, one byte
  const StreamAppend append{
      kOrganisatie, StreamVersion{0}, {{event_id(1), encode_content(boeking) + unknown_field}}};
  ASSERT_TRUE(log.append({&append, 1}));
  ASSERT_FALSE(take_apart(log.load(Position{1})->bytes));
  Dictionary dictionary;
  std::int64_t cents = 0;
  const DeltaSink sinks[] = {[&](const Delta& delta) { cents += delta.change.weights[0]; }};
  ASSERT_TRUE(project_all(log, Position{1}, dictionary, sinks));
  EXPECT_EQ(cents, 5);
}

}  // namespace
}  // namespace trede::test
