// Which KEY of the organisation belongs to which stream. Kept apart from the log, where a stream is
// a random UUID only, so that a KEY can be erased without touching a stored event.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/result.h"

namespace trede {

struct KeyEntry {
  StreamId stream;
  std::string key;
};

// Threads: any.
class KeyDirectory {
 public:
  virtual ~KeyDirectory() = default;

  virtual Result<std::optional<StreamId>> find_stream(StreamKind kind,
                                                      std::string_view key) const = 0;
  virtual Result<std::optional<std::string>> find_key(const StreamId& stream) const = 0;

  // Records that each stream has its KEY. An entry that is there already is left alone.
  // Errors: kConflict  a KEY or a stream of `entries` has another partner already; nothing written.
  // Durable: on return.
  virtual Status assign(std::span<const KeyEntry> entries) = 0;

  // Forgets the KEY of `stream`, in every byte that is ours on disk. Nothing to forget is no error.
  Status erase(const StreamId& stream) { return erase_all({&stream, 1}); }
  // The same of many: all or none of them, and as slow as one.
  virtual Status erase_all(std::span<const StreamId> streams) = 0;

  // Hands every entry to `visit`, in order of kind and key, until it returns an error.
  virtual Status scan(const std::function<Status(const KeyEntry&)>& visit) const = 0;
};

}  // namespace trede
