#include "tools/server/pages/pages.h"

#include <algorithm>

#include "engine/base/check.h"
#include "tools/server/api/problem.h"
#include "tools/server/api/security_headers.h"
#include "tools/server/http/coding.h"

namespace trede::server {

namespace asio = boost::asio;

namespace {

constexpr std::string_view kIndex = "/index.html";
constexpr std::string_view kAssets = "/assets/";
constexpr std::string_view kTerms = "/licenties.txt";  // of what the pages are made of

// Scripts, styles and pictures of this server, asking this server, and nothing else: what was
// smuggled into a page can neither run nor tell anybody.
constexpr const char* kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "form-action 'self'";

// Takes the text up to the next slash, and that slash, from the front of `rest`.
std::string_view take_part(std::string_view& rest) {
  const auto end = std::min(rest.find('/'), rest.size());
  const auto part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

// Whether `path` is `place`, part by part; one in braces is any that is not empty.
bool matches(std::string_view place, std::string_view path) {
  if (std::ranges::count(place, '/') != std::ranges::count(path, '/')) return false;
  while (!place.empty()) {
    const auto expected = take_part(place);
    const auto part = take_part(path);
    const bool is_any = expected.starts_with('{');
    if (is_any ? part.empty() : part != expected) return false;
  }
  return path.empty();
}

// Those of the API and of who looks after the server; what lies there and is not there is a
// problem, also for a browser.
bool is_of_others(std::string_view path) {
  return path == "/v1" || path.starts_with("/v1/") || path.starts_with(kAssets);
}

bool is_for_a_reader(const Request& request) {
  const auto accept = request.headers.find("Accept");
  return accept && accept->find("text/html") != accept->npos;
}

bool takes_gzip(const Request& request) {
  auto fields = request.headers.find_all("Accept-Encoding");
  fields.push_back("zstd;q=0");  // the file is there in gzip alone
  return choose_coding(fields) == Coding::kGzip;
}

// Whether the client has what `tag` stands for: a list of tags, weak ones too, or `*`.
bool is_kept(const Request& request, std::string_view tag) {
  for (std::string_view field : request.headers.find_all("If-None-Match")) {
    if (field == "*" || field.find(tag) != field.npos) return true;
  }
  return false;
}

Response response_with(const PageFile& file, const Request& request) {
  const std::string tag = "\"" + std::string(file.tag) + "\"";
  Response response;
  response.headers.set("ETag", "W/" + tag);  // one for every coding
  const bool is_hashed = file.path.starts_with(kAssets);
  response.headers.set("Cache-Control",
                       is_hashed ? "public, max-age=31536000, immutable" : "no-cache");
  response.headers.set("Content-Security-Policy", kPolicy);
  response.headers.set("Cross-Origin-Opener-Policy", "same-origin");
  response.headers.set("Cross-Origin-Resource-Policy", "same-origin");
  response.headers.set("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
  if (is_kept(request, tag)) {
    response.status = 304;
    response.headers.set("Vary", "Accept-Encoding");
    return response;
  }
  response.headers.set("Content-Type", std::string(file.type));
  if (takes_gzip(request)) {
    response.headers.set("Content-Encoding", "gzip");
    response.headers.set("Vary", "Accept-Encoding");
    response.body = std::string(file.gzip);
  } else {
    response.body = std::string(file.whole);
  }
  return response;
}

}  // namespace

Pages::Pages(Application& rest, std::vector<PageFile> files, std::vector<std::string_view> places)
    : rest_(rest), files_(std::move(files)), places_(std::move(places)) {
  TREDE_CHECK(find(kIndex) != nullptr, "the pages have an index");
}

bool Pages::is_place(std::string_view path) const {
  return std::ranges::any_of(places_, [&](std::string_view place) { return matches(place, path); });
}

bool Pages::holds(std::string_view path) const {
  return is_place(path) || path == kTerms || path.starts_with(kAssets);
}

const PageFile* Pages::find(std::string_view path) const {
  const auto found = std::ranges::find(files_, path, &PageFile::path);
  return found == files_.end() ? nullptr : &*found;
}

const PageFile* Pages::file_for(const Request& request) const {
  const std::string_view path = request.path;
  if (is_place(path)) return find(kIndex);
  return path == kTerms || path.starts_with(kAssets) ? find(path) : nullptr;
}

asio::awaitable<Response> Pages::answer(Request request) {
  const bool reads = request.method == "GET" || request.method == "HEAD";
  const PageFile* file = file_for(request);
  Response response;
  if (file != nullptr && reads) {
    response = response_with(*file, request);
  } else if (file != nullptr) {
    Problem problem(ProblemCode::kMethodeNietToegestaan, "only GET");
    problem.headers.set("Allow", "GET, HEAD");
    response = problem.response();
  } else if (reads && is_for_a_reader(request) && !is_of_others(request.path)) {
    // Somebody mistyped an address: the pages say so in words.
    request.headers.set("If-None-Match", "");
    response = response_with(*find(kIndex), request);
    response.status = 404;
  } else {
    response = co_await rest_.answer(std::move(request));
    co_return response;
  }
  add_security_headers(response, request.is_encrypted);
  co_return response;
}

Response Pages::refuse(unsigned status, std::string detail) {
  return rest_.refuse(status, std::move(detail));
}

}  // namespace trede::server
