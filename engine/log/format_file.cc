#include "engine/log/format_file.h"

#include <charconv>
#include <utility>

#include "engine/log/files.h"

namespace trede {

namespace {

namespace fs = std::filesystem;

// What the folder is called in the first line.
std::string_view title(FolderKind kind) {
  switch (kind) {
    case FolderKind::kLive: return "trede data folder";
    case FolderKind::kBackup: return "trede backup";
    case FolderKind::kRestoring: return "trede restore under way";
  }
  std::unreachable();
}

std::string first_line(FolderKind kind) { return std::string(title(kind)) + "\nformat "; }

// Why `folder` is not one of this kind, when it has no file that says so.
Error not_ours(const fs::path& folder, FolderKind kind) {
  std::error_code unknown;
  const std::string name = folder.string();
  if (kind != FolderKind::kLive) {
    return {ErrorCode::kInvalid, name + " is not a backup of trede"};
  }
  if (fs::exists(folder / format_file(FolderKind::kBackup), unknown)) {
    return {ErrorCode::kInvalid,
            name + " is a backup and no data folder; `trede restore` makes a data folder of it"};
  }
  if (fs::exists(folder / format_file(FolderKind::kRestoring), unknown)) {
    return {ErrorCode::kInvalid,
            name + " is no data folder yet: a restore is under way or was cut off"};
  }
  return {ErrorCode::kInvalid, name + " is not a data folder of trede"};
}

}  // namespace

std::string_view format_file(FolderKind kind) {
  switch (kind) {
    case FolderKind::kLive: return "FORMAT";
    case FolderKind::kBackup: return "BACKUP";
    case FolderKind::kRestoring: return "RESTORE";
  }
  std::unreachable();
}

std::string format_text(const Uuid& identity, FolderKind kind) {
  return first_line(kind) + std::to_string(kFormat) + "\nidentity " + identity.text() + "\n";
}

Result<Uuid> load_format(const fs::path& folder, FolderKind kind) {
  std::error_code error;
  const auto type = fs::status(folder, error).type();
  if (type == fs::file_type::not_found) {
    return Error{ErrorCode::kNotFound, folder.string() + ": there is no such folder"};
  }
  if (type != fs::file_type::directory) return not_ours(folder, kind);
  const auto bytes = read_file(folder / format_file(kind));
  if (!bytes) {
    return bytes.error().code == ErrorCode::kNotFound ? not_ours(folder, kind) : bytes.error();
  }

  const std::string_view text = *bytes;
  const std::string expected = first_line(kind);
  if (!text.starts_with(expected)) return not_ours(folder, kind);
  int format = 0;
  const char* const begin = text.data() + expected.size();
  const auto parsed = std::from_chars(begin, text.data() + text.size(), format);
  if (parsed.ec != std::errc() || format < 1) return not_ours(folder, kind);
  if (format > kFormat) {
    return Error{ErrorCode::kNewer, folder.string() + " has format " + std::to_string(format) +
                                        ", newer than this program knows (" +
                                        std::to_string(kFormat) + "); upgrade trede"};
  }
  const auto label = text.find("identity ");
  if (label != std::string_view::npos) {
    const auto identity = parse_uuid(text.substr(label + 9, 36));
    if (identity && text == format_text(*identity, kind)) return *identity;
  }
  return Error{ErrorCode::kCorrupt, (folder / format_file(kind)).string() + " is damaged"};
}

}  // namespace trede
