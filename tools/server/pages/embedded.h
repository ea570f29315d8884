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

// The addresses of the pages: `/caseload`, `/dossiers/{id}`. What stands between braces is one part
// of an address, not empty. Their views live for ever.
std::vector<std::string_view> embedded_places();

}  // namespace trede::server
