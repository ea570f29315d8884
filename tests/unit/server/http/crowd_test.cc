// Many connections at once: limits, and what an idle one costs.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "tests/unit/server/http/resident.h"
#include "tests/unit/server/http/running_server.h"
#include "tools/server/http/acceptor.h"

using namespace trede::test;
using trede::server::Options;
using trede::server::place_of;

namespace {

// How many connections fit into this process, which has both ends of each: 10,000 if it may.
std::size_t room_for_connections() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
  return std::min<std::size_t>((static_cast<std::size_t>(limit.rlim_cur) - 100) / 2, 10'000);
}

TEST(Crowd, AnIdleConnectionCostsLittleAndNobodyNoticesIt) {
  const std::size_t count = room_for_connections();
  RunningServer running;
  std::vector<Client> clients;
  clients.reserve(count);
  // The first hundred bring what is needed once: threads' buffers, tables of the allocator.
  std::size_t before = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (i == 100) before = resident_bytes();
    clients.emplace_back(running.port());
    clients.back().send(get("/"));
    ASSERT_EQ(brief(clients.back().read_answer()), "200 GET /");
  }
  const std::size_t each = (resident_bytes() - before) / (count - 100);
  RecordProperty("connections", static_cast<int>(count));
  RecordProperty("bytes_each", static_cast<int>(each));
  std::printf("%zu idle connections, %zu bytes each\n", count, each);
  EXPECT_LE(each, kHasSanitizer ? 100U * 1024 : 10U * 1024);
  EXPECT_EQ(running.server().counters().connections_open, count);
  EXPECT_EQ(brief(answer_to(running.port(), get("/", "Connection: close\r\n"))), "200 GET /");
  clients[count / 2].send(get("/again"));
  EXPECT_EQ(brief(clients[count / 2].read_answer()), "200 GET /again");
}

TEST(Crowd, OneTooManyHearsSoAndTakesThePlaceOfWhoLeaves) {
  Options options;
  options.connections_max = 3;
  RunningServer running(options);
  std::vector<Client> clients;
  for (int i = 0; i < 3; ++i) {
    clients.emplace_back(running.port());
    clients.back().send(get("/"));
    ASSERT_EQ(brief(clients.back().read_answer()), "200 GET /");
  }
  EXPECT_EQ(brief(answer_to(running.port(), "")), "503 too many connections");
  EXPECT_EQ(running.server().counters().connections_refused, 1U);
  clients.pop_back();
  ASSERT_TRUE(becomes_true([&] { return running.server().counters().connections_open == 2; }));
  EXPECT_EQ(brief(answer_to(running.port(), get("/", "Connection: close\r\n"))), "200 GET /");
}

TEST(Crowd, OnePeerGetsNoMoreThanItsShare) {
  Options options;
  options.per_peer_max = 1;
  options.counts_loopback = true;
  RunningServer running(options);
  Client client(running.port());
  client.send(get("/"));
  ASSERT_EQ(brief(client.read_answer()), "200 GET /");
  EXPECT_EQ(brief(answer_to(running.port(), "")), "503 too many connections");
}

TEST(PlaceOf, CountsIpv6ByItsNetwork) {
  const auto place = [](const char* text) { return place_of(boost::asio::ip::make_address(text)); };
  EXPECT_EQ(place("192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(place("::ffff:192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(place("2001:db8:1:2:3:4:5:6"), place("2001:db8:1:2::1"));
  EXPECT_NE(place("2001:db8:1:2::1"), place("2001:db8:1:3::1"));
}

}  // namespace
