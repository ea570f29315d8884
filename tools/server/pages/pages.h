// Hands out the pages: files in the program, of which index.html is behind the address of every
// page, for those hold the whole view. Everything else is for who comes after.
#pragma once

#include <string_view>
#include <vector>

#include "tools/server/http/message.h"
#include "tools/server/pages/embedded.h"

namespace trede::server {

// Owner: the service. `rest` outlives it. Threads: any.
class Pages final : public Application {
 public:
  // Requires: one of `files` is /index.html. `places`: see embedded_places.
  Pages(Application& rest, std::vector<PageFile> files, std::vector<std::string_view> places);

  // Whether `path` is of a page or one of its files, whether or not that is there.
  bool holds(std::string_view path) const;

  boost::asio::awaitable<Response> answer(Request request) override;
  Response refuse(unsigned status, std::string detail) override;

 private:
  bool is_place(std::string_view path) const;
  const PageFile* find(std::string_view path) const;
  // Null: not for the pages.
  const PageFile* file_for(const Request& request) const;

  Application& rest_;
  std::vector<PageFile> files_;
  std::vector<std::string_view> places_;
};

}  // namespace trede::server
