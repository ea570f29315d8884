// A folder of its own for one test, gone with the object.
#pragma once

#include <filesystem>

namespace trede::test {

class TempDir {
 public:
  TempDir();
  ~TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;
  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(const std::filesystem::path& part) const { return path_ / part; }

 private:
  std::filesystem::path path_;
};

}  // namespace trede::test
