// Law of export: what comes out of any log makes the same log again. Over random histories with
// late events, corrections, withdrawals and groups, recorded by the library and exported by the
// program.
#include <sstream>

#include "engine/log/data_folder.h"
#include "tests/e2e/cli/cli.h"
#include "tests/support/random_history.h"

namespace trede::test {
namespace {

template <typename T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(*result);
}
void must(const Status& status) {
  if (!status) throw std::runtime_error(status.error().message);
}

class ExportLaws : public CliTest, public testing::WithParamInterface<std::uint64_t> {
 protected:
  static constexpr std::size_t kEvents = 150;

  // A random history in `w`, in which every stream has a KEY.
  void SetUp() override {
    good({"init", "--data", "w"});
    const auto folder = open("w", OpenMode::kWrite);
    const RandomHistoryOptions options{
        .seed = GetParam(), .groepen = 20, .organisatie = 15, .werkgever = 10};
    RandomWriter writer(folder->log(), clock_, options);
    writer.append_until(kEvents);
    std::vector<KeyEntry> keys;
    for (const StreamId& stream : writer.streams()) {
      if (stream.kind == StreamKind::kOrganisatie) continue;
      keys.push_back({stream, "K" + std::to_string(keys.size() + 1)});
    }
    must(folder->keys().assign(keys));
    must(folder->close());
  }
  std::unique_ptr<DataFolder> open(const std::string& folder, OpenMode mode) {
    return must(DataFolder::open(path(folder), mode, clock_, random_));
  }
  // Every stored byte, and the tree head over them.
  std::vector<std::string> stored(const std::string& of) {
    const auto folder = open(of, OpenMode::kRead);
    std::vector<std::string> out;
    const auto collect = [&out](Position, std::string_view bytes) {
      out.emplace_back(bytes);
      return Status();
    };
    must(folder->log().scan(Position{1}, folder->log().last_position(), collect));
    const LogHead head = must(folder->log().head());
    out.emplace_back(hash_view(head.root));
    return out;
  }
  // Figures and a timeline as they come out; `known` is what a question ends with.
  std::string answers(const std::string& data, const std::string& known) {
    const std::vector<std::string> questions = {
        "trajecten --op 2021-02-01 --per gemeente,trede",
        "dienstverbanden --op 2021-02-01 --per dienstverband,afdeling",
        "trajecten_bij --van 2019-01-01 --tm 2021-12-31 --per reden",
        "verzuimpercentage --van 2020-01-01 --tm 2020-12-31 --per afdeling",
        "lasten --van 2000-01-01 --tm 2030-12-31 --per programma"};
    std::string batch;
    for (const std::string& question : questions) batch += question + known + "\n";
    return good({"query", "--batch", "-", "--data", data}, batch) +
           good({"show", "dossier/K1", "--data", data, "--format", "csv"});
  }

  // Figures at positions all along the log, within appends too.
  std::string answers_at_positions(const std::string& data) {
    std::string batch;
    for (long position = 0; position <= line_count(log_of(data)); position += 7) {
      const std::string known = " --positie " + std::to_string(position) + "\n";
      batch += "trajecten --op 2021-02-01 --per gemeente,trede" + known;
      batch += "dienstverbanden --op 2021-02-01 --per dienstverband,afdeling" + known;
      batch += "lasten --van 2000-01-01 --tm 2030-12-31 --per programma" + known;
    }
    return good({"query", "--batch", "-", "--data", data}, batch) +
           good({"show", "dossier/K1", "--data", data, "--format", "csv"});
  }

  // What verify says, without the figures of reports that were laid down: those of a random event
  // are none. `all is well` when nothing else is left.
  std::string verified(const std::string& data) {
    const Ran ran = trede({"verify", "--data", data});
    std::istringstream lines(ran.out);
    std::string others;
    bool is_about_reports = false;
    for (std::string line; std::getline(lines, line);) {
      is_about_reports = is_about_reports || line.starts_with("reports: ");
      if (!line.starts_with("reports: ")) others += line + "\n";
    }
    if (ran.status == 1 && is_about_reports && others.empty()) return "all is well";
    return ran.status == 0 && contains(others, "all is well") ? "all is well" : others + ran.err;
  }

  FakeClock clock_{Moment{Day{std::chrono::year{2021} / 1 / 4}}};
  SeededRandom random_{GetParam()};
};

TEST_P(ExportLaws, NdjsonMakesALogOfTheSameBytesAndRoot) {
  const std::string all = log_of();
  ASSERT_GE(line_count(all), static_cast<long>(kEvents));
  write("all.ndjson", all);
  good({"init", "--data", "v"});
  good({"import", "all.ndjson", "--data", "v"});
  EXPECT_EQ(stored("v"), stored("w"));
  EXPECT_EQ(log_of("v"), all);
  for (const char* known : {"", " --positie 100"})
    EXPECT_EQ(answers("v", known), answers("w", known));
  EXPECT_EQ(verified("v"), "all is well");
  // The same file again adds nothing.
  EXPECT_TRUE(contains(good({"import", "all.ndjson", "--data", "v"}), "posities: -\n"));
  EXPECT_EQ(log_of("v"), all);
}

TEST_P(ExportLaws, NdjsonInPiecesMakesTheSameLog) {
  const std::string all = log_of();
  good({"init", "--data", "v"});
  // Pieces end where an append does, wherever the writer of this one happened to be.
  std::size_t from = 0;
  for (const std::size_t share : {7, 3, 2, 1}) {
    std::size_t to = all.size() / share;
    to = share == 1 ? all.size() : all.find('\n', to) + 1;
    write("piece.ndjson", std::string_view(all).substr(from, to - from));
    const Ran ran = trede({"import", "piece.ndjson", "--data", "v"});
    if (ran.status == 0) from = to;  // else it ends within an append, and all of it was left out
  }
  EXPECT_EQ(from, all.size());
  EXPECT_EQ(stored("v"), stored("w"));
}

TEST_P(ExportLaws, CsvMakesAnEqualLog) {
  const auto csv_of = [this](const std::string& data) {
    return good({"export", "--format", "csv", "--data", data});
  };
  const auto copy = [&](const std::string& csv, const std::string& data) {
    write("all.csv", csv);
    good({"init", "--data", data});
    good({"import", "all.csv", "--data", data, "--as-recorded"});
  };
  const std::string all = csv_of("w");
  copy(all, "v");
  const std::string once = csv_of("v");
  EXPECT_EQ(once, all);
  EXPECT_TRUE(contains(all, ",@g"));  // an append over several streams is among them
  EXPECT_EQ(answers_at_positions("v"), answers_at_positions("w"));
  EXPECT_EQ(verified("v"), "all is well");
}

INSTANTIATE_TEST_SUITE_P(Seeds, ExportLaws, testing::Values(1, 2));

}  // namespace
}  // namespace trede::test
