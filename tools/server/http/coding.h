// Compression of what is answered: which a client takes, what is worth it, and doing it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace trede::server {

enum class Coding { kIdentity, kGzip, kZstd };

// As in Content-Encoding; `identity` is never written there.
std::string_view coding_text(Coding coding);

// The best of what the fields Accept-Encoding take: the highest q, of equals zstd before gzip
// before nothing. Without any field nothing is compressed.
Coding choose_coding(const std::vector<std::string_view>& accept_encoding);

// Whether content of that type becomes smaller: text, JSON, XML, protobuf.
bool is_compressible(std::string_view content_type);

enum class Flush {
  kNone,   // keeps back what compresses better together
  kPiece,  // everything given so far can be read by the client
  kEnd,    // nothing follows
};

// Compresses a body piece by piece. Memory: some 300 kB, for one that is endless some 50 kB.
// Threads: one.
class Compressor {
 public:
  virtual ~Compressor() = default;
  // Returns: what is to be sent now, maybe nothing. Errors: kIo; the body cannot be finished.
  virtual Result<std::string> add(std::string_view piece, Flush flush) = 0;
};

// Requires: coding is not kIdentity. `is_endless`: many at once, each with little to send.
std::unique_ptr<Compressor> make_compressor(Coding coding, bool is_endless);

}  // namespace trede::server
