// How many requests somebody may make: a bucket of tokens each, that fills at a steady rate.
#pragma once

#include <chrono>
#include <mutex>
#include <string>

#include "engine/base/clock.h"
#include "tools/server/access/bounded_map.h"

namespace trede::server {

struct Rate {
  double per_second = 50;
  double burst = 200;  // at once, after a rest
};

struct RateLimitOptions {
  Rate identity{};
  // Many identities may share an address: a gemeente behind one gateway.
  Rate peer{.per_second = 500, .burst = 2000};
  // Of each kind; who was not seen for longest is forgotten, and has a full bucket again.
  std::size_t most_keys = 20'000;
};

// Owner: the server. `clock` must outlive it. Threads: any.
class RateLimits {
 public:
  explicit RateLimits(const Clock& clock, const RateLimitOptions& options = {});

  // One request more. Returns: zero when it may be answered; else how long to wait, rounded up.
  std::chrono::seconds take_identity(const std::string& actor);
  // `peer`: an address, as peer_key gives it.
  std::chrono::seconds take_peer(const std::string& peer);
  // How many keys it knows.
  std::size_t size() const;

 private:
  struct Bucket {
    bool is_new = true;
    double tokens = 0;
    Moment at{};
  };
  std::chrono::seconds take(BoundedMap<Bucket>& buckets, const Rate& rate, const std::string& key);

  const Clock& clock_;
  RateLimitOptions options_;
  mutable std::mutex mutex_;
  BoundedMap<Bucket> identities_;
  BoundedMap<Bucket> peers_;
};

// What of an address is one sender: all of an IPv4 address, the first half of an IPv6 one, of which
// whoever has one has as many as he likes. What is no address stays as it is, cut at 64 bytes.
std::string peer_key(const std::string& peer);

}  // namespace trede::server
