#include "tools/server/access/rate_limits.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace trede::server {

RateLimits::RateLimits(const Clock& clock, const RateLimitOptions& options)
    : clock_(clock), options_(options), identities_(options.most_keys), peers_(options.most_keys) {}

std::chrono::seconds RateLimits::take_identity(const std::string& actor) {
  const std::lock_guard lock(mutex_);
  return take(identities_, options_.identity, actor);
}

std::chrono::seconds RateLimits::take_peer(const std::string& peer) {
  const std::lock_guard lock(mutex_);
  return take(peers_, options_.peer, peer);
}

std::size_t RateLimits::size() const {
  const std::lock_guard lock(mutex_);
  return identities_.size() + peers_.size();
}

std::chrono::seconds RateLimits::take(BoundedMap<Bucket>& buckets, const Rate& rate,
                                      const std::string& key) {
  Bucket& bucket = buckets.at(key);
  const Moment now = clock_.now();
  const double rested = std::chrono::duration<double>(now - bucket.at).count();
  const double more = bucket.is_new ? rate.burst : std::max(0.0, rested) * rate.per_second;
  bucket.tokens = std::min(rate.burst, bucket.tokens + more);
  bucket.at = now;  // also when the clock stepped back
  bucket.is_new = false;
  if (bucket.tokens >= 1) {
    bucket.tokens -= 1;
    return std::chrono::seconds{0};
  }
  const double wait = std::ceil((1 - bucket.tokens) / rate.per_second);
  return std::chrono::seconds{std::max<std::int64_t>(1, static_cast<std::int64_t>(wait))};
}

std::string peer_key(const std::string& peer) {
  constexpr std::size_t kMost = 64;
  constexpr std::size_t kNetworkBytes = 8;
  constexpr std::array<std::uint8_t, 12> kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  std::array<std::uint8_t, 16> bytes{};
  const std::string address = peer.substr(0, peer.find('%'));  // without the interface
  if (inet_pton(AF_INET6, address.c_str(), bytes.data()) != 1) return peer.substr(0, kMost);
  if (std::equal(kMapped.begin(), kMapped.end(), bytes.begin())) {
    std::array<char, INET_ADDRSTRLEN> text{};
    inet_ntop(AF_INET, bytes.data() + kMapped.size(), text.data(), text.size());
    return text.data();
  }
  std::fill(bytes.begin() + kNetworkBytes, bytes.end(), std::uint8_t{0});
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(AF_INET6, bytes.data(), text.data(), text.size());
  return std::string(text.data()) + "/64";
}

}  // namespace trede::server
