// A body made piece by piece in the pool, while it is sent.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>
#include <optional>
#include <string>

#include "tools/server/http/message.h"

namespace trede::server {

// Threads: one at a time.
class Pieces {
 public:
  virtual ~Pieces() = default;
  // The next piece, never empty; absent = the end. May wait for the disk.
  virtual Result<std::optional<std::string>> next() = 0;
};

Source source_of(boost::asio::any_io_executor pool, std::shared_ptr<Pieces> pieces);

}  // namespace trede::server
