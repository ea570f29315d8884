// Keys and small values of the log's tables, as bytes. README.md shows them with an example.
// Stored for ever: nothing here changes without a new number in FORMAT.
#pragma once

#include <array>
#include <string_view>

#include "engine/base/ids.h"
#include "engine/base/result.h"

namespace trede {

// Big-endian, so that the order of the bytes is that of the numbers.
template <std::size_t kSize>
class KeyBytes {
 public:
  std::string_view view() const { return {bytes_.data(), kSize}; }

 protected:
  void put(std::size_t at, std::string_view bytes) { bytes.copy(bytes_.data() + at, bytes.size()); }
  void put_number(std::size_t at, std::uint64_t number) {
    for (std::size_t i = 0; i < 8; ++i) {
      bytes_[at + i] = static_cast<char>(static_cast<unsigned char>(number >> (56 - 8 * i)));
    }
  }
  void put_byte(std::size_t at, std::uint8_t byte) { bytes_[at] = static_cast<char>(byte); }

 private:
  std::array<char, kSize> bytes_;
};

// Of `events`, and the value of `ids` and `streams`.
class PositionKey : public KeyBytes<8> {
 public:
  explicit PositionKey(Position position) { put_number(0, position.value); }
};

// Of `streams`: kind, UUID, version.
class StreamKey : public KeyBytes<25> {
 public:
  static constexpr std::size_t kPrefix = 17;  // kind and UUID
  StreamKey(const StreamId& stream, StreamVersion version) {
    put_byte(0, static_cast<std::uint8_t>(stream.kind));
    put(1, stream.uuid.view());
    put_number(kPrefix, version.value);
  }
  std::string_view stream() const { return view().substr(0, kPrefix); }
};

// Of `tree`: height / kTreeStep, then the index of the subtree.
class TreeKey : public KeyBytes<9> {
 public:
  TreeKey(unsigned level, std::uint64_t index) {
    put_byte(0, static_cast<std::uint8_t>(level));
    put_number(1, index);
  }
};

// Requires: 8 bytes or more; reads the first 8.
inline std::uint64_t read_number(std::string_view bytes) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    number = (number << 8) | static_cast<unsigned char>(bytes[i]);
  }
  return number;
}

// Errors: kCorrupt when `bytes` are not 8.
Result<Position> decode_position(std::string_view bytes);
// Of the first byte of a StreamKey, and of the second of an entry of the key directory.
// Errors: kCorrupt when it is none.
Result<StreamKind> decode_kind(char byte);

// Keys in the default column family.
inline constexpr std::string_view kHeadKey = "head";          // PublishedHead
inline constexpr std::string_view kIdentityKey = "identity";  // 16 bytes
inline constexpr std::string_view kEpochsKey = "epochs";      // Epochs; absent in epoch 1

}  // namespace trede
