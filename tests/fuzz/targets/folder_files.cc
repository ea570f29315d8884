// The small files of a data folder. The first byte says which.
#include <fstream>

#include "engine/log/anchor.h"
#include "engine/log/format_file.h"
#include "engine/log/scrub_state.h"
#include "engine/log/wal_end.h"
#include "tests/fuzz/target.h"
#include "tests/support/temp_dir.h"

using namespace trede;
using namespace trede::test;

namespace {

void read_anchor(std::string_view bytes) {
  const FileInMemory file(bytes);
  const auto anchor = load_anchor(file.path());
  if (!good(anchor)) return;
  const TempDir dir;
  must(good(AnchorWriter::create(dir / "anchor", anchor->state)), "an anchor is written");
  const auto again = load_anchor(dir / "anchor");
  must(good(again) && again->state.tree == anchor->state.tree &&
           again->state.identity == anchor->state.identity &&
           again->state.key_changes == anchor->state.key_changes,
       "an anchor comes back");
}

void read_scrub_state(std::string_view bytes) {
  const FileInMemory file(bytes);
  const auto state = find_scrub_state(file.path());
  if (!state) return;
  const TempDir dir;
  must(good(save_scrub_state(dir / "scrub", *state)), "a state is written");
  const auto again = find_scrub_state(dir / "scrub");
  must(again.has_value() && again->tree == state->tree && again->found == state->found,
       "a state comes back");
}

void read_format(std::string_view bytes) {
  static const TempDir dir;
  std::ofstream(dir / "FORMAT", std::ios::binary) << bytes;
  const auto identity = load_format(dir.path());
  if (good(identity)) must(format_text(*identity) == bytes, "a FORMAT is written in one way");
}

void find_end(std::string_view bytes) {
  const std::size_t end = find_wal_end(bytes);
  must(end <= bytes.size(), "a log ends within its file");
  must(find_wal_end(bytes.substr(0, end)) == end, "and there again when the rest is gone");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  if (text.empty()) return 0;
  const std::string_view bytes = text.substr(1);
  switch (text[0]) {
    case 'a': read_anchor(bytes); break;
    case 's': read_scrub_state(bytes); break;
    case 'f': read_format(bytes); break;
    default: find_end(bytes);
  }
  return 0;
}
