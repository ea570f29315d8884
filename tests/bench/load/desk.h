// What is asked of a server: open dossiers to record in, tokens, and requests written out.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/time.h"

namespace trede::bench {

// A data folder with a history, and beside it a gemeente of its own with people who are aangemeld.
// Owner: a row; the folder goes with the object.
class Desk {
 public:
  // Copies `history`, which nobody has open, to `data`. `dossiers`: how many people, each with
  // `contacts` contactmomenten.
  Desk(const std::filesystem::path& trede, const std::filesystem::path& history,
       const std::filesystem::path& data, std::size_t dossiers, std::size_t contacts = 0);
  ~Desk();
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  const std::filesystem::path& data() const { return data_; }
  // Where the server of this folder keeps what is not data.
  std::filesystem::path place() const { return data_.string() + "-server"; }
  std::size_t dossiers() const { return dossiers_; }

  // A contactmoment in dossier `number`, the `turn`-th of it.
  std::string contact(std::size_t number, std::size_t turn) const;
  // The aanmelding that begins a new dossier; each `number` once.
  std::string enrolment(std::size_t number) const;
  // A GET, and a contactmoment, by the werkcoach of these dossiers.
  std::string get_as_coach(const std::string& target) const;
  std::string contact_by_coach(std::size_t number, std::size_t turn) const;
  static std::string path_of(std::size_t number);  // /v1/dossiers/...
  // A GET by somebody who may see all figures and the log; `headers`: lines with their ends.
  std::string get(const std::string& target, const std::string& headers = "") const;

 private:
  void enroll_all(std::size_t contacts);

  std::filesystem::path data_;
  std::size_t dossiers_;
  std::string recorder_;  // tokens
  std::string reader_;
  std::string coach_;
};

// Targets of figures on random days, of several measures, the same for the same seed.
std::vector<std::string> figure_targets(std::size_t count, std::uint64_t seed);

}  // namespace trede::bench
