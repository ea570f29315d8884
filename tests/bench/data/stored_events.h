// The stored bytes of every event of a log, in order, in one file that is mapped into memory: what
// peers write and read, without a copy of the log in memory.
#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

#include "engine/log/event_log.h"

namespace trede::bench {

// Threads: any. The file is `file`, and stays when the object goes.
class StoredEvents {
 public:
  StoredEvents(const EventLog& log, const std::filesystem::path& file);
  ~StoredEvents();
  StoredEvents(const StoredEvents&) = delete;
  StoredEvents& operator=(const StoredEvents&) = delete;

  std::size_t count() const { return count_; }
  std::size_t bytes() const { return bytes_; }  // of the events alone
  void for_each(const std::function<void(std::string_view)>& visit) const;

 private:
  std::size_t count_ = 0;
  std::size_t bytes_ = 0;
  std::size_t size_ = 0;
  const char* map_ = nullptr;
};

}  // namespace trede::bench
