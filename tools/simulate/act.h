// An event on its way to be recorded, packed, because hundreds of thousands of them wait at a time.
// It becomes a pb::Event when its moment has come.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "engine/event/event.h"

namespace trede::simulate {

inline constexpr std::int64_t kSecond = 1'000'000;
inline constexpr std::int64_t kHour = 3600 * kSecond;
inline constexpr std::int64_t kDay = 24 * kHour;  // microseconds, as moments are counted here

inline std::int64_t start_of(int day) { return std::int64_t{day} * kDay; }
// Requires: a moment after 1970.
inline int day_of_moment(std::int64_t moment) { return static_cast<int>(moment / kDay); }
constexpr int day_in(int year, unsigned month, unsigned day) {
  return static_cast<int>(
      Day{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day}}
          .time_since_epoch()
          .count());
}

// What an act does to the log. Two do nothing to it: a wake draws what a person does next, a dawn
// who comes on a day.
enum class Deed : std::uint8_t { kRecord, kCorrect, kWithdraw, kWake, kDawn };

// The attributes of a kind, by number: codes as in the schema, places in a list of the world, or
// amounts. 0 = not given. Which stands where is said once, in act_event.cc.
using Values = std::array<std::uint16_t, 8>;

struct Act {
  std::int64_t moment = 0;           // of recording, microseconds
  std::int64_t replaces_moment = 0;  // of the event that it corrects or withdraws
  std::uint32_t subject = 0;         // whose: the place of the person, or the number of an employer
  std::uint32_t ordinal = 0;         // of the event among those of its subject; gives its id
  std::uint32_t replaces = 0;        // the ordinal of the event that it corrects or withdraws
  std::int32_t day = 0;              // geldig_op
  Values values{};
  std::uint16_t actor = 0;
  std::uint8_t soort = 0;  // number of a Soort
  Deed deed = Deed::kRecord;
  bool joins = false;      // recorded in one append with the act before it
  bool werkgever = false;  // goes to the stream of an employer
};

// The order in which acts are recorded.
inline bool is_later(const Act& one, const Act& other) {
  if (one.moment != other.moment) return one.moment > other.moment;
  if (one.subject != other.subject) return one.subject > other.subject;
  return one.ordinal > other.ordinal;
}

}  // namespace trede::simulate
