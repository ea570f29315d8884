#include "tools/trede/trust/leaf_hashes.h"

#include <algorithm>

#include "engine/ledger/merkle.h"
#include "tools/trede/rows/input_file.h"

namespace trede::tool {

namespace {

constexpr std::string_view kForm = "trede leaf hashes 1\n";
constexpr std::size_t kHashBytes = std::tuple_size_v<Hash>;

std::string heading(std::uint64_t size) { return std::string(kForm) + std::to_string(size) + "\n"; }

// Appends to `bytes` until it has so many. Returns whether the file had them.
Outcome<bool> read_up_to(InputFile& file, std::string& bytes, std::size_t size) {
  while (bytes.size() < size) {
    const auto got = file.read(bytes, size - bytes.size());
    if (!got) return wrong_input(file.path() + ": " + got.error().message);
    if (*got == 0) return false;
  }
  return true;
}

}  // namespace

Status write_leaf_hashes(const EventLog& log, const TreeHead& head, Output& out) {
  out.write(heading(head.size));
  MerkleFrontier tree;
  const auto visit = [&](Position, std::string_view stored) -> Status {
    const Hash hash = leaf_hash(stored);
    out.write(hash_view(hash));
    tree.push(hash);
    return {};
  };
  TREDE_RETURN_IF_ERROR(log.scan(Position{1}, Position{head.size}, visit));
  if (tree.root() == head.root) return {};
  return Error{ErrorCode::kCorrupt,
               "the events do not give the tree head that the log has of them: "
               "`trede verify` tells which"};
}

Outcome<std::vector<Hash>> load_leaf_hashes(const std::string& path, const TreeHead& head) {
  auto file = InputFile::open(path);
  if (!file) return file.error();
  const std::string begin = heading(head.size);
  std::string bytes;
  const auto begins = read_up_to(*file, bytes, begin.size());
  if (!begins) return begins.error();
  if (!bytes.starts_with(kForm.substr(0, bytes.size())) || bytes.size() < kForm.size()) {
    return wrong_input(path + ": this is no file of `trede checkpoint --hashes`");
  }
  const Failure other = wrong_input(path + ": the hashes are not those of the checkpoint");
  if (bytes != begin) return other;
  std::vector<Hash> hashes;
  MerkleFrontier tree;
  for (std::uint64_t i = 0; i < head.size; ++i) {
    bytes.clear();
    const auto whole = read_up_to(*file, bytes, kHashBytes);
    if (!whole) return whole.error();
    if (!*whole) return wrong_input(path + ": it was cut off");
    Hash hash;
    std::copy(bytes.begin(), bytes.end(), hash.begin());
    hashes.push_back(hash);
    tree.push(hash);
  }
  bytes.clear();
  const auto more = read_up_to(*file, bytes, 1);
  if (!more) return more.error();
  if (*more) return wrong_input(path + ": something stands behind the last hash");
  if (tree.root() != head.root) return other;
  return hashes;
}

}  // namespace trede::tool
