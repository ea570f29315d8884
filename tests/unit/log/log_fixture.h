// A data folder of its own for each test, with a clock the test sets.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "engine/log/data_folder.h"
#include "tests/support/events.h"
#include "tests/support/fakes.h"
#include "tests/support/temp_dir.h"

namespace trede::test {

// Events whose content does not matter: contactmomenten.
inline NewEvent some_event(const StreamId& stream, std::uint64_t number,
                           std::string_view contact = "gesprek") {
  const EventId id = event_id(number);
  return {id,
          encode_content(event(stream, id, "2025-01-02", "contactmoment", {{"contact", contact}}))};
}

inline StreamAppend to(const StreamId& stream, std::uint64_t expected,
                       std::initializer_list<std::uint64_t> numbers) {
  StreamAppend append{stream, StreamVersion{expected}, {}};
  for (const std::uint64_t number : numbers) append.events.push_back(some_event(stream, number));
  return append;
}

class LogTest : public ::testing::Test {
 protected:
  LogTest() {
    const Status made = DataFolder::create(path(), clock_, random_);
    if (!made) throw std::runtime_error(made.error().message);
    reopen();
  }

  std::filesystem::path path() const { return dir_ / "data"; }
  EventLog& log() { return folder_->log(); }
  KeyDirectory& keys() { return folder_->keys(); }

  Result<std::unique_ptr<DataFolder>> open(OpenMode mode) {
    return DataFolder::open(path(), mode, clock_, random_);
  }
  void reopen(OpenMode mode = OpenMode::kWrite) {
    folder_.reset();
    auto opened = open(mode);
    if (!opened) throw std::runtime_error(opened.error().message);
    folder_ = std::move(*opened);
  }

  // Appends `count` events, each of its own, to `stream`. Their ids are `first`, first + 1, ...
  void append(const StreamId& stream, std::uint64_t first, std::uint64_t count = 1) {
    for (std::uint64_t i = 0; i < count; ++i) {
      const auto version = log().version_of(stream);
      ASSERT_TRUE(version);
      const StreamAppend one = to(stream, version->value, {first + i});
      const auto appended = log().append({&one, 1});
      ASSERT_TRUE(appended) << appended.error().message;
    }
  }

  FakeClock clock_;
  SeededRandom random_;
  TempDir dir_;
  std::unique_ptr<DataFolder> folder_;
};

}  // namespace trede::test
