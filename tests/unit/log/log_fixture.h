// A data folder of its own for each test, with a clock the test sets.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "engine/log/data_folder.h"
#include "tests/support/events.h"
#include "tests/support/fakes.h"
#include "tests/support/temp_dir.h"

namespace trede::test {

// Whether `result` failed with `code`, and its message names `what`.
template <typename T>
::testing::AssertionResult failed_with(const Result<T>& result, ErrorCode code,
                                       std::string_view what = "") {
  if (result) return ::testing::AssertionFailure() << "it succeeded";
  if (result.error().code != code) {
    return ::testing::AssertionFailure() << "another code: " << result.error().message;
  }
  if (result.error().message.find(what) == std::string::npos ||
      result.error().message.find('\n') != std::string::npos) {
    return ::testing::AssertionFailure() << "another message: " << result.error().message;
  }
  return ::testing::AssertionSuccess();
}

// The value of a result that must be good.
template <typename T>
T value_of(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(*result);
}

// An event whose meaning does not matter: a contactmoment.
inline NewEvent some_event(const StreamId& stream, std::uint64_t number,
                           std::string_view contact = "gesprek") {
  const EventId id = event_id(number);
  return {id,
          encode_content(event(stream, id, "2025-01-02", "contactmoment", {{"contact", contact}}))};
}

// An append of such events to `stream`, which must be at version `expected`.
inline StreamAppend to(const StreamId& stream, std::uint64_t expected,
                       std::initializer_list<std::uint64_t> numbers) {
  StreamAppend append{stream, StreamVersion{expected}, {}};
  for (const std::uint64_t number : numbers) append.events.push_back(some_event(stream, number));
  return append;
}

inline Result<Appended> append(EventStore& store, std::vector<StreamAppend> streams,
                               const AppendOptions& options = {}) {
  return store.append(streams, options);
}

// Appends `count` events, one by one, to `stream`. Their ids are `first`, first + 1, ...
inline void append_each(EventStore& store, const StreamId& stream, std::uint64_t first,
                        std::uint64_t count = 1) {
  for (std::uint64_t i = 0; i < count; ++i) {
    const auto version = store.version_of(stream);
    ASSERT_TRUE(version);
    const auto appended = append(store, {to(stream, version->value, {first + i})});
    ASSERT_TRUE(appended) << appended.error().message;
  }
}

// Every event up to the last, as stored.
inline std::vector<std::string> stored_events(const EventStore& store) {
  std::vector<std::string> events;
  const Status scanned = store.scan(Position{1}, store.last_position(),
                                    [&](Position, std::string_view stored) -> Status {
                                      events.emplace_back(stored);
                                      return {};
                                    });
  if (!scanned) throw std::runtime_error(scanned.error().message);
  return events;
}

inline pb::Event load(const EventStore& store, std::uint64_t position) {
  return value_of(decode_event(value_of(store.load(Position{position})).bytes));
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
    folder_ = value_of(open(mode));
  }

  FakeClock clock_;
  SeededRandom random_;
  TempDir dir_;
  std::unique_ptr<DataFolder> folder_;
};

}  // namespace trede::test
