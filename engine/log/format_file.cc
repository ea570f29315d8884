#include "engine/log/format_file.h"

#include <charconv>

#include "engine/log/files.h"

namespace trede {

namespace {

constexpr std::string_view kFirstLine = "trede data folder\nformat ";

}  // namespace

std::string format_text(const Uuid& identity) {
  return std::string(kFirstLine) + std::to_string(kFormat) + "\nidentity " + identity.text() + "\n";
}

Result<Uuid> load_format(const std::filesystem::path& folder) {
  std::error_code error;
  const auto kind = std::filesystem::status(folder, error).type();
  if (kind == std::filesystem::file_type::not_found) {
    return Error{ErrorCode::kNotFound, folder.string() + ": there is no such folder"};
  }
  const Error not_ours{ErrorCode::kInvalid, folder.string() + " is not a data folder of trede"};
  if (kind != std::filesystem::file_type::directory) return not_ours;
  const auto bytes = read_file(folder / "FORMAT");
  if (!bytes) return bytes.error().code == ErrorCode::kNotFound ? not_ours : bytes.error();

  const std::string_view text = *bytes;
  if (!text.starts_with(kFirstLine)) return not_ours;
  int format = 0;
  const char* const begin = text.data() + kFirstLine.size();
  const auto parsed = std::from_chars(begin, text.data() + text.size(), format);
  if (parsed.ec != std::errc() || format < 1) return not_ours;
  if (format > kFormat) {
    return Error{ErrorCode::kNewer, folder.string() + " has format " + std::to_string(format) +
                                        ", newer than this program knows (" +
                                        std::to_string(kFormat) + "); upgrade trede"};
  }
  const auto label = text.find("identity ");
  if (label != std::string_view::npos) {
    const auto identity = parse_uuid(text.substr(label + 9, 36));
    if (identity && text == format_text(*identity)) return *identity;
  }
  return Error{ErrorCode::kCorrupt, (folder / "FORMAT").string() + " is damaged"};
}

}  // namespace trede
