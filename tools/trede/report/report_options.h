// What is asked of `trede report`: its options as given, and what they mean.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "projections/reports/evaluate.h"
#include "tools/trede/question.h"
#include "tools/trede/source.h"

namespace trede::tool {

enum class ReportFormat { kText, kCsv, kJson, kHtml, kXlsx };

// Texts and flags as given.
struct ReportOptions {
  std::optional<std::string> name;
  QuestionOptions period;  // only van, tm and waar
  KnownOptions known;
  KnownOptions then;  // `--en-bekend-op`, `--en-positie`
  std::optional<std::string> format;
  SourceOptions source;
  std::optional<std::string> check;
  std::optional<std::string> actor;
  bool list = false;
  bool freeze = false;
  bool anew = false;
  bool suppress = false;

  void bind(Options& options);
  bool asks_known() const { return known.bekend_op || known.positie; }
  bool asks_then() const { return then.bekend_op || then.positie; }
};

// A report that is asked for; everything but how much is known.
struct AskedReport {
  std::string name;
  Period period;
  std::vector<Filter> chosen;
  ReportFormat format;
};

// What is said of a row that somebody explained and that is not in the report.
std::string unplaced_text(const std::string& rij);

// Errors: what is wrong, what was expected; also options that do not go together.
Outcome<AskedReport> parse_report_options(const ReportOptions& options);

}  // namespace trede::tool
