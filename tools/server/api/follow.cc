// Following the log and the figures: what is there first, then whatever comes.
#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

#include "engine/event/event.h"
#include "tools/server/api/asking.h"
#include "tools/server/api/event_message.h"
#include "tools/server/api/following.h"
#include "tools/server/api/json_writer.h"
#include "tools/server/api/moments.h"
#include "tools/server/api/run_on.h"
#include "tools/server/api/wire.h"
#include "tools/trede/rows/event_json.h"

namespace trede::server {

namespace asio = boost::asio;

namespace {

constexpr std::size_t kPieceBytes = 64 << 10;       // about, of what is written at once
constexpr std::chrono::milliseconds kSettling{50};  // between two answers of one live figure

// The log as one reader sees it, from a position on. Threads: one at a time.
class Following {
 public:
  Following(const Call& call, Position from)
      : services_(call.services),
        follower_(call),
        next_(from),
        end_(call.services.folder.log().last_position()),
        is_sse_(call.media_type == kEventStream),
        follows_(call.query.is_set("volgen")),
        is_stored_(call.query.is_set("opgeslagen")),
        sees_dossiers_(call.identity.reach(Permission::kDossierLezen) == Reach::kAll),
        sees_verzuim_(call.identity.reach(Permission::kVerzuimLezen) == Reach::kAll) {}

  Services& services() const { return services_; }
  bool follows() const { return follows_; }
  // The last position that was looked at.
  Position reached() const { return Position{next_.value - 1}; }
  bool is_over() const {
    if (!follows_) return next_ > end_;
    return is_left_ || services_.bell.is_stopped() || SteadyClock::now() > until_;
  }
  std::string heartbeat() const { return is_sse_ ? ":\n\n" : "\n"; }

  // What comes next, as text; empty when nothing of it may be seen, or there is nothing yet.
  Result<std::string> read() {
    is_left_ = follows_ && !follower_.is_still_let_in();
    if (is_left_) return std::string();
    const EventLog& log = services_.folder.log();
    const Position last = follows_ ? log.last_position() : std::min(end_, log.last_position());
    if (next_ > last) return std::string();
    std::string out;
    bool is_full = false;
    const Status read = log.scan(next_, last, [&](Position position, std::string_view stored) {
      const Status added = add(stored, out);
      if (!added) return added;
      next_ = position.next();
      is_full = out.size() >= kPieceBytes;
      return is_full ? Status(Error{ErrorCode::kClosed, "enough"}) : Status();
    });
    if (!read && !is_full) return read.error();
    return out;
  }

 private:
  Status add(std::string_view stored, std::string& out) const {
    const auto event = decode_any(stored);
    if (!event) return std::unexpected(event.error());
    const auto shown = shows(*event);
    if (!shown) return std::unexpected(shown.error());
    if (!*shown) return {};
    const auto made = line_of(stored, *event);
    if (!made) return std::unexpected(made.error());
    const std::string& line = *made;
    out += is_sse_ ? server_sent("gebeurtenis", position_of(*event), line) : line + "\n";
    return {};
  }

  // Without its line feed.
  Result<std::string> line_of(std::string_view stored, const pb::Event& event) const {
    if (!is_stored_) return json_of(event_message(event));
    std::optional<std::string> key;
    const StreamId stream = stream_of(event);
    if (stream.kind != StreamKind::kOrganisatie) {
      auto found = services_.folder.keys().find_key(stream);
      if (!found) return std::unexpected(found.error());
      key = *std::move(found);
    }
    std::string out = tool::event_json_line(stored, event, key.value_or(""));
    out.pop_back();
    return out;
  }

  Result<bool> shows(const pb::Event& event) const {
    if (stream_of(event).kind != StreamKind::kDossier) return true;
    if (!sees_dossiers_) return false;
    if (sees_verzuim_) return true;
    const auto about = vervangt_of(event);
    if (!about) return !is_verzuim(event.body().soort_case());
    const auto soort = tool::look_up_kind(*about, {}, services_.folder.log());
    if (!soort) return soort.error();
    return soort->has_value() && !is_verzuim(**soort);
  }

  Services& services_;
  Follower follower_;
  bool is_left_ = false;  // who follows is not let in any more
  Position next_;
  Position end_;
  bool is_sse_;
  bool follows_;
  bool is_stored_;  // lines as of an export, with the stored bytes
  bool sees_dossiers_;
  bool sees_verzuim_;
  SteadyClock::time_point until_ = SteadyClock::now() + kMostFollowing;
};

asio::awaitable<Piece> next_events(std::shared_ptr<Following> following) {
  while (!following->is_over()) {
    auto reading = [following] { return following->read(); };
    Result<std::string> text = co_await run_on(following->services().pool, std::move(reading));
    if (!text) co_return std::move(text).error();
    if (!text->empty()) co_return std::optional(*std::move(text));
    if (!following->follows()) continue;
    if (following->is_over()) break;
    const Position reached = following->reached();
    const auto deadline = SteadyClock::now() + kHeartbeat;
    const Position last = co_await following->services().bell.wait(reached, deadline);
    if (last <= reached && !following->is_over()) co_return following->heartbeat();
  }
  co_return std::optional<std::string>();
}

// After the last one that an EventSource got; else what `vanaf` says.
OrProblem<Position> first_position(const Call& call) {
  Position from{call.query.find_number("vanaf").value_or(1)};
  const std::string last_id = call.header("Last-Event-ID");
  if (!last_id.empty()) {
    const auto read = QueryKeys::parse("vanaf=" + last_id, call.endpoint.parameters);
    if (!read) return invalid("Last-Event-ID", "expected a position");
    from = Position{*read->find_number("vanaf")}.next();
  }
  const Position last = call.services.folder.log().last_position();
  if (from.value >= 1 && from <= last.next()) return from;
  return invalid("vanaf", "expected a position from 1 to " + std::to_string(last.value + 1));
}

// An export is of everything, or it is none.
OrProblem<> check_stored(const Call& call) {
  if (!call.query.is_set("opgeslagen")) return {};
  const bool may = call.identity.reach(Permission::kDossierLezen) == Reach::kAll &&
                   call.identity.reach(Permission::kVerzuimLezen) == Reach::kAll;
  if (may) return {};
  return forbidden("Wat is opgeslagen, met de sleutels, is voor wie alles mag lezen.");
}

OrProblem<Reply> follow_log(Call& call) {
  if (call.identity.reach(Permission::kLogVolgen) != Reach::kAll) {
    return forbidden("Het log volgen is voor wie alles mag zien.");
  }
  TREDE_RETURN_IF_PROBLEM(check_stored(call));
  const auto from = first_position(call);
  if (!from) return from.error();
  const Position last = call.services.folder.log().last_position();
  const auto following = std::make_shared<Following>(call, *from);
  const bool follows = following->follows();
  Reply reply{.body = StreamedBody{call.media_type, [following] { return next_events(following); },
                                   follows}};
  reply.position = last;
  reply.trail = {{.action = TrailAction::kExporteren,
                  .object = std::string(kWholeLog),
                  .first = *from,
                  .last = last,
                  .count = last.value + 1 - from->value}};
  return reply;
}

// A figure that is asked again whenever the log grew. Threads: one at a time.
class LiveFigure {
 public:
  LiveFigure(const Call& call, AskedQuestion asked, bool is_of_today)
      : services_(call.services),
        follower_(call),
        asked_(std::move(asked)),
        is_of_today_(is_of_today) {}

  Services& services() const { return services_; }
  bool is_over() const {
    return is_left_ || services_.bell.is_stopped() || SteadyClock::now() > until_;
  }
  Position reached() const { return asked_.query.known; }
  bool is_first() const { return is_first_; }
  bool is_still_let_in() {
    is_left_ = !follower_.is_still_let_in();
    return !is_left_;
  }

  // The event with what changed; empty when nothing did.
  Result<std::string> read() {
    if (!is_still_let_in()) return std::string();
    auto known = services_.known_now.find();
    if (!known) return Error{ErrorCode::kIo, known.error().line};
    asked_.query.known = known->position;
    if (is_of_today_) asked_.query.time = civil_day(services_.clock.now());
    const auto answer = services_.projections.answer(asked_.query);
    if (!answer) return answer.error();
    api::Cijfers figures = figures_message(asked_.query.measure, *answer, *known);
    RowTexts rows;
    for (const auto& rij : figures.rijen()) rows[key_of(rij)] = rij;
    const bool is_first = std::exchange(is_first_, false);
    const RowTexts before = std::exchange(rows_, std::move(rows));
    if (is_first) return server_sent("cijfers", known->position, json_of(figures));
    const api::Wijziging change = change_since(before, figures);
    if (change.rijen().empty() && change.vervallen().empty()) return std::string();
    return server_sent("wijziging", known->position, json_of(change));
  }

 private:
  using RowTexts = std::map<std::string, api::Rij>;

  static std::string key_of(const api::Rij& rij) {
    std::string out;
    for (const auto& code : rij.codes()) out += code + '\n';
    return out;
  }

  api::Wijziging change_since(const RowTexts& before, const api::Cijfers& figures) const {
    api::Wijziging out;
    out.set_positie(figures.positie());
    if (figures.has_bekend_op()) *out.mutable_bekend_op() = figures.bekend_op();
    for (const auto& [key, rij] : rows_) {
      const auto found = before.find(key);
      if (found == before.end() || json_of(found->second) != json_of(rij)) *out.add_rijen() = rij;
    }
    for (const auto& [key, rij] : before) {
      if (rows_.contains(key)) continue;
      for (const auto& code : rij.codes()) {
        if (&code == &rij.codes(0)) out.add_vervallen();
        out.mutable_vervallen(out.vervallen_size() - 1)->add_codes(code);
      }
    }
    return out;
  }

  Services& services_;
  Follower follower_;
  bool is_left_ = false;  // who follows is not let in any more
  AskedQuestion asked_;
  bool is_of_today_;
  bool is_first_ = true;
  RowTexts rows_;
  SteadyClock::time_point until_ = SteadyClock::now() + kMostFollowing;
};

asio::awaitable<bool> is_still_let_in(std::shared_ptr<LiveFigure> live) {
  auto asking = [live] { return live->is_still_let_in(); };
  const bool is_let_in = co_await run_on(live->services().pool, std::move(asking));
  co_return is_let_in;
}

asio::awaitable<Piece> next_change(std::shared_ptr<LiveFigure> live) {
  Bell& bell = live->services().bell;
  auto beat = SteadyClock::now() + kHeartbeat;
  while (!live->is_over()) {
    if (!live->is_first()) {
      const Position reached = live->reached();
      const Position last = co_await bell.wait(reached, beat);
      if (live->is_over()) break;
      if (last <= reached) {
        const bool is_let_in = co_await is_still_let_in(live);
        if (!is_let_in) break;
        co_return std::optional<std::string>(":\n\n");
      }
      // What comes close together is told together.
      static_cast<void>(co_await bell.wait(kNever, SteadyClock::now() + kSettling));
    }
    auto reading = [live] { return live->read(); };
    Result<std::string> text = co_await run_on(live->services().pool, std::move(reading));
    if (!text) co_return std::move(text).error();
    if (!text->empty()) co_return std::optional(*std::move(text));
  }
  co_return std::optional<std::string>();
}

OrProblem<Reply> follow_figure(Call& call) {
  auto asked = question_of(call, Permission::kCijfersLezen);
  if (!asked) return std::move(asked).error();
  const bool is_of_today = std::holds_alternative<Day>(asked->query.time) && !call.query.find("op");
  const auto live = std::make_shared<LiveFigure>(call, *std::move(asked), is_of_today);
  return Reply{.body = StreamedBody{call.media_type, [live] { return next_change(live); }, true}};
}

}  // namespace

std::vector<Endpoint> follow_endpoints() {
  auto question = question_parameters();
  question.insert(question.begin(), {.name = "maat",
                                     .summary = "Naam van de maat (zie /v1/maten)",
                                     .example = "trajecten",
                                     .place = Place::kPath});
  return {
      {.method = "GET",
       .path = "/v1/gebeurtenissen",
       .operation = "volgGebeurtenissen",
       .tag = "volgen",
       .summary = "De gebeurtenissen van het log vanaf een positie, en wat er nog komt",
       .permissions = {Permission::kLogVolgen},
       .produces = {std::string(kNdjson), std::string(kEventStream)},
       .parameters = {{"vanaf", ValueKind::kPosition, "De eerste positie; zonder: 1", "5"},
                      {"volgen", ValueKind::kYesNo, "Gaat door met wat er nog komt"},
                      {"opgeslagen", ValueKind::kYesNo,
                       "Regels als van `trede export`: de bytes zoals opgeslagen, en de sleutels; "
                       "voor wie alles mag lezen"},
                      wait_parameter(),
                      {.name = "Last-Event-ID",
                       .summary = "Van een EventSource: de laatste die hij had",
                       .place = Place::kHeader}},
       .answer = follow_log},
      {.method = "GET",
       .path = "/v1/cijfers/{maat}/live",
       .operation = "volgCijfers",
       .tag = "volgen",
       .summary = "Een cijfer, en daarna alleen wat eraan verandert",
       .permissions = {Permission::kCijfersLezen},
       .produces = {std::string(kEventStream)},
       .parameters = std::move(question),
       .problems = {ProblemCode::kNietGevonden},
       .answer = follow_figure},
  };
}

}  // namespace trede::server
