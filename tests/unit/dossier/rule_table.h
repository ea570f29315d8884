// A table of rules: one row per case, its story and what must become of its last act.
#pragma once

#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "tests/unit/dossier/story.h"

namespace trede::test {

struct RuleCase {
  const char* name;
  std::string story;
  const char* outcome;  // `goed`, or the code of the refusal
};

inline void PrintTo(const RuleCase& row, std::ostream* out) { *out << row.story; }

inline std::string name_of_case(const testing::TestParamInfo<RuleCase>& info) {
  return info.param.name;
}

inline std::string after(std::string_view start, std::string_view rest) {
  return std::string(start) + "; " + std::string(rest);
}

class RuleTable : public testing::TestWithParam<RuleCase> {
 protected:
  void check() {
    Story story;
    const auto outcome = story.tell(GetParam().story);
    const auto* refusal = std::get_if<Refusal>(&outcome);
    EXPECT_EQ(refusal == nullptr ? "goed" : refusal->code, GetParam().outcome)
        << (refusal == nullptr ? "" : refusal->zin);
    // Whatever was accepted, what is in the store folds clean.
    const History history = story.history();
    EXPECT_FALSE(fold_dossier(history.acting(), {}).has_value());
  }
};

}  // namespace trede::test
