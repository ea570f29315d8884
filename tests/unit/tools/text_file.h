// Text as an input file.
#pragma once

#include <fstream>
#include <string>
#include <string_view>

#include "tests/support/temp_dir.h"
#include "tools/trede/rows/input_file.h"

namespace trede::test {

class TextFile {
 public:
  explicit TextFile(std::string_view text) {
    std::ofstream(path(), std::ios::binary) << text;
    auto opened = tool::InputFile::open(path());
    if (!opened) throw std::runtime_error(opened.error().line);
    file_ = std::make_unique<tool::InputFile>(std::move(*opened));
  }
  std::string path() const { return (dir_ / "input").string(); }
  tool::InputFile& file() { return *file_; }

 private:
  TempDir dir_;
  std::unique_ptr<tool::InputFile> file_;
};

}  // namespace trede::test
