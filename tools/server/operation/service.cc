#include "tools/server/operation/service.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>
#include <mutex>
#include <thread>

#include "engine/dossier/recorder.h"
#include "engine/log/background_scrub.h"
#include "engine/log/data_folder.h"
#include "engine/log/figures.h"
#include "projections/measures/measures.h"
#include "projections/projections.h"
#include "tools/server/access/gate.h"
#include "tools/server/access/rate_limits.h"
#include "tools/server/api/api.h"
#include "tools/server/api/endpoint.h"
#include "tools/server/http/server.h"
#include "tools/server/operation/failing.h"
#include "tools/server/operation/front.h"
#include "tools/server/operation/logs.h"
#include "tools/server/operation/recording_watch.h"
#include "tools/server/pages/pages.h"

namespace trede::server {

namespace asio = boost::asio;

namespace {

using namespace std::chrono_literals;

// Beyond it figures are too old to call the server ready.
constexpr std::uint64_t kMostLag = 50'000;
constexpr auto kFlushEvery = 60s;
// Of the dossiers that were recorded in lately; a third of a million events.
constexpr std::size_t kRecorderBytes = 64 << 20;

std::string operation_named(const Pages& pages, const std::string& method,
                            const std::string& path) {
  if (pages.holds(path)) return "pagina";
  const auto routed = route(method, path);
  return routed ? routed->endpoint->operation : std::string();
}

// Everything that is open while the server runs, in the order in which it was opened.
class Service {
 public:
  explicit Service(ServiceParts parts)
      : parts_(std::move(parts)),
        pool_(parts_.config.pool_threads),
        limits_(parts_.clock, parts_.config.rates) {}
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  Status open() {
    auto folder =
        DataFolder::open(parts_.config.data, OpenMode::kWrite, parts_.clock, parts_.random);
    if (!folder) return std::move(folder).error();
    folder_ = std::move(*folder);
    auto projections = Projections::open(*folder_);
    if (!projections) return std::move(projections).error();
    projections_ = std::move(*projections);
    recorder_ = std::make_unique<Recorder>(folder_->log(), parts_.clock,
                                           RecorderOptions{.max_cached_bytes = kRecorderBytes});
    auto gate =
        Gate::open({parts_.config.data, folder_->log().identity()}, parts_.clock, parts_.random);
    if (!gate) return std::move(gate).error();
    gate_ = std::move(*gate);
    auto recordings = RecordingWatch::begin(*folder_, parts_.clock);
    if (!recordings) return std::move(recordings).error();
    recordings_ = std::move(*recordings);
    if (recordings_->mended() > 0) {
      spdlog::warn(
          "the audit trail lacked {} of what was recorded before the process was cut short",
          recordings_->mended());
    }
    TREDE_RETURN_IF_ERROR(try_vault());
    TREDE_RETURN_IF_ERROR(open_api());
    worker_ = std::jthread([this](const std::stop_token& stop) { project(stop); });
    auto scrub = BackgroundScrub::start(*folder_, parts_.clock, {});
    if (scrub) scrub_ = std::move(*scrub);
    if (!scrub) spdlog::warn("the log is not read again for damage: {}", scrub.error().message);
    auto server =
        Server::start({context_, parts_.clock, parts_.random}, parts_.config.http, *front_);
    if (!server) return std::move(server).error();
    server_ = std::move(*server);
    return {};
  }

  void run() {
    asio::co_spawn(strand_, stop_when_told(), [](const std::exception_ptr& error) {
      if (error) end_the_process("stopping: " + text_of(error));  // nothing else would any more
    });
    asio::co_spawn(strand_, flush_now_and_then(), [this](const std::exception_ptr& error) {
      if (error && !is_stopping_) fail("keeping when users were last seen: " + text_of(error));
    });
    std::vector<std::string> addresses;
    for (std::size_t i = 0; i < parts_.config.http.listeners.size(); ++i) {
      Listener listener = parts_.config.http.listeners[i];
      listener.port = server_->port(i);
      addresses.push_back(listener_text(listener));
      spdlog::info("listening at {}", addresses.back());
    }
    parts_.on_ready(addresses);
    std::vector<std::jthread> threads;
    const unsigned wanted = parts_.config.io_threads;
    const unsigned count = wanted != 0 ? wanted : std::thread::hardware_concurrency();
    for (unsigned i = 1; i < count; ++i) {
      threads.emplace_back([this] { run_to_the_end(context_, on_failure_); });
    }
    run_to_the_end(context_, on_failure_);
  }

  // After run, or after open failed.
  Status close() {
    if (api_) api_->stop();
    pool_.join();
    server_.reset();
    context_.restart();
    context_.poll();  // what the pool handed back while it ran dry
    scrub_.reset();
    if (worker_.joinable()) {
      worker_.request_stop();
      worker_.join();
    }
    Status flushed = gate_ ? gate_->flush() : Status();
    front_.reset();
    pages_.reset();
    api_.reset();  // the last that is noted in the trail
    // Left without an end it is looked through at the next start.
    const bool is_noted = !has_failed_ && !has_unnoted_;
    const Status ended = recordings_ && is_noted ? recordings_->end() : Status();
    if (!ended) spdlog::error("audit trail: {}", ended.error().message);
    recorder_.reset();
    if (projections_ && folder_) {
      const Status caught = projections_->catch_up();
      if (!caught) spdlog::error("projections: {}", caught.error().message);
    }
    projections_.reset();
    const Status closed = folder_ ? folder_->close() : Status();
    if (!closed) return closed;
    const std::lock_guard lock(failed_mutex_);
    return failed_.empty() ? flushed : Error{ErrorCode::kIo, "the server failed: " + failed_};
  }

 private:
  // A key that opens nothing is told at the start, and not to the first werkcoach who asks a name.
  Status try_vault() {
    const VaultDoor door({folder_->path(), folder_->log().identity()},
                         parts_.config.master_key_file, parts_.random);
    if (!door.is_there()) return {};
    const auto vault = door.open();
    return vault ? Status()
                 : Error{ErrorCode::kInvalid, "vault.key_file: " + vault.error().message};
  }

  Status open_api() {
    std::vector<std::string> names;
    for (const Measure& measure : measures()) names.push_back(measure.name);
    metrics_ = std::make_unique<Metrics>([this] { return look(); }, names);
    auto api = Api::open(
        {.folder = *folder_,
         .recorder = *recorder_,
         .projections = *projections_,
         .clock = parts_.clock,
         .random = parts_.random,
         .pool = pool_.get_executor(),
         .authenticate =
             [this](const Credentials& credentials) { return gate_->authenticate(credentials); },
         .must_wait = [this](const std::string& actor) { return limits_.take_identity(actor); },
         .must_wait_at =
             [this](const std::string& peer) { return limits_.take_peer(peer_key(peer)); },
         .sessions = gate_.get(),
         .master_key_file = parts_.config.master_key_file,
         .backup_folder = parts_.config.backup_folder,
         .backup_keys = parts_.config.backup_keys,
         .on_refused = [this](const std::string& rule) { metrics_->count_refusal(rule); },
         .on_unnoted = [this] { has_unnoted_ = true; },
         .on_figure = [this](
                          const std::string& measure,
                          std::chrono::nanoseconds took) { metrics_->count_query(measure, took); },
         .knows_at_once = [this] { return gate_->is_at_hand(); }},
        {.publication = parts_.config.publication});
    if (!api) return std::move(api).error();
    api_ = std::move(*api);
    pages_ = std::make_unique<Pages>(*api_, embedded_pages(), embedded_places());
    front_ = std::make_unique<Front>(
        FrontParts{.application = *pages_,
                   .metrics = *metrics_,
                   .clock = parts_.clock,
                   .operation_of =
                       [this](const std::string& method, const std::string& path) {
                         return operation_named(*pages_, method, path);
                       },
                   .why_not_ready = [this] { return why_not_ready(); },
                   .metrics_for_all = parts_.config.metrics_for_all});
    return {};
  }

  // One that stopped with an error is told by /readyz; what is recorded and read goes on.
  void project(const std::stop_token& stop) {
    const auto run = [&] {
      const Status ended = projections_->run(stop);
      if (!ended) spdlog::error("projections stopped: {}", ended.error().message);
    };
    run_guarded("projecting", run, on_failure_);
  }

  std::string why_not_ready() const {
    const LogFigures figures = figures_of(*folder_);
    if (!figures.refuses.empty()) return "nothing is recorded: " + figures.refuses;
    if (!api_->is_noting()) return "nothing is recorded: the audit trail cannot be written";
    const ProjectionStatus status = projections_->status();
    if (!status.stopped.empty()) return "projections stopped: " + status.stopped;
    const std::uint64_t last = folder_->log().last_position().value;
    if (status.position.value + kMostLag < last) {
      return "projections are " + std::to_string(last - status.position.value) +
             " events behind the log";
    }
    return {};
  }

  Standing look() const {
    const ProjectionStatus status = projections_->status();
    return {.log = folder_->log().last_position(),
            .projections = status.position,
            .is_noting = api_->is_noting(),
            .is_projecting = status.stopped.empty(),
            .scrub_findings = scrub_ ? scrub_->findings() : 0,
            .sessions = gate_->sessions(),
            .http = server_ ? server_->counters() : Counters{},
            .figures = figures_of(*folder_)};
  }

  // Until a signal to stop, or a failure.
  asio::awaitable<void> wait_for_signals() {
    for (;;) {
      const auto [error, signal] =
          co_await signals_.async_wait(asio::as_tuple(asio::use_awaitable));
      if (error || signal != SIGHUP) break;
      // Reads files: not for a thread that serves connections.
      auto reading = [this] { reload_guarded(); };
      asio::post(pool_, std::move(reading));
    }
  }

  asio::awaitable<void> stop_when_told() {
    if (!has_failed_) co_await wait_for_signals();
    spdlog::info("stopping");
    signals_.clear();  // a second one ends it at once
    is_stopping_ = true;
    timer_.cancel();
    api_->stop();
    co_await server_->stop();
  }

  asio::awaitable<void> flush_now_and_then() {
    while (!is_stopping_) {
      timer_.expires_after(kFlushEvery);
      co_await timer_.async_wait(asio::use_awaitable);
      auto flushing = [this] { flush_guarded(); };
      asio::post(pool_, std::move(flushing));
    }
  }

  void flush_guarded() {
    const auto work = [this] {
      const Status flushed = gate_->flush();
      if (!flushed) warn("when users were last seen is not kept: " + flushed.error().message);
    };
    run_guarded("keeping when users were last seen", work, warn);
  }

  void reload_guarded() {
    const auto work = [this] {
      const std::lock_guard lock(reload_mutex_);  // of two the last one counts
      reload();
    };
    run_guarded("reading again", work, warn);
  }

  void reload() {
    if (!parts_.config_file.empty()) {
      const auto config = load_config(parts_.config_file);
      if (!config) spdlog::error("nothing is read again: {}", config.error().message);
      if (!config) return;
      set_log_level(config->log_level);
    }
    const bool has_tls = std::ranges::any_of(parts_.config.http.listeners, &Listener::is_encrypted);
    const Status loaded = has_tls ? server_->reload_certificates() : Status();
    if (loaded) spdlog::info("read again: certificates and level of the log");
    if (!loaded) spdlog::error("certificates stay as they were: {}", loaded.error().message);
  }

  static void warn(const std::string& why) { spdlog::error("{}", why); }

  // What cannot be is a reason to begin anew, and not to go on as if nothing had happened: what
  // runs is brought to its end, and the process ends with the reason. Threads: any.
  void fail(const std::string& why) {
    spdlog::critical("stopping, because of {}", why);
    {
      const std::lock_guard lock(failed_mutex_);
      if (failed_.empty()) failed_ = why;
    }
    has_failed_ = true;
    asio::post(strand_, [this] { signals_.cancel(); });
  }

  ServiceParts parts_;
  std::function<void(const std::string& why)> on_failure_ = [this](const std::string& why) {
    fail(why);
  };
  std::mutex failed_mutex_;
  std::string failed_;
  std::atomic<bool> has_failed_ = false;
  std::atomic<bool> has_unnoted_ = false;  // something was recorded that the trail did not take
  std::mutex reload_mutex_;
  asio::io_context context_;
  // From the first moment on: one that comes while the folder opens is not the end of the process.
  asio::signal_set signals_{context_, SIGTERM, SIGINT, SIGHUP};
  asio::thread_pool pool_;
  asio::any_io_executor strand_ = asio::make_strand(context_);  // of what follows
  asio::steady_timer timer_{strand_};
  bool is_stopping_ = false;
  RateLimits limits_;
  std::unique_ptr<DataFolder> folder_;
  std::unique_ptr<Projections> projections_;
  std::unique_ptr<Recorder> recorder_;
  std::unique_ptr<Gate> gate_;
  std::unique_ptr<RecordingWatch> recordings_;
  std::unique_ptr<Api> api_;
  std::unique_ptr<Metrics> metrics_;
  std::unique_ptr<Pages> pages_;
  std::unique_ptr<Front> front_;
  std::jthread worker_;
  std::unique_ptr<BackgroundScrub> scrub_;
  std::unique_ptr<Server> server_;
};

}  // namespace

Status serve(ServiceParts parts) {
  log_what_ends_the_process();
  Service service(std::move(parts));
  const Status opened = service.open();
  if (opened) service.run();
  const Status closed = service.close();
  return opened ? closed : opened;
}

}  // namespace trede::server
