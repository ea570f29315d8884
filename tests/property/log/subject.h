// A data folder for one random case, and what the laws of the log have in common.
#pragma once

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cstdlib>
#include <map>
#include <span>

#include "engine/log/verify.h"
#include "tests/unit/log/log_fixture.h"

namespace trede::test {

// Each case makes and opens databases: fewer of them than rapidcheck takes by itself, unless
// RC_PARAMS asks for more.
inline const int kFewerCases = setenv("RC_PARAMS", "max_success=10", /*replace=*/0);

// Not a fixture: every random case has its own.
struct Subject {
  Subject() {
    const Status made = DataFolder::create(path(), clock, random);
    if (!made) throw std::runtime_error(made.error().message);
    reopen();
  }
  std::filesystem::path path() const { return dir / "data"; }
  EventLog& log() const { return folder->log(); }
  KeyDirectory& keys() const { return folder->keys(); }
  Result<std::unique_ptr<DataFolder>> open(OpenMode mode) {
    return DataFolder::open(path(), mode, clock, random);
  }
  void reopen() {
    folder.reset();
    folder = value_of(open(OpenMode::kWrite));
  }

  FakeClock clock;
  SeededRandom random;
  TempDir dir;
  std::unique_ptr<DataFolder> folder;
};

// least <= answer <= most; the whole range from the first case on.
inline std::uint64_t between(std::uint64_t least, std::uint64_t most) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::uint64_t>(least, most + 1));
}
inline bool chance(int percent) { return between(1, 100) <= static_cast<std::uint64_t>(percent); }

// One of a few streams of every kind.
inline StreamId some_stream() {
  const std::uint64_t number = between(0, 5);
  if (number == 0) return kOrganisatie;
  return number < 3 ? werkgever(number) : dossier(number);
}

inline std::size_t count_of(const std::vector<StreamAppend>& streams) {
  std::size_t count = 0;
  for (const StreamAppend& stream : streams) count += stream.events.size();
  return count;
}

// Events with ids that were not used yet, for 1 to 3 streams, `most` a stream at the most, at the
// versions that `store` has.
inline std::vector<StreamAppend> some_streams(const EventStore& store, std::uint64_t& next_id,
                                              std::uint64_t most = 4) {
  std::map<StreamId, StreamAppend> streams;
  for (std::uint64_t i = between(1, 3); i > 0; --i) {
    const StreamId stream = some_stream();
    auto& append = streams[stream];
    append = {stream, value_of(store.version_of(stream)), {}};
    for (std::uint64_t j = between(1, most); j > 0; --j) {
      append.events.push_back(some_event(stream, next_id++));
    }
  }
  std::vector<StreamAppend> out;
  for (auto& [id, append] : streams) out.push_back(std::move(append));
  return out;
}

// RFC 6962, 2.1, as it is written there.
inline Hash naive_root(std::span<const std::string> leaves) {
  if (leaves.empty()) return sha256({});
  if (leaves.size() == 1) return sha256({std::string_view("\0", 1), leaves[0]});
  std::size_t split = 1;
  while (2 * split < leaves.size()) split *= 2;
  const Hash left = naive_root(leaves.first(split));
  const Hash right = naive_root(leaves.subspan(split));
  return sha256({std::string_view("\1", 1), hash_view(left), hash_view(right)});
}

}  // namespace trede::test
