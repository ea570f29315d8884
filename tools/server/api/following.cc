// Following where the log is: for a page with many figures, which asks for them anew when something
// came in. Who shows one figure follows that.
#include "tools/server/api/following.h"

#include <boost/asio/awaitable.hpp>
#include <memory>

#include "tools/server/api/run_on.h"
#include "tools/server/api/wire.h"

namespace trede::server {

namespace asio = boost::asio;

namespace {

constexpr std::chrono::seconds kAskedAgain{1};
constexpr std::chrono::seconds kPause{1};  // between two that are told

// Threads: one at a time.
class LivePosition {
 public:
  explicit LivePosition(const Call& call) : services_(call.services), follower_(call) {}

  Services& services() const { return services_; }
  bool is_over() const {
    return is_left_ || services_.bell.is_stopped() || SteadyClock::now() > until_;
  }
  bool is_first() const { return is_first_; }
  Position told() const { return told_; }
  // May wait for the disk.
  bool is_still_let_in() {
    is_left_ = !follower_.is_still_let_in();
    return !is_left_;
  }
  std::string tell(Position last) {
    is_first_ = false;
    told_ = last;
    return server_sent("positie", last, "{\"positie\":\"" + std::to_string(last.value) + "\"}");
  }

 private:
  Services& services_;
  Follower follower_;
  bool is_left_ = false;
  bool is_first_ = true;
  Position told_;
  SteadyClock::time_point until_ = SteadyClock::now() + kMostFollowing;
};

asio::awaitable<Piece> next_position(std::shared_ptr<LivePosition> live) {
  Bell& bell = live->services().bell;
  if (!live->is_first()) {
    // What comes close together is told together.
    static_cast<void>(co_await bell.wait(kNever, SteadyClock::now() + kPause));
    static_cast<void>(co_await bell.wait(live->told(), SteadyClock::now() + kHeartbeat));
  }
  auto asking = [live] { return live->is_still_let_in(); };
  const bool is_let_in = co_await run_on(live->services().pool, std::move(asking));
  if (!is_let_in || live->is_over()) co_return std::optional<std::string>();
  const Position last = live->services().folder.log().last_position();
  if (!live->is_first() && last <= live->told()) co_return std::optional<std::string>(":\n\n");
  co_return std::optional(live->tell(last));
}

OrProblem<Reply> follow_position(Call& call) {
  const auto live = std::make_shared<LivePosition>(call);
  return Reply{.body = StreamedBody{call.media_type, [live] { return next_position(live); }, true}};
}

}  // namespace

std::string server_sent(std::string_view kind, Position id, std::string_view data) {
  return "id: " + std::to_string(id.value) + "\nevent: " + std::string(kind) +
         "\ndata: " + std::string(data) + "\n\n";
}

Follower::Follower(const Call& call)
    : services_(call.services),
      credentials_(call.credentials()),
      identity_(call.identity),
      asked_(call.services.clock.now()) {}

bool Follower::is_still_let_in() {
  const Moment now = services_.clock.now();
  const bool is_new = now >= asked_ && now < asked_ + kAskedAgain;  // it may step back
  if (!is_let_in_ || is_new) return is_let_in_;
  asked_ = now;
  const auto identity = services_.authenticate(credentials_);
  is_let_in_ = identity && *identity == identity_;
  return is_let_in_;
}

std::vector<Endpoint> position_endpoints() {
  return {{.method = "GET",
           .path = "/v1/posities/live",
           .operation = "volgPosities",
           .tag = "volgen",
           .summary = "Tot waar het log is, nu en telkens als er iets bij kwam",
           .permissions = {Permission::kCijfersLezen},
           .produces = {std::string(kEventStream)},
           .answer = follow_position}};
}

}  // namespace trede::server
