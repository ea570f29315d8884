#include "engine/erasure/erasure.h"

#include <algorithm>

#include "engine/vault/vault_flaws.h"

namespace trede {

namespace {

struct Begun {
  VaultErasure what;
  ErasureOutcome outcome;
};

Begun begun_of(const std::vector<ErasureEntry>& entries) {
  Begun out;
  for (const ErasureEntry& entry : entries) {
    if (entry.part == ErasedPart::kDossier) {
      out.what.dossiers.push_back(entry.dossier);
      if (entry.person) out.what.persons.push_back(*entry.person);
    } else {
      out.what.verzuim.push_back(entry.dossier);
    }
  }
  out.outcome.dossiers = out.what.dossiers.size();
  out.outcome.verzuim = out.what.verzuim.size();
  return out;
}

// The persons of whom all dossiers go.
Result<std::vector<ErasureEntry>> entries_of(const std::filesystem::path& data,
                                             const ErasureRequest& request, Moment now) {
  std::vector<StreamId> going = request.dossiers;
  std::ranges::sort(going);
  std::vector<ErasureEntry> out;
  for (const StreamId& dossier : going) {
    const auto holding = vault_holding(data, dossier);
    if (!holding) return holding.error();
    ErasureEntry entry{
        .part = ErasedPart::kDossier, .dossier = dossier, .person = {}, .begun = now};
    const bool all_go = std::ranges::all_of(holding->dossiers, [&](const StreamId& one) {
      return std::ranges::binary_search(going, one);
    });
    if (all_go) entry.person = holding->person;
    out.push_back(entry);
  }
  for (const StreamId& dossier : request.verzuim) {
    out.push_back({.part = ErasedPart::kVerzuim, .dossier = dossier, .person = {}, .begun = now});
  }
  return out;
}

}  // namespace

Result<std::vector<ErasureEntry>> begun_erasures(DataFolder& folder) {
  std::error_code unknown;
  if (!std::filesystem::exists(register_file(folder.path()), unknown)) {
    return std::vector<ErasureEntry>();
  }
  const auto entries = ErasureRegister::open(folder.path(), folder.log().identity());
  if (!entries) return entries.error();
  return entries->unfinished();
}

Result<ErasureOutcome> finish_erasures(DataFolder& folder, const Clock& clock,
                                       const ErasureWatch& watch) {
  const auto tell = [&](ErasureStep step) {
    if (watch) watch(step);
  };
  const std::filesystem::path& data = folder.path();
  std::error_code unknown;
  if (!std::filesystem::exists(register_file(data), unknown)) return ErasureOutcome{};
  auto entries = ErasureRegister::open(data, folder.log().identity());
  if (!entries) return std::move(entries).error();
  const auto unfinished = entries->unfinished();
  if (!unfinished) return unfinished.error();
  if (unfinished->empty()) return ErasureOutcome{};
  Begun begun = begun_of(*unfinished);
  TREDE_RETURN_IF_ERROR(erase_in_keys(key_file(data), begun.what));
  tell(ErasureStep::kKeysDestroyed);
  auto persons = erase_in_sealed(sealed_file(data), begun.what);
  if (!persons) return std::move(persons).error();
  begun.outcome.persons = persons->size();
  // Somebody may have been added after the dossier was entered and before the vault was free.
  if (persons->size() > begun.what.persons.size()) {
    begun.what.persons = std::move(*persons);
    TREDE_RETURN_IF_ERROR(erase_in_keys(key_file(data), begun.what));
  }
  tell(ErasureStep::kSealedRemoved);
  TREDE_RETURN_IF_ERROR(folder.keys().erase_all(begun.what.dossiers));
  tell(ErasureStep::kKeysForgotten);
  // After the folder itself: a backup made from now on brings nothing back.
  auto copies = erase_in_copies(data, {.streams = begun.what.dossiers, .vault = begun.what}, clock);
  if (!copies) return std::move(copies).error();
  begun.outcome.copies = std::move(*copies);
  tell(ErasureStep::kCopiesReached);
  TREDE_RETURN_IF_ERROR(entries->finish());
  tell(ErasureStep::kFinished);
  return begun.outcome;
}

Result<ErasureOutcome> erase(DataFolder& folder, const ErasureRequest& request, const Clock& clock,
                             const ErasureWatch& watch) {
  const auto wanted = entries_of(folder.path(), request, clock.now());
  if (!wanted) return wanted.error();
  {
    auto entries = ErasureRegister::open(folder.path(), folder.log().identity());
    if (!entries) return std::move(entries).error();
    TREDE_RETURN_IF_ERROR(entries->begin(*wanted));
  }
  if (watch) watch(ErasureStep::kEntered);
  return finish_erasures(folder, clock, watch);
}

Result<std::vector<std::string>> find_person_flaws(DataFolder& folder) {
  auto flaws = find_vault_flaws(folder.path(), folder.log().identity());
  if (!flaws) return flaws;
  const auto entries = load_erasures(folder.path(), folder.log().identity());
  if (!entries) return flaws;  // said already
  for (const ErasureEntry& entry : *entries) {
    if (!entry.is_done || entry.part != ErasedPart::kDossier) continue;
    const auto key = folder.keys().find_key(entry.dossier);
    if (!key) return key.error();
    if (*key) flaws->push_back("erased, and " + entry.dossier.text() + " has a KEY");
  }
  return flaws;
}

}  // namespace trede
