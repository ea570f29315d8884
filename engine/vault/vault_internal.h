// What a vault that is open has at hand.
#pragma once

#include "engine/vault/vault.h"
#include "engine/vault/vault_tables_internal.h"

namespace trede {

// Personal data say little by their length: nearly everybody's fit into one block.
inline constexpr std::size_t kPersonBlock = 512;
inline constexpr std::size_t kNoteBlock = 1024;

struct Vault::Impl {
  VaultPlace place;
  std::unique_ptr<VaultTables> tables;
  SecretKey wrapping;
  SecretKey index;
  RandomSource& random;

  SealedPlace of(Sealed what, const Uuid& owner, const Uuid& row = {}) const {
    return {what, place.log, owner, row};
  }
  // Fails when the master key was changed since it was opened. Errors: kInvalid.
  Status check_key();
  // The key of that kind; a new one when there is none and `make` is set.
  Result<std::optional<SecretKey>> key(Sealed what, const Uuid& owner, bool make);
  // Absent when the person has none.
  Result<std::optional<PersonData>> data(const Uuid& person);
  Result<PersonData> open_data(const Uuid& person, std::string_view sealed);
  Result<Note> open_note(const StreamId& dossier, NoteCategory category, const SecretKey& key,
                         const SealedNote& sealed) const;
  std::string bsn_tag(std::string_view bsn) const {
    return bsn.empty() ? "" : blind_tag("bsn " + std::string(bsn), index, place.log);
  }
};

inline Sealed note_key_of(NoteCategory category) {
  return category == NoteCategory::kDossier ? Sealed::kDossierKey : Sealed::kVerzuimKey;
}
inline Sealed note_of(NoteCategory category) {
  return category == NoteCategory::kDossier ? Sealed::kDossierNote : Sealed::kVerzuimNote;
}

// The stored forms.
SecretText encode_person(const PersonData& data);
Result<PersonData> decode_person(std::string_view stored);
SecretText encode_note(const Note& note);
Result<Note> decode_note(std::string_view stored);

}  // namespace trede
