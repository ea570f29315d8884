// Why something did not go, for whoever asked: RFC 9457.
#pragma once

#include <chrono>
#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/result.h"
#include "engine/dossier/refusal.h"
#include "engine/trail/entry.h"
#include "proto/api.pb.h"
#include "tools/server/http/message.h"
#include "tools/trede/failure.h"

namespace trede::server {

// Stable: part of `type`. Each has one status and title (problem.cc).
enum class ProblemCode {
  kOngeldigeInvoer,
  kNietAangemeld,
  kGeenToegang,
  kNietGevonden,
  kMethodeNietToegestaan,
  kNietAanvaardbaar,
  kTeLaat,
  kRegel,
  kAndereInhoud,
  kVersieVerouderd,
  kTeGroot,
  kOnbekendMediatype,
  kTeVeelPogingen,
  kKopTeGroot,
  kStoring,
  kNietBeschikbaar,
};

struct ProblemKind {
  ProblemCode code;
  std::string_view name;  // of `urn:trede:problem:<name>`
  unsigned status;
  std::string_view title;
};
const std::vector<ProblemKind>& problem_kinds();
const ProblemKind& kind_of(ProblemCode code);

// `says.type`, `title` and `status` follow from the code.
class Problem {
 public:
  Problem(ProblemCode code, std::string detail);

  // Also says where; of several the first is in `detail` too.
  Problem& at(std::string place, std::string message);

  api::Probleem says;
  Headers headers;  // what goes with it, as `Allow`
  // What the trail must have before it is said; origin and actor are filled in.
  std::vector<TrailEntry> trail = {};

  unsigned status() const { return says.status(); }
  Response response() const;
};

// A value, or why not.
template <typename T = void>
class [[nodiscard]] OrProblem : public std::expected<T, Problem> {
 public:
  using std::expected<T, Problem>::expected;
  OrProblem(Problem problem) : std::expected<T, Problem>(std::unexpected(std::move(problem))) {}
};

#define TREDE_RETURN_IF_PROBLEM(expression)                    \
  do {                                                         \
    if (auto trede_checked_ = (expression); !trede_checked_) { \
      return std::move(trede_checked_).error();                \
    }                                                          \
  } while (false)

// One flaw of what was sent; `place` as in `gebeurtenissen[0].soort`, or the name of a query key.
Problem invalid(std::string place, std::string message);
Problem forbidden(std::string detail);
Problem not_found(std::string detail);
// What the engine says; messages of the system are not for who asked.
Problem problem_of(const Error& error);
// The same of the parts that the program shares with this; options become query keys.
Problem problem_of(const tool::Failure& failure);
// Why somebody is not let in, of the errors of Authenticator and Sessions.
Problem not_let_in(const Error& error);
// Tried too often; `wait` at least a second.
Problem too_often(std::string detail, std::chrono::seconds wait);
// The audit trail takes nothing, so nothing is recorded. `tried` goes to the trail all the same:
// whether it takes something again is known by trying.
Problem unnoted(std::vector<TrailEntry> tried);
// A rule that says no. `index`: which of the events that were sent, from 0.
Problem problem_of(const Refusal& refusal, std::size_t index);

}  // namespace trede::server
