#include "tools/server/pages/pages.h"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

namespace trede::server {
namespace {

namespace asio = boost::asio;

// Stands for all that is no page.
class Rest final : public Application {
 public:
  asio::awaitable<Response> answer(Request request) override {
    Response response;
    response.status = 299;
    response.body = request.path;
    co_return response;
  }
  Response refuse(unsigned status, std::string detail) override {
    return {.status = status, .headers = {}, .body = std::move(detail)};
  }
};

const std::vector<PageFile> kFiles = {
    {"/index.html", "text/html; charset=utf-8", "aa", "<p>index</p>", "(index)"},
    {"/licenties.txt", "text/plain; charset=utf-8", "cc", "terms", "(terms)"},
    {"/assets/a-1.js", "text/javascript; charset=utf-8", "bb", "let a = 1;", "(script)"},
};

const std::vector<std::string_view> kPlaces = {"/", "/inloggen", "/caseload", "/dossiers/{id}",
                                               "/dossiers/{id}/vastleggen"};

class PagesTest : public testing::Test {
 protected:
  Response ask(const std::string& path, std::vector<Headers::Field> fields = {},
               const std::string& method = "GET", bool is_encrypted = false) {
    Request request;
    request.method = method;
    request.path = path;
    request.is_encrypted = is_encrypted;
    for (auto& [name, value] : fields) request.headers.add(name, value);
    asio::io_context context;
    Response out;
    asio::co_spawn(context, pages_.answer(std::move(request)),
                   [&](const std::exception_ptr& error, Response response) {
                     EXPECT_FALSE(error);
                     out = std::move(response);
                   });
    context.run();
    return out;
  }
  // `200 body`
  std::string told(const std::string& path, std::vector<Headers::Field> fields = {},
                   const std::string& method = "GET") {
    const Response response = ask(path, std::move(fields), method);
    return std::to_string(response.status) + " " + std::get<std::string>(response.body);
  }
  static std::string header(const Response& response, const char* name) {
    return std::string(response.headers.find(name).value_or("none"));
  }

  Rest rest_;
  Pages pages_{rest_, kFiles, kPlaces};
};

const Headers::Field kReader = {"Accept", "text/html,application/xhtml+xml"};

TEST_F(PagesTest, EachPageIsTheIndex) {
  for (const char* path : {"/", "/inloggen", "/caseload", "/dossiers/70f75337-6cc4-47aa",
                           "/dossiers/70f75337-6cc4-47aa/vastleggen"}) {
    EXPECT_EQ(told(path), "200 <p>index</p>") << path;
    EXPECT_TRUE(pages_.holds(path)) << path;
  }
}

TEST_F(PagesTest, TheTermsOfWhatIsInThePagesAreAskedForAnewEachTime) {
  const Response response = ask("/licenties.txt");
  EXPECT_EQ(response.status, 200u);
  EXPECT_EQ(std::get<std::string>(response.body), "terms");
  EXPECT_EQ(header(response, "Content-Type"), "text/plain; charset=utf-8");
  EXPECT_EQ(header(response, "Cache-Control"), "no-cache");
  EXPECT_TRUE(pages_.holds("/licenties.txt"));
}

TEST_F(PagesTest, WhatIsNoPageIsForTheOthers) {
  for (const char* path :
       {"/v1/caseload", "/v1", "/nothing", "/dossiers/", "/dossiers/a/b", "/dossiers",
        "/dossiers//vastleggen", "/dossiers/a/vastleggen/", "//caseload", "/index.html", "//",
        "/caseload/", "/assets/a-2.js", "/assets/", "/assets/../index.html"}) {
    EXPECT_EQ(told(path), std::string("299 ") + path);
  }
  EXPECT_FALSE(pages_.holds("/v1/caseload"));
  EXPECT_EQ(pages_.refuse(431, "too long").status, 431U);
}

TEST_F(PagesTest, WhoMistypedAnAddressReadsThatInWords) {
  EXPECT_EQ(told("/caselaod", {kReader}), "404 <p>index</p>");
  EXPECT_EQ(told("/caselaod", {kReader, {"If-None-Match", "*"}}), "404 <p>index</p>");
  EXPECT_EQ(told("/caselaod", {kReader}, "POST"), "299 /caselaod");
  // What lies with the API or the files and is not there stays a problem.
  EXPECT_EQ(told("/v1/nothing", {kReader}), "299 /v1/nothing");
  EXPECT_EQ(told("/assets/a-2.js", {kReader}), "299 /assets/a-2.js");
}

TEST_F(PagesTest, FilesAreKeptForEverAndPagesAskedForAnew) {
  const Response script = ask("/assets/a-1.js");
  EXPECT_EQ(std::get<std::string>(script.body), "let a = 1;");
  EXPECT_EQ(header(script, "Content-Type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(header(script, "Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(header(ask("/"), "Cache-Control"), "no-cache");
}

TEST_F(PagesTest, WhatTheClientHasIsNotSentAgain) {
  EXPECT_EQ(header(ask("/"), "ETag"), "W/\"aa\"");
  for (const char* tags : {"W/\"aa\"", "\"aa\"", "\"cc\", W/\"aa\"", "*"}) {
    const Response kept = ask("/caseload", {{"If-None-Match", tags}});
    EXPECT_EQ(kept.status, 304U) << tags;
    EXPECT_EQ(std::get<std::string>(kept.body), "");
    EXPECT_EQ(header(kept, "ETag"), "W/\"aa\"");
  }
  EXPECT_EQ(ask("/", {{"If-None-Match", "\"bb\""}}).status, 200U);
}

TEST_F(PagesTest, IsSentCompressedToWhoTakesThat) {
  for (const char* codings : {"gzip, deflate, br, zstd", "zstd, gzip", "*"}) {
    const Response response = ask("/", {{"Accept-Encoding", codings}});
    EXPECT_EQ(std::get<std::string>(response.body), "(index)") << codings;
    EXPECT_EQ(header(response, "Content-Encoding"), "gzip");
    EXPECT_EQ(header(response, "Vary"), "Accept-Encoding");
  }
  for (const char* codings : {"identity", "br", "gzip;q=0", "zstd"}) {
    const Response response = ask("/", {{"Accept-Encoding", codings}});
    EXPECT_EQ(std::get<std::string>(response.body), "<p>index</p>") << codings;
    EXPECT_EQ(header(response, "Content-Encoding"), "none");
  }
}

TEST_F(PagesTest, NothingOfOthersRunsInAPage) {
  for (const char* path : {"/", "/assets/a-1.js"}) {
    const Response response = ask(path);
    EXPECT_EQ(header(response, "Content-Security-Policy"),
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
              "connect-src 'self'; font-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
              "form-action 'self'");
    EXPECT_EQ(header(response, "X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(header(response, "X-Frame-Options"), "DENY");
    EXPECT_EQ(header(response, "Referrer-Policy"), "no-referrer");
    EXPECT_EQ(header(response, "Cross-Origin-Opener-Policy"), "same-origin");
    EXPECT_EQ(header(response, "Strict-Transport-Security"), "none");
  }
  EXPECT_EQ(header(ask("/", {}, "GET", true), "Strict-Transport-Security"), "max-age=31536000");
}

TEST_F(PagesTest, IsOnlyRead) {
  EXPECT_EQ(told("/", {}, "HEAD"), "200 <p>index</p>");  // the transport leaves the body out
  for (const char* method : {"POST", "PUT", "DELETE"}) {
    const Response refused = ask("/caseload", {kReader}, method);
    EXPECT_EQ(refused.status, 405U) << method;
    EXPECT_EQ(header(refused, "Allow"), "GET, HEAD");
    EXPECT_EQ(header(refused, "Content-Type"), "application/problem+json");
  }
}

// What the build put into the program: an index, and each file that it names.
TEST(EmbeddedPages, AreWhole) {
  const auto files = embedded_pages();
  const auto index = std::ranges::find(files, "/index.html", &PageFile::path);
  ASSERT_NE(index, files.end());
  std::size_t named = 0;
  for (std::size_t at = index->whole.find("\"/assets/"); at != std::string_view::npos;
       at = index->whole.find("\"/assets/", at + 1)) {
    const auto path = index->whole.substr(at + 1, index->whole.find('"', at + 1) - at - 1);
    EXPECT_NE(std::ranges::find(files, path, &PageFile::path), files.end()) << path;
    ++named;
  }
  EXPECT_GE(named, 3U);  // script, style, icon
  for (const PageFile& file : files) {
    EXPECT_FALSE(file.whole.empty()) << file.path;
    EXPECT_TRUE(file.gzip.starts_with("\x1f\x8b")) << file.path;
  }
}

TEST(EmbeddedPages, StandAtTheirPlaces) {
  const auto places = embedded_places();
  for (const char* place : {"/", "/caseload", "/dossiers/{id}"}) {
    EXPECT_NE(std::ranges::find(places, place), places.end()) << place;
  }
}

// The policy refuses scripts and styles that stand in the page itself.
TEST(EmbeddedPages, HaveNothingInTheIndexThatThePolicyRefuses) {
  const auto files = embedded_pages();
  const auto index = std::ranges::find(files, "/index.html", &PageFile::path);
  ASSERT_NE(index, files.end());
  for (const char* refused :
       {"<style", " style=", " onclick=", " onload=", "<script>", "http:", "https:"}) {
    EXPECT_EQ(index->whole.find(refused), std::string_view::npos) << refused;
  }
}

}  // namespace
}  // namespace trede::server
