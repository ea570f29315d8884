// The stored event, by every door through which one is read.
#include "engine/event/event.h"

#include <google/protobuf/arena.h>

#include "engine/event/recorded.h"
#include "engine/log/envelope.h"
#include "tests/fuzz/target.h"

using namespace trede;
using namespace trede::test;

namespace {

// What is decoded is written as we write it, and then says the same.
void write_again(const pb::Event& event, std::string_view stored) {
  const auto envelope = decode_envelope(stored);
  if (!good(envelope)) return;  // fields in another order than ours
  const std::string again = encode_stored(*envelope, encode_content(event));
  const auto decoded = decode_any(again);
  must(good(decoded), "what we write can be read");
  must(encode_content(*decoded) == encode_content(event), "a content comes back the same");
  must(position_of(*decoded) == position_of(event), "a position comes back the same");
  const auto content = content_of(again);
  must(good(content) && *content == encode_content(event), "the content is found in what we write");
  const auto stream = decode_stream(again);
  must(good(stream) && *stream == stream_of(event), "so is the stream");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view stored = text_of(data, size);
  const auto any = decode_any(stored);
  const auto known = decode_event(stored);
  google::protobuf::Arena arena;
  const auto recorded = decode_recorded(stored, arena);
  must(good(known) == good(recorded), "both ways to decode accept the same");
  if (known) must(good(any), "what is known is an event");
  if (recorded) must(recorded->position == position_of(*known), "both give one position");
  good(content_of(stored));
  good(decode_stream(stored));
  if (auto parts = take_apart(stored)) {
    const Status body = decode_body(parts->body, parts->event, arena);
    must(good(body) == known.has_value(), "taken apart it is accepted by the same rules");
  }
  if (good(any)) write_again(*any, stored);
  return 0;
}
