// What everything that is followed has in common: events of a stream of them, and who follows.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "tools/server/api/call.h"

namespace trede::server {

using Piece = Result<std::optional<std::string>>;
using SteadyClock = std::chrono::steady_clock;

inline constexpr std::chrono::seconds kHeartbeat{15};      // so that nobody on the way hangs up
inline constexpr std::chrono::minutes kMostFollowing{10};  // who goes on after is let in anew
inline constexpr Position kNever{~std::uint64_t{0}};       // to wait for time alone

// An event of `text/event-stream`.
std::string server_sent(std::string_view kind, Position id, std::string_view data);

// Who follows something, asked about again at most once a second: what they may can be taken away.
// Threads: one at a time.
class Follower {
 public:
  explicit Follower(const Call& call);

  // Whether they are who they were, and may what they might. May wait for the disk.
  bool is_still_let_in();

 private:
  Services& services_;
  const Credentials credentials_;
  const Identity identity_;
  bool is_let_in_ = true;
  Moment asked_;
};

}  // namespace trede::server
