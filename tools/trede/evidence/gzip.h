// Text compressed with gzip (zlib), line by line, so that what is read never grows beyond a line.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace trede::tool {

// Lifetime: one text. Threads: one.
class GzipText {
 public:
  GzipText();
  ~GzipText();
  GzipText(const GzipText&) = delete;
  GzipText& operator=(const GzipText&) = delete;

  void add(std::string_view text);
  std::string finish();

 private:
  struct Stream;
  void deflate_all(std::string_view text, int flush);

  std::unique_ptr<Stream> stream_;
  std::string out_;
};

// Calls `take` with each line, without its line feed, until it returns an error, which is handed
// back. Errors: kInvalid when the bytes are no gzip or go on behind it, or a line is cut off or
//         longer than `longest`.
Status read_gzip_lines(std::string_view gzip, std::size_t longest,
                       const std::function<Status(std::string_view)>& take);

}  // namespace trede::tool
