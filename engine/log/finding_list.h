// What a check has to say: lines up to a limit, and how many more there are.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace trede {

// At most so many findings are handed back; a last line says how many more there are.
inline constexpr std::size_t kFindingsMax = 1000;

class FindingList {
 public:
  void add(std::string line) {
    if (lines_.size() < kFindingsMax) {
      lines_.push_back(std::move(line));
    } else {
      ++more_;
    }
  }
  void add(std::vector<std::string> lines) {
    for (std::string& line : lines) add(std::move(line));
  }
  std::vector<std::string> take() {
    if (more_ > 0) lines_.push_back("and " + std::to_string(more_) + " more");
    more_ = 0;
    return std::exchange(lines_, {});
  }

 private:
  std::vector<std::string> lines_;
  std::size_t more_ = 0;
};

}  // namespace trede
