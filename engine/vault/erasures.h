// What of the vault is erased, without any key: in a data folder's own files and in copies of them.
// And the register of erasures: which were begun, and which are done. Ids and moments only.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/time.h"

namespace trede {

// What is to be gone. Each may be empty.
struct VaultErasure {
  std::vector<Uuid> persons;       // data and key
  std::vector<StreamId> dossiers;  // link, notes and their keys; and a person left without dossier
  std::vector<StreamId> verzuim;   // only the notes about verzuim of these dossiers, and their keys
};

// The files of a vault.
std::filesystem::path sealed_file(const std::filesystem::path& data);
std::filesystem::path key_file(const std::filesystem::path& data);
std::filesystem::path register_file(const std::filesystem::path& data);

// Copies a file of a vault as it is at one moment, beside who writes. `to` is replaced at once and
// as a whole. Durable: on return. Errors: kNotFound  there is none;  kIo.
Status copy_vault_file(const std::filesystem::path& file, const std::filesystem::path& to);

// Erases from a file of sealed data, its own or a copy, and writes the file anew, so that nothing
// of it is in a byte of ours. Twice is as once; a file that is not there holds nothing.
// Returns: the persons that are gone, those named and those left without dossier.
// Errors: kLocked, kCorrupt, kIo; repeat it.
Result<std::vector<Uuid>> erase_in_sealed(const std::filesystem::path& file,
                                          const VaultErasure& erasure);
// The same of a file of keys, which does not know who belongs to whom: of persons named only.
Status erase_in_keys(const std::filesystem::path& file, const VaultErasure& erasure);

// What the vault holds of a dossier, told without any key.
struct VaultHolding {
  std::optional<Uuid> person;
  std::vector<StreamId> dossiers;  // of that person, this one too
  std::uint64_t notes = 0;         // of this dossier
  std::uint64_t verzuim_notes = 0;
};
// Nothing when there is no such file. Errors: kCorrupt, kIo.
Result<VaultHolding> vault_holding(const std::filesystem::path& data, const StreamId& dossier);

enum class ErasedPart : std::uint8_t { kDossier = 1, kVerzuim = 2 };  // stored numbers

struct ErasureEntry {
  std::int64_t number = 0;  // 1, 2, ...
  ErasedPart part = ErasedPart::kDossier;
  StreamId dossier;
  std::optional<Uuid> person;  // that goes with it
  Moment begun{};
  bool is_done = false;
};

// Entries are never removed: nothing personal may be stored any more for a dossier that was erased.
// Threads: one. Several processes may have it open.
class ErasureRegister {
 public:
  // Made when it is not there. Errors: kCorrupt, kIo.
  static Result<ErasureRegister> open(const std::filesystem::path& data, const Uuid& log);
  ErasureRegister(ErasureRegister&&) noexcept;
  ~ErasureRegister();

  // One that is in there, and not done, is not entered again. Durable: on return.
  Status begin(std::span<const ErasureEntry> entries);
  // Everything begun is done. Durable: on return.
  Status finish();
  // In order of number.
  Result<std::vector<ErasureEntry>> unfinished() const;
  Result<std::vector<ErasureEntry>> all() const;

 private:
  struct Impl;
  explicit ErasureRegister(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// The whole register of the log `log`, in order of number; empty when there is none. Nothing is
// made. Errors: kCorrupt  damaged, of another log, with a table or trigger of another's making, or
// with
//                   entries taken off its end;  kNewer, kLocked, kIo.
Result<std::vector<ErasureEntry>> load_erasures(const std::filesystem::path& data, const Uuid& log);

// The dossiers that were erased, or are being. Errors: kCorrupt, kIo.
Result<std::vector<StreamId>> erased_dossiers(const std::filesystem::path& data);

}  // namespace trede
