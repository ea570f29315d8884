// The question that query, explain and diff have in common: its options, and what they mean for
// one data folder.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/log/event_log.h"
#include "projections/measures/query.h"
#include "tools/trede/context.h"
#include "tools/trede/failure.h"
#include "tools/trede/options.h"

namespace trede::tool {

// The texts of `--bekend-op` and `--positie`.
struct KnownOptions {
  std::optional<std::string> bekend_op;
  std::optional<std::string> positie;

  void bind(Options& options);
};

// How much of the log is known: a settled position, and the moment to show with it.
struct Known {
  Position position;
  std::optional<Moment> moment;     // absent for the empty log, when no moment was asked
  std::string moment_text() const;  // `-` when absent
};

// Without options: all that is in the log. `prefix` stands before the names of the options in
// messages: `en-` for those of a second moment.
Outcome<Known> resolve_known(const KnownOptions& options, const std::string& prefix,
                             const EventLog& log, const Clock& clock);

// Texts as given; the measure is a word, everything else an option.
struct QuestionOptions {
  std::optional<std::string> measure;
  std::optional<std::string> op;
  std::optional<std::string> van;
  std::optional<std::string> tm;
  std::optional<std::string> per;
  std::vector<std::string> waar;

  void bind(Options& options);
};

// What can be said of the options without a log: not both, and a moment that is one.
Outcome<> check_known(const KnownOptions& options, const std::string& prefix);
// Of a position that a log which ends at `last` does not have.
Failure no_position(const std::string& option, const std::string& text, Position last);

// The query with everything but `known`. Errors: what is wrong and what is allowed, also of what
// the catalogue of measures says.
Outcome<Query> parse_question(const QuestionOptions& options, const Clock& clock);

// Of `--van` and `--tm`, both of them needed.
Outcome<Period> parse_period_options(const QuestionOptions& options);

Outcome<Day> parse_day_option(const std::string& option, const std::string& text);

}  // namespace trede::tool
