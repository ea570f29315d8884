#include "tools/trede/evidence/plain_zip.h"

#include <zlib.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <set>

#include "engine/base/text.h"

namespace trede::tool {

namespace {

// Source: APPNOTE.TXT of PKWARE, 4.3.7, 4.3.12 and 4.3.16.
constexpr std::uint32_t kLocal = 0x04034b50;
constexpr std::uint32_t kCentral = 0x02014b50;
constexpr std::uint32_t kEnd = 0x06054b50;
constexpr std::uint16_t kVersion = 20;     // needed to read it
constexpr std::uint16_t kMadeBy = 0x0314;  // on Unix, so that the rights below count
constexpr std::uint16_t kDay = 0x0021;     // 1980-01-01, the first there is
constexpr std::uint32_t kRights = 0100644u << 16;
constexpr std::size_t kLocalBytes = 30;
constexpr std::size_t kEntriesMax = 64;
constexpr std::size_t kNameMax = 64;

void put2(std::string& out, std::uint16_t number) {
  out.push_back(static_cast<char>(number & 0xFF));
  out.push_back(static_cast<char>(number >> 8));
}

void put4(std::string& out, std::uint32_t number) {
  put2(out, static_cast<std::uint16_t>(number & 0xFFFF));
  put2(out, static_cast<std::uint16_t>(number >> 16));
}

std::uint32_t get(std::string_view bytes, std::size_t at, std::size_t count) {
  std::uint32_t number = 0;
  for (std::size_t i = count; i > 0; --i) {
    number = number << 8 | static_cast<unsigned char>(bytes[at + i - 1]);
  }
  return number;
}

std::uint32_t crc_of(std::string_view bytes) {
  return static_cast<std::uint32_t>(
      crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

// What stands in both headers of an entry.
void put_description(std::string& out, const ZipEntry& entry) {
  put2(out, kVersion);
  put2(out, 0);  // no flags
  put2(out, 0);  // not compressed
  put2(out, 0);
  put2(out, kDay);
  put4(out, crc_of(entry.bytes));
  put4(out, static_cast<std::uint32_t>(entry.bytes.size()));
  put4(out, static_cast<std::uint32_t>(entry.bytes.size()));
  put2(out, static_cast<std::uint16_t>(entry.name.size()));
  put2(out, 0);  // no extra field
}

void put_central(std::string& out, const ZipEntry& entry, std::size_t offset) {
  put4(out, kCentral);
  put2(out, kMadeBy);
  put_description(out, entry);
  put2(out, 0);  // no comment
  put2(out, 0);  // first disk
  put2(out, 0);  // bytes
  put4(out, kRights);
  put4(out, static_cast<std::uint32_t>(offset));
  out += entry.name;
}

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= kNameMax && name.front() != '.' &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return is_alnum(c) || c == '.' || c == '-'; });
}

Error other_form(std::string_view what) {
  return {ErrorCode::kInvalid, "this is no bundle as it was written: " + std::string(what)};
}

}  // namespace

Result<std::string> write_zip(const std::vector<ZipEntry>& entries) {
  std::size_t all = 0;
  for (const ZipEntry& entry : entries) all += entry.bytes.size() + 3 * kNameMax + 100;
  if (all >= std::numeric_limits<std::uint32_t>::max()) {
    return Error{ErrorCode::kInvalid, "a bundle holds less than 4 GiB, and this one would have " +
                                          std::to_string(all >> 20) + " MiB"};
  }
  std::string zip;
  zip.reserve(all);
  std::string central;
  for (const ZipEntry& entry : entries) {
    put_central(central, entry, zip.size());
    put4(zip, kLocal);
    put_description(zip, entry);
    zip += entry.name;
    zip += entry.bytes;
  }
  const std::size_t offset = zip.size();
  zip += central;
  put4(zip, kEnd);
  put4(zip, 0);  // one disk
  put2(zip, static_cast<std::uint16_t>(entries.size()));
  put2(zip, static_cast<std::uint16_t>(entries.size()));
  put4(zip, static_cast<std::uint32_t>(central.size()));
  put4(zip, static_cast<std::uint32_t>(offset));
  put2(zip, 0);  // no comment
  return zip;
}

Result<std::vector<ZipEntry>> read_zip(std::string_view zip) {
  std::vector<ZipEntry> entries;
  std::set<std::string_view> names;
  std::size_t at = 0;
  while (zip.size() - at >= kLocalBytes && get(zip, at, 4) == kLocal) {
    const std::size_t size = get(zip, at + 22, 4);
    const std::size_t name_size = get(zip, at + 26, 2);
    at += kLocalBytes;
    if (name_size > kNameMax || size > zip.size() - at || name_size > zip.size() - at - size) {
      return other_form("it was cut off, or a file in it has another length");
    }
    const std::string_view name = zip.substr(at, name_size);
    if (!is_name(name) || !names.insert(name).second) {
      return other_form("a file in it has a name that none has");
    }
    if (entries.size() == kEntriesMax) return other_form("too many files");
    entries.push_back({std::string(name), std::string(zip.substr(at + name_size, size))});
    at += name_size + size;
  }
  const auto again = write_zip(entries);
  if (!again) return again.error();
  if (*again != zip) return other_form("it was cut off, or altered between its files");
  return entries;
}

}  // namespace trede::tool
