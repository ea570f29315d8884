// An Api over a small organisation, called with requests as the transport hands them over.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/json.hpp>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "engine/dossier/recorder.h"
#include "engine/log/data_folder.h"
#include "engine/vault/master_key.h"
#include "engine/vault/vault.h"
#include "projections/projections.h"
#include "tests/support/events.h"
#include "tests/support/fakes.h"
#include "tests/support/temp_dir.h"
#include "tools/server/api/api.h"

namespace trede::test {

// Sessions whose cookie is a name of `identities`; whoever logs in gets one.
class FakeSessions final : public server::Sessions {
 public:
  using Find = std::function<Result<server::Identity>(const server::Credentials&)>;
  explicit FakeSessions(Find find) : find_(std::move(find)) {}

  Result<server::LoggedIn> log_in(const server::Login& login) override;
  std::chrono::seconds wait_for(const std::string&, const std::string&) override { return wait_; }
  Result<server::SessionInfo> find_session(const server::Credentials& credentials) override;
  Status log_out(const server::Credentials&) override { return outcome_; }
  Status change_password(const server::Credentials&, const std::string&,
                         const std::string&) override {
    return outcome_;
  }
  Status take_up_changes() override {
    ++taken_up_;
    return outcome_;
  }

  int taken_up_ = 0;
  Status outcome_;  // of everything but find_session
  std::chrono::seconds wait_{0};

 private:
  Find find_;
};

// Who calls is told by a token: its text is a name of `identities`; below /v1/sessies by a cookie.
// Velsen and Beverwijk take part in everything since 2000-01-01, afdeling Groen exists. Three
// dossiers, of 2021:
//   one    Velsen, werkcoach w1, traject in trede 3 since 01-18
//   two    Beverwijk, werkcoach w2, traject in trede 4 since 01-18, out on 03-26
//   three  Velsen, in dienst at Groen since 2020-01-01, sick since 02-01
class ApiFixture : public testing::Test {
 protected:
  enum class Begin { kSmallOrganisation, kEmptyLog };
  explicit ApiFixture(Begin begin = Begin::kSmallOrganisation);
  ~ApiFixture() override;

  struct Asked {
    std::string method = "GET";
    std::string target;  // path and query
    std::string as = "auditor";
    std::string body = {};
    std::vector<std::pair<std::string, std::string>> headers = {};
    bool is_left_unread = false;  // a body that is made piece by piece
  };
  struct Answered {
    server::Response response;
    std::string body;  // all of it, also when it was made piece by piece
    unsigned status() const { return response.status; }
    std::string header(std::string_view name) const {
      return std::string(response.headers.find(name).value_or(""));
    }
    boost::json::object json() const;
    // The end of the problem's type.
    std::string problem() const;
  };

  // Runs the coroutine of one request to its end. An endless body is left alone.
  Answered ask(Asked asked);
  // The same of a request as it was read.
  Answered answer(server::Request request, bool is_left_unread = false);
  Answered get(const std::string& target, const std::string& as = "auditor");
  // The next piece of a body; absent = its end.
  std::optional<std::string> next_piece(const server::Source& source);

  // Records events as another writer would.
  Position record(std::vector<pb::Event> events);
  std::uint64_t last() const { return folder_->log().last_position().value; }
  // `object action outcome actor` of each entry of the audit trail.
  std::vector<std::string> trail() const;
  void stop();

  // The server has the key of the vault; the vault itself is there from here on.
  void make_vault();
  std::filesystem::path master_key_file() const { return dir_ / "master.key"; }
  void set_person(const StreamId& stream, std::vector<std::pair<PersonField, std::string>> fields);
  PersonData find_person(const StreamId& stream);

  static StreamId one();
  static StreamId two();
  static StreamId three();
  static std::string path_of(const StreamId& stream);  // `/v1/dossiers/UUID`

  // What is awaited runs in one of its own. They stay: a thread of the pool that hands something
  // back to one may not be done with it when that has run.
  boost::asio::io_context& new_context() { return contexts_.emplace_back(); }
  std::list<boost::asio::io_context> contexts_;
  // Nor may the writer of the log be done with the pool when a step of the recorder has run.
  boost::asio::thread_pool pool_{2};
  TempDir dir_;
  FakeClock clock_{Moment{Day{std::chrono::year{2021} / 4 / 12}} + std::chrono::hours{9}};
  SeededRandom random_;
  std::unique_ptr<DataFolder> folder_;
  std::optional<Recorder> recorder_;
  std::unique_ptr<Projections> projections_;
  std::map<std::string, server::Identity> identities_;
  std::chrono::seconds must_wait_{0};
  std::chrono::seconds must_wait_at_{0};
  std::optional<Error> not_let_in_;  // what authenticating fails with
  FakeSessions sessions_{[this](const server::Credentials& given) { return authenticate(given); }};
  std::unique_ptr<server::Api> api_;

 private:
  std::unique_ptr<Vault> open_vault();
  void record_organisation();
  void record_dossiers();
  Result<server::Identity> authenticate(const server::Credentials& credentials) const;
};

}  // namespace trede::test
