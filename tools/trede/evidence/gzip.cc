#include "tools/trede/evidence/gzip.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>

#include "engine/base/check.h"

namespace trede::tool {

namespace {

constexpr int kGzip = 16 + MAX_WBITS;  // with its header, without a date
constexpr std::size_t kPiece = 64 << 10;

// zlib counts what it is given in 32 bits.
constexpr std::size_t kGivenAtOnce = std::size_t{1} << 30;

void give(z_stream& stream, std::string_view bytes) {
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
}

Error no_gzip(std::string_view what) {
  return {ErrorCode::kInvalid, "compressed text cannot be read: " + std::string(what)};
}

// Owns the state of zlib while it decompresses.
struct Inflating {
  Inflating() { TREDE_CHECK(inflateInit2(&stream, kGzip) == Z_OK, "zlib cannot be used"); }
  ~Inflating() { inflateEnd(&stream); }
  Inflating(const Inflating&) = delete;
  Inflating& operator=(const Inflating&) = delete;
  z_stream stream{};
};

// Hands on the lines that are whole, and keeps the rest in `text`.
Status take_lines(std::string& text, std::size_t longest,
                  const std::function<Status(std::string_view)>& take) {
  std::size_t from = 0;
  for (auto end = text.find('\n'); end != text.npos; end = text.find('\n', from)) {
    if (end - from > longest) return std::unexpected(no_gzip("a line is too long"));
    TREDE_RETURN_IF_ERROR(take(std::string_view(text).substr(from, end - from)));
    from = end + 1;
  }
  text.erase(0, from);
  if (text.size() > longest) return std::unexpected(no_gzip("a line is too long"));
  return {};
}

}  // namespace

struct GzipText::Stream {
  z_stream stream{};
};

GzipText::GzipText() : stream_(std::make_unique<Stream>()) {
  constexpr int kMemory = 8;  // zlib's own default
  const int ready = deflateInit2(&stream_->stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzip,
                                 kMemory, Z_DEFAULT_STRATEGY);
  TREDE_CHECK(ready == Z_OK, "zlib cannot be used");
}

GzipText::~GzipText() { deflateEnd(&stream_->stream); }

void GzipText::deflate_all(std::string_view text, int flush) {
  z_stream& stream = stream_->stream;
  give(stream, text);
  std::array<char, kPiece> piece;
  do {
    stream.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream.avail_out = static_cast<uInt>(piece.size());
    const int outcome = deflate(&stream, flush);
    TREDE_CHECK(outcome != Z_STREAM_ERROR, "zlib lost its state");
    out_.append(piece.data(), piece.size() - stream.avail_out);
  } while (stream.avail_out == 0);
}

void GzipText::add(std::string_view text) {
  for (; !text.empty(); text.remove_prefix(std::min(text.size(), kGivenAtOnce))) {
    deflate_all(text.substr(0, kGivenAtOnce), Z_NO_FLUSH);
  }
}

std::string GzipText::finish() {
  deflate_all({}, Z_FINISH);
  return std::move(out_);
}

Status read_gzip_lines(std::string_view gzip, std::size_t longest,
                       const std::function<Status(std::string_view)>& take) {
  Inflating inflating;
  z_stream& stream = inflating.stream;
  std::array<char, kPiece> piece;
  std::string text;
  int outcome = Z_OK;
  while (outcome != Z_STREAM_END) {
    if (stream.avail_in == 0) {
      if (gzip.empty()) return std::unexpected(no_gzip("it was cut off"));
      give(stream, gzip.substr(0, kGivenAtOnce));
      gzip.remove_prefix(std::min(gzip.size(), kGivenAtOnce));
    }
    stream.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream.avail_out = static_cast<uInt>(piece.size());
    outcome = inflate(&stream, Z_NO_FLUSH);
    if (outcome != Z_OK && outcome != Z_STREAM_END) {
      return std::unexpected(no_gzip("it is damaged"));
    }
    text.append(piece.data(), piece.size() - stream.avail_out);
    TREDE_RETURN_IF_ERROR(take_lines(text, longest, take));
  }
  if (stream.avail_in != 0 || !gzip.empty()) {
    return std::unexpected(no_gzip("it goes on behind its end"));
  }
  if (!text.empty()) return std::unexpected(no_gzip("its last line was cut off"));
  return {};
}

}  // namespace trede::tool
