#include "tools/server/api/pieces.h"

#include <utility>

#include "tools/server/api/run_on.h"

namespace trede::server {

namespace asio = boost::asio;

namespace {

using Piece = Result<std::optional<std::string>>;

asio::awaitable<Piece> next_piece(asio::any_io_executor pool, std::shared_ptr<Pieces> pieces) {
  auto making = [pieces] { return pieces->next(); };
  Piece piece = co_await run_on(std::move(pool), std::move(making));
  co_return piece;
}

}  // namespace

Source source_of(asio::any_io_executor pool, std::shared_ptr<Pieces> pieces) {
  return [pool = std::move(pool), pieces = std::move(pieces)] { return next_piece(pool, pieces); };
}

}  // namespace trede::server
