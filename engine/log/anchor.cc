#include "engine/log/anchor.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "engine/base/check.h"
#include "engine/log/files.h"
#include "proto/storage.pb.h"

namespace trede {

namespace {

constexpr std::size_t kSlotBytes = 4096;
constexpr std::size_t kHashAt = kSlotBytes - sizeof(Hash);
constexpr std::string_view kMagic = "trede anchor 1\n";
constexpr std::size_t kBodyAt = 18;  // after the magic, a NUL and two bytes of length

using Slot = std::array<char, kSlotBytes>;

Slot encode_slot(const AnchorState& state, std::uint64_t sequence) {
  pb::Anchor anchor;
  anchor.set_sequence(sequence);
  anchor.set_identity(std::string(state.identity.view()));
  anchor.set_positie(state.tree.size());
  for (const Hash& subtree : state.tree.subtrees()) {
    anchor.add_subtrees(std::string(hash_view(subtree)));
  }
  anchor.set_key_changes(state.key_changes);
  if (state.epoch > 1) anchor.set_epoch(state.epoch);
  const std::string body = anchor.SerializeAsString();
  TREDE_CHECK(kBodyAt + body.size() <= kHashAt, "an anchor has at most 64 subtrees");

  Slot slot{};
  kMagic.copy(slot.data(), kMagic.size());
  slot[kBodyAt - 2] = static_cast<char>(body.size() >> 8);
  slot[kBodyAt - 1] = static_cast<char>(body.size() & 0xFF);
  body.copy(slot.data() + kBodyAt, body.size());
  const Hash hash = sha256({std::string_view(slot.data(), kHashAt)});
  hash_view(hash).copy(slot.data() + kHashAt, sizeof(Hash));
  return slot;
}

Result<AnchorFound> decode_slot(std::string_view slot) {
  const Error damaged{ErrorCode::kCorrupt, "damaged"};
  if (slot.size() != kSlotBytes || !slot.starts_with(kMagic)) return damaged;
  if (hash_view(sha256({slot.substr(0, kHashAt)})) != slot.substr(kHashAt)) return damaged;
  const auto size = static_cast<std::size_t>(static_cast<unsigned char>(slot[kBodyAt - 2])) << 8 |
                    static_cast<unsigned char>(slot[kBodyAt - 1]);
  pb::Anchor anchor;
  if (!anchor.ParseFromString(std::string(slot.substr(kBodyAt, size)))) return damaged;

  std::vector<Hash> subtrees;
  for (const std::string& subtree : anchor.subtrees()) {
    if (subtree.size() != sizeof(Hash)) return damaged;
    std::memcpy(subtrees.emplace_back().data(), subtree.data(), sizeof(Hash));
  }
  auto tree = MerkleFrontier::restore(anchor.positie(), std::move(subtrees));
  if (!tree) return std::move(tree).error();
  const auto identity = decode_uuid(anchor.identity());
  if (!identity) return identity.error();
  const std::uint64_t epoch = std::max<std::uint64_t>(1, anchor.epoch());
  return AnchorFound{
      {*identity, std::move(*tree), anchor.key_changes(), epoch}, anchor.sequence(), {}};
}

}  // namespace

Result<AnchorFound> load_anchor(const std::filesystem::path& file) {
  const auto bytes = read_file(file);
  if (!bytes) {
    if (bytes.error().code != ErrorCode::kNotFound) return bytes.error();
    return Error{ErrorCode::kCorrupt, file.string() + " is missing"};
  }
  std::string_view rest = *bytes;
  auto first = decode_slot(rest.substr(0, kSlotBytes));
  auto second = decode_slot(rest.size() > kSlotBytes ? rest.substr(kSlotBytes) : "");
  if (!first && !second) {
    return Error{ErrorCode::kCorrupt, file.string() + ": both slots are damaged"};
  }
  if (!first || !second) {
    auto& whole = first ? first : second;
    whole->damage = file.string() + (first ? ": the second slot" : ": the first slot") +
                    " is damaged (torn off by a crash, or changed)";
    return std::move(whole);
  }
  return first->sequence >= second->sequence ? std::move(first) : std::move(second);
}

Status AnchorWriter::create(const std::filesystem::path& file, const AnchorState& state) {
  const Slot first = encode_slot(state, 1);
  const Slot second = encode_slot(state, 2);
  std::string bytes(first.data(), first.size());
  bytes.append(second.data(), second.size());
  return write_new_file(file, bytes);
}

Result<AnchorWriter> AnchorWriter::open(const std::filesystem::path& file, std::uint64_t sequence) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) return io_error(file, errno);
  return AnchorWriter(file, descriptor, sequence);
}

AnchorWriter::AnchorWriter(AnchorWriter&& other) noexcept { *this = std::move(other); }

AnchorWriter& AnchorWriter::operator=(AnchorWriter&& other) noexcept {
  std::swap(file_, other.file_);
  std::swap(descriptor_, other.descriptor_);
  std::swap(sequence_, other.sequence_);
  return *this;
}

AnchorWriter::~AnchorWriter() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Status AnchorWriter::write(const AnchorState& state) {
  ++sequence_;
  const Slot slot = encode_slot(state, sequence_);
  // Odd numbers stand in the first slot, even ones in the second.
  const off_t at = sequence_ % 2 == 1 ? 0 : static_cast<off_t>(kSlotBytes);
  const ssize_t written = ::pwrite(descriptor_, slot.data(), slot.size(), at);
  if (written < 0) return io_error(file_, errno);
  if (written != static_cast<ssize_t>(slot.size())) return io_error(file_, ENOSPC);
  if (::fdatasync(descriptor_) != 0) return io_error(file_, errno);
  return {};
}

}  // namespace trede
