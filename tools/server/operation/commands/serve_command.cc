#include "tools/server/operation/commands/operation_commands.h"
#include "tools/server/operation/logs.h"
#include "tools/server/operation/service.h"

namespace trede::tool {

namespace {

class ServeCommand final : public Command {
 public:
  Help help() const override {
    return {
        "serve", "Serves a data folder over HTTP, for people and programs.",
        "  trede serve --data werk\n"
        "  trede serve --data werk --listen 127.0.0.1:0\n"
        "  trede serve --config trede.toml    # `trede config show` prints one to start from\n"};
  }

  void bind(Options& options) override {
    options.value("--data", &data_, "DIR: the data folder (left out: that of the file)");
    options.value("--config", &file_, "FILE: what can be chosen, in TOML (left out: the defaults)");
    options.values("--listen", &listen_,
                   "ADDRESS: 127.0.0.1:8480; port 0 takes a free one; goes before the file");
    options.value("--log", &log_, "text or json; goes before the file");
  }

  Outcome<> run(Context& context) override {
    auto config = read_config();
    if (!config) return config.error();
    server::set_up_logs(*config);
    const auto tell = [&](const std::vector<std::string>& addresses) {
      for (const std::string& address : addresses) context.out.line("luistert op " + address);
      // Whoever started it may have closed its end: no reason not to serve.
      static_cast<void>(context.out.flush());
    };
    const Status served = server::serve({.config = *std::move(config),
                                         .config_file = file_.value_or(""),
                                         .clock = context.clock,
                                         .random = context.random,
                                         .on_ready = tell});
    if (!served) return Failure(served.error());
    return {};
  }

 private:
  Outcome<server::Config> read_config() const {
    server::Config config;
    if (file_) {
      auto loaded = server::load_config(*file_);
      if (!loaded) return Failure(loaded.error());
      config = *std::move(loaded);
    }
    if (data_) config.data = *data_;
    if (config.data.empty()) {
      return wrong_input(
          "--data: missing, expected the data folder here or as server.data in "
          "the file of --config");
    }
    if (!listen_.empty()) config.http.listeners.clear();
    for (const std::string& text : listen_) {
      const auto listener = server::parse_listener(text);
      if (!listener) return wrong_input("--listen: " + listener.error().message);
      config.http.listeners.push_back(*listener);
    }
    if (log_ && *log_ != "text" && *log_ != "json") {
      return wrong_input("--log: expected text or json");
    }
    if (log_) config.log_form = *log_ == "json" ? server::LogForm::kJson : server::LogForm::kText;
    return config;
  }

  std::optional<std::string> data_;
  std::optional<std::string> file_;
  std::vector<std::string> listen_;
  std::optional<std::string> log_;
};

}  // namespace

std::unique_ptr<Command> make_serve_command() { return std::make_unique<ServeCommand>(); }

}  // namespace trede::tool
