#include "tests/bench/load/answer.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace trede::bench {

namespace {

constexpr std::string_view kEnd = "\r\n\r\n";
constexpr std::string_view kProtocol = "HTTP/1.1 ";
constexpr std::size_t kStatusDigits = 3;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::size_t number_of(std::string_view text, int base) {
  std::size_t number = 0;
  const char* end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, number, base);
  if (error != std::errc{} || at != end) {
    throw std::runtime_error("no number in an answer: " + std::string(text));
  }
  return number;
}

}  // namespace

std::optional<AnswerHead> read_head(std::string_view text) {
  const std::size_t end = text.find(kEnd);
  if (end == std::string_view::npos) return {};
  const std::string_view head = text.substr(0, end + 2);
  if (!head.starts_with(kProtocol)) throw std::runtime_error("no answer in HTTP/1.1");
  AnswerHead out;
  out.status = static_cast<unsigned>(number_of(head.substr(kProtocol.size(), kStatusDigits), 10));
  out.bytes = end + kEnd.size();
  out.is_chunked = find_header(head, "transfer-encoding") == "chunked";
  const std::string_view length = find_header(head, "content-length");
  const bool has_body = out.status != 204 && out.status != 304;
  if (has_body && !out.is_chunked) {
    if (length.empty()) throw std::runtime_error("an answer without an end");
    out.length = number_of(length, 10);
  }
  return out;
}

std::string_view find_header(std::string_view head, std::string_view name) {
  std::size_t at = head.find("\r\n");
  while (at != std::string_view::npos) {
    const std::size_t begin = at + 2;
    at = head.find("\r\n", begin);
    const std::string_view line = head.substr(begin, at - begin);
    if (line.size() <= name.size() || line[name.size()] != ':') continue;
    if (!std::ranges::equal(line.substr(0, name.size()), name, {}, lower)) continue;
    std::string_view value = line.substr(name.size() + 1);
    while (value.starts_with(' ')) value.remove_prefix(1);
    return value;
  }
  return {};
}

std::size_t Chunks::take(std::string_view bytes, std::string& out) {
  const std::size_t all = bytes.size();
  while (!bytes.empty() && !is_over()) {
    if (state_ != State::kData) {
      bytes.remove_prefix(take_line(bytes));
      continue;
    }
    const std::size_t part = std::min(left_, bytes.size());
    out.append(bytes.substr(0, part));
    bytes.remove_prefix(part);
    left_ -= part;
    if (left_ == 0) state_ = State::kDataEnd;
  }
  return all - bytes.size();
}

std::size_t Chunks::take_line(std::string_view bytes) {
  const std::size_t end = bytes.find('\n');
  const std::size_t taken = end == std::string_view::npos ? bytes.size() : end + 1;
  line_.append(bytes.substr(0, taken));
  if (end == std::string_view::npos) return taken;
  if (!line_.ends_with("\r\n")) throw std::runtime_error("a chunk without its end");
  line_.resize(line_.size() - 2);
  if (state_ == State::kSize) {
    take_size();
  } else if (!line_.empty()) {
    throw std::runtime_error("more in a chunk than it said");
  } else {
    state_ = state_ == State::kLastEnd ? State::kOver : State::kSize;
  }
  line_.clear();
  return taken;
}

void Chunks::take_size() {
  left_ = number_of(line_, 16);
  state_ = left_ == 0 ? State::kLastEnd : State::kData;
}

}  // namespace trede::bench
