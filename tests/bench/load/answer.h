// What a server sent, read just far enough to check it: bytes in, no socket.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace trede::bench {

struct AnswerHead {
  unsigned status = 0;
  std::size_t bytes = 0;   // of the head, its empty line included
  std::size_t length = 0;  // of the body; of a chunked one 0
  bool is_chunked = false;
};

// Absent while the head is not whole. Throws std::runtime_error for what is no HTTP/1.1 answer.
std::optional<AnswerHead> read_head(std::string_view text);

// The value of a header; empty when it is not there. `name` in lower case.
std::string_view find_header(std::string_view head, std::string_view name);

// Takes a chunked body apart while it comes. Throws std::runtime_error for what is none.
class Chunks {
 public:
  // Appends what `bytes` hold of the body to `out`. Returns how many it took: all of them, unless
  // the body ended before.
  std::size_t take(std::string_view bytes, std::string& out);
  bool is_over() const { return state_ == State::kOver; }

 private:
  enum class State { kSize, kData, kDataEnd, kLastEnd, kOver };

  std::size_t take_line(std::string_view bytes);
  void take_size();

  State state_ = State::kSize;
  std::string line_;
  std::size_t left_ = 0;  // of this chunk
};

}  // namespace trede::bench
