#include "engine/backup/set.h"

#include <charconv>

#include "engine/log/files.h"

namespace trede {

namespace {

namespace fs = std::filesystem;

constexpr const char* kState = "STATE";

Error failed(const fs::path& path, const std::error_code& error) {
  return io_error(path, error.value());
}

std::optional<std::uint64_t> number_of(const std::string& name) {
  std::uint64_t number = 0;
  const char* const end = name.data() + name.size();
  const auto [stop, error] = std::from_chars(name.data(), end, number);
  return error == std::errc{} && stop == end ? std::optional(number) : std::nullopt;
}

// The regular files below `folder`, by their path in it.
Result<std::vector<std::string>> files_below(const fs::path& folder) {
  std::vector<std::string> out;
  std::error_code error;
  fs::recursive_directory_iterator entry(folder, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    if (entry->is_regular_file()) out.push_back(entry->path().lexically_relative(folder).string());
  }
  if (error) return failed(folder, error);
  return out;
}

Result<std::map<std::string, Hash>> hashes_below(const fs::path& folder) {
  const auto files = files_below(folder);
  if (!files) return files.error();
  std::map<std::string, Hash> out;
  for (const std::string& file : *files) {
    if (file == kState) continue;
    const auto bytes = read_file(folder / file);
    if (!bytes) return bytes.error();
    out[file] = sha256({*bytes});
  }
  return out;
}

Status sync_folders(const fs::path& folder) {
  std::error_code error;
  fs::recursive_directory_iterator entry(folder, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    if (entry->is_directory()) TREDE_RETURN_IF_ERROR(sync_path(entry->path()));
  }
  if (error) return failed(folder, error);
  return sync_path(folder);
}

// All of `sets` but the folder `kept`: what was erased from that one must not stay in another.
Status remove_others(const fs::path& sets, const fs::path& kept) {
  std::error_code error;
  std::vector<fs::path> others;
  for (const auto& entry : fs::directory_iterator(sets, error)) {
    if (entry.path() != kept) others.push_back(entry.path());
  }
  if (error) return failed(sets, error);
  for (const fs::path& other : others) {
    fs::remove_all(other, error);
    if (error) return failed(other, error);
  }
  return sync_path(sets);
}

}  // namespace

Result<std::optional<BackupSet>> find_set(const fs::path& dir) {
  BackupSet set;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(dir / "set", error)) {
    const auto number = number_of(entry.path().filename().string());
    if (number && *number > set.number) set = {entry.path(), *number, {}};
  }
  if (error && error != std::errc::no_such_file_or_directory) return failed(dir / "set", error);
  if (set.number == 0) return std::optional<BackupSet>();
  const auto text = read_file(set.path / kState);
  if (!text) return Error{ErrorCode::kCorrupt, text.error().message};
  auto state = parse_state(*text);
  if (!state) {
    return Error{ErrorCode::kCorrupt, set.path.string() + ": " + state.error().message};
  }
  set.state = std::move(*state);
  return std::optional<BackupSet>(std::move(set));
}

Result<BackupState> put_set(const fs::path& dir, BackupState state, const FillSet& fill) {
  const fs::path sets = dir / "set";
  std::uint64_t last = 0;
  std::error_code error;
  fs::create_directories(sets, error);
  if (error) return failed(sets, error);
  TREDE_RETURN_IF_ERROR(sync_path(dir));
  for (const auto& entry : fs::directory_iterator(sets, error)) {
    last = std::max(last, number_of(entry.path().filename().string()).value_or(0));
  }
  const fs::path made = sets / std::to_string(last + 1);
  const fs::path unfinished = made.string() + ".new";
  fs::remove_all(unfinished, error);
  fs::create_directory(unfinished, error);
  if (error) return failed(unfinished, error);
  TREDE_RETURN_IF_ERROR(fill(unfinished));
  auto files = hashes_below(unfinished);
  if (!files) return files.error();
  state.files = std::move(*files);
  TREDE_RETURN_IF_ERROR(write_new_file(unfinished / kState, state_text(state)));
  TREDE_RETURN_IF_ERROR(sync_folders(unfinished));
  fs::rename(unfinished, made, error);
  if (error) return failed(unfinished, error);
  TREDE_RETURN_IF_ERROR(sync_path(sets));
  TREDE_RETURN_IF_ERROR(remove_others(sets, made));
  return state;
}

Result<std::vector<std::string>> verify_set(const BackupSet& set) {
  const auto found = hashes_below(set.path);
  if (!found) return found.error();
  std::vector<std::string> out;
  for (const auto& [file, hash] : set.state.files) {
    const auto there = found->find(file);
    const std::string name = (set.path / file).string();
    if (there == found->end()) {
      out.push_back(name + " is missing");
    } else if (there->second != hash) {
      out.push_back(name + " is not as it was written: its hash differs");
    }
  }
  for (const auto& [file, hash] : *found) {
    if (!set.state.files.contains(file)) {
      out.push_back((set.path / file).string() + " does not belong there");
    }
  }
  return out;
}

Status copy_files(const fs::path& from, const fs::path& to) {
  std::error_code error;
  if (!fs::exists(from, error)) return {};
  const auto files = files_below(from);
  if (!files) return files.error();
  for (const std::string& file : *files) {
    const auto bytes = read_file(from / file);
    if (!bytes) return bytes.error();
    const fs::path target = to / file;
    fs::create_directories(target.parent_path(), error);
    if (error) return failed(target.parent_path(), error);
    const auto mode = static_cast<unsigned>(fs::status(from / file, error).permissions());
    TREDE_RETURN_IF_ERROR(write_new_file(target, *bytes, mode & 0777));
  }
  if (files->empty()) return {};
  return sync_folders(to);
}

}  // namespace trede
