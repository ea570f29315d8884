#include "tools/trede/rows/line_reader.h"

namespace trede::tool {

namespace {

constexpr std::size_t kChunkBytes = 1024 * 1024;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

Result<std::optional<std::string_view>> LineReader::next() {
  std::size_t feed = buffer_.find('\n', begin_);
  while (feed == std::string::npos && !all_read_) {
    if (buffer_.size() - begin_ > kLineBytes) {
      return Error{ErrorCode::kInvalid, "a line of more than 16 MiB, expected a line feed before"};
    }
    buffer_.erase(0, begin_);
    begin_ = 0;
    const std::size_t before = buffer_.size();
    const auto got = file_.read(buffer_, kChunkBytes);
    if (!got) return std::unexpected(got.error());
    all_read_ = *got == 0;
    feed = buffer_.find('\n', before);
    if (number_ == 0 && begin_ == 0 && buffer_.starts_with(kByteOrderMark)) {
      begin_ = kByteOrderMark.size();
    }
  }
  if (begin_ == buffer_.size()) return std::optional<std::string_view>();
  const std::size_t end = feed == std::string::npos ? buffer_.size() : feed;
  auto line = std::string_view(buffer_).substr(begin_, end - begin_);
  begin_ = feed == std::string::npos ? buffer_.size() : feed + 1;
  ++number_;
  if (line.ends_with('\r')) line.remove_suffix(1);
  return std::optional(line);
}

}  // namespace trede::tool
