// A store that is not what it must be: never believed, made anew by who writes.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "projections/store/store.h"
#include "tests/unit/projections/folder_fixture.h"

namespace trede::test {
namespace {

namespace fs = std::filesystem;

class ADamagedStore : public FolderTest {
 protected:
  void SetUp() override {
    found_organisatie();
    start_traject(1, "2024-01-10", "Velsen");
    start_traject(2, "2024-02-10", "Uitgeest");
    catch_up();
  }
  void catch_up() {
    open_projections();
    must(projections_->catch_up());
    projections_.reset();
  }
  void copy_store(const fs::path& from, const fs::path& to) {
    fs::remove_all(to);
    fs::copy(from, to);
  }
  // In every file that holds rows.
  void flip_bits() {
    for (const auto& entry : fs::directory_iterator(store_path())) {
      const auto kind = entry.path().extension();
      if (kind != ".sst" && kind != ".log") continue;
      std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
      const auto size = fs::file_size(entry.path());
      for (std::uintmax_t at = size / 10; at < size; at += 1 + size / 10) {
        file.seekg(static_cast<std::streamoff>(at));
        const char byte = static_cast<char>(file.get() ^ 4);
        file.seekp(static_cast<std::streamoff>(at));
        file.put(byte);
      }
    }
  }
  // The number of the first cell of `gemeente`: cells are numbered as they come, and a rebuild
  // deals dossiers out over threads.
  static Code first_cell_of(std::string_view gemeente, Table table, const CellIndex& cells,
                            const Dictionary& dictionary) {
    const auto& dims = info_of(table).dims;
    const auto place = std::ranges::find(dims, Dim::kGemeente) - dims.begin();
    const auto code = dictionary.find(gemeente);
    EXPECT_TRUE(code) << gemeente;
    Code number = 0;
    while (number < cells.size() && cells.at(number)[static_cast<std::size_t>(place)] != code) {
      ++number;
    }
    EXPECT_LT(number, cells.size()) << gemeente;
    return number;
  }
  // Writes a row that no event made, with everything that guards it right.
  void add_bogus_row() {
    projections_.reset();
    const auto store = must(ProjectionStore::open_write({store_path(), folder_->log().identity()}));
    const auto generation = store->current();
    Dictionary dictionary;
    CellIndex cells;
    must(generation->load_strings(dictionary));
    must(generation->load_cells(Table::kTrajecten, cells));
    const Code cell = first_cell_of("Velsen", Table::kTrajecten, cells, dictionary);
    TableRows rows;
    rows[static_cast<std::size_t>(Table::kTrajecten)] = {
        {cell, {Position{9}, day_number(day("2024-01-10")), {5, 0}}}};
    CellIndexes indexes{};
    indexes[static_cast<std::size_t>(Table::kTrajecten)] = &cells;
    must(generation->write(rows, indexes, dictionary, generation->head()));
  }
  void expect_right(OpenMode mode) {
    open_folder(mode);
    open_projections();
    EXPECT_EQ(ask(trajecten("2024-12-31", {"gemeente"})), "Uitgeest 1, Velsen 1");
  }
};

TEST_F(ADamagedStore, WithFlippedBitsIsNotBelievedByAReaderAndNamedByVerify) {
  close();
  flip_bits();
  expect_right(OpenMode::kRead);
  EXPECT_EQ(must(projections_->answer(trajecten("2024-12-31"))).generation, 0u);
  const auto findings = must(projections_->verify());
  ASSERT_FALSE(findings.empty());
  EXPECT_NE(findings[0].find("projections"), std::string::npos) << findings[0];
}

TEST_F(ADamagedStore, WithFlippedBitsIsMadeAnewByTheWriter) {
  close();
  flip_bits();
  expect_right(OpenMode::kWrite);
  EXPECT_EQ(must(projections_->verify()), Findings{});
  expect_right(OpenMode::kRead);
  EXPECT_GT(projections_->status().generation, 0u);
}

TEST_F(ADamagedStore, WithAnyFileGoneNeverGivesAnotherFigure) {
  close();
  const fs::path good = dir_ / "good";
  copy_store(store_path(), good);
  for (const auto& entry : fs::directory_iterator(good)) {
    for (const OpenMode mode : {OpenMode::kRead, OpenMode::kWrite}) {
      close();
      copy_store(good, store_path());
      fs::remove(store_path() / entry.path().filename());
      expect_right(mode);
    }
  }
}

TEST_F(ADamagedStore, WithAnyFileCutNeverGivesAnotherFigure) {
  close();
  const fs::path good = dir_ / "good";
  copy_store(store_path(), good);
  for (const auto& entry : fs::directory_iterator(good)) {
    for (const OpenMode mode : {OpenMode::kRead, OpenMode::kWrite}) {
      close();
      copy_store(good, store_path());
      fs::resize_file(store_path() / entry.path().filename(), entry.file_size() / 2);
      expect_right(mode);
    }
  }
}

TEST_F(ADamagedStore, ThatIsNoFolderIsFoldedInMemoryByAReaderAndNamedByAWriter) {
  close();
  fs::remove_all(store_path());
  std::ofstream(store_path()) << "a plain file";
  expect_right(OpenMode::kRead);
  EXPECT_EQ(must(projections_->verify()),
            Findings{"cannot be read: " + store_path().string() + ": is not a folder"});
  open_folder(OpenMode::kWrite);
  const auto refused = Projections::open(*folder_);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kIo);
  EXPECT_EQ(refused.error().message,
            store_path().string() +
                ": is not a folder; it should be the folder of the projections,"
                " which are made anew when it is removed");
  EXPECT_TRUE(fs::is_regular_file(store_path())) << "what is not ours was removed";
}

TEST_F(ADamagedStore, ThatMayNotBeReadIsFoldedInMemoryByAReader) {
  close();
  fs::permissions(dir_.path(), fs::perms(0755));
  fs::permissions(store_path(), fs::perms::none);
  // Nothing is closed to root: in its place somebody else looks.
  const pid_t child = fork();
  const auto look = [this]() noexcept {
    if (getuid() == 0 && setuid(65534) != 0) _exit(2);
    expect_right(OpenMode::kRead);
    const auto findings = must(projections_->verify());
    EXPECT_EQ(findings,
              Findings{"cannot be read: " + store_path().string() + ": Permission denied"});
    const auto writer = ProjectionStore::open_write({store_path(), folder_->log().identity()});
    EXPECT_FALSE(writer);
    EXPECT_TRUE(!writer && writer.error().code == ErrorCode::kIo);
    _exit(HasFailure() ? 1 : 0);
  };
  if (child == 0) look();
  int status = -1;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  fs::permissions(store_path(), fs::perms::owner_all);
  EXPECT_EQ(status, 0);
}

TEST_F(ADamagedStore, WithARowThatNoEventMadeIsNamedByVerify) {
  add_bogus_row();
  open_projections();
  const auto findings = must(projections_->verify());
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0],
            "projections: trajecten, gemeente=Velsen regeling=participatiewet doelgroep=#0 trede=3 "
            "werkcoach=onbekend: stored 2 deltas adding up to 6 / 19732, a refold of the log has 1 "
            "adding up to 1 / 19732");
  must(projections_->rebuild());
  EXPECT_EQ(must(projections_->verify()), Findings{});
}

TEST_F(ADamagedStore, AheadOfItsLogIsDropped) {
  close();
  const fs::path earlier = dir_ / "earlier";
  fs::copy(path(), earlier, fs::copy_options::recursive);
  open_folder(OpenMode::kWrite);
  start_traject(3, "2024-03-01", "Velsen");
  catch_up();
  close();
  // The backup of the log comes back; its projections are of later.
  fs::remove_all(earlier / "projections");
  fs::copy(store_path(), earlier / "projections");
  fs::remove_all(path());
  fs::rename(earlier, path());
  expect_right(OpenMode::kRead);
  EXPECT_EQ(projections_->status().generation, 0u);
  expect_right(OpenMode::kWrite);
  EXPECT_EQ(projections_->status().position, last());
}

TEST_F(ADamagedStore, OfALogThatWentAnotherWayIsDropped) {
  close();
  const fs::path other = dir_ / "other";
  fs::copy(path(), other, fs::copy_options::recursive);
  open_folder(OpenMode::kWrite);
  start_traject(3, "2024-03-01", "Velsen");
  catch_up();
  close();
  const fs::path store = dir_ / "store";
  copy_store(store_path(), store);
  // From the same backup as many events of another kind.
  fs::remove_all(path());
  fs::rename(other, path());
  open_folder(OpenMode::kWrite);
  last_id_ += 100;
  for (const char* dag : {"2024-03-01", "2024-03-02", "2024-03-03"}) {
    record({next(dossier(1), dag, "contactmoment", {{"contact", "gesprek"}})});
  }
  close();
  copy_store(store, store_path());
  expect_right(OpenMode::kRead);
  EXPECT_EQ(projections_->status().generation, 0u);
  expect_right(OpenMode::kWrite);
  EXPECT_EQ(must(projections_->verify()), Findings{});
}

TEST_F(ADamagedStore, ThatIsAFileIsNotTouched) {
  close();
  fs::remove_all(store_path());
  std::ofstream(store_path()) << "something else";
  open_folder(OpenMode::kWrite);
  const auto opened = Projections::open(*folder_);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::kIo);
  EXPECT_TRUE(fs::is_regular_file(store_path()));
}

TEST_F(ADamagedStore, OpenedTwiceForWritingIsLocked) {
  open_projections();
  const auto second = Projections::open(*folder_);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::kLocked);
}

}  // namespace
}  // namespace trede::test
