#include "tests/bench/data/stored_events.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstring>
#include <fstream>

#include "tests/bench/machine/measuring.h"

namespace trede::bench {

StoredEvents::StoredEvents(const EventLog& log, const std::filesystem::path& file) {
  std::ofstream out(file, std::ios::binary);
  must(log.scan(Position{1}, log.last_position(),
                [&](Position, std::string_view stored) -> Status {
                  const auto length = static_cast<std::uint32_t>(stored.size());
                  out.write(reinterpret_cast<const char*>(&length), sizeof length);
                  out.write(stored.data(), static_cast<std::streamsize>(stored.size()));
                  ++count_;
                  bytes_ += stored.size();
                  return {};
                }),
       "scan");
  out.close();
  if (!out) throw std::runtime_error("cannot write " + file.string());
  size_ = bytes_ + count_ * sizeof(std::uint32_t);
  const int descriptor = open(file.c_str(), O_RDONLY);
  void* map =
      descriptor < 0 ? MAP_FAILED : mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, descriptor, 0);
  if (descriptor >= 0) close(descriptor);
  if (map == MAP_FAILED) throw std::runtime_error("cannot map " + file.string());
  map_ = static_cast<const char*>(map);
}

StoredEvents::~StoredEvents() { munmap(const_cast<char*>(map_), size_); }

void StoredEvents::for_each(const std::function<void(std::string_view)>& visit) const {
  for (std::size_t at = 0; at < size_;) {
    std::uint32_t length = 0;
    std::memcpy(&length, map_ + at, sizeof length);
    at += sizeof length;
    visit({map_ + at, length});
    at += length;
  }
}

}  // namespace trede::bench
