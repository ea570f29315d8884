// What of a person is in the files of a vault, and whether it is in any others.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/sqlite/sqlite_file.h"
#include "engine/vault/erasures.h"

namespace trede::test {

inline std::vector<std::string> blobs_of(const std::filesystem::path& file, const char* sql,
                                         const Uuid& about) {
  auto opened = SqliteFile::open(file, SqliteAccess::kRead);
  if (!opened) throw std::runtime_error(opened.error().message);
  auto ask = opened->prepare(sql);
  if (!ask) throw std::runtime_error(ask.error().message);
  ask->bind_blob(about.view());
  std::vector<std::string> out;
  for (auto row = ask->step(); row && *row; row = ask->step()) out.push_back(ask->blob(0));
  return out;
}

// The sealed data and notes of the person of `dossier`, and their wrapped keys.
inline std::vector<std::string> secrets_of(const std::filesystem::path& data,
                                           const StreamId& dossier) {
  const auto holding = vault_holding(data, dossier);
  if (!holding || !holding->person) throw std::runtime_error("nobody is there");
  std::vector<std::string> out;
  const auto add = [&](const std::filesystem::path& file, const char* sql, const Uuid& about) {
    const auto found = blobs_of(file, sql, about);
    if (found.empty()) throw std::runtime_error("nothing is sealed");
    // A row may go over pages: some of it is enough to know it by.
    for (const std::string& blob : found) out.push_back(blob.substr(0, 60));
  };
  add(sealed_file(data), "SELECT sealed FROM person WHERE person=?", *holding->person);
  add(sealed_file(data), "SELECT sealed FROM note WHERE dossier=?", dossier.uuid);
  add(key_file(data), "SELECT wrapped FROM wrapped WHERE owner=?", *holding->person);
  add(key_file(data), "SELECT wrapped FROM wrapped WHERE owner=?", dossier.uuid);
  return out;
}

// Whether a file below `folder` has `bytes` in it.
inline bool holds(const std::filesystem::path& folder, const std::string& bytes) {
  if (!std::filesystem::exists(folder)) return false;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string all{std::istreambuf_iterator<char>(file), {}};
    if (all.find(bytes) != std::string::npos) return true;
  }
  return false;
}

}  // namespace trede::test
