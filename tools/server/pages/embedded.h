// The files of the pages, as tools/dashboard built them; the build writes what is declared here.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace trede::server {

// One file, in the program itself. Its views live for ever.
struct PageFile {
  std::string_view path;  // as it is asked for: `/index.html`, `/assets/NAME-HASH.js`
  std::string_view type;  // of its content
  std::string_view tag;   // other content, another tag
  std::string_view whole;
  std::string_view gzip;  // the same, compressed
};

std::vector<PageFile> embedded_pages();

}  // namespace trede::server
