// Figures: what the projections answer, as known now or as it was laid down before.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "projections/reports/published.h"
#include "projections/reports/question_text.h"
#include "projections/reports/scope.h"
#include "projections/reports/value.h"

namespace trede {

// Answers a query, as Projections::answer does.
using Answerer = std::function<Result<Answer>(const Query&)>;

// What a cell stands on.
struct CellSources {
  std::set<std::string> questions;  // question_text; Asker::query has the question
  std::set<Position> events;        // that lay down a target or a budget

  void add(const CellSources& other) {
    questions.insert(other.questions.begin(), other.questions.end());
    events.insert(other.events.begin(), other.events.end());
  }
};

// Asks each question once. What it was made with must outlive it.
class Asker {
 public:
  struct Report {
    std::string name;
    std::string waar;
    Position known;
  };
  Asker(Report report, const Answerer& answerer, const PublishedReports& published)
      : report_(std::move(report)), answerer_(answerer), published_(published) {}

  // Errors: those of the answerer, and kInvalid for a question that cannot be asked.
  Result<Value> figure(const pb::Figure& figure, const Scope& scope, CellSources& sources);
  // The answer to `query` as known now, whatever it says of that; `number` is absent for a ratio
  // over nothing.
  Result<std::optional<Rational>> answer(const Query& query);
  // The codes that `measure` has in `dimension` over `period` (a stand: at its end).
  Result<std::vector<std::string>> codes(const std::string& measure, const std::string& dimension,
                                         const Period& period);

  std::uint64_t generation() const { return generation_; }
  // As known now, by question.
  const std::map<std::string, std::optional<Rational>>& figures() const { return figures_; }
  const std::map<std::string, Query>& queries() const { return queries_; }

 private:
  // As known at `known`; as it was laid down where `report` says it.
  Result<Value> ask(Query query, const PublishedReport* report);
  Result<Value> nagekomen(const Query& now, const PublishedReport& before,
                          const PublishedReport* as);
  Result<const PublishedReport*> report_before(const Scope& scope, bool is_stand) const;

  Report report_;
  const Answerer& answerer_;
  const PublishedReports& published_;
  std::map<std::string, Value> answers_;  // by position and question
  std::map<std::string, std::optional<Rational>> figures_;
  std::map<std::string, Query> queries_;
  std::map<std::string, std::vector<std::string>> codes_;  // by dimension and question
  std::uint64_t generation_ = 0;
};

}  // namespace trede
