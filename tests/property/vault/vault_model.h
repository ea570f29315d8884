// What a vault is by its promises alone: persons in a map, and nothing sealed.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "engine/vault/erasures.h"
#include "engine/vault/vault.h"

namespace trede::test {

class VaultModel {
 public:
  // As Vault::Changes::set, committed when it was not refused.
  PersonChanged set(const StreamId& dossier, const PersonChange& change);
  void add_note(const StreamId& dossier, const Note& note) { notes_[dossier].push_back(note); }
  void erase(const VaultErasure& erasure);

  bool is_erased(const StreamId& dossier) const { return erased_.contains(dossier); }
  const PersonData* find(const StreamId& dossier) const;
  // Of the person of `dossier`, sorted; empty when there is none.
  std::vector<StreamId> dossiers_with(const StreamId& dossier) const;
  // In order of moment.
  std::vector<Note> notes(const StreamId& dossier) const;
  // The dossiers of the persons whom a query finds, sorted.
  std::vector<StreamId> found_by(const PersonQuery& query) const;
  std::int64_t persons_with_bsn() const;

 private:
  using Number = int;  // of a person
  std::optional<Number> person_of(const StreamId& dossier) const;
  bool has_dossier(Number person) const;
  PersonChanged join(const StreamId& dossier, const StreamId& other);
  // Refused when another one has that BSN.
  PersonChanged put(Number person, const PersonData& data);

  std::map<StreamId, Number> person_of_;
  std::map<Number, PersonData> persons_;
  std::map<StreamId, std::vector<Note>> notes_;
  std::set<StreamId> erased_;
  Number next_ = 1;
};

}  // namespace trede::test
