// Undoes what the server compresses.
#pragma once

#include <zlib.h>
#include <zstd.h>

#include <string>
#include <string_view>

namespace trede::test {

// What can be read of the beginning `coded`; "?" behind it when it is not whole or broken.
inline std::string expand_gzip(std::string_view coded, bool is_whole = true) {
  z_stream stream{};
  inflateInit2(&stream, 15 + 16);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(coded.data()));
  stream.avail_in = static_cast<uInt>(coded.size());
  std::string out;
  std::string step(65536, '\0');
  int result = Z_OK;
  do {
    stream.next_out = reinterpret_cast<Bytef*>(step.data());
    stream.avail_out = static_cast<uInt>(step.size());
    result = inflate(&stream, Z_SYNC_FLUSH);
    out.append(step.data(), step.size() - stream.avail_out);
  } while (result == Z_OK && (stream.avail_in > 0 || stream.avail_out == 0));
  inflateEnd(&stream);
  return is_whole && result != Z_STREAM_END ? out + "?" : out;
}

inline std::string expand_zstd(std::string_view coded, bool is_whole = true) {
  ZSTD_DCtx* context = ZSTD_createDCtx();
  ZSTD_inBuffer in{coded.data(), coded.size(), 0};
  std::string out;
  std::string step(65536, '\0');
  std::size_t left = 1;
  while (true) {
    ZSTD_outBuffer part{step.data(), step.size(), 0};
    left = ZSTD_decompressStream(context, &part, &in);
    if (ZSTD_isError(left) != 0) break;
    out.append(step.data(), part.pos);
    if (in.pos == in.size && part.pos < part.size) break;
  }
  ZSTD_freeDCtx(context);
  return is_whole && left != 0 ? out + "?" : out;
}

}  // namespace trede::test
