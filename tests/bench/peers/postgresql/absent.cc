// In the place of the peer where libpq was not there when this was built.
#include <stdexcept>

#include "tests/bench/peers/postgresql.h"

namespace trede::bench {

std::unique_ptr<Postgresql> Postgresql::start(const std::filesystem::path&) {
  throw std::runtime_error("built without libpq: install libpq-dev and build again");
}

}  // namespace trede::bench
