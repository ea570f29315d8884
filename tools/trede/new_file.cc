#include "tools/trede/new_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "engine/log/files.h"

namespace trede::tool {

Outcome<std::unique_ptr<NewFile>> NewFile::make(const std::string& path) {
  const auto no = [&](int why) {
    return wrong_input(path + ": " + std::strerror(why) + ", expected a file that can be written");
  };
  std::error_code unknown;
  const auto there = std::filesystem::status(path, unknown);
  if (std::filesystem::is_directory(there)) return no(EISDIR);
  // A device or a pipe is no file to put another in place of: that would take it from everybody.
  const bool straight = std::filesystem::exists(there) && !std::filesystem::is_regular_file(there);
  // What a link leads to is replaced, not the link.
  const auto led_to = std::filesystem::canonical(path, unknown);
  const std::string target = unknown ? path : led_to.string();
  // With the number of the process, so that two of them do not write into each other's file.
  const std::string beside = straight ? "" : target + ".part" + std::to_string(::getpid());
  const int descriptor =
      straight ? ::open(path.c_str(), O_WRONLY | O_CLOEXEC)
               : ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor < 0) return no(errno);
  return std::unique_ptr<NewFile>(new NewFile(target, beside, descriptor));
}

NewFile::NewFile(std::string path, std::string beside, int descriptor)
    : path_(std::move(path)),
      beside_(std::move(beside)),
      descriptor_(descriptor),
      out_(descriptor) {}

NewFile::~NewFile() {
  if (!is_in_place_ && !beside_.empty()) ::unlink(beside_.c_str());
  const Status unseen = out_.flush();  // before the descriptor goes; put_in_place has looked
  static_cast<void>(unseen);
  ::close(descriptor_);
}

Status NewFile::put_in_place() {
  TREDE_RETURN_IF_ERROR(out_.flush());
  if (beside_.empty()) return {};
  if (::fsync(descriptor_) != 0) return io_error(beside_, errno);
  if (std::rename(beside_.c_str(), path_.c_str()) != 0) return io_error(path_, errno);
  is_in_place_ = true;
  const auto folder = std::filesystem::path(path_).parent_path();
  return sync_path(folder.empty() ? "." : folder);
}

}  // namespace trede::tool
