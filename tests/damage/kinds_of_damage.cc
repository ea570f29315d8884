#include "tests/damage/kinds_of_damage.h"

#include <random>

namespace trede::test {

namespace {

// `log/.sst`, `log/MANIFEST-`: the same for files that are alike.
std::string kind_of_file(const std::string& name) {
  std::string kind;
  for (const char letter : name) {
    if (letter < '0' || letter > '9') kind.push_back(letter);
  }
  return kind;
}

}  // namespace

std::vector<Damage> flipped(const std::string& bytes, std::size_t regions) {
  std::mt19937_64 engine(bytes.size());
  std::vector<Damage> out;
  for (std::size_t region = 0; region < std::min(regions, bytes.size()); ++region) {
    const std::size_t begin = bytes.size() * region / regions;
    const std::size_t end = std::max(begin + 1, bytes.size() * (region + 1) / regions);
    const std::size_t place = begin + engine() % (end - begin);
    const unsigned bit = static_cast<unsigned>(engine() % 8);
    std::string damaged = bytes;
    damaged[place] = static_cast<char>(damaged[place] ^ (1U << bit));
    out.push_back({"bit " + std::to_string(bit) + " of byte " + std::to_string(place), damaged});
  }
  return out;
}

std::vector<Damage> cut(const std::string& bytes) {
  std::vector<Damage> out;
  if (bytes.empty()) return out;
  for (const std::size_t size : {std::size_t{0}, bytes.size() / 2, bytes.size() - 1}) {
    out.push_back({"cut to " + std::to_string(size) + " bytes", bytes.substr(0, size)});
  }
  return out;
}

std::vector<Damage> gone() { return {{"gone", std::nullopt}}; }

std::vector<Damage> older_version(const std::string& name, const std::string& bytes,
                                  const Files& older) {
  const std::string* found = nullptr;
  for (const auto& [other, there] : older) {
    if (kind_of_file(other) == kind_of_file(name) && there != bytes) found = &there;
  }
  if (const auto same = older.find(name); same != older.end()) {
    found = same->second == bytes ? nullptr : &same->second;
  }
  if (found == nullptr) return {};
  return {{"as it was before", *found}};
}

std::vector<Damage> mixed_up(const std::string& name, const std::string& bytes,
                             const Files& files) {
  for (const auto& [other, there] : files) {
    if (kind_of_file(other) == kind_of_file(name) && there != bytes) {
      return {{"with the bytes of " + other, there}};
    }
  }
  return {};
}

}  // namespace trede::test
