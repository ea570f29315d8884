#include "tests/crash/acknowledging_store.h"

#include <fcntl.h>
#include <unistd.h>

#include <stdexcept>

namespace trede::crash {

Diary::Diary(const std::filesystem::path& file, std::uint64_t first)
    : file_(::open(file.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644)), next_(first) {
  if (file_ < 0) throw std::runtime_error("cannot open " + file.string());
}

Diary::~Diary() { ::close(file_); }

void Diary::write(const std::string& line) {
  if (::write(file_, line.data(), line.size()) != static_cast<ssize_t>(line.size())) {
    throw std::runtime_error("cannot write the diary");
  }
}

std::uint64_t Diary::begin(const std::string& ids) {
  const std::lock_guard lock(mutex_);
  const std::uint64_t number = next_++;
  write("try " + std::to_string(number) + ids + "\n");
  return number;
}

void Diary::acknowledge(std::uint64_t number, Position first, Position last) {
  const std::lock_guard lock(mutex_);
  write("ok " + std::to_string(number) + " " + std::to_string(first.value) + " " +
        std::to_string(last.value) + "\n");
}

void Diary::blame(std::string_view what) {
  const std::lock_guard lock(mutex_);
  write("wrong " + std::string(what) + "\n");
}

std::string ids_of(std::span<const StreamAppend> streams) {
  std::string out;
  for (const StreamAppend& stream : streams) {
    for (const NewEvent& event : stream.events) out += " " + event.id.uuid.text();
  }
  return out;
}

Result<Appended> AcknowledgingStore::append(std::span<const StreamAppend> streams,
                                            const AppendOptions& options) {
  const std::uint64_t number = diary_.begin(ids_of(streams));
  const auto appended = store_.append(streams, options);
  if (!appended) return appended;
  diary_.acknowledge(number, appended->first, appended->last);
  if (++appends_ % again_every_ == 0) deliver_again(streams, *appended);
  return appended;
}

void AcknowledgingStore::deliver_again(std::span<const StreamAppend> streams,
                                       const Appended& first) {
  const auto again = store_.append(streams);
  if (!again) return diary_.blame("redelivery: " + again.error().message);
  if (!again->already_there || again->first != first.first || again->last != first.last) {
    diary_.blame("redelivery of position " + std::to_string(first.first.value) +
                 " was recorded again");
  }
}

}  // namespace trede::crash
