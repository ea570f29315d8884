#include "projections/worker/in_parallel.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

#include "projections/facts/project_all.h"

namespace trede {

Status in_parallel(std::size_t count, const std::function<Status(std::size_t)>& work) {
  std::vector<Status> outcomes(count);
  std::atomic<std::size_t> next = 0;
  const auto take_part = [&] {
    for (std::size_t i = next++; i < count; i = next++) outcomes[i] = work(i);
  };
  {
    std::vector<std::jthread> others;
    const std::size_t threads = std::min<std::size_t>(count, project_threads());
    for (std::size_t i = 1; i < threads; ++i) others.emplace_back(take_part);
    take_part();
  }
  for (Status& outcome : outcomes) TREDE_RETURN_IF_ERROR(std::move(outcome));
  return {};
}

}  // namespace trede
