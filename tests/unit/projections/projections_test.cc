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
  ErrorCode error_of(const Status& status) {
    EXPECT_FALSE(status);
    return status ? ErrorCode::kConflict : status.error().code;
  }
  template <typename T>
  ErrorCode error_of(const Result<T>& result) {
    EXPECT_FALSE(result);
    return result ? ErrorCode::kConflict : result.error().code;
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

TEST_F(ProjectionsOfAFolder, AnswerAnEmptyLog) {
  open_projections();
  must(projections_->catch_up());
  EXPECT_EQ(ask(trajecten("2024-01-31")), "0");
  EXPECT_EQ(ask(trajecten("2024-01-31", {"gemeente"})), "");
  EXPECT_EQ(must(projections_->verify()), Findings{});
}

TEST_F(ProjectionsOfAFolder, OpenedForWritingAnswerWhatTheyHadNotSeenYet) {
  open_projections();
  given_two_trajecten();
  EXPECT_EQ(ask(trajecten("2024-12-31")), "2");
  start_traject(3, "2024-03-01", "Velsen");
  EXPECT_EQ(ask(trajecten("2024-12-31", {"gemeente"})), "Uitgeest 1, Velsen 2");
  EXPECT_EQ(projections_->status().position, last());
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
  EXPECT_EQ(must(projections_->verify()), Findings{});
}

TEST_F(ProjectionsOfAFolder, OpenedForReadingWithoutAStoreAnswerFromTheLogAndMakeNone) {
  given_two_trajecten();
  open_folder(OpenMode::kRead);
  open_projections();
  const Answer answer = must(projections_->answer(trajecten("2024-12-31")));
  EXPECT_EQ(text(answer), "2");
  EXPECT_EQ(answer.generation, 0u);
  EXPECT_FALSE(std::filesystem::exists(store_path()));
  EXPECT_EQ(projections_->status().generation, 0u);
  EXPECT_EQ(must(projections_->verify()), Findings{});
}

TEST_F(ProjectionsOfAFolder, OpenedForReadingRefuseToBeChanged) {
  open_folder(OpenMode::kRead);
  open_projections();
  EXPECT_EQ(error_of(projections_->catch_up()), ErrorCode::kInvalid);
  EXPECT_EQ(error_of(projections_->rebuild()), ErrorCode::kInvalid);
  EXPECT_EQ(error_of(projections_->run({})), ErrorCode::kInvalid);
}

TEST_F(ProjectionsOfAFolder, RefuseWhatCannotBeAsked) {
  given_two_trajecten();
  open_projections();
  Query query = trajecten("2024-12-31");
  query.measure = "trajekten";
  EXPECT_EQ(error_of(projections_->answer(query)), ErrorCode::kInvalid);
  EXPECT_EQ(error_of(projections_->explain(query)), ErrorCode::kInvalid);
  EXPECT_EQ(error_of(projections_->diff(query, last())), ErrorCode::kInvalid);
  query = trajecten("2024-12-31");
  query.known = last().next();
  EXPECT_EQ(error_of(projections_->answer(query)), ErrorCode::kInvalid);
  query.known = last();
  EXPECT_EQ(error_of(projections_->diff(query, Position{1})), ErrorCode::kInvalid);
  EXPECT_EQ(error_of(projections_->diff(query, last().next())), ErrorCode::kInvalid);
}

TEST_F(ProjectionsOfAFolder, ExplainAndCompareFiguresByTheirEvents) {
  given_two_trajecten();
  open_projections();
  const Position before = last();
  record({next(dossier(1), "2024-03-01", "uitstroom", {{"reden", "werkaanvaarding"}})});
  Query query = trajecten("2024-12-31");
  const auto behind = must(projections_->explain(query));
  ASSERT_EQ(behind.size(), 1u);
  EXPECT_EQ(behind[0].position, Position{9});
  EXPECT_EQ(behind[0].waarde.text(), "1");
  query.known = before;
  const auto moved = must(projections_->diff(query, last()));
  ASSERT_EQ(moved.size(), 1u);
  EXPECT_EQ(moved[0].position, last());
  EXPECT_EQ(moved[0].waarde.text(), "-1");
}

TEST_F(ProjectionsOfAFolder, RebuildANewGenerationThatAnswersTheSame) {
  given_two_trajecten();
  open_projections();
  must(projections_->catch_up());
  const std::uint64_t generation = projections_->status().generation;
  std::uint64_t done = 0;
  must(projections_->rebuild([&done](std::uint64_t events, std::uint64_t) { done = events; }));
  EXPECT_EQ(done, last().value);
  EXPECT_EQ(projections_->status().generation, generation + 1);
  EXPECT_EQ(ask(trajecten("2024-12-31", {"gemeente"})), "Uitgeest 1, Velsen 1");
  EXPECT_EQ(must(projections_->verify()), Findings{});
  start_traject(3, "2024-03-01", "Velsen");
  EXPECT_EQ(ask(trajecten("2024-12-31", {"gemeente"})), "Uitgeest 1, Velsen 2");
  open_projections_again();
  EXPECT_EQ(projections_->status().generation, generation + 1);
  EXPECT_EQ(ask(trajecten("2024-12-31", {"gemeente"})), "Uitgeest 1, Velsen 2");
}

TEST_F(ProjectionsOfAFolder, FollowTheLogUntilTheyAreStopped) {
  found_organisatie();
  open_projections();
  std::stop_source stop;
  Status ended;
  std::thread worker([&] { ended = projections_->run(stop.get_token()); });
  start_traject(1, "2024-01-10", "Velsen");
  start_traject(2, "2024-02-10", "Uitgeest");
  wait_until([this] { return projections_->status().position == last(); });
  EXPECT_EQ(ask(trajecten("2024-12-31")), "2");
  stop.request_stop();
  worker.join();
  EXPECT_TRUE(ended);
  EXPECT_EQ(projections_->status().stopped, "");
}

// ---- an event with a value that no version may have written

class ProjectionsOfADamagedLog : public ProjectionsOfAFolder {
 protected:
  // Past the rules, straight into the log.
  void append(const StreamId& stream, std::uint64_t version, const pb::Event& event) {
    const StreamAppend append{
        stream, StreamVersion{version}, {{id_of(event), encode_content(event)}}};
    must(folder_->log().append({&append, 1}));
  }
  static pb::Event boeking(const EventId& id) {
    return event(kOrganisatie, id, "2024-03-01", "boeking",
                 {{"programma", "P"},
                  {"soort_bedrag", "baten"},
                  {"bedrag_eurocent", "1"},
                  {"periode", "2024-03"}});
  }
};

TEST_F(ProjectionsOfADamagedLog, StopBeforeAValueThatCannotBeCountedAndNameIt) {
  struct Row {
    StreamId stream;
    std::uint64_t version;
    pb::Event event;
    const char* names;
  };
  pb::Event periode = boeking(event_id(901));
  periode.mutable_body()->mutable_boeking()->set_periode("2024-99");
  pb::Event corrected = correctie(kOrganisatie, event_id(902), event_id(1), "2024-03-01", "boeking",
                                  {{"programma", "P"},
                                   {"soort_bedrag", "baten"},
                                   {"bedrag_eurocent", "1"},
                                   {"periode", "2024-03"}});
  corrected.mutable_body()->mutable_correctie()->mutable_door()->mutable_boeking()->set_periode("");
  pb::Event factor =
      event(dossier(3), event_id(903), "2024-03-01", "dienstverband_start",
            {{"dienstverband", "ambtelijk"}, {"afdeling", "Groen"}, {"deeltijdfactor", "1"}});
  factor.mutable_body()->mutable_dienstverband_start()->set_deeltijdfactor(0xFFFF'FFFF);
  const std::vector<Row> table{{kOrganisatie, 3, periode, "boeking: periode"},
                               {kOrganisatie, 3, corrected, "boeking: periode"},
                               {dossier(3), 0, factor, "dienstverband_start: deeltijdfactor"}};
  given_two_trajecten();
  open_projections();
  must(projections_->catch_up());
  const Position before = last();
  close();
  const auto copy = dir_ / "copy";
  std::filesystem::copy(path(), copy, std::filesystem::copy_options::recursive);
  for (const Row& row : table) {
    close();
    std::filesystem::remove_all(path());
    std::filesystem::copy(copy, path(), std::filesystem::copy_options::recursive);
    open_folder(OpenMode::kWrite);
    append(row.stream, row.version, row.event);
    for (const OpenMode mode : {OpenMode::kWrite, OpenMode::kRead}) {
      open_folder(mode);
      open_projections();
      EXPECT_EQ(error_of(projections_->answer(trajecten("2024-12-31"))), ErrorCode::kCorrupt);
      EXPECT_NE(projections_->status().stopped.find(row.names), std::string::npos)
          << projections_->status().stopped;
      Query query = trajecten("2024-12-31");
      query.known = before;
      EXPECT_EQ(ask(query), "2");
    }
  }
}

// ---- an event of a newer version

class ProjectionsOfANewerLog : public ProjectionsOfAFolder {
 protected:
  // Two trajecten, an event of a kind that does not exist yet, and another traject.
  void SetUp() override {
    given_two_trajecten();
    before_ = last();
    pb::Event event;
    set_stream(event, dossier(1));
    set_id(event, event_id(900));
    event.set_geldig_op(day_number(day("2024-03-01")));
    pb::Body& body = *event.mutable_body();
    body.GetReflection()->MutableUnknownFields(&body)->AddLengthDelimited(200, "");
    const StreamAppend append{
        dossier(1), StreamVersion{3}, {{event_id(900), encode_content(event)}}};
    must(folder_->log().append({&append, 1}));
    newer_ = last();
    start_traject(3, "2024-03-01", "Velsen");
  }
  void expect_stopped_before_it() {
    Query query = trajecten("2024-12-31");
    EXPECT_EQ(error_of(projections_->answer(query)), ErrorCode::kNewer);
    query.known = newer_;
    EXPECT_EQ(error_of(projections_->answer(query)), ErrorCode::kNewer);
    query.known = before_;
    EXPECT_EQ(ask(query), "2");
    EXPECT_NE(projections_->status().stopped.find("unknown kind"), std::string::npos)
        << projections_->status().stopped;
  }
  Position before_;
  Position newer_;
};

TEST_F(ProjectionsOfANewerLog, StopBeforeItWithTheReason) {
  open_projections();
  EXPECT_EQ(error_of(projections_->catch_up()), ErrorCode::kNewer);
  EXPECT_EQ(projections_->status().position, before_);
  expect_stopped_before_it();
  open_projections_again();
  EXPECT_NE(projections_->status().stopped, "");
  EXPECT_EQ(error_of(projections_->catch_up()), ErrorCode::kNewer);
  expect_stopped_before_it();
  EXPECT_EQ(must(projections_->verify()), Findings{});
}

TEST_F(ProjectionsOfANewerLog, StopBeforeItWhenRebuilt) {
  open_projections();
  EXPECT_EQ(error_of(projections_->rebuild()), ErrorCode::kNewer);
  EXPECT_EQ(projections_->status().position, before_);
  expect_stopped_before_it();
}

TEST_F(ProjectionsOfANewerLog, StopBeforeItWhenFollowing) {
  open_projections();
  EXPECT_EQ(error_of(projections_->run({})), ErrorCode::kNewer);
  expect_stopped_before_it();
}

TEST_F(ProjectionsOfANewerLog, StopBeforeItWhenFoldedFromTheLog) {
  open_folder(OpenMode::kRead);
  open_projections();
  expect_stopped_before_it();
}

}  // namespace
}  // namespace trede::test
