// What the rows share: time, scratch folders, and results that must be good.
#pragma once

#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/result.h"
#include "tests/bench/peers.h"
#include "tests/bench/workload.h"

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

// A data folder that goes when the object does.
struct Scratch {
  explicit Scratch(std::filesystem::path at) : path(std::move(at)) {
    std::filesystem::remove_all(path);
  }
  ~Scratch() { std::filesystem::remove_all(path); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  std::filesystem::path path;
};

// Every event as raw bytes of the length of those that are stored.
Values bytes_of(const Events& events);

// Whole dossiers, dealt out to the callers in turn.
std::vector<Events> deal(const Workload& workload, int callers);

}  // namespace trede::bench
