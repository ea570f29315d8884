// Keys and plain texts in memory: wiped when they are let go.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "engine/base/clock.h"

namespace trede {

// Overwrites what `text` holds, and empties it.
void wipe(std::string& text);

// A key of 32 bytes, wiped when it goes. Moving leaves zeros behind.
class SecretKey {
 public:
  static constexpr std::size_t kBytes = 32;

  SecretKey() = default;
  ~SecretKey();
  SecretKey(const SecretKey&) = delete;
  SecretKey& operator=(const SecretKey&) = delete;
  SecretKey(SecretKey&& other) noexcept;
  SecretKey& operator=(SecretKey&& other) noexcept;

  static SecretKey random(RandomSource& source);
  // Requires: kBytes bytes.
  static SecretKey from(std::string_view bytes);

  const std::uint8_t* data() const { return bytes_.data(); }
  std::span<std::uint8_t> writable() { return bytes_; }
  std::string_view view() const {
    return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()};
  }

 private:
  std::array<std::uint8_t, kBytes> bytes_{};
};

// A plain text, wiped when it goes. Its room never grows: growing would leave a copy behind.
class SecretText {
 public:
  explicit SecretText(std::size_t size) : text_(size, '\0') {}
  explicit SecretText(std::string text) : text_(std::move(text)) {}
  ~SecretText() { wipe(text_); }
  SecretText(const SecretText&) = delete;
  SecretText& operator=(const SecretText&) = delete;
  SecretText(SecretText&& other) noexcept : text_(other.text_) { wipe(other.text_); }
  SecretText& operator=(SecretText&&) = delete;

  std::string_view view() const { return text_; }
  std::uint8_t* data() { return reinterpret_cast<std::uint8_t*>(text_.data()); }
  void shorten(std::size_t size) { text_.resize(size); }

 private:
  std::string text_;
};

}  // namespace trede
