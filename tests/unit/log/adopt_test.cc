// A log loaded from the events of another one is the same log.
#include "tests/unit/log/log_fixture.h"

namespace trede::test {
namespace {

using namespace std::chrono_literals;

class AdoptTest : public LogTest {
 protected:
  AdoptTest() {
    const std::filesystem::path other = dir_ / "other";
    value_of(DataFolder::create(other, clock_, random_));
    other_ = value_of(DataFolder::open(other, OpenMode::kWrite, clock_, random_));
    append_each(other_->log(), dossier(1), 1, 2);
    value_of(append(other_->log(), {to(dossier(1), 2, {3, 4}), to(kOrganisatie, 0, {5})}));
    {
      const auto import = value_of(other_->log().begin_import({ImportId{event_id(9).uuid}, false}));
      append_each(*import, dossier(2), 6, 2);
      value_of(import->commit());
    }
    exported_ = stored_events(other_->log());
  }

  static void value_of(const Status& status) {
    if (!status) throw std::runtime_error(status.error().message);
  }
  template <typename T>
  static T value_of(Result<T> result) {
    return test::value_of(std::move(result));
  }

  // Adopts the first `count` events.
  std::unique_ptr<StagedImport> adopt(std::size_t count) {
    auto import = value_of(log().begin_import({}));
    for (std::size_t i = 0; i < count; ++i) value_of(import->adopt(exported_[i]));
    return import;
  }

  // The event at `position` of the export, changed.
  std::string changed(std::size_t position, const std::function<void(pb::Event&)>& change) {
    pb::Event event = value_of(decode_any(exported_[position - 1]));
    change(event);
    return event.SerializeAsString();
  }

  std::unique_ptr<DataFolder> other_;
  std::vector<std::string> exported_;
};

TEST_F(AdoptTest, ALogLoadedFromAnExportHasTheSameBytesAndTreeHead) {
  auto import = adopt(exported_.size());
  ASSERT_TRUE(import->commit());
  import.reset();
  EXPECT_EQ(stored_events(log()), exported_);
  EXPECT_EQ(log().head()->root, other_->log().head()->root);
  // And it goes on as a log does.
  append_each(log(), dossier(1), 100);
  EXPECT_EQ(log().last_position(), Position{8});
}

TEST_F(AdoptTest, AnExportIsLoadedInParts) {
  for (const auto& [from, to] : {std::pair(0, 2), std::pair(2, 5), std::pair(5, 7)}) {
    auto import = value_of(log().begin_import({}));
    for (int i = from; i < to; ++i) {
      ASSERT_TRUE(import->adopt(exported_[static_cast<std::size_t>(i)]));
    }
    ASSERT_TRUE(import->commit());
  }
  EXPECT_EQ(log().head()->root, other_->log().head()->root);
}

TEST_F(AdoptTest, WhatDoesNotContinueTheLogIsRefused) {
  const auto import = adopt(2);
  const Moment second = moment_of(value_of(decode_any(exported_[1])));
  struct Case {
    std::string stored;
    std::string what;
  };
  const std::vector<Case> cases = {
      {exported_[3], "does not follow positie 2"},
      {exported_[1], "does not follow positie 2"},
      {"\x01\x02not an event", "stored event"},
      {changed(
           3,
           [&](pb::Event& event) { event.set_vastgelegd_op(second.time_since_epoch().count()); }),
       "is not after"},
      {changed(3,
               [&](pb::Event& event) {
                 event.set_vastgelegd_op((clock_.now() + 6min).time_since_epoch().count());
               }),
       "in the future"},
      {changed(3, [](pb::Event& event) { event.set_versie(4); }), "versie 4 does not follow 2"},
      {changed(3, [](pb::Event& event) { event.set_versie(2); }), "versie 2 does not follow 2"},
      {changed(3, [](pb::Event& event) { set_id(event, event_id(1)); }), "is in the log already"},
      {changed(3, [](pb::Event& event) { event.set_atomair_index(1); }), "atomic append"},
      // Well formed, but not as a log writes it: the import id behind the content.
      {exported_[2] + std::string("\x32\x10") + std::string(16, 'i'), "out of its place"},
      // And a number that is longer than it need be.
      {std::string("\x08\x83\x00", 3) + exported_[2].substr(2), "not in the form"},
  };
  for (const Case& one : cases) {
    EXPECT_TRUE(failed_with(import->adopt(one.stored), ErrorCode::kInvalid, one.what));
  }
  EXPECT_TRUE(import->adopt(exported_[2]));
}

TEST_F(AdoptTest, AnAtomicAppendThatIsNotWholeIsNotCommitted) {
  const auto import = adopt(4);
  EXPECT_TRUE(failed_with(import->commit(), ErrorCode::kInvalid, "2 of its 3 events"));
  EXPECT_TRUE(failed_with(import->adopt(exported_[5]), ErrorCode::kInvalid));
  EXPECT_TRUE(import->adopt(exported_[4]));
  EXPECT_TRUE(import->commit());
  EXPECT_EQ(log().last_position(), Position{5});
}

}  // namespace
}  // namespace trede::test
