// An evidence bundle, and the archive and the compressed lines it is made of.
#include "tools/trede/evidence/bundle.h"

#include "tests/fuzz/target.h"
#include "tools/trede/evidence/gzip.h"
#include "tools/trede/evidence/plain_zip.h"

using namespace trede;
using namespace trede::test;
using namespace trede::tool;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = text_of(data, size);
  if (const auto entries = read_zip(bytes); good(entries)) {
    const auto again = write_zip(*entries);
    must(good(again) && *again == bytes, "an archive is written in one way");
  }
  constexpr std::size_t kLongest = 1000;
  good(read_gzip_lines(bytes, kLongest, [](std::string_view line) -> Status {
    must(line.size() <= kLongest, "a line is not longer than was asked");
    return {};
  }));
  good(read_bundle(bytes, std::nullopt));
  return 0;
}
