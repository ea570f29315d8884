#include "projections/projections.h"

#include "tests/unit/projections/folder_fixture.h"

namespace trede::test {
namespace {

class ProjectionsOfAFolder : public FolderTest {
 protected:
  void given_two_trajecten() {
    found_organisatie();
    start_traject(1, "2024-01-10", "Velsen");
    start_traject(2, "2024-02-10", "Uitgeest");
  }
};

TEST_F(ProjectionsOfAFolder, AnswerWhatIsRecordedOnceTheyCaughtUp) {
  given_two_trajecten();
  open_projections();
  must(projections_->catch_up());
  EXPECT_EQ(projections_->status().position, last());
  EXPECT_EQ(ask(trajecten("2024-01-31", {"gemeente"})), "Velsen 1");
  EXPECT_EQ(ask(trajecten("2024-02-10", {"gemeente", "trede"})), "Uitgeest 3 1, Velsen 3 1");
}

TEST_F(ProjectionsOfAFolder, OpenedForReadingAnswerFromTheStoreAndWhatCameAfterIt) {
  given_two_trajecten();
  open_projections();
  must(projections_->catch_up());
  const Position stored = last();
  start_traject(3, "2024-03-01", "Velsen");
  open_folder(OpenMode::kRead);
  open_projections();
  const Answer answer = must(projections_->answer(trajecten("2024-12-31", {"gemeente"})));
  EXPECT_EQ(text(answer), "Uitgeest 1, Velsen 2");
  EXPECT_EQ(answer.known, last());
  EXPECT_GT(answer.generation, 0u);
  EXPECT_EQ(projections_->status().position, stored);
}

TEST_F(ProjectionsOfAFolder, OpenedForReadingWithoutAStoreAnswerFromTheLogAndMakeNone) {
  given_two_trajecten();
  open_folder(OpenMode::kRead);
  open_projections();
  const Answer answer = must(projections_->answer(trajecten("2024-12-31")));
  EXPECT_EQ(text(answer), "2");
  EXPECT_EQ(answer.generation, 0u);
  EXPECT_FALSE(std::filesystem::exists(store_path()));
}

}  // namespace
}  // namespace trede::test
