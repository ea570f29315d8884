// Bodies that are made while they are sent.
#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "tests/unit/server/http/expand.h"
#include "tests/unit/server/http/running_server.h"

using namespace trede::test;
using trede::Error;
using trede::ErrorCode;
using trede::Result;
using trede::server::Source;

namespace {

using Piece = Result<std::optional<std::string>>;

// What a source goes through, seen from outside.
struct Script {
  std::vector<std::string> pieces;
  bool fails = false;  // after the pieces
  bool waits = false;  // after the pieces, until cancelled
  std::atomic<std::size_t> asked{0};
  std::atomic<bool> is_waiting{false};
  std::atomic<bool> was_cancelled{false};
};

struct NotesCancelling {
  explicit NotesCancelling(std::shared_ptr<Script> given) : script(std::move(given)) {}
  ~NotesCancelling() { script->was_cancelled = true; }
  NotesCancelling(const NotesCancelling&) = delete;
  NotesCancelling& operator=(const NotesCancelling&) = delete;
  std::shared_ptr<Script> script;
};

awaitable<Piece> next_piece(std::shared_ptr<Script> script) {
  const std::size_t number = script->asked++;
  if (number < script->pieces.size()) co_return std::optional(script->pieces[number]);
  if (script->waits) {
    const NotesCancelling notes(script);
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
    timer.expires_at(std::chrono::steady_clock::time_point::max());
    script->is_waiting = true;
    co_await timer.async_wait(boost::asio::use_awaitable);
  }
  if (script->fails) co_return Error{ErrorCode::kIo, "no more"};
  co_return std::nullopt;
}

awaitable<Response> play(std::shared_ptr<Script> script, bool is_endless) {
  Response response = text_answer("");
  response.body = Source([script] { return next_piece(script); });
  response.is_endless = is_endless;
  co_return response;
}

Handler plays(const std::shared_ptr<Script>& script, bool is_endless = false) {
  return [script, is_endless](const Request&) { return play(script, is_endless); };
}

// What the chunks hold; "?" behind it when the last one is missing.
std::string unchunked(std::string_view answer) {
  answer.remove_prefix(answer.find("\r\n\r\n") + 4);
  std::string text;
  while (!answer.empty()) {
    const std::size_t size = std::stoul(std::string(answer.substr(0, 16)), nullptr, 16);
    answer.remove_prefix(answer.find("\r\n") + 2);
    if (size == 0) return text;
    text += answer.substr(0, size);
    answer.remove_prefix(std::min(size + 2, answer.size()));
  }
  return text + "?";
}

TEST(Streaming, PiecesGoOutAsChunksAndTheConnectionStays) {
  const auto script = std::make_shared<Script>();
  script->pieces = {"een", "twee", std::string(100000, 'x')};
  RunningServer running({}, plays(script));
  Client client(running.port());
  client.send(get("/"));
  const std::string answer = client.read_until("\r\n0\r\n\r\n");
  EXPECT_NE(answer.find("\r\n\r\n3\r\neen\r\n4\r\ntwee\r\n186a0\r\nxxx"), std::string::npos);
  EXPECT_EQ(unchunked(answer), "eentwee" + std::string(100000, 'x'));
  client.send(get("/", "Connection: close\r\n"));
  EXPECT_EQ(unchunked(client.read_all()), "");
}

TEST(Streaming, AnOldClientGetsItWithoutChunks) {
  const auto script = std::make_shared<Script>();
  script->pieces = {"een", "twee"};
  RunningServer running({}, plays(script));
  EXPECT_EQ(brief(answer_to(running.port(), "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")),
            "200 eentwee");
}

TEST(Streaming, AHeadAsksForNoPiece) {
  const auto script = std::make_shared<Script>();
  script->pieces = {"een"};
  RunningServer running({}, plays(script));
  EXPECT_EQ(
      brief(answer_to(running.port(), "HEAD / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")),
      "200 ");
  EXPECT_EQ(script->asked, 0U);
}

TEST(Streaming, ASourceThatFailsCutsTheConnection) {
  const auto script = std::make_shared<Script>();
  script->pieces = {"een"};
  script->fails = true;
  RunningServer running({}, plays(script));
  EXPECT_EQ(unchunked(answer_to(running.port(), get("/"))), "een?");
}

TEST(Streaming, IsCompressedAsAsked) {
  const auto script = std::make_shared<Script>();
  std::string text;
  for (int i = 0; i < 50; ++i) script->pieces.push_back(std::string(5000, 'a') + std::to_string(i));
  for (const auto& piece : script->pieces) text += piece;
  RunningServer running({}, plays(script));
  const auto gzip =
      answer_to(running.port(), get("/", "Connection: close\r\nAccept-Encoding: gzip\r\n"));
  EXPECT_EQ(expand_gzip(unchunked(gzip)), text);
  EXPECT_LT(gzip.size(), text.size() / 10);
  script->asked = 0;
  const auto zstd =
      answer_to(running.port(), get("/", "Connection: close\r\nAccept-Encoding: zstd\r\n"));
  EXPECT_EQ(expand_zstd(unchunked(zstd)), text);
  EXPECT_NE(zstd.find("Vary: Accept-Encoding\r\n"), std::string::npos);
}

awaitable<Response> large_text(Request) {
  std::string text;
  for (int i = 0; i < 100000; ++i) text += "regel " + std::to_string(i) + "\n";
  co_return text_answer(std::move(text));
}

TEST(Streaming, ALargeTextIsCompressedInPieces) {
  RunningServer running({}, large_text);
  const auto answer =
      answer_to(running.port(), get("/", "Connection: close\r\nAccept-Encoding: zstd\r\n"));
  const std::string text = expand_zstd(unchunked(answer));
  EXPECT_EQ(text.size(), 1188890U);
  EXPECT_TRUE(text.ends_with("regel 99999\n"));
}

TEST(Streaming, EachPieceOfWhatIsEndlessArrivesAtOnce) {
  for (const char* coding : {"identity", "gzip", "zstd"}) {
    const auto script = std::make_shared<Script>();
    script->pieces = {"data: 1\n\n", "data: 2\n\n"};
    script->waits = true;
    RunningServer running({}, plays(script, true));
    Client client(running.port());
    client.send(get("/", "Accept-Encoding: " + std::string(coding) + "\r\n"));
    // The source waits for ever behind its second piece, and yet all of it has to come.
    client.read_until("\r\n\r\n");
    const std::string first = client.read_chunk();
    const std::string both = first + client.read_chunk();
    const auto expanded = [&](std::string_view coded) {
      if (std::string_view(coding) == "gzip") return expand_gzip(coded, false);
      return std::string_view(coding) == "zstd" ? expand_zstd(coded, false) : std::string(coded);
    };
    EXPECT_EQ(expanded(first), "data: 1\n\n") << coding;
    EXPECT_EQ(expanded(both), "data: 1\n\ndata: 2\n\n") << coding;
  }
}

TEST(Streaming, AClientThatGoesAwayCancelsTheSource) {
  for (const bool is_endless : {false, true}) {
    const auto script = std::make_shared<Script>();
    script->pieces = {"een"};
    script->waits = true;
    RunningServer running({}, plays(script, is_endless));
    Client client(running.port());
    client.send(get("/"));
    client.read_until("een");
    ASSERT_TRUE(becomes_true([&] { return script->is_waiting.load(); }));
    client.reset();
    EXPECT_TRUE(becomes_true([&] { return script->was_cancelled.load(); })) << is_endless;
    EXPECT_TRUE(becomes_true([&] { return running.server().counters().connections_open == 0; }));
  }
}

TEST(Streaming, WhoEndsItsHalfFollowsNoLongerButGetsItsExport) {
  const auto followed = std::make_shared<Script>();
  followed->waits = true;
  RunningServer following({}, plays(followed, true));
  Client follower(following.port());
  follower.send(get("/"));
  follower.end_half();
  follower.read_all();
  EXPECT_TRUE(becomes_true([&] { return following.server().counters().connections_open == 0; }));

  const auto exported = std::make_shared<Script>();
  exported->pieces = std::vector<std::string>(50, "regel\n");
  RunningServer exporting({}, plays(exported));
  Client exporter(exporting.port());
  exporter.send(get("/"));
  exporter.end_half();
  EXPECT_EQ(unchunked(exporter.read_all()).size(), 300U);
}

TEST(Streaming, NoMoreIsMadeThanTheNetworkTakes) {
  const auto script = std::make_shared<Script>();
  script->pieces = std::vector<std::string>(4000, std::string(16384, 'x'));  // 64 MiB
  RunningServer running({}, plays(script));
  Client client(running.port(), 8192);
  client.send(get("/"));
  ASSERT_TRUE(becomes_true([&] { return script->asked > 10; }));
  // Buffers of the system are full when the count of bytes stands still; the other thread's clock
  // is a request beside it that is answered again and again.
  std::size_t before = 1;
  for (std::size_t round = 0; round < 200 && before != script->asked; ++round) {
    before = script->asked;
    for (int i = 0; i < 20; ++i) {
      Client other(running.port());
      other.send("nonsense");
      other.read_all();
    }
  }
  EXPECT_LT(script->asked, 1000U);
  client.reset();
}

}  // namespace
