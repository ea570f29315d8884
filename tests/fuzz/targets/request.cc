// Bytes of the network to requests, as a connection reads them: one behind the other, in pieces of
// a size that the first byte says. However they are cut, the same requests have to come out.
#include <algorithm>

#include "tests/fuzz/target.h"
#include "tools/server/http/coding.h"
#include "tools/server/http/request_reader.h"
#include "tools/server/http/trace.h"

using namespace trede::test;
using namespace trede::server;

namespace {

constexpr Limits kLimits{.head = 2048, .headers = 20, .target = 300, .body = 1000};

void check(const Request& request) {
  must(request.path.starts_with('/'), "a path begins with a slash");
  must(request.path.find_first_of("?# \r\n") == std::string::npos, "a path is only that");
  must(request.query.find_first_of("# \r\n") == std::string::npos, "a query is only that");
  must(request.body.size() <= kLimits.body, "a body is within its limit");
  must(request.headers.find_all("Content-Length").size() +
               request.headers.find_all("Transfer-Encoding").size() <=
           1,
       "the length is said once");
  for (const auto& [name, value] : request.headers) {
    must(!name.empty() && name.find_first_of(" \t\r\n:") == std::string::npos,
         "a name is one word");
    must(value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos,
         "a value is one line");
  }
  static_cast<void>(choose_coding(request.headers.find_all("Accept-Encoding")));
  if (const auto trace = request.headers.find("traceparent")) {
    static_cast<void>(parse_traceparent(*trace));
  }
}

void write(std::string& text, Request request) {
  check(request);
  text += request.method + " " + request.path + "?" + request.query + "\n";
  for (const auto& [name, value] : request.headers) text += name + ":" + value + "\n";
  text += request.body + "\n";
}

// All requests and how it ended, as text.
std::string requests(std::string_view bytes, std::size_t step) {
  std::string text;
  std::string buffer;
  for (int number = 0; number < 20; ++number) {
    RequestReader reader(kLimits);
    while (!reader.is_done()) {
      const auto used = reader.take(buffer);
      if (!used) {
        must(used.error().status >= 400 && !used.error().detail.empty(), "a refusal says why");
        return text + "refused";
      }
      must(*used <= buffer.size(), "no more is used than there is");
      buffer.erase(0, *used);
      if (reader.is_done() || (*used > 0 && !buffer.empty())) continue;
      if (bytes.empty()) return text;
      buffer += bytes.substr(0, step);
      bytes.remove_prefix(std::min(step, bytes.size()));
      must(buffer.size() <= kLimits.head + 1024 + step, "what waits stays small");
    }
    write(text, reader.release());
  }
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto bytes = text_of(data, size).substr(1);
  const std::size_t step = std::size_t{data[0]} + 1;
  const std::string cut = requests(bytes, step);
  const std::string whole = requests(bytes, size);
  must(cut == whole, "the same requests however they are cut");
  return 0;
}
