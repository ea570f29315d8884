#include "projections/reports/question_text.h"

#include <gtest/gtest.h>

namespace trede {
namespace {

// Texts that question_text writes: read and written again they are the same.
class Written : public testing::TestWithParam<const char*> {};

TEST_P(Written, IsReadBack) {
  const auto query = parse_question_text(GetParam());
  ASSERT_TRUE(query.has_value());
  EXPECT_EQ(question_text(*query), GetParam());
}

INSTANTIATE_TEST_SUITE_P(
    QuestionText, Written,
    testing::Values(
        "trajecten --op 2021-03-31", "trajecten --op 2021-03-31 --waar trede=3",
        "intakes --van 2021-01-01 --tm 2021-03-31",
        "plaatsingen --op 2021-03-31 --waar \"gemeente=Den Haag\" --waar trede=1,2",
        "intakes --van 2021-01-01 --tm 2021-03-31 --waar \"gemeente=Den Haag,Velsen\""));

TEST(QuestionText, ReadsWhatItAsks) {
  const auto query = parse_question_text(
      "plaatsingen --van 2021-01-01 --tm 2021-03-31 --waar \"gemeente=Den Haag\" --waar trede=1,2");
  ASSERT_TRUE(query.has_value());
  EXPECT_EQ(query->measure, "plaatsingen");
  EXPECT_EQ(format_day(std::get<Period>(query->time).van), "2021-01-01");
  EXPECT_EQ(format_day(std::get<Period>(query->time).tm), "2021-03-31");
  ASSERT_EQ(query->waar.size(), 2u);
  EXPECT_EQ(query->waar[0].dimension, "gemeente");
  EXPECT_EQ(query->waar[0].codes, std::vector<std::string>{"Den Haag"});
  EXPECT_EQ(query->waar[1].codes, (std::vector<std::string>{"1", "2"}));
}

class NotWritten : public testing::TestWithParam<const char*> {};

TEST_P(NotWritten, IsRefused) { EXPECT_EQ(parse_question_text(GetParam()), std::nullopt); }

INSTANTIATE_TEST_SUITE_P(
    QuestionText, NotWritten,
    testing::Values("", "trajecten", "trajecten --op", "trajecten --op 2021-02-30",
                    "trajecten --op 2021-03-31 ", "trajecten --op 2021-03-31 --waar trede",
                    "trajecten --op 2021-03-31 --waar trede=3 --waar doelgroep=wsw",
                    "trajecten --op 2021-03-31 --waar \"trede=3\"", "intakes --van 2021-01-01",
                    "intakes --tm 2021-03-31 --van 2021-01-01",
                    "intakes --van 2021-01-01 --tm 2021-03-31 9", " --op 2021-03-31 --waar =3"));

}  // namespace
}  // namespace trede
