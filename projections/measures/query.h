// Questions and answers: a measure, a reporting date or period, breakdowns, filters, and how much
// of the log is known.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "engine/base/time.h"

namespace trede {

// A condition on one dimension: it holds when the dimension has one of the codes.
struct Filter {
  std::string dimension;
  std::vector<std::string> codes;
};

// Checked against the catalogue of measures by `answer`; nothing has to be valid here.
struct Query {
  std::string measure;
  std::variant<Day, Period> time;  // a Day for stands and looptijd, a Period for all others
  std::vector<std::string> per;    // breakdown dimensions, in the order of the columns
  std::vector<Filter> waar;        // all must hold; each dimension once
  Position known;                  // settled (EventLog::settle)
};

// Wide enough for any sum of ours; not in the standard, so the compiler is told that we know.
__extension__ using Int128 = __int128;

// An exact decimal: units / 10^decimals.
struct Number {
  Int128 units = 0;
  int decimals = 0;
  bool is_zero() const { return units == 0; }
  // Without trailing zeros: `12`, `0.8`, `-3.25`.
  std::string text() const;
};

struct AnswerRow {
  std::vector<std::string> codes;  // one per breakdown dimension
  Number waarde;                   // of a stand, stroom or som
  Number teller;                   // of a verhouding
  Number noemer;
};

struct Answer {
  std::vector<std::string> per;
  bool is_ratio = false;
  bool is_percentage = false;   // waarde of a ratio is x 100
  std::vector<AnswerRow> rows;  // sorted by code, bytewise, column by column
  std::variant<Day, Period> time;
  Position known;
  std::uint64_t generation = 0;  // of the projections that answered; 0 = folded from the log
};

// teller / noemer (x 100 for a percentage) with four decimals, half up (away from zero at exactly
// half); empty when noemer is 0.
std::string ratio_text(const AnswerRow& row, bool is_percentage);

// One event's part in a figure.
struct Contribution {
  Position position;               // the event behind it
  std::vector<std::string> codes;  // the row of the answer it belongs to
  Number waarde;
  Number teller;
  Number noemer;
};

}  // namespace trede
