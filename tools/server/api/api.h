// The endpoints under /v1: what the transport hands over goes in, what it is answered with comes
// out. README.md tells how an endpoint is made.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "engine/base/clock.h"
#include "engine/dossier/recorder.h"
#include "engine/log/data_folder.h"
#include "engine/trail/trail.h"
#include "projections/projections.h"
#include "tools/server/access/authenticator.h"
#include "tools/server/access/sessions.h"
#include "tools/server/api/call.h"
#include "tools/server/api/openapi.h"
#include "tools/server/http/message.h"

namespace trede::server {

struct ApiOptions {
  // How long `wachtOp` waits: long enough for any append, shorter than what a proxy allows.
  std::chrono::milliseconds most_waiting{5000};
  Publication publication = {};
};

// What the Api stands on; all of it outlives the Api, and the pool has run dry before it goes.
struct ApiParts {
  DataFolder& folder;  // opened for writing
  Recorder& recorder;  // of the folder's log
  Projections& projections;
  const Clock& clock;
  RandomSource& random;
  boost::asio::any_io_executor pool;  // threads that may wait for the disk
  Authenticate authenticate;
  // One request more of this actor: how long he must wait first; zero: not at all. May be empty.
  std::function<std::chrono::seconds(const std::string& actor)> must_wait = {};
  // The same of an address, for what is open to who is not known. May be empty.
  std::function<std::chrono::seconds(const std::string& peer)> must_wait_at = {};
  Sessions* sessions = nullptr;  // null = pages cannot log in here
  // File with the master key of the folder's vault; empty = persons and notes are not for here.
  std::string master_key_file = {};
  // Where the backup is kept, and the copy of the vault's keys (empty = none); empty = none is
  // made.
  std::string backup_folder = {};
  std::string backup_keys = {};
  // A rule refused an event; for who counts. Threads: any. May be empty.
  std::function<void(const std::string& rule)> on_refused = {};
  // Something was done that the audit trail did not take, so that it is answered with 503; or that
  // may not have got there, because answering threw. Threads: any. May be empty.
  std::function<void()> on_unnoted = {};
  OnFigure on_figure = {};
  // Whether `authenticate` and `sessions` know who asks without waiting for the disk; else they are
  // asked in the pool. Empty: always.
  std::function<bool()> knows_at_once = {};
};

// Owner: who runs the server. Threads: any.
//
// Invariants
//  1. Who is not allowed something learns nothing of it: who asks is established first, what is
//     read is narrowed to their reach.
//  2. What is read or written of a dossier is in the audit trail before it is answered.
//  3. An answer says with Trede-Positie what was known to it.
class Api final : public Application {
 public:
  // Errors: those of Trail::open and EventLog::follow.
  static Result<std::unique_ptr<Api>> open(ApiParts parts, ApiOptions options = {});
  ~Api() override;

  boost::asio::awaitable<Response> answer(Request request) override;
  Response refuse(unsigned status, std::string detail) override;

  // False while the audit trail cannot be written: nothing is recorded then, and no dossier shown.
  bool is_noting() const;
  // Waits until the audit trail has all that was done before.
  void settle();
  // Ends what follows something. To be called when the transport stops; answers go on.
  void stop();

 private:
  struct Impl;
  explicit Api(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace trede::server
