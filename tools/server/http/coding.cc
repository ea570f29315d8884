#include "tools/server/http/coding.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "engine/base/check.h"
#include "tools/server/http/message.h"

namespace trede::server {
namespace {

constexpr std::size_t kStep = 16 * 1024;

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// The part before `separator`, which is taken off `rest` with it.
std::string_view next_part(std::string_view& rest, char separator) {
  const std::size_t at = std::min(rest.find(separator), rest.size());
  const auto part = trimmed(rest.substr(0, at));
  rest.remove_prefix(std::min(at + 1, rest.size()));
  return part;
}

// `q=0.5` in thousandths; 0, so never chosen, when it cannot be read.
int quality(std::string_view parameter) {
  if (parameter.size() < 3 || (parameter[0] | 0x20) != 'q' || parameter[1] != '=') return 0;
  double value = 0;
  const char* end = parameter.data() + parameter.size();
  const auto [read, error] =
      std::from_chars(parameter.data() + 2, end, value, std::chars_format::fixed);
  if (error != std::errc() || read != end || !(value >= 0 && value <= 1)) return 0;
  return static_cast<int>(value * 1000);
}

struct Qualities {
  int gzip = -1;  // -1 = not named
  int zstd = -1;
  int other = 0;  // `*`
};

void read_element(std::string_view element, Qualities& qualities) {
  const auto name = next_part(element, ';');
  const int q = element.empty() ? 1000 : quality(trimmed(element));
  if (equals_without_case(name, "gzip") || equals_without_case(name, "x-gzip")) qualities.gzip = q;
  if (equals_without_case(name, "zstd")) qualities.zstd = q;
  if (name == "*") qualities.other = q;
}

class Gzip final : public Compressor {
 public:
  explicit Gzip(bool is_endless) {
    // Window bits plus 16 asks for a gzip head; with 12 and 5 the state is 32 KiB instead of 256.
    const int result = is_endless
                           ? deflateInit2(&stream_, 4, Z_DEFLATED, 12 + 16, 5, Z_DEFAULT_STRATEGY)
                           : deflateInit2(&stream_, 4, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    is_good_ = result == Z_OK;
  }
  ~Gzip() override { deflateEnd(&stream_); }
  Gzip(const Gzip&) = delete;
  Gzip& operator=(const Gzip&) = delete;

  Result<std::string> add(std::string_view piece, Flush flush) override {
    if (!is_good_) return Error{ErrorCode::kIo, "gzip: no memory"};
    const int mode = flush == Flush::kEnd     ? Z_FINISH
                     : flush == Flush::kPiece ? Z_SYNC_FLUSH
                                              : Z_NO_FLUSH;
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(piece.data()));
    stream_.avail_in = static_cast<uInt>(piece.size());
    std::string out;
    std::array<char, kStep> step;
    do {
      stream_.next_out = reinterpret_cast<Bytef*>(step.data());
      stream_.avail_out = kStep;
      const int result = deflate(&stream_, mode);
      if (result == Z_STREAM_ERROR) return Error{ErrorCode::kIo, "gzip: used after its end"};
      out.append(step.data(), kStep - stream_.avail_out);
    } while (stream_.avail_out == 0);
    return out;
  }

 private:
  z_stream stream_{};
  bool is_good_ = false;
};

class Zstd final : public Compressor {
 public:
  explicit Zstd(bool is_endless) : context_(ZSTD_createCCtx(), ZSTD_freeCCtx) {
    if (!context_) return;
    ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_compressionLevel, is_endless ? 1 : 3);
    // What a client has to keep too, and of which browsers refuse more than 8 MiB (23).
    ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_windowLog, is_endless ? 12 : 18);
    if (!is_endless) return;
    ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_hashLog, 10);
    ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_chainLog, 10);
  }

  Result<std::string> add(std::string_view piece, Flush flush) override {
    if (!context_) return Error{ErrorCode::kIo, "zstd: no memory"};
    const auto mode = flush == Flush::kEnd     ? ZSTD_e_end
                      : flush == Flush::kPiece ? ZSTD_e_flush
                                               : ZSTD_e_continue;
    ZSTD_inBuffer in{piece.data(), piece.size(), 0};
    std::string out;
    std::array<char, kStep> step;
    std::size_t left = 0;
    do {
      ZSTD_outBuffer part{step.data(), step.size(), 0};
      left = ZSTD_compressStream2(context_.get(), &part, &in, mode);
      if (ZSTD_isError(left) != 0) {
        return Error{ErrorCode::kIo, std::string("zstd: ") + ZSTD_getErrorName(left)};
      }
      out.append(step.data(), part.pos);
      // Without a flush `left` is only what it would like to give: what counts is what it took.
    } while (flush == Flush::kNone ? in.pos < in.size : left != 0);
    return out;
  }

 private:
  std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context_;
};

}  // namespace

std::string_view coding_text(Coding coding) {
  switch (coding) {
    case Coding::kIdentity: return "identity";
    case Coding::kGzip: return "gzip";
    case Coding::kZstd: return "zstd";
  }
  std::unreachable();
}

Coding choose_coding(const std::vector<std::string_view>& accept_encoding) {
  Qualities qualities;
  for (std::string_view rest : accept_encoding) {
    while (!rest.empty()) read_element(next_part(rest, ','), qualities);
  }
  const int gzip = qualities.gzip < 0 ? qualities.other : qualities.gzip;
  const int zstd = qualities.zstd < 0 ? qualities.other : qualities.zstd;
  if (zstd > 0 && zstd >= gzip) return Coding::kZstd;
  return gzip > 0 ? Coding::kGzip : Coding::kIdentity;
}

bool is_compressible(std::string_view content_type) {
  std::string type(trimmed(content_type.substr(0, content_type.find(';'))));
  std::transform(type.begin(), type.end(), type.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  constexpr std::array<std::string_view, 6> kTypes = {
      "application/json",       "application/javascript", "application/xml",
      "application/x-protobuf", "application/x-ndjson",   "application/ndjson"};
  return type.starts_with("text/") || type.ends_with("+json") || type.ends_with("+xml") ||
         std::find(kTypes.begin(), kTypes.end(), type) != kTypes.end();
}

std::unique_ptr<Compressor> make_compressor(Coding coding, bool is_endless) {
  TREDE_CHECK(coding != Coding::kIdentity, "identity needs no compressor");
  if (coding == Coding::kGzip) return std::make_unique<Gzip>(is_endless);
  return std::make_unique<Zstd>(is_endless);
}

}  // namespace trede::server
