#include "tools/server/http/target.h"

#include <gtest/gtest.h>

using namespace trede::server;

namespace {

TEST(ParseTarget, TakesAPathOrTheWholeAddressOfThisHost) {
  struct Row {
    const char* target;
    const char* path;
    const char* query;
  };
  for (const Row& row : {
           Row{"/", "/", ""},
           Row{"/v1/dossiers/d-1?op=2024-01-01&per=a,b", "/v1/dossiers/d-1",
               "op=2024-01-01&per=a,b"},
           Row{"/a%2Fb%00?x=%C3%A9", "/a%2Fb%00", "x=%C3%A9"},
           Row{"/?", "/", ""},
           Row{"/a?b?c", "/a", "b?c"},
           Row{"/a//../b", "/a//../b", ""},
           Row{"http://trede.example:80/a?b", "/a", "b"},
           Row{"HTTPS://TREDE.example:80", "/", ""},
           Row{"http://trede.example:80?b", "/", "b"},
       }) {
    EXPECT_EQ(parse_target(row.target, "trede.example:80"), (Target{row.path, row.query}))
        << row.target;
  }
}

TEST(ParseTarget, IsAbsentForEverythingElse) {
  for (const char* target : {"",
                             "*",
                             "v1",
                             "?a",
                             "trede.example:80",
                             "ftp://trede.example:80/",
                             "http://other.example/",
                             "http://a@trede.example:80/",
                             "http://trede.example/",
                             "http:///a",
                             "/a#b",
                             "/a b",
                             "/%",
                             "/%1",
                             "/%zz",
                             "/a?%4",
                             "/\x80",
                             "/\xC3\xA9",
                             "/a\"",
                             "/a<",
                             "/a\\b",
                             "/a^",
                             "/a`",
                             "/a{b}",
                             "/\x7F"}) {
    EXPECT_EQ(parse_target(target, "trede.example:80"), std::nullopt) << target;
  }
}

TEST(IsHost, TakesANameOrAddressWithAtMostAPort) {
  for (const char* host : {"localhost", "trede.example", "a_b-c.d:8443", "127.0.0.1:80", "[::1]",
                           "[fe80::1]:8443", "a:"}) {
    EXPECT_TRUE(is_host(host)) << host;
  }
  for (const char* host : {"", ":80", "a:b", "a:123456", "a b", "a/b", "a@b", "a,b", "[::1", "[]",
                           "[x]", "[::1]x", "a\tb", "[::1]80"}) {
    EXPECT_FALSE(is_host(host)) << host;
  }
  EXPECT_FALSE(is_host(std::string(300, 'a')));
}

}  // namespace
