#include "engine/log/verify.h"
#include "tests/unit/log/log_fixture.h"

namespace trede::test {
namespace {

class EventLogTest : public LogTest {};

TEST_F(EventLogTest, AnAppendedEventIsReadBack) {
  const StreamAppend one = to(dossier(1), 0, {7});
  const auto appended = log().append({&one, 1});
  ASSERT_TRUE(appended) << appended.error().message;
  EXPECT_EQ(appended->first, Position{1});
  const auto loaded = log().load(Position{1});
  ASSERT_TRUE(loaded);
  const auto event = decode_event(loaded->bytes);
  ASSERT_TRUE(event) << event.error().message;
  EXPECT_EQ(id_of(*event), event_id(7));
  EXPECT_EQ(stream_of(*event), dossier(1));
}

TEST_F(EventLogTest, WhatWasAppendedIsThereAfterReopening) {
  append(dossier(1), 1, 600);
  const auto head = log().head();
  reopen();
  EXPECT_EQ(log().head()->root, head->root);
  reopen(OpenMode::kRead);
  EXPECT_EQ(log().head()->root, head->root);
  EXPECT_EQ(log().last_position(), Position{600});
  const auto findings = verify_log(*folder_);
  ASSERT_TRUE(findings) << findings.error().message;
  EXPECT_EQ(*findings, std::vector<std::string>());
}

TEST_F(EventLogTest, AReaderSeesWhatALiveWriterAppended) {
  append(dossier(1), 1, 3);
  const auto reader = open(OpenMode::kRead);
  ASSERT_TRUE(reader) << reader.error().message;
  EXPECT_EQ((*reader)->log().last_position(), Position{3});
  EXPECT_EQ((*reader)->log().head()->root, log().head()->root);
}

}  // namespace
}  // namespace trede::test
