#include "tests/property/vault/vault_model.h"

#include <algorithm>

namespace trede::test {

std::optional<VaultModel::Number> VaultModel::person_of(const StreamId& dossier) const {
  const auto found = person_of_.find(dossier);
  return found == person_of_.end() ? std::nullopt : std::optional(found->second);
}

bool VaultModel::has_dossier(Number person) const {
  return std::ranges::any_of(person_of_, [&](const auto& one) { return one.second == person; });
}

PersonChanged VaultModel::put(Number person, const PersonData& data) {
  for (const auto& [other, theirs] : persons_) {
    if (other != person && !data.bsn.empty() && theirs.bsn == data.bsn) {
      return PersonChanged::kBsnTaken;
    }
  }
  const auto before = persons_.find(person);
  if (before == persons_.end()) {
    persons_[person] = data;
    return PersonChanged::kMade;
  }
  if (before->second == data) return PersonChanged::kUnchanged;
  before->second = data;
  return PersonChanged::kChanged;
}

PersonChanged VaultModel::join(const StreamId& dossier, const StreamId& other) {
  const auto theirs = person_of(other);
  if (!theirs) return PersonChanged::kNobody;
  const auto own = person_of(dossier);
  if (own == theirs) return PersonChanged::kUnchanged;
  person_of_[dossier] = *theirs;
  if (!own) return PersonChanged::kMade;
  PersonData both = persons_[*theirs];
  const PersonData lost = persons_[*own];
  if (!both.bsn.empty() && !lost.bsn.empty() && both.bsn != lost.bsn) {
    return PersonChanged::kBsnDiffers;
  }
  if (both.naam.empty()) both.naam = lost.naam;
  if (both.bsn.empty()) both.bsn = lost.bsn;
  if (both.adres.empty()) both.adres = lost.adres;
  if (both.telefoon.empty()) both.telefoon = lost.telefoon;
  if (both.email.empty()) both.email = lost.email;
  if (!both.geboortedatum) both.geboortedatum = lost.geboortedatum;
  if (!has_dossier(*own)) persons_.erase(*own);
  const PersonChanged merged = put(*theirs, both);
  return merged == PersonChanged::kBsnTaken ? merged : PersonChanged::kChanged;
}

PersonChanged VaultModel::set(const StreamId& dossier, const PersonChange& change) {
  const VaultModel before = *this;
  PersonChanged what = PersonChanged::kUnchanged;
  if (change.same_as) what = join(dossier, *change.same_as);
  if (what <= PersonChanged::kUnchanged && !change.fields.empty()) {
    const Number person = person_of(dossier).value_or(next_++);
    PersonData data = persons_[person];
    if (!person_of(dossier)) persons_.erase(person);
    for (const auto& [field, text] : change.fields) {
      if (!set_person_field(data, field, text)) std::abort();
    }
    const PersonChanged put_as = put(person, data);
    person_of_[dossier] = person;
    if (put_as != PersonChanged::kUnchanged) what = put_as;
  }
  if (what > PersonChanged::kUnchanged) *this = before;
  return what;
}

void VaultModel::erase(const VaultErasure& erasure) {
  for (const StreamId& dossier : erasure.verzuim) {
    std::erase_if(notes_[dossier],
                  [](const Note& note) { return note.category == NoteCategory::kVerzuim; });
  }
  for (const StreamId& dossier : erasure.dossiers) {
    person_of_.erase(dossier);
    notes_.erase(dossier);
    erased_.insert(dossier);
  }
  std::erase_if(persons_, [&](const auto& one) { return !has_dossier(one.first); });
}

const PersonData* VaultModel::find(const StreamId& dossier) const {
  const auto person = person_of(dossier);
  return person ? &persons_.at(*person) : nullptr;
}

std::vector<StreamId> VaultModel::dossiers_with(const StreamId& dossier) const {
  std::vector<StreamId> out;
  const auto person = person_of(dossier);
  for (const auto& [one, whose] : person_of_) {
    if (person == whose) out.push_back(one);
  }
  return out;
}

std::vector<Note> VaultModel::notes(const StreamId& dossier) const {
  const auto found = notes_.find(dossier);
  return found == notes_.end() ? std::vector<Note>() : found->second;
}

std::vector<StreamId> VaultModel::found_by(const PersonQuery& query) const {
  std::vector<StreamId> out;
  for (const auto& [dossier, person] : person_of_) {
    const PersonData& data = persons_.at(person);
    const bool bsn = query.bsn.empty() || data.bsn == query.bsn;
    const bool day = !query.geboortedatum || data.geboortedatum == query.geboortedatum;
    const bool naam =
        comparable_name(data.naam).find(comparable_name(query.naam)) != std::string::npos;
    if (bsn && day && naam) out.push_back(dossier);
  }
  return out;
}

std::int64_t VaultModel::persons_with_bsn() const {
  return std::ranges::count_if(persons_, [](const auto& one) { return !one.second.bsn.empty(); });
}

}  // namespace trede::test
