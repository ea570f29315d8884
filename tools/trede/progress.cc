#include "tools/trede/progress.h"

#include <algorithm>

namespace trede::tool {

namespace {

constexpr std::uint64_t kWidth = 40;
constexpr std::chrono::milliseconds kPace{100};

void send(Output& err, const std::string& text) {
  err.write(text);
  const Status unseen = err.flush();  // a bar that cannot be drawn is no reason to stop
  static_cast<void>(unseen);
}

}  // namespace

ProgressBar::ProgressBar(Context& context, std::string label)
    : context_(context), label_(std::move(label)) {}

ProgressBar::~ProgressBar() {
  if (drawn_) send(context_.err, "\r\x1b[K");
}

void ProgressBar::show(std::uint64_t done, std::uint64_t total) {
  if (!context_.shows_progress || total == 0) return;
  const auto now = std::chrono::steady_clock::now();
  if (now < next_) return;
  next_ = now + kPace;
  drawn_ = true;
  const std::uint64_t part = std::min(done, total);
  const auto filled = static_cast<std::size_t>(part * kWidth / total);
  send(context_.err, "\r" + label_ + " [" + std::string(filled, '#') +
                         std::string(kWidth - filled, '.') + "] " +
                         std::to_string(part * 100 / total) + " %");
}

std::function<void(std::uint64_t, std::uint64_t)> ProgressBar::reporter() {
  return [this](std::uint64_t done, std::uint64_t total) { show(done, total); };
}

}  // namespace trede::tool
