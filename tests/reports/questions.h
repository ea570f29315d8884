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
  kQuotient,    // the first / the second
  kPercentage,  // 100 x the first / the second
  kInWords,     // the change from the second to the first in %, printed as words: within 2.5
  kThousands,   // the sum of all answers in eurocent, in thousands of euros; `- ` before a query
                // takes off
  kBelow,       // as kPercentage, printed as a limit that it stays under
  kCell,        // a cell of `trede report kwartaal`
};

struct Question {
  std::string figure;
  How how;
  std::vector<std::string> parts;  // queries or numbers; of kCell the id of the cell
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
