// SHA-256, from OpenSSL.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace trede {

using Hash = std::array<std::uint8_t, 32>;

// The hash of `parts`, one after the other. Threads: any.
Hash sha256(std::initializer_list<std::string_view> parts);

// The 32 bytes as a view; valid as long as `hash`.
inline std::string_view hash_view(const Hash& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

// 64 hexadecimal digits, lower case.
std::string hash_text(const Hash& hash);

}  // namespace trede
