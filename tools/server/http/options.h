// What can be chosen of the transport. Each default has its reason beside it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace trede::server {

// An address to listen on. Without TLS only a loopback address will do.
struct Listener {
  std::string address = "127.0.0.1";  // nobody else, until somebody chooses otherwise
  std::uint16_t port = 0;             // 0 = one that is free
  bool is_encrypted = false;
};

struct Options {
  std::vector<Listener> listeners{Listener{}};
  // PEM files, for listeners with TLS. The key without a password: nobody is there to type it.
  std::string certificate_file;  // the server's own first, then those that lead to the root
  std::string key_file;

  // Sizes, in bytes unless the name says else.
  std::size_t head_max = 16 * 1024;        // request line and headers; browsers stay below 8 KiB
  std::size_t header_count_max = 100;      // browsers send about 20
  std::size_t target_max = 4 * 1024;       // a question with every option is below 1 KiB
  std::size_t body_max = 8 * 1024 * 1024;  // an import of some 50,000 rows
  std::size_t bodies_max = 256 * 1024 * 1024;  // of all requests together: what a small machine has
  std::size_t compressed_min = 1024;           // below it, a packet less is not won

  // Numbers of connections.
  std::size_t connections_max = 12'000;  // 10,000 that are idle and room beside them
  std::size_t per_peer_max = 2'000;  // an office of 300 people behind one address; IPv6: its /64
  bool counts_loopback = false;      // a proxy on this machine speaks for everybody

  // Times. A deadline that passes ends the connection, with an answer where one can still be sent.
  std::chrono::milliseconds head_time{10'000};   // handshake; first byte of a head to its last
  std::chrono::milliseconds body_time{10'000};   // to begin with; each body_rate_min bytes add 1 s
  std::size_t body_rate_min = 16 * 1024;         // bytes per second: a poor mobile line has more
  std::chrono::milliseconds idle_time{75'000};   // longer than the 60 s that proxies hold one open
  std::chrono::milliseconds write_time{30'000};  // for each 64 KiB: 2 KiB/s is who still reads
  std::chrono::milliseconds request_time{30'000};    // to the begin of the answer; people gave up
  std::chrono::milliseconds response_time{900'000};  // the whole of an answer that ends: an export
  std::chrono::milliseconds grace{10'000};  // of stop, for what runs; systemd kills after 90 s
};

}  // namespace trede::server
