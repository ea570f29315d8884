// What every measurement needs: time, quantiles, scratch folders, and results that must be good.
#pragma once

#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/result.h"

namespace trede::bench {

template <typename T>
T must(Result<T> result, const char* what) {
  if (!result) throw std::runtime_error(std::string(what) + ": " + result.error().message);
  return std::move(*result);
}

inline void must(const Status& status, const char* what) {
  if (!status) throw std::runtime_error(std::string(what) + ": " + status.error().message);
}

double seconds(const std::function<void()>& work);

// One round of a contender: a figure, and of a latency its 99th percentile too.
struct Sample {
  double value = 0;
  double p99 = 0;  // 0 = not a latency
};

// Every latency of a round is kept, so its quantiles are exact: no histogram, no buckets.
// Requires: at least one.
Sample sample_of(std::vector<double> latencies);

// Times `ask(0)`, `ask(1)`, ... in microseconds, `count` of them; a slow one is stopped after some
// seconds, but not before it was asked twenty times.
Sample ask_many(std::size_t count, const std::function<void(std::size_t)>& ask);

// A folder that is empty when it begins and goes when the object does.
struct Scratch {
  explicit Scratch(std::filesystem::path at) : path(std::move(at)) {
    std::filesystem::remove_all(path);
  }
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  std::filesystem::path path;
};

}  // namespace trede::bench
