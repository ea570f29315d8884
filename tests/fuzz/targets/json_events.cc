// Events as JSON, as `record --json` takes them.
#include "tools/trede/json_events.h"

#include "tests/fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto events = trede::tool::parse_json_events(trede::test::text_of(data, size));
  if (events) {
    trede::test::must(!events->empty(), "there is an event");
  } else {
    trede::test::must(!events.error().line.empty(), "an error says something");
    trede::test::must(events.error().line.find('\n') == std::string::npos, "an error is one line");
  }
  return 0;
}
