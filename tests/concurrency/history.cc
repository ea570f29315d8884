#include "tests/concurrency/history.h"

#include <algorithm>
#include <limits>
#include <map>

namespace trede::test {

namespace {

using Answer = Call::Answer;
using Kind = Call::Kind;

// The versions one stream had, in the order of positions.
struct Step {
  const Call* call;
  std::uint64_t version;  // after it
};

class Checker {
 public:
  explicit Checker(const std::vector<Call>& calls) : calls_(calls) {
    for (const Call& call : calls) {
      if (call.kind == Kind::kAppend && call.answer == Answer::kDone) appends_.push_back(&call);
    }
    std::ranges::sort(appends_, {}, [](const Call* call) { return call->first; });
  }

  std::vector<std::string> check() {
    check_places();
    check_versions();
    check_real_time();
    for (const Call& call : calls_) {
      if (call.kind == Kind::kLastPosition) check_last_position(call);
      if (call.kind == Kind::kVersion) check_version(call);
      if (call.kind != Kind::kAppend) continue;
      if (call.answer == Answer::kThere) check_there(call);
      if (call.answer == Answer::kConflict) check_conflict(call);
    }
    check_reads_do_not_go_back();
    return std::move(found_);
  }

 private:
  void find(const Call& call, const std::string& what) {
    found_.push_back("call " + std::to_string(call.asked) + ": " + what);
  }

  void check_places() {
    std::uint64_t next = 1;
    std::optional<Moment> before;
    for (const Call* call : appends_) {
      std::uint64_t count = 0;
      for (const Call::Part& part : call->parts) count += part.count;
      if (call->first != next) find(*call, "its place is taken, or leaves a hole before it");
      if (call->last + 1 != call->first + count) find(*call, "has not as many places as events");
      next = call->last + 1;
      if (!call->vastgelegd_op) continue;
      if (before && *call->vastgelegd_op <= *before) find(*call, "its moment does not rise");
      before = call->vastgelegd_op;
    }
  }

  void check_versions() {
    for (const Call* call : appends_) {
      for (const Call::Part& part : call->parts) {
        std::vector<Step>& steps = streams_[part.stream];
        const std::uint64_t version = steps.empty() ? 0 : steps.back().version;
        if (part.expected && *part.expected != version) {
          find(*call, "was written at another version than it expected");
        }
        steps.push_back({call, version + part.count});
      }
    }
  }

  // An append that was answered before another was asked stands before it.
  void check_real_time() {
    std::uint64_t earliest_answer = std::numeric_limits<std::uint64_t>::max();
    for (auto it = appends_.rbegin(); it != appends_.rend(); ++it) {
      if (earliest_answer < (*it)->asked) {
        find(**it, "stands before one that was answered before this was asked");
      }
      earliest_answer = std::min(earliest_answer, (*it)->answered);
    }
  }

  // The versions that `stream` may have had between `asked` and `answered` of `call`.
  struct Range {
    std::uint64_t least = 0;
    std::uint64_t most = 0;
  };
  Range versions_during(const StreamId& stream, const Call& call) const {
    Range range;
    const auto found = streams_.find(stream);
    if (found == streams_.end()) return range;
    for (const Step& step : found->second) {
      if (step.call->answered < call.asked) range.least = step.version;
      if (step.call->asked < call.answered) range.most = step.version;
    }
    return range;
  }

  void check_conflict(const Call& call) {
    for (const Call::Part& part : call.parts) {
      const Range range = versions_during(part.stream, call);
      if (range.least != range.most || range.least != part.expected) return;
    }
    find(call, "met a conflict, but every stream was at its version all the time");
  }

  void check_there(const Call& call) {
    const auto original = std::ranges::find_if(
        appends_, [&](const Call* one) { return one->first_id == call.first_id; });
    if (original == appends_.end()) return find(call, "is said to be there, but never came");
    if ((*original)->first != call.first || (*original)->last != call.last) {
      find(call, "is said to be at another place than it was first");
    }
    if (call.answered < (*original)->asked) find(call, "was there before it came");
  }

  void check_last_position(const Call& call) {
    std::uint64_t least = 0;
    std::uint64_t most = 0;
    bool is_an_end = call.value == 0;
    for (const Call* append : appends_) {
      if (append->answered < call.asked) least = std::max(least, append->last);
      if (append->asked < call.answered) most = std::max(most, append->last);
      is_an_end = is_an_end || append->last == call.value;
    }
    if (call.value < least) find(call, "does not see what was acknowledged before");
    if (call.value > most) find(call, "sees what nobody had asked for yet");
    if (!is_an_end) find(call, "sees half of an append");
  }

  void check_version(const Call& call) {
    const Range range = versions_during(call.parts[0].stream, call);
    if (call.value < range.least) find(call, "does not see a version acknowledged before");
    if (call.value > range.most) find(call, "sees a version that nobody had asked for yet");
    const auto& steps = streams_[call.parts[0].stream];
    const bool is_one =
        call.value == 0 || std::ranges::find(steps, call.value, &Step::version) != steps.end();
    if (!is_one) find(call, "sees a version inside an append");
  }

  void check_reads_do_not_go_back() {
    std::vector<const Call*> reads;
    for (const Call& call : calls_) {
      if (call.kind == Kind::kLastPosition) reads.push_back(&call);
    }
    std::ranges::sort(reads, {}, [](const Call* call) { return call->answered; });
    for (const Call* later : reads) {
      std::uint64_t seen = 0;
      for (const Call* earlier : reads) {
        if (earlier->answered >= later->asked) break;
        seen = std::max(seen, earlier->value);
      }
      if (later->value < seen) find(*later, "sees less than a read that was answered before");
    }
  }

  const std::vector<Call>& calls_;
  std::vector<const Call*> appends_;  // written, in order of position
  std::map<StreamId, std::vector<Step>> streams_;
  std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> contradictions(const std::vector<Call>& calls) {
  return Checker(calls).check();
}

}  // namespace trede::test
