// A line of a lossless export.
#include "tests/fuzz/target.h"
#include "tools/trede/rows/event_json.h"

using namespace trede::test;
using namespace trede::tool;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto read = parse_event_json(text_of(data, size));
  const auto* const event = std::get_if<JsonEvent>(&read);
  if (event == nullptr) {
    must(!std::get<ColumnFlaw>(read).message.empty(), "a flaw says something");
    return 0;
  }
  std::string line = event_json_line(event->bytes, event->event, event->key);
  must(line.ends_with('\n'), "a line ends");
  line.pop_back();
  const auto again = parse_event_json(line);
  const auto* const same = std::get_if<JsonEvent>(&again);
  must(same != nullptr, "what we write can be read");
  must(same->bytes == event->bytes && same->key == event->key, "and says the same");
  return 0;
}
