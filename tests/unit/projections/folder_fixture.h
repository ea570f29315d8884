// A data folder with a short history and its projections, opened as a test likes.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "engine/dossier/recorder.h"
#include "engine/log/data_folder.h"
#include "projections/projections.h"
#include "tests/support/events.h"
#include "tests/support/fakes.h"
#include "tests/support/temp_dir.h"

namespace trede::test {

template <typename T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(*result);
}
inline void must(const Status& status) {
  if (!status) throw std::runtime_error(status.error().message);
}

class FolderTest : public ::testing::Test {
 protected:
  FolderTest() {
    must(DataFolder::create(path(), clock_, random_));
    open_folder(OpenMode::kWrite);
  }

  std::filesystem::path path() const { return dir_ / "data"; }
  std::filesystem::path store_path() const { return path() / "projections"; }

  void open_folder(OpenMode mode) {
    projections_.reset();
    folder_.reset();
    folder_ = must(DataFolder::open(path(), mode, clock_, random_));
  }
  void open_projections() { projections_ = must(Projections::open(*folder_)); }
  void open_projections_again() {
    projections_.reset();
    open_projections();
  }
  // Looks again and again, up to a minute.
  template <typename Done>
  void wait_until(const Done& done) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::minutes{1};
    while (!done()) {
      if (std::chrono::steady_clock::now() > until) throw std::runtime_error("it never came");
      std::this_thread::yield();
    }
  }
  void close() {
    projections_.reset();
    folder_.reset();
  }

  // Records events as one append, through the rules.
  void record(const std::vector<pb::Event>& events) {
    clock_.advance(std::chrono::seconds{1});
    Recorder recorder(folder_->log(), clock_);
    const auto outcome = must(recorder.record(events));
    if (const auto* refusal = std::get_if<Refusal>(&outcome))
      throw std::runtime_error(refusal->zin);
  }
  pb::Event next(const StreamId& stream, std::string_view dag, std::string_view soort,
                 Attributes attributes = {}) {
    return event(stream, event_id(++last_id_), dag, soort, attributes);
  }
  // The gemeenten Velsen and Uitgeest and the afdeling Groen.
  void found_organisatie() {
    record({next(kOrganisatie, "2015-01-01", "gemeente_toegetreden", {{"gemeente", "Velsen"}}),
            next(kOrganisatie, "2015-01-01", "gemeente_toegetreden", {{"gemeente", "Uitgeest"}}),
            next(kOrganisatie, "2015-01-01", "afdeling_ingesteld", {{"afdeling", "Groen"}})});
  }
  // Aanmelding, intake and start of a traject in trede 3: three events.
  void start_traject(std::uint64_t number, std::string_view dag, std::string_view gemeente) {
    const StreamId stream = dossier(number);
    record({next(stream, dag, "aanmelding",
                 {{"gemeente", gemeente}, {"regeling", "participatiewet"}})});
    record({next(stream, dag, "intake", {{"uitkomst", "positief"}})});
    record({next(stream, dag, "traject_start", {{"trede", "3"}})});
  }

  Position last() const { return folder_->log().last_position(); }
  Query trajecten(std::string_view op, std::vector<std::string> per = {}) const {
    return {.measure = "trajecten",
            .time = day(op),
            .per = std::move(per),
            .waar = {},
            .known = last()};
  }
  // `Velsen 2, Uitgeest 1`: the rows as text.
  static std::string text(const Answer& answer) {
    std::string out;
    for (const AnswerRow& row : answer.rows) {
      if (!out.empty()) out += ", ";
      for (const std::string& code : row.codes) out += code + " ";
      out += answer.is_ratio ? row.teller.text() + "/" + row.noemer.text() : row.waarde.text();
    }
    return out;
  }
  std::string ask(const Query& query) { return text(must(projections_->answer(query))); }

  FakeClock clock_;
  SeededRandom random_;
  TempDir dir_;
  std::unique_ptr<DataFolder> folder_;
  std::unique_ptr<Projections> projections_;
  std::uint64_t last_id_ = 0;
};

}  // namespace trede::test
