#include "tests/unit/server/api/api_fixture.h"

#include <boost/asio/co_spawn.hpp>
#include <stdexcept>

#include "engine/event/event.h"

namespace trede::test {

namespace asio = boost::asio;

namespace {

using server::Role;

StreamId stream_named(std::string_view uuid) { return {StreamKind::kDossier, *parse_uuid(uuid)}; }

server::Identity who(std::string actor, std::vector<Role> roles,
                     std::vector<std::string> gemeenten = {},
                     std::vector<std::string> werkcoaches = {}) {
  server::Identity out;
  out.actor = std::move(actor);
  out.roles = std::move(roles);
  out.gemeenten = std::move(gemeenten);
  out.werkcoaches = std::move(werkcoaches);
  return out;
}

template <typename T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return *std::move(result);
}

// Runs what is awaited in this thread until it is there. Requires: a context of its own.
template <typename T>
T run(asio::io_context& context, asio::awaitable<T> awaited) {
  std::optional<T> out;
  std::exception_ptr failed;
  asio::co_spawn(context, std::move(awaited), [&](std::exception_ptr error, T value) {
    failed = error;
    if (!error) out = std::move(value);
  });
  context.run();
  if (failed) std::rethrow_exception(failed);
  return *std::move(out);
}

}  // namespace

Result<server::LoggedIn> FakeSessions::log_in(const server::Login& login) {
  if (!outcome_) return outcome_.error();
  return server::LoggedIn{login.actor, "csrf", false, Moment{}};
}

Result<server::SessionInfo> FakeSessions::find_session(const server::Credentials& credentials) {
  server::Credentials without_token = credentials;
  without_token.authorization.clear();
  auto identity = find_(without_token);
  if (!identity) return identity.error();
  return server::SessionInfo{*std::move(identity), "csrf", false, Moment{}};
}

StreamId ApiFixture::one() { return stream_named("11111111-1111-4111-8111-111111111111"); }
StreamId ApiFixture::two() { return stream_named("22222222-2222-4222-8222-222222222222"); }
StreamId ApiFixture::three() { return stream_named("33333333-3333-4333-8333-333333333333"); }

std::string ApiFixture::path_of(const StreamId& stream) {
  return "/v1/dossiers/" + stream.uuid.text();
}

ApiFixture::ApiFixture(Begin begin) {
  const auto path = dir_ / "data";
  if (!DataFolder::create(path, clock_, random_)) throw std::runtime_error("no folder");
  folder_ = must(DataFolder::open(path, OpenMode::kWrite, clock_, random_));
  recorder_.emplace(folder_->log(), clock_);
  projections_ = must(Projections::open(*folder_));
  if (begin == Begin::kSmallOrganisation) {
    record_organisation();
    record_dossiers();
  }
  identities_ = {
      {"auditor", who("a1", {Role::kAuditor})},
      {"werkcoach", who("w1", {Role::kWerkcoach}, {"Velsen"}, {"w1"})},
      {"intaker", who("i1", {Role::kIntaker}, {"Velsen"})},
      {"klantmanager", who("k1", {Role::kKlantmanager}, {"Velsen"})},
      {"gemeente", who("g1", {Role::kGemeente}, {"Velsen"})},
      {"verzuimadviseur", who("v1", {Role::kVerzuimadviseur})},
      {"controller", who("c1", {Role::kController})},
      {"beheerder", who("b1", {Role::kBeheerder})},
      {"niemand", who("n1", {})},
      // Whoever may call everything, of one gemeente where a role has no more.
      {"alles", who("x1",
                    {Role::kAuditor, Role::kBeheerder, Role::kController, Role::kVerzuimadviseur,
                     Role::kWerkcoach, Role::kIntaker, Role::kKlantmanager},
                    {"Velsen"}, {"w1"})},
  };
  api_ = must(
      server::Api::open({*folder_, *recorder_, *projections_, clock_, random_, pool_.get_executor(),
                         [this](const server::Credentials& given) { return authenticate(given); },
                         [this](const std::string&) { return must_wait_; },
                         [this](const std::string&) { return must_wait_at_; }, &sessions_,
                         master_key_file().string(), (dir_ / "backup").string()},
                        {.most_waiting = std::chrono::milliseconds{100}}));
}

ApiFixture::~ApiFixture() {
  stop();
  pool_.join();
}

void ApiFixture::stop() { api_->stop(); }

Result<server::Identity> ApiFixture::authenticate(const server::Credentials& credentials) const {
  if (not_let_in_) return *not_let_in_;
  std::string token = credentials.session_cookie;
  if (credentials.authorization.starts_with("Bearer ")) token = credentials.authorization.substr(7);
  const auto found = identities_.find(token);
  if (found == identities_.end()) return Error{ErrorCode::kNotFound, "nobody"};
  return found->second;
}

Position ApiFixture::record(std::vector<pb::Event> events) {
  const auto outcome = must(recorder_->record(events));
  if (const auto* refusal = std::get_if<Refusal>(&outcome)) throw std::runtime_error(refusal->zin);
  clock_.advance(std::chrono::minutes{1});
  return std::get<Recorded>(outcome).last;
}

std::unique_ptr<Vault> ApiFixture::open_vault() {
  const SecretKey master = must(load_master_key(master_key_file()));
  return must(Vault::open({folder_->path(), folder_->log().identity()}, master, random_));
}

void ApiFixture::make_vault() {
  ASSERT_TRUE(make_master_key_file(master_key_file(), random_));
  const SecretKey master = must(load_master_key(master_key_file()));
  ASSERT_TRUE(Vault::create({folder_->path(), folder_->log().identity()}, master, random_));
}

void ApiFixture::set_person(const StreamId& stream,
                            std::vector<std::pair<PersonField, std::string>> fields) {
  const auto vault = open_vault();
  auto changes = must(vault->begin());
  ASSERT_TRUE(changes.set(stream, {.fields = std::move(fields), .same_as = {}}));
  ASSERT_TRUE(changes.commit());
}

PersonData ApiFixture::find_person(const StreamId& stream) {
  const auto person = must(open_vault()->find_person(stream));
  return person ? person->data : PersonData();
}

void ApiFixture::record_organisation() {
  record({event(kOrganisatie, event_id(1), "2000-01-01", "gemeente_toegetreden",
                {{"gemeente", "Velsen"}}),
          event(kOrganisatie, event_id(2), "2000-01-01", "gemeente_toegetreden",
                {{"gemeente", "Beverwijk"}}),
          event(kOrganisatie, event_id(3), "2000-01-01", "afdeling_ingesteld",
                {{"afdeling", "Groen"}})});
}

void ApiFixture::record_dossiers() {
  std::uint64_t id = 10;
  const auto start = [&](const StreamId& stream, const char* gemeente, const char* coach,
                         const char* trede) {
    record({event(stream, event_id(id++), "2021-01-04", "aanmelding",
                  {{"gemeente", gemeente}, {"regeling", "participatiewet"}})});
    record({event(stream, event_id(id++), "2021-01-05", "werkcoach_toegewezen",
                  {{"werkcoach", coach}})});
    record({event(stream, event_id(id++), "2021-01-11", "intake", {{"uitkomst", "positief"}})});
    record({event(stream, event_id(id++), "2021-01-18", "traject_start", {{"trede", trede}})});
  };
  start(one(), "Velsen", "w1", "3");
  start(two(), "Beverwijk", "w2", "4");
  record({event(two(), event_id(20), "2021-03-26", "uitstroom", {{"reden", "werkaanvaarding"}})});
  record({event(three(), event_id(21), "2020-01-01", "dienstverband_start",
                {{"dienstverband", "beschut_werk"},
                 {"gemeente", "Velsen"},
                 {"afdeling", "Groen"},
                 {"deeltijdfactor", "0.8"}})});
  record({event(three(), event_id(22), "2021-02-01", "ziekmelding")});
}

ApiFixture::Answered ApiFixture::get(const std::string& target, const std::string& as) {
  return ask({.target = target, .as = as});
}

ApiFixture::Answered ApiFixture::ask(Asked asked) {
  server::Request request;
  request.method = asked.method;
  const auto mark = asked.target.find('?');
  request.path = asked.target.substr(0, mark);
  if (mark != std::string::npos) request.query = asked.target.substr(mark + 1);
  request.body = asked.body;
  request.peer = "127.0.0.1";
  const bool of_session = request.path.starts_with("/v1/sessies");
  if (!asked.as.empty() && of_session) request.headers.set("Cookie", "trede_sessie=" + asked.as);
  if (!asked.as.empty() && !of_session) request.headers.set("Authorization", "Bearer " + asked.as);
  if (!asked.body.empty()) request.headers.set("Content-Type", "application/json");
  for (auto& [name, value] : asked.headers) request.headers.set(name, value);
  return answer(std::move(request), asked.is_left_unread);
}

ApiFixture::Answered ApiFixture::answer(server::Request request, bool is_left_unread) {
  Answered out{run(new_context(), api_->answer(std::move(request))), {}};
  if (const auto* text = std::get_if<std::string>(&out.response.body)) out.body = *text;
  if (out.response.is_endless || is_left_unread) return out;
  if (const auto* source = std::get_if<server::Source>(&out.response.body)) {
    while (const auto piece = next_piece(*source)) out.body += *piece;
  }
  return out;
}

std::optional<std::string> ApiFixture::next_piece(const server::Source& source) {
  auto piece = run(new_context(), source());
  if (!piece) throw std::runtime_error(piece.error().message);
  return *std::move(piece);
}

std::vector<std::string> ApiFixture::trail() const {
  std::vector<std::string> out;
  api_->settle();
  auto trail = Trail::open(folder_->path(), folder_->log().identity(), TrailAccess::kRead, clock_);
  if (!trail) return out;
  const Status read = (*trail)->scan({}, [&](const TrailRecord& record) -> Status {
    out.push_back(record.object + " " + record.action + " " + record.outcome + " " + record.actor);
    return {};
  });
  EXPECT_TRUE(read.has_value());
  return out;
}

boost::json::object ApiFixture::Answered::json() const {
  return boost::json::parse(body).as_object();
}

std::string ApiFixture::Answered::problem() const {
  const std::string type(json().at("type").as_string());
  return type.substr(type.rfind(':') + 1);
}

}  // namespace trede::test
