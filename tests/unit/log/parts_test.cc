// The parts that the log is made of, each by itself.

#include <fstream>

#include "engine/log/beside_writer.h"
#include "engine/log/envelope.h"
#include "engine/log/files.h"
#include "engine/log/format_file.h"
#include "engine/log/id_filter.h"
#include "engine/log/layout.h"
#include "engine/log/pending.h"
#include "engine/log/stream_heads.h"
#include "tests/unit/log/log_fixture.h"

namespace trede::test {
namespace {

namespace fs = std::filesystem;

Envelope some_envelope() {
  Envelope envelope;
  envelope.positie = Position{300};
  envelope.vastgelegd_op = Moment{std::chrono::microseconds{1'735'776'000'000'001}};
  envelope.versie = StreamVersion{2};
  return envelope;
}

std::vector<Envelope> envelopes() {
  Envelope grouped = some_envelope();
  grouped.atomair_index = 2;
  grouped.atomair_aantal = 3;
  Envelope first_of_group = grouped;
  first_of_group.atomair_index = 0;
  Envelope imported = grouped;
  imported.import = ImportId{event_id(5).uuid};
  Envelope adopted = imported;
  adopted.overgenomen_op = Moment{std::chrono::microseconds{1'800'000'000'000'000}};
  Envelope large = some_envelope();
  large.positie = Position{~std::uint64_t{0}};
  large.vastgelegd_op = Moment{std::chrono::microseconds{-1}};
  return {some_envelope(), grouped, first_of_group, imported, adopted, large};
}

TEST(EnvelopeBytes, AreThoseOfTheMessage) {
  const std::string content = some_event(dossier(1), 1).content;
  for (const Envelope& envelope : envelopes()) {
    std::string bytes;
    append_envelope(bytes, envelope);
    EXPECT_EQ(bytes + content, encode_stored(envelope, content));
  }
}

TEST(EnvelopeBytes, ThatBeginAnAppendBeforeTheLogAreCorrupt) {
  Envelope envelope = some_envelope();
  envelope.atomair_aantal = 9;
  for (const auto& [positie, index] : {std::pair(1U, 1U), std::pair(2U, 7U)}) {
    envelope.positie = Position{positie};
    envelope.atomair_index = index;
    std::string bytes;
    append_envelope(bytes, envelope);
    EXPECT_TRUE(failed_with(decode_envelope(bytes + some_event(dossier(1), 1).content),
                            ErrorCode::kCorrupt));
  }
}

TEST(EnvelopeBytes, AreReadBack) {
  for (const Envelope& envelope : envelopes()) {
    std::string stored;
    append_envelope(stored, envelope);
    const Envelope read = value_of(decode_envelope(stored + some_event(dossier(1), 1).content));
    EXPECT_EQ(read.positie, envelope.positie);
    EXPECT_EQ(read.vastgelegd_op, envelope.vastgelegd_op);
    EXPECT_EQ(read.versie, envelope.versie);
    EXPECT_EQ(read.atomair_index, envelope.atomair_index);
    EXPECT_EQ(read.atomair_aantal, envelope.atomair_aantal);
    EXPECT_EQ(read.import, envelope.import);
    EXPECT_EQ(read.overgenomen_op, envelope.overgenomen_op);
  }
}

TEST(EnvelopeBytes, ThatAreNotWholeAreRefused) {
  std::string stored;
  append_envelope(stored, envelopes()[4]);
  for (std::size_t size = 0; size <= stored.size(); ++size) {
    EXPECT_TRUE(failed_with(decode_envelope(stored.substr(0, size)), ErrorCode::kCorrupt));
  }
  const std::string content = some_event(dossier(1), 1).content;
  for (const std::string& wrong :
       {std::string("\x0A\x01x", 3) + stored,  // positie as bytes
        std::string("\x32\x03xyz", 5), std::string("\x0D", 1), content}) {
    EXPECT_TRUE(failed_with(decode_envelope(wrong + content), ErrorCode::kCorrupt));
  }
  Envelope outside = some_envelope();
  outside.atomair_aantal = 2;
  outside.atomair_index = 2;
  stored.clear();
  append_envelope(stored, outside);
  EXPECT_TRUE(failed_with(decode_envelope(stored + content), ErrorCode::kCorrupt));
}

TEST(EnvelopeBytes, ThePrefixOfTheContentIsKnownFromStreamAndId) {
  for (const StreamId& stream : {dossier(1), werkgever(2), kOrganisatie}) {
    const NewEvent event = some_event(stream, 3);
    EXPECT_TRUE(event.content.starts_with(content_prefix(stream, event.id)));
    EXPECT_FALSE(event.content.starts_with(content_prefix(dossier(9), event.id)));
    EXPECT_FALSE(event.content.starts_with(content_prefix(stream, event_id(9))));
  }
}

TEST(Layout, TheOrderOfTheKeysIsThatOfTheNumbers) {
  EXPECT_LT(PositionKey(Position{255}).view(), PositionKey(Position{256}).view());
  EXPECT_LT(PositionKey(Position{0x7FFFFFFF}).view(), PositionKey(Position{0x80000000}).view());
  EXPECT_LT(StreamKey(dossier(1), StreamVersion{2}).view(),
            StreamKey(dossier(1), StreamVersion{256}).view());
  EXPECT_LT(StreamKey(dossier(1), StreamVersion{~0ULL}).view(),
            StreamKey(dossier(2), StreamVersion{1}).view());
  EXPECT_LT(TreeKey(0, 1000).view(), TreeKey(1, 0).view());
}

TEST(Layout, APositionIsEightBytes) {
  EXPECT_EQ(value_of(decode_position(PositionKey(Position{77}).view())), Position{77});
  EXPECT_TRUE(failed_with(decode_position("seven.."), ErrorCode::kCorrupt));
  EXPECT_TRUE(failed_with(decode_position("nine....."), ErrorCode::kCorrupt));
}

TEST(PendingEvents, AreFoundByPositionIdAndStream) {
  PendingEvents pending;
  pending.clear(Position{10});
  EXPECT_TRUE(pending.empty());
  pending.add(dossier(1), StreamVersion{4}, event_id(1), "one");
  pending.add(dossier(2), StreamVersion{1}, event_id(2), "");
  pending.add(dossier(1), StreamVersion{5}, event_id(3), "three");
  EXPECT_EQ(pending.first(), Position{10});
  EXPECT_EQ(pending.bytes(), 8U);
  EXPECT_EQ(pending.find(event_id(3)), Position{12});
  EXPECT_EQ(pending.find(event_id(4)), std::nullopt);
  EXPECT_EQ(pending.load(Position{10}), "one");
  EXPECT_EQ(pending.load(Position{11}), "");
  EXPECT_EQ(pending.load(Position{12}), "three");
  EXPECT_EQ(pending.version_of(dossier(1)), StreamVersion{5});
  EXPECT_EQ(pending.version_of(dossier(3)), std::nullopt);
  const std::vector<Position> all = {Position{10}, Position{12}};
  EXPECT_EQ(pending.positions_of(dossier(1), StreamVersion{1}), all);
  EXPECT_EQ(pending.positions_of(dossier(1), StreamVersion{5}), std::vector{Position{12}});
  EXPECT_TRUE(pending.positions_of(dossier(1), StreamVersion{6}).empty());
  EXPECT_TRUE(pending.positions_of(dossier(3), StreamVersion{1}).empty());
  pending.clear(Position{20});
  EXPECT_TRUE(pending.empty());
  EXPECT_EQ(pending.find(event_id(1)), std::nullopt);
}

TEST(IdFilter, HoldsEveryIdThatWasAddedAndFewOthers) {
  constexpr std::uint64_t kIds = 400'000;  // of several filters, the last one half full
  IdFilter filter;
  EXPECT_FALSE(filter.may_hold(event_id(1)));
  for (std::uint64_t i = 0; i < kIds; ++i) filter.add(event_id(i));
  std::uint64_t wrongly = 0;
  for (std::uint64_t i = 0; i < kIds; ++i) {
    ASSERT_TRUE(filter.may_hold(event_id(i))) << i;
    wrongly += filter.may_hold(event_id(kIds + i)) ? 1 : 0;
  }
  EXPECT_LT(wrongly, kIds / 40);
}

TEST(StreamHeads, KeepWhatWasUsedLately) {
  StreamHeads heads;
  heads.set(dossier(0), StreamVersion{7});
  for (std::uint64_t i = 1; i < 200'000; ++i) {
    heads.set(dossier(i), StreamVersion{i});
    if (i % 1000 == 0) {
      ASSERT_EQ(heads.find(dossier(0)), StreamVersion{7}) << i;
    }
  }
  EXPECT_EQ(heads.find(dossier(199'999)), StreamVersion{199'999});
  EXPECT_EQ(heads.find(dossier(1)), std::nullopt);  // long not used
  heads.set(dossier(0), StreamVersion{8});
  EXPECT_EQ(heads.find(dossier(0)), StreamVersion{8});
}

TEST(Files, AreWrittenOnceAndReadWhole) {
  const TempDir dir;
  const std::string bytes(50'000, 'b');
  ASSERT_TRUE(write_new_file(dir / "file", bytes));
  EXPECT_EQ(value_of(read_file(dir / "file")), bytes);
  EXPECT_TRUE(failed_with(write_new_file(dir / "file", "other"), ErrorCode::kIo, "file"));
  EXPECT_EQ(value_of(read_file(dir / "file")), bytes);
  EXPECT_TRUE(failed_with(read_file(dir / "none"), ErrorCode::kNotFound, "none"));
  EXPECT_TRUE(failed_with(read_file(dir.path()), ErrorCode::kIo));
  EXPECT_TRUE(sync_path(dir / "file"));
  EXPECT_TRUE(sync_path(dir.path()));
  EXPECT_TRUE(failed_with(sync_path(dir / "none"), ErrorCode::kNotFound));
  EXPECT_TRUE(failed_with(sync_path("/proc/self/status"), ErrorCode::kIo));
  EXPECT_TRUE(failed_with(write_new_file(dir / "no" / "folder", ""), ErrorCode::kIo));
}

TEST(ReadBesideWriter, TriesAgainOnlyWhileSomethingChanges) {
  const TempDir dir;
  int tries = 0;
  const Error gone{ErrorCode::kCorrupt, "gone"};
  EXPECT_TRUE(failed_with(read_beside_writer(dir.path(),
                                             [&]() -> Status {
                                               ++tries;
                                               return gone;
                                             }),
                          ErrorCode::kCorrupt, "gone"));
  EXPECT_EQ(tries, 1);
  tries = 0;
  EXPECT_TRUE(read_beside_writer(dir.path(), [&]() -> Status {
    if (++tries == 4) return {};
    std::ofstream(dir / std::to_string(tries)) << "new";
    return gone;
  }));
  EXPECT_EQ(tries, 4);
}

TEST(FormatFile, SaysWhichLogAFolderHolds) {
  const TempDir dir;
  const Uuid identity = event_id(4).uuid;
  std::ofstream(dir / "FORMAT") << format_text(identity);
  EXPECT_EQ(value_of(load_format(dir.path())), identity);
  EXPECT_EQ(format_text(identity),
            "trede data folder\nformat 1\nidentity a0000000-0000-0000-0000-000000000004\n");
}

}  // namespace
}  // namespace trede::test
