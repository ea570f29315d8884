// http_read: figures over HTTP.
#include <boost/asio/co_spawn.hpp>
#include <boost/json.hpp>

#include "tests/bench/load/client.h"
#include "tests/bench/load/desk.h"
#include "tests/bench/load/drive.h"
#include "tests/bench/machine/process.h"
#include "tests/bench/rows/rows.h"

namespace trede::bench {

namespace {

namespace asio = boost::asio;
namespace json = boost::json;

constexpr std::size_t kConnections = 64;
constexpr std::size_t kReadsPerQuestion = 100;
constexpr std::size_t kTargets = 1'000;
constexpr std::size_t kHeld = 15;  // answers that are held against those of the command
constexpr unsigned kGood = 200;
constexpr unsigned kNotModified = 304;

// One answer of the server, with its ETag.
struct Read {
  std::string body;
  std::string etag;
};

asio::awaitable<void> read_one(Client& client, const std::string& request, Read& read) {
  co_await client.ask_for(kGood, request);
  read = {std::string(client.body()), std::string(client.header("etag"))};
}

Read read(const ServerProcess& server, const std::string& request) {
  asio::io_context context(1);
  Client client(context, server.port());
  Read out;
  asio::co_spawn(context, read_one(client, request, out), [](std::exception_ptr trouble) {
    if (trouble) std::rethrow_exception(trouble);
  });
  context.run();
  return out;
}

// The rows of an answer as the command writes them: `code,code,value`.
std::string rows_of(const std::string& text) {
  std::string out;
  const json::value answer = json::parse(text);
  for (const json::value& row : answer.at("rijen").as_array()) {
    for (const json::value& code : row.at("codes").as_array()) {
      out += std::string(code.as_string()) + ",";
    }
    out += std::string(row.at("waarde").as_string()) + "\n";
  }
  return out;
}

// `a?b=c&d=e` as the words of `trede query`.
std::vector<std::string> query_words(const std::string& target) {
  std::string text = target.substr(std::string("/v1/cijfers/").size());
  std::vector<std::string> out = {"query", text.substr(0, text.find('?'))};
  for (std::size_t at = text.find('?'); at != std::string::npos;) {
    const std::size_t next = text.find('&', at + 1);
    const std::string pair = text.substr(at + 1, next - at - 1);
    out.push_back("--" + pair.substr(0, pair.find('=')));
    out.push_back(pair.substr(pair.find('=') + 1));
    at = next;
  }
  return out;
}

void hold_against_query(const Settings& settings, const ServerProcess& server, const Desk& desk,
                        const std::vector<std::string>& targets) {
  for (std::size_t i = 0; i < std::min(kHeld, targets.size()); ++i) {
    std::vector<std::string> words = query_words(targets[i]);
    words.insert(words.begin(), settings.trede);
    words.insert(words.end(), {"--data", desk.data(), "--format", "csv"});
    const std::string ours = rows_of(read(server, desk.get(targets[i])).body);
    std::string theirs = run(words);
    theirs.erase(0, theirs.find('\n') + 1);  // what the columns are called
    if (ours == theirs) continue;
    throw std::runtime_error(targets[i] + ": the server says\n" + ours + "the command\n" + theirs);
  }
}

std::vector<Requests> shared_out(const Desk& desk, const std::vector<std::string>& targets,
                                 std::size_t count, const std::vector<std::string>& headers) {
  std::vector<Requests> out(kConnections);
  for (std::size_t i = 0; i < std::max(count, kConnections); ++i) {
    const std::size_t at = i % targets.size();
    out[i % kConnections].push_back(desk.get(targets[at], headers[at % headers.size()]));
  }
  return out;
}

std::vector<std::string> conditions(const ServerProcess& server, const Desk& desk,
                                    const std::vector<std::string>& targets) {
  std::vector<std::string> out;
  for (const std::string& target : targets) {
    out.push_back("If-None-Match: " + read(server, desk.get(target)).etag + "\r\n");
  }
  return out;
}

}  // namespace

Row http_read(Bench& bench) {
  Row row{.name = "http_read",
          .what = "figures over HTTP, 64 connections, several questions on random days",
          .unit = "requests/s",
          .better = Better::kMore};
  PreparedLog& log = bench.log();
  log.close();
  const Settings& settings = bench.settings();
  const Desk desk(settings.trede, log.data(), bench.scratch("desk"), 1);
  ServerProcess server(settings.trede, desk.data(), desk.place());
  const std::size_t count = settings.questions * kReadsPerQuestion;
  const auto targets = figure_targets(std::min(count, kTargets), settings.seed);
  hold_against_query(settings, server, desk, targets);
  const auto known = conditions(server, desk, targets);  // and every table comes in
  Costs costs;
  Extra not_changed{"answered 304", row.unit, {}};
  Extra packed{"with gzip", row.unit, {}};
  Extra protobuf{"in protobuf", row.unit, {}};
  const auto ask = [&](unsigned status, const std::vector<std::string>& headers) {
    return drive(server, shared_out(desk, targets, count, headers), status);
  };
  const std::vector<Contender> contenders = {
      {"Trede", std::nullopt, [&](int) {
         const Driven driven = ask(kGood, {""});
         costs.add(driven);
         not_changed.values.push_back(ask(kNotModified, known).per_second());
         packed.values.push_back(ask(kGood, {"Accept-Encoding: gzip\r\n"}).per_second());
         protobuf.values.push_back(ask(kGood, {"Accept: application/x-protobuf\r\n"}).per_second());
         return Sample{driven.per_second()};
       }}};
  bench.measure(row, contenders);
  server.stop();
  costs.put(row);
  for (Extra* extra : {&not_changed, &packed, &protobuf}) row.extras.push_back(std::move(*extra));
  return row;
}

}  // namespace trede::bench
