// One call of an endpoint: what was asked, by whom, and what it is answered with.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/clock.h"
#include "engine/dossier/history_cache.h"
#include "engine/dossier/recorder.h"
#include "engine/log/data_folder.h"
#include "engine/trail/entry.h"
#include "projections/caseload/caseload.h"
#include "projections/projections.h"
#include "projections/reports/definition.h"
#include "projections/reports/desk.h"
#include "projections/reports/laid_down.h"
#include "tools/server/access/identity.h"
#include "tools/server/access/sessions.h"
#include "tools/server/api/bell.h"
#include "tools/server/api/endpoint.h"
#include "tools/server/api/known_now.h"
#include "tools/server/api/trail_writer.h"
#include "tools/server/api/vault_door.h"
#include "tools/server/http/message.h"

namespace trede::server {

// A figure of this measure was worked out, and how long that took. Threads: any. May be empty.
using OnFigure = std::function<void(const std::string& measure, std::chrono::nanoseconds took)>;

// What endpoints work with. Lives as long as the Api.
struct Services {
  DataFolder& folder;
  Recorder& recorder;
  Projections& projections;
  ReportDesk& desk;
  const DefinitionLibrary& definitions;
  OrganisatieLog& organisatie;
  Caseloads& caseloads;
  KnownNow& known_now;
  HistoryCache& histories;
  TrailWriter& trail;
  const VaultDoor& vault;
  const std::string& backup_folder;  // empty = the server makes none
  const std::string& backup_keys;
  Bell& bell;
  const Clock& clock;
  RandomSource& random;
  boost::asio::any_io_executor pool;  // where one may wait for the disk
  const Authenticate& authenticate;
  Sessions* sessions;           // null = there are none
  const std::string& document;  // of the API
  const OnFigure& on_figure;
};

// Owner: the coroutine that answers. Threads: one at a time.
struct Call {
  Request request;
  Services& services;
  const Endpoint& endpoint;
  std::vector<std::pair<std::string, std::string>> path_values;
  QueryKeys query;
  std::string media_type;  // of the answer
  Identity identity;       // of an open endpoint: nobody

  // Requires: a part of the endpoint's path.
  const std::string& path_value(std::string_view name) const;
  std::string header(std::string_view name) const;  // empty = absent
  Credentials credentials() const;                  // what of it says who asks
  // What decides how long answering takes, but for the moments that are asked about.
  std::size_t shape() const;
};

// Bytes that are not a message of ours.
struct RawBody {
  std::string media_type;
  std::string bytes;
};
// A body that is made while it is sent.
struct StreamedBody {
  std::string media_type;
  Source source;
  bool is_endless = false;
};

using ReplyBody =
    std::variant<std::monostate, std::shared_ptr<google::protobuf::Message>, RawBody, StreamedBody>;

struct Reply {
  unsigned status = 200;
  ReplyBody body = {};
  Headers headers = {};
  std::optional<Position> position = {};  // what was known to it; absent = all there is
  std::string etag = {};                  // with its quotes; empty = may not be kept
  // What the trail must have before it is sent; origin and actor are filled in.
  std::vector<TrailEntry> trail = {};
  bool is_in_log = false;  // the log has it as well: the trail may have it a little later
};

template <typename Message>
Reply reply_with(Message message) {
  return {.body = std::make_shared<Message>(std::move(message))};
}

}  // namespace trede::server
