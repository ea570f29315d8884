// What is asked of the product for each printed figure, which figures contradict others, and what
// is read into the ones that do: figures/*-questions.csv, *-contradictions.csv, *-readings.csv.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace trede::reports {

enum class How {
  kValue,       // the answer
  kSum,         // of all answers
  kDifference,  // the first answer less the second
  kQuotient,    // the first / the second, times the third if there is one
  kPercentage,  // 100 x the first / the second
  kInWords,     // the change from the second to the first in %, printed as words: within 2.5
  kThousands,   // the sum of all answers in eurocent, in thousands of euros; `- ` before a query
                // takes off
  kBelow,       // as kPercentage, printed as a limit that it stays under
  kProduct,     // of both answers
  kRounded,     // the sum of all but the last to the nearest multiple of the last: words round
};

// What is asked for one term of a calculation.
struct Part {
  enum class Kind {
    kQuery,   // of `trede query`
    kNumber,  // a number itself
    kCell,    // of a report: `REPORT:table/row/column`
  };
  Kind kind;
  std::string text;    // of a cell the id
  std::string report;  // of a cell
  bool taken_off;      // written with `- ` before it
};

struct Question {
  std::string figure;
  How how;
  std::vector<Part> parts;
};

struct Contradiction {
  std::string code;
  std::string because;
};

// Throws std::runtime_error on anything that is not as expected.
struct Questions {
  // Requires: the files of one report, called `name`, in `folder`.
  static Questions load(const std::filesystem::path& folder, const std::string& name);

  std::vector<Question> questions;                               // templates filled in
  std::vector<std::pair<std::string, std::string>> not_covered;  // ids meant (compare.cc), reason
  std::map<std::string, Contradiction> contradictions;           // by id
  std::vector<std::pair<std::string, std::string>> readings;     // code, reading
};

}  // namespace trede::reports
