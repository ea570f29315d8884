#include "tools/trede/trust/notes.h"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "engine/event/bytes_text.h"
#include "tools/trede/new_file.h"
#include "tools/trede/rows/input_file.h"

namespace trede::tool {

Outcome<std::string> load_file(const std::string& path, std::size_t bytes_max) {
  auto file = InputFile::open(path);
  if (!file) return file.error();
  std::string text;
  for (;;) {
    const auto got = file->read(text, 1 << 20);
    if (!got) return wrong_input(path + ": " + got.error().message);
    if (*got == 0) return text;
    if (text.size() > bytes_max) {
      return wrong_input(path + ": too long for what it should be");
    }
  }
}

Outcome<VerifierKey> load_verifier(const std::string& key) {
  std::error_code unknown;
  std::string text = key;
  if (std::filesystem::exists(key, unknown)) {
    auto file = load_note(key);
    if (!file) return file.error();
    text = std::move(*file);
  }
  auto verifier = VerifierKey::parse(text);
  if (!verifier) return wrong_input("--key: " + verifier.error().message + ", or a file with it");
  return std::move(*verifier);
}

Outcome<SigningKey> load_signing_key(DataFolder& folder) {
  auto key = find_signing_key(folder.path(), folder.log().identity());
  if (!key) return system_failed(key.error().message);
  if (*key) return std::move(**key);
  return system_failed(folder.path().string() +
                       ": there is no signing.key; put back the one that was kept, or make a new "
                       "one with `trede checkpoint --new-key` and tell who checks");
}

Outcome<VerifierKey> verifier_for(const std::optional<std::string>& key, DataFolder& folder) {
  if (key) return load_verifier(*key);
  const auto own = load_signing_key(folder);
  if (!own) return own.error();
  return own->verifier();
}

std::string trail_extension(const TrailHead& head) {
  return "trail " + std::to_string(head.count) + " " + base64_text(hash_view(head.hash));
}

Outcome<std::optional<TrailHead>> find_trail_head(const Checkpoint& checkpoint) {
  const auto text = checkpoint.find("trail");
  if (!text) return std::optional<TrailHead>();
  TrailHead head;
  const auto space = text->find(' ');
  const char* const end = text->data() + std::min(space, text->size());
  const auto [stopped, error] = std::from_chars(text->data(), end, head.count);
  if (space == text->npos || error != std::errc{} || stopped != end) {
    return wrong_input("the checkpoint has a line `trail` that cannot be read");
  }
  const auto hash = parse_base64(std::string_view(*text).substr(space + 1));
  if (!hash || hash->size() != head.hash.size()) {
    return wrong_input("the checkpoint has a line `trail` that cannot be read");
  }
  std::copy(hash->begin(), hash->end(), head.hash.begin());
  return std::optional(head);
}

Result<Checkpoint> accounted_head(DataFolder& folder, Position until, const Clock& clock) {
  auto checkpoint = checkpoint_at(folder.log(), until);
  if (!checkpoint) return checkpoint;
  const auto trail = load_trail_head(folder.path(), folder.log().identity(), clock);
  if (!trail) return trail.error();
  if (trail->count > 0) checkpoint->extensions.push_back(trail_extension(*trail));
  return checkpoint;
}

Outcome<> write_result(const std::optional<std::string>& path, std::string_view text,
                       Context& context) {
  if (!path) {
    context.out.write(text);
    return {};
  }
  const auto file = NewFile::make(*path);
  if (!file) return file.error();
  (*file)->out().write(text);
  TREDE_RETURN_IF_ERROR((*file)->put_in_place());
  return {};
}

}  // namespace trede::tool
