#include "tests/damage/whole_folder.h"

#include <fstream>
#include <sstream>
#include <thread>

#include "engine/log/anchor.h"
#include "engine/log/verify.h"

namespace trede::test {

namespace fs = std::filesystem;

Files files_of(const fs::path& folder) {
  Files files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ostringstream bytes;
    bytes << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    files[entry.path().lexically_relative(folder).string()] = bytes.str();
  }
  return files;
}

void write_file(const fs::path& file, std::string_view bytes) {
  fs::create_directories(file.parent_path());
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  // A key to sign with that others may read is refused for that alone.
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
}

WholeFolder::WholeFolder(End end) {
  write_history();
  close();
  older_ = files_of(path());
  open_folder(OpenMode::kWrite);
  open_projections();
  write_more();
  if (end == End::kClosed) {
    close();
    open_folder(OpenMode::kWrite);  // what was recovered stands in table files now
    close();
  } else {
    wait_until([&] {
      const auto found = load_anchor(path() / "anchor");
      return found && found->state.tree.size() == last().value;
    });
  }
  files_ = files_of(path());
  if (end == End::kKilled) close();
  fs::remove_all(path());
  for (const auto& [name, bytes] : files_) write_file(path() / name, bytes);
  open_folder(OpenMode::kRead);
  whole_ = serve(*folder_);
  folder_.reset();
  for (const auto& part : whole_) must(part);
}

void WholeFolder::write_history() {
  found_organisatie();
  open_projections();
  start_traject(1, "2024-01-10", "Velsen");
  start_traject(2, "2024-02-10", "Uitgeest");
  assign_keys(1, 2);
  // Enough for a block of hashes.
  std::vector<pb::Event> contacten;
  for (int i = 0; i < 300; ++i) {
    contacten.push_back(next(dossier(1), "2024-03-01", "contactmoment", {{"contact", "gesprek"}}));
  }
  record(contacten);
  must(projections_->catch_up());
  middle_ = last();
}

void WholeFolder::write_more() {
  start_traject(3, "2024-04-10", "Velsen");
  assign_keys(3, 5);
  record({next(dossier(1), "2024-05-01", "trede_doorstroom", {{"naar", "4"}})});
  record({next(dossier(2), "2024-06-01", "uitstroom", {{"reden", "verhuizing"}})});
  must(projections_->catch_up());
}

void WholeFolder::assign_keys(std::uint64_t first, std::uint64_t count) {
  std::vector<KeyEntry> entries;
  for (std::uint64_t i = first; i < first + count; ++i) {
    entries.push_back({dossier(i), "K-" + std::to_string(i)});
  }
  must(folder_->keys().assign(entries));
}

std::vector<Query> WholeFolder::questions() const {
  const Position now{middle_.value + 5};
  const Period year{day("2024-01-01"), day("2024-12-31")};
  return {
      {"trajecten", day("2024-12-31"), {"gemeente", "trede"}, {}, now},
      {"trajecten", day("2024-12-31"), {"gemeente", "trede"}, {}, middle_},
      {"trajecten_af", year, {"reden"}, {}, now},
      {"contactmomenten", year, {"contact"}, {}, now},
  };
}

Result<std::string> WholeFolder::ask(Projections& projections, const Query& query) const {
  const auto answer = projections.answer(query);
  if (!answer) return answer.error();
  return query.measure + ": " + text(*answer);
}

Served WholeFolder::serve(DataFolder& folder) const {
  Served served;
  const auto scan = [&](Position from, Position to) -> Result<std::string> {
    std::string out;
    TREDE_RETURN_IF_ERROR(folder.log().scan(from, to, [&](Position, std::string_view stored) {
      out.append(std::to_string(stored.size())).append(":").append(stored);
      return Status();
    }));
    return out;
  };
  // In two parts: one may be readable when the other is not.
  served.push_back(scan(Position{1}, middle_));
  served.push_back(scan(middle_.next(), Position{middle_.value + 1000}));
  std::string keys;
  const Status scanned = folder.keys().scan([&](const KeyEntry& entry) -> Status {
    keys += entry.key + "=" + entry.stream.text() + "\n";
    return {};
  });
  served.push_back(scanned ? Result<std::string>(keys) : scanned.error());
  const auto projections = Projections::open(folder);
  for (const Query& query : questions()) {
    if (projections) {
      served.push_back(ask(**projections, query));
    } else {
      served.push_back(projections.error());
    }
  }
  return served;
}

std::vector<std::string> WholeFolder::verify_truth(DataFolder& folder) {
  const auto findings = verify_log(folder);
  return findings ? *findings : std::vector<std::string>{findings.error().message};
}

std::vector<std::string> WholeFolder::verify(DataFolder& folder) {
  std::vector<std::string> findings = verify_truth(folder);
  const auto projections = Projections::open(folder);
  if (!projections) return {projections.error().message};
  const auto more = (*projections)->verify();
  if (!more) return {more.error().message};
  findings.insert(findings.end(), more->begin(), more->end());
  return findings;
}

}  // namespace trede::test
