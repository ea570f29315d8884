// A key directory in memory.
#pragma once

#include <map>

#include "engine/log/key_directory.h"

namespace trede::test {

class KeyTable final : public KeyDirectory {
 public:
  std::size_t size() const { return by_stream_.size(); }

  Result<std::optional<StreamId>> find_stream(StreamKind kind,
                                              std::string_view key) const override {
    for (const auto& [stream, known] : by_stream_) {
      if (stream.kind == kind && known == key) return std::optional(stream);
    }
    return std::optional<StreamId>();
  }
  Result<std::optional<std::string>> find_key(const StreamId& stream) const override {
    const auto found = by_stream_.find(stream);
    if (found == by_stream_.end()) return std::optional<std::string>();
    return std::optional(found->second);
  }
  Status assign(std::span<const KeyEntry> entries) override {
    for (const auto& entry : entries) by_stream_[entry.stream] = entry.key;
    return {};
  }
  Status erase_all(std::span<const StreamId> streams) override {
    for (const auto& stream : streams) by_stream_.erase(stream);
    return {};
  }
  Status scan(const std::function<Status(const KeyEntry&)>& visit) const override {
    for (const auto& [stream, key] : by_stream_) TREDE_RETURN_IF_ERROR(visit({stream, key}));
    return {};
  }

 private:
  std::map<StreamId, std::string> by_stream_;
};

}  // namespace trede::test
