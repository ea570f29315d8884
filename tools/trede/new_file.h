// A file that is there whole or not at all: written beside its name, and put in place at the end.
// What has the name but is no file, such as /dev/stdout or a pipe, is written as it is.
#pragma once

#include <memory>
#include <string>

#include "tools/trede/failure.h"
#include "tools/trede/output.h"

namespace trede::tool {

// Owner: the command. Without `put_in_place` nothing is left of it, and a file that had the name
// before stays as it was. Threads: one.
class NewFile {
 public:
  // Errors: the caller's, when no file can be made there.
  static Outcome<std::unique_ptr<NewFile>> make(const std::string& path);
  ~NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  Output& out() { return out_; }
  // Durable: on return. Errors: kIo; the name is as it was before.
  Status put_in_place();

 private:
  NewFile(std::string path, std::string beside, int descriptor);

  std::string path_;
  std::string beside_;  // empty: written straight to what is there
  int descriptor_;
  Output out_;
  bool is_in_place_ = false;
};

}  // namespace trede::tool
