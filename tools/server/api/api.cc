#include "tools/server/api/api.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <functional>
#include <tuple>
#include <utility>

#include "tools/server/api/openapi.h"
#include "tools/server/api/run_on.h"
#include "tools/server/api/security_headers.h"
#include "tools/server/api/wire.h"
#include "tools/trede/report/definitions.h"
#include "tools/trede/text.h"

namespace trede::server {

namespace asio = boost::asio;

namespace {

using CallPtr = std::shared_ptr<Call>;
using MustWait = std::function<std::chrono::seconds(const std::string&)>;

// Which answer the call wants, and that its body is of a kind that is read.
OrProblem<> negotiate(Call& call) {
  const auto& produces = call.endpoint.produces;
  if (!produces.empty()) {
    const auto chosen = choose_media_type(call.header("Accept"), produces);
    if (!chosen) {
      return Problem(ProblemCode::kNietAanvaardbaar,
                     "expected Accept to allow one of " + tool::joined(produces, ", "));
    }
    call.media_type = *chosen;
  }
  const auto& takes = call.endpoint.takes;
  if (call.endpoint.request == nullptr && takes.empty()) return {};
  const std::string coding = call.header("Content-Encoding");
  if (!coding.empty() && coding != "identity") {
    Problem problem(ProblemCode::kOnbekendMediatype, "expected a body without Content-Encoding");
    problem.headers.set("Accept-Encoding", "identity");
    return problem;
  }
  const auto type = media_type_of(call.header("Content-Type"));
  if (!takes.empty()) {
    if (type && std::ranges::find(takes, *type) != takes.end()) return {};
    return Problem(ProblemCode::kOnbekendMediatype,
                   "expected Content-Type " + tool::joined(takes, " or ") + ", in UTF-8");
  }
  if (type == kJson || type == kProtobuf) return {};
  return Problem(ProblemCode::kOnbekendMediatype,
                 "expected Content-Type application/json or application/x-protobuf, in UTF-8");
}

// The bytes of a message in place of it.
void write_body(Reply& reply, const std::string& media_type) {
  using MessagePtr = std::shared_ptr<google::protobuf::Message>;
  if (const auto* message = std::get_if<MessagePtr>(&reply.body)) {
    std::string bytes = write_message(media_type, **message);
    reply.body = RawBody{media_type, std::move(bytes)};
  }
}

OrProblem<Reply> answer_whole(Call& call) {
  OrProblem<Reply> reply = call.endpoint.answer(call);
  if (!reply) return reply;
  // `*` stands for whatever is there: that it is there is known only now.
  const bool has_any = reply->status == 200 && !reply->etag.empty();
  if (has_any && call.header("If-None-Match") == "*") {
    reply->status = 304;
    reply->body = {};
  }
  write_body(*reply, call.media_type);
  return reply;
}

}  // namespace

struct Api::Impl {
  Impl(ApiParts the_parts, ApiOptions the_options, std::unique_ptr<Trail> trail,
       std::unique_ptr<Bell> the_bell)
      : parts(std::move(the_parts)),
        options(std::move(the_options)),
        desk(parts.folder.log(), parts.projections),
        definitions(tool::library_of(parts.folder.path().string())),
        trail_writer(std::move(trail)),
        bell(std::move(the_bell)),
        vault({parts.folder.path(), parts.folder.log().identity()}, parts.master_key_file,
              parts.random),
        organisatie(parts.folder.log()),
        caseloads(parts.folder.log()),
        known_now(parts.folder.log(), parts.clock),
        histories(parts.folder.log()),
        document(openapi_document(options.publication)),
        services{
            parts.folder,   parts.recorder,      parts.projections,  desk,           definitions,
            organisatie,    caseloads,           known_now,          histories,      trail_writer,
            vault,          parts.backup_folder, parts.backup_keys,  *bell,          parts.clock,
            parts.random,   parts.pool,          parts.authenticate, parts.sessions, document,
            parts.on_figure} {}

  OrProblem<CallPtr> begin(Request request);
  OrProblem<> admit(Call& call) const;
  OrProblem<> let_in(Call& call) const;
  static OrProblem<> take_turn(const MustWait& must_wait, const std::string& whose);
  bool is_quick(const Call& call) const;
  OrProblem<Reply> answer_timed(Call& call);
  asio::awaitable<OrProblem<Reply>> reply_to(CallPtr call);
  void tell_unnoted(const Error& error) const;
  bool note_behind(std::vector<TrailEntry>& entries);
  asio::awaitable<OrProblem<Reply>> noted_reply_to(CallPtr call);
  asio::awaitable<OrProblem<>> wait_for_position(CallPtr call);
  asio::awaitable<Response> respond(Request request);
  Response finish(OrProblem<Reply> reply) const;
  void add_common(Response& response, bool is_encrypted, Position position) const;

  ApiParts parts;
  ApiOptions options;
  ReportDesk desk;
  DefinitionLibrary definitions;
  TrailWriter trail_writer;
  std::unique_ptr<Bell> bell;
  VaultDoor vault;
  OrganisatieLog organisatie;
  Caseloads caseloads;
  KnownNow known_now;
  HistoryCache histories;
  std::string document;
  Paces paces;
  Services services;
};

OrProblem<CallPtr> Api::Impl::begin(Request request) {
  auto routed = route(request.method, request.path);
  if (!routed) return std::move(routed).error();
  return std::make_shared<Call>(Call{.request = std::move(request),
                                     .services = services,
                                     .endpoint = *routed->endpoint,
                                     .path_values = std::move(routed->path_values),
                                     .query = {},
                                     .media_type = {},
                                     .identity = {}});
}

// Who asks. Of an open endpoint nobody: then the address counts.
OrProblem<> Api::Impl::let_in(Call& call) const {
  if (call.endpoint.is_open) return take_turn(parts.must_wait_at, call.request.peer);
  if (call.endpoint.of_session) {
    if (parts.sessions == nullptr) return not_found("This server has no sessions.");
    auto session = parts.sessions->find_session(call.credentials());
    if (!session) return not_let_in(session.error());
    call.identity = std::move(session->identity);
  } else {
    auto identity = parts.authenticate(call.credentials());
    if (!identity) return not_let_in(identity.error());
    call.identity = *std::move(identity);
  }
  TREDE_RETURN_IF_PROBLEM(take_turn(parts.must_wait, call.identity.actor));
  const auto& permissions = call.endpoint.permissions;
  const bool may = std::ranges::any_of(
      permissions, [&](Permission one) { return call.identity.reach(one) > Reach::kNone; });
  if (permissions.empty() || may) return {};
  return forbidden("Uw rol heeft hiertoe geen toegang.");
}

// Who asks, whether they may, and whether what they ask has the right form, in this order.
OrProblem<> Api::Impl::admit(Call& call) const {
  TREDE_RETURN_IF_PROBLEM(let_in(call));
  TREDE_RETURN_IF_PROBLEM(negotiate(call));
  auto query = QueryKeys::parse(call.request.query, call.endpoint.parameters);
  if (!query) return std::move(query).error();
  call.query = *std::move(query);
  return {};
}

OrProblem<> Api::Impl::take_turn(const MustWait& must_wait, const std::string& whose) {
  if (!must_wait) return {};
  const std::chrono::seconds wait = must_wait(whose);
  if (wait == std::chrono::seconds{0}) return {};
  return too_often("Te veel verzoeken; probeer het later opnieuw.", wait);
}

// Read your writes: nothing is asked before the log has got there.
asio::awaitable<OrProblem<>> Api::Impl::wait_for_position(CallPtr call) {
  const auto wanted = call->query.find_number("wachtOp");
  if (!wanted || *wanted == 0) co_return OrProblem<>();
  const auto deadline = std::chrono::steady_clock::now() + options.most_waiting;
  Position last = parts.folder.log().last_position();
  while (last.value < *wanted && std::chrono::steady_clock::now() < deadline &&
         !bell->is_stopped()) {
    last = co_await bell->wait(last, deadline);
  }
  if (last.value >= *wanted) co_return OrProblem<>();
  Problem late(ProblemCode::kNietBeschikbaar,
               "wachtOp: the log is at " + std::to_string(last.value) + " still");
  late.headers.set("Retry-After", "1");
  co_return late;
}

bool Api::Impl::is_quick(const Call& call) const {
  const Pace pace = call.endpoint.pace;
  return pace == Pace::kQuick || (pace == Pace::kLearned && paces.is_quick(call.shape()));
}

OrProblem<Reply> Api::Impl::answer_timed(Call& call) {
  if (call.endpoint.pace != Pace::kLearned) return answer_whole(call);
  const auto begun = std::chrono::steady_clock::now();
  OrProblem<Reply> reply = answer_whole(call);
  const auto took = std::chrono::steady_clock::now() - begun;
  // What was refused, or what the asker still had, says nothing of how long the next one takes.
  if (!reply || reply->status != 200) return reply;
  paces.learn(call.shape(), took);
  return reply;
}

asio::awaitable<OrProblem<Reply>> Api::Impl::reply_to(CallPtr call) {
  OrProblem<> admitted;
  if (call->endpoint.is_open || !parts.knows_at_once || parts.knows_at_once()) {
    admitted = admit(*call);
  } else {
    auto admitting = [this, call] { return admit(*call); };
    admitted = co_await run_on(parts.pool, std::move(admitting));
  }
  if (!admitted) co_return std::move(admitted).error();
  auto waited = co_await wait_for_position(call);
  if (!waited) co_return std::move(waited).error();
  if (call->endpoint.answer_later != nullptr) {
    OrProblem<Reply> reply = co_await call->endpoint.answer_later(call);
    if (reply) write_body(*reply, call->media_type);
    co_return reply;
  }
  if (is_quick(*call)) co_return answer_timed(*call);
  auto answering = [this, call] { return answer_timed(*call); };
  OrProblem<Reply> reply = co_await run_on(parts.pool, std::move(answering));
  co_return reply;
}

void Api::Impl::tell_unnoted(const Error& error) const {
  spdlog::error("audit trail: {}", error.message);
  if (parts.on_unnoted) parts.on_unnoted();
}

// Returns: false when it must be waited for.
bool Api::Impl::note_behind(std::vector<TrailEntry>& entries) {
  return trail_writer.append_behind(entries, [this](const Status& noted) {
    if (!noted) tell_unnoted(noted.error());
  });
}

asio::awaitable<OrProblem<Reply>> Api::Impl::noted_reply_to(CallPtr call) {
  OrProblem<Reply> reply = co_await reply_to(call);
  auto& entries = reply ? reply->trail : reply.error().trail;
  if (entries.empty()) co_return reply;
  for (TrailEntry& entry : entries) {
    entry.origin = kOrigin;
    entry.actor = call->identity.actor;
  }
  if (reply && reply->is_in_log && note_behind(entries)) co_return reply;
  const Status noted = co_await trail_writer.append(std::move(entries));
  if (!noted) {
    tell_unnoted(noted.error());
    Problem problem = unnoted({});
    problem.says.set_detail("the audit trail cannot be written");
    co_return problem;
  }
  co_return reply;
}

Response Api::Impl::finish(OrProblem<Reply> reply) const {
  if (!reply) {
    const std::string& rule = reply.error().says.regel();
    if (!rule.empty() && parts.on_refused) parts.on_refused(rule);
    return reply.error().response();
  }
  Response out;
  out.status = reply->status;
  out.headers = std::move(reply->headers);
  if (auto* raw = std::get_if<RawBody>(&reply->body)) {
    out.headers.set("Content-Type", raw->media_type);
    out.body = std::move(raw->bytes);
  } else if (auto* streamed = std::get_if<StreamedBody>(&reply->body)) {
    out.headers.set("Content-Type", streamed->media_type);
    out.body = std::move(streamed->source);
    out.is_endless = streamed->is_endless;
  }
  if (!reply->etag.empty()) {
    out.headers.set("ETag", reply->etag);
    out.headers.set("Cache-Control", "private, no-cache");
    out.headers.set("Vary", "Accept, Authorization, Cookie");
  }
  if (reply->position) {
    out.headers.set("Trede-Positie", std::to_string(reply->position->value));
  }
  return out;
}

void Api::Impl::add_common(Response& response, bool is_encrypted, Position position) const {
  const auto add_missing = [&](const char* name, std::string value) {
    if (!response.headers.find(name)) response.headers.set(name, std::move(value));
  };
  add_missing("API-Version", std::string(kApiVersion));
  add_missing("Trede-Positie", std::to_string(position.value));
  add_security_headers(response, is_encrypted);
}

asio::awaitable<Response> Api::Impl::respond(Request request) {
  const bool is_head = request.method == "HEAD";
  const bool is_encrypted = request.is_encrypted;
  auto begun = begin(std::move(request));
  Response out;
  if (!begun) {
    out = begun.error().response();
  } else {
    OrProblem<Reply> reply = co_await noted_reply_to(*begun);
    out = finish(std::move(reply));
  }
  if (is_head && std::holds_alternative<Source>(out.body)) out.body = std::string();
  add_common(out, is_encrypted, parts.folder.log().last_position());
  co_return out;
}

Api::Api(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Api::~Api() = default;

Result<std::unique_ptr<Api>> Api::open(ApiParts parts, ApiOptions options) {
  auto trail = Trail::open(parts.folder.path(), parts.folder.log().identity(), TrailAccess::kWrite,
                           parts.clock);
  if (!trail) return std::move(trail).error();
  auto bell = Bell::open(parts.folder.log());
  if (!bell) return std::move(bell).error();
  auto impl = std::make_unique<Impl>(std::move(parts), std::move(options), *std::move(trail),
                                     *std::move(bell));
  // Through a whole log once, which the first who asks for a caseload would else wait for. What
  // went wrong with it they are told.
  asio::post(impl->parts.pool, [impl = impl.get()] { std::ignore = impl->caseloads.catch_up(); });
  return std::unique_ptr<Api>(new Api(std::move(impl)));
}

// What was begun is brought to its end, also when the client is gone: what it recorded must be in
// the trail. So nothing here is thrown out halfway; the caller's own waiting is as it was.
asio::awaitable<Response> Api::answer(Request request) {
  const bool is_encrypted = request.is_encrypted;
  const bool may_record = request.method == "POST";
  const bool throws = co_await asio::this_coro::throw_if_cancelled();
  co_await asio::this_coro::throw_if_cancelled(false);
  std::optional<Response> out;
  try {
    out = co_await impl_->respond(std::move(request));
  } catch (const std::exception& error) {  // memory, or a bug: the others go on
    spdlog::error("answering failed: {}", error.what());
    out = std::nullopt;
    // Perhaps after it was recorded, and before that was noted.
    if (may_record && impl_->parts.on_unnoted) impl_->parts.on_unnoted();
  }
  co_await asio::this_coro::throw_if_cancelled(throws);
  if (!out) {
    out = Problem(ProblemCode::kStoring, "the server failed; see its log").response();
    impl_->add_common(*out, is_encrypted, impl_->parts.folder.log().last_position());
  }
  co_return *std::move(out);
}

Response Api::refuse(unsigned status, std::string detail) {
  const auto& kinds = problem_kinds();
  const auto known = std::ranges::find(kinds, status, &ProblemKind::status);
  const ProblemCode code = known != kinds.end() ? known->code
                           : status >= 500      ? ProblemCode::kStoring
                                                : ProblemCode::kOngeldigeInvoer;
  Problem problem(code, std::move(detail));
  problem.says.set_status(status);
  Response out = problem.response();
  impl_->add_common(out, false, impl_->parts.folder.log().last_position());
  return out;
}

bool Api::is_noting() const { return impl_->trail_writer.is_well(); }

void Api::settle() { impl_->trail_writer.settle(); }

void Api::stop() { impl_->bell->stop(); }

}  // namespace trede::server
