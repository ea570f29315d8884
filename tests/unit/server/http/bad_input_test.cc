// Bytes that are no request: a clear answer and the end of the connection, or just its end; the
// next client notices nothing. Which bytes are refused is tested by the reader's own test; here a
// few of each kind go over the line.
#include <gtest/gtest.h>

#include "tests/unit/server/http/running_server.h"

using namespace trede::test;

namespace {

struct Row {
  const char* what;
  std::string bytes;
  const char* status;
};

TEST(BadInput, IsAnsweredOnceAndTheConnectionEnds) {
  RunningServer running;
  const std::string post = "POST / HTTP/1.1\r\nHost: h\r\n";
  for (const Row& row : {
           Row{"garbage", "\x01\x02\x03 garbage \xFF\xFE", "400"},
           Row{"TLS", std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xFC\x03\x03", 11), "400"},
           Row{"HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "505"},
           Row{"length and chunks",
               post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" +
                   get("/smuggled"),
               "400"},
           Row{"two lengths",
               post + "Content-Length: 0\r\nContent-Length: 40\r\n\r\n" + get("/smuggled"), "400"},
           Row{"a folded header",
               post + "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n" + get("/smuggled"), "400"},
           Row{"a bare LF", "GET / HTTP/1.1\nHost: h\n\n" + get("/smuggled"), "400"},
           Row{"another host", "GET http://x/ HTTP/1.1\r\nHost: h\r\n\r\n" + get("/smuggled"),
               "400"},
           Row{"a bad chunk",
               post + "Transfer-Encoding: chunked\r\n\r\n3\r\nabcX\r\n" + get("/smuggled"), "400"},
           Row{"a long target", "GET /" + std::string(8192, 'a') + " HTTP/1.1\r\n\r\n", "414"},
           Row{"large headers", get("/", "X: " + std::string(20000, 'a') + "\r\n"), "431"},
           Row{"a large length", post + "Content-Length: 100000000\r\n\r\n", "413"},
           Row{"an expectation", get("/", "Expect: nothing\r\n"), "417"},
       }) {
    const std::string answer = answer_to(running.port(), row.bytes);
    EXPECT_EQ(brief(answer).substr(0, 3), row.status) << row.what;
    EXPECT_EQ(answer.find("HTTP/1.1 200"), std::string::npos) << row.what << ": " << answer;
    EXPECT_EQ(answer.find("(reset)"), std::string::npos) << row.what;
  }
  EXPECT_EQ(brief(answer_to(running.port(), get("/", "Connection: close\r\n"))), "200 GET /");
  EXPECT_EQ(running.server().counters().requests, 1U);
}

TEST(BadInput, TheAnswerArrivesAlsoWhenTheClientGoesOnSending) {
  trede::server::Options options;
  options.body_max = 100;
  RunningServer running(options);
  Client client(running.port());
  // More than the server reads before it answers.
  client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 500000\r\n\r\n" +
              std::string(500000, 'x'));
  EXPECT_EQ(brief(client.read_all()), "413 the body is too large");
}

TEST(BadInput, WhoEndsInTheMiddleHearsSo) {
  RunningServer running;
  for (const char* bytes :
       {"GET / HTTP/1.1\r\nHost", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nabc",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"}) {
    Client client(running.port());
    client.send(bytes);
    client.end_half();
    EXPECT_EQ(brief(client.read_all()), "400 the request ends in the middle") << bytes;
  }
}

TEST(BadInput, WhoComesAndGoesIsForgotten) {
  RunningServer running;
  for (int i = 0; i < 20; ++i) {
    Client quiet(running.port());
    Client half(running.port());
    half.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nabc");
    i % 2 == 0 ? half.reset() : quiet.reset();
  }
  EXPECT_TRUE(becomes_true([&] {
    const auto counters = running.server().counters();
    return counters.connections_accepted >= 20 && counters.connections_open == 0;
  }));
}

}  // namespace
