#include <unordered_set>

#include "engine/vault/vault_internal.h"

namespace trede {

struct Vault::Changes::Impl {
  Vault::Impl& vault;
  SqliteChange change;
  std::unordered_set<StreamId> erased;

  Status check_not_erased(const StreamId& dossier) const;
  Result<ChangeOutcome> join(const StreamId& dossier, const std::optional<Uuid>& own,
                             const StreamId& other);
  Result<ChangeOutcome> put(const Uuid& person, const PersonData& data);
};

Vault::Changes::Changes(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Vault::Changes::Changes(Changes&&) noexcept = default;
Vault::Changes::~Changes() = default;

Result<Vault::Changes> Vault::begin() {
  auto change = impl_->tables->begin();
  if (!change) return std::move(change).error();
  TREDE_RETURN_IF_ERROR(impl_->check_key());
  // Asked with the vault held: an erasure enters the register before it waits for the vault, so
  // that nothing is added behind its back.
  const auto erased = erased_dossiers(impl_->place.data);
  if (!erased) return erased.error();
  return Changes(std::make_unique<Changes::Impl>(
      Changes::Impl{*impl_, std::move(*change), {erased->begin(), erased->end()}}));
}

Status Vault::Changes::Impl::check_not_erased(const StreamId& dossier) const {
  if (!erased.contains(dossier)) return {};
  return Error{ErrorCode::kRefused,
               dossier.text() + " is gewist: er kan niets persoonlijks meer bij."};
}

// Seals `data` as those of `person`, unless another one has that BSN or nothing changes.
Result<ChangeOutcome> Vault::Changes::Impl::put(const Uuid& person, const PersonData& data) {
  const std::string tag = vault.bsn_tag(data.bsn);
  if (!tag.empty()) {
    const auto has_it = vault.tables->find_tag(tag);
    if (!has_it) return has_it.error();
    if (*has_it && **has_it != person) {
      auto dossiers = vault.tables->dossiers_of(**has_it);
      if (!dossiers) return std::move(dossiers).error();
      return ChangeOutcome{PersonChanged::kBsnTaken, **has_it, std::move(*dossiers)};
    }
  }
  const auto before = vault.data(person);
  if (!before) return before.error();
  if (*before && **before == data) return ChangeOutcome{PersonChanged::kUnchanged, person, {}};
  const auto key = vault.key(Sealed::kPersonKey, person, true);
  if (!key) return key.error();
  const SecretText plain = encode_person(data);
  const std::string sealed =
      seal(plain.view(), kPersonBlock, **key, vault.of(Sealed::kPerson, person), vault.random);
  TREDE_RETURN_IF_ERROR(vault.tables->put_data(person, sealed, tag));
  return ChangeOutcome{*before ? PersonChanged::kChanged : PersonChanged::kMade, person, {}};
}

// Gives the dossier the person of `other`.
Result<ChangeOutcome> Vault::Changes::Impl::join(const StreamId& dossier,
                                                 const std::optional<Uuid>& own,
                                                 const StreamId& other) {
  const auto person = vault.tables->find_person(other);
  if (!person) return person.error();
  if (!*person) return ChangeOutcome{PersonChanged::kNobody, {}, {other}};
  if (own == *person) return ChangeOutcome{PersonChanged::kUnchanged, **person, {}};
  if (own) {
    auto theirs = vault.data(**person);
    if (!theirs) return std::move(theirs).error();
    const auto ours = vault.data(*own);
    if (!ours) return ours.error();
    PersonData both = theirs->has_value() ? std::move(**theirs) : PersonData();
    if (*ours) {
      const PersonData& lost = **ours;
      if (!both.bsn.empty() && !lost.bsn.empty() && both.bsn != lost.bsn) {
        return ChangeOutcome{PersonChanged::kBsnDiffers, **person, {other}};
      }
      for (std::size_t i = 0; i < kPersonFields; ++i) {
        const auto field = static_cast<PersonField>(i);
        if (!person_field_text(both, field).empty()) continue;
        TREDE_RETURN_IF_ERROR(set_person_field(both, field, person_field_text(lost, field)));
      }
    }
    TREDE_RETURN_IF_ERROR(vault.tables->link(dossier, **person));
    const auto left = vault.tables->dossiers_of(*own);
    if (!left) return left.error();
    // Before the data are put: both may have the same BSN.
    if (left->empty()) TREDE_RETURN_IF_ERROR(vault.tables->remove_person(*own));
    auto merged = put(**person, both);
    if (!merged || merged->what == PersonChanged::kBsnTaken) return merged;
  } else {
    TREDE_RETURN_IF_ERROR(vault.tables->link(dossier, **person));
  }
  return ChangeOutcome{own ? PersonChanged::kChanged : PersonChanged::kMade, **person, {}};
}

Result<ChangeOutcome> Vault::Changes::set(const StreamId& dossier, const PersonChange& change) {
  TREDE_RETURN_IF_ERROR(impl_->check_not_erased(dossier));
  Vault::Impl& vault = impl_->vault;
  auto person = vault.tables->find_person(dossier);
  if (!person) return person.error();
  ChangeOutcome joined{PersonChanged::kUnchanged, person->value_or(Uuid{}), {}};
  if (change.same_as) {
    auto outcome = impl_->join(dossier, *person, *change.same_as);
    const bool goes_on = outcome && (outcome->what == PersonChanged::kMade ||
                                     outcome->what == PersonChanged::kChanged ||
                                     outcome->what == PersonChanged::kUnchanged);
    if (!goes_on || change.fields.empty()) return outcome;
    joined = *outcome;
    person = std::optional(outcome->person);
  }
  PersonData data;
  if (*person) {
    auto before = vault.data(**person);
    if (!before) return std::move(before).error();
    if (*before) data = std::move(**before);
  }
  for (const auto& [field, text] : change.fields) {
    const Status set = set_person_field(data, field, text);
    if (set) continue;
    return Error{set.error().code,
                 std::string(person_field_name(field)) + ": " + set.error().message};
  }
  const Uuid id = *person ? **person : vault.random.uuid4();
  auto outcome = impl_->put(id, data);
  if (!outcome || outcome->what == PersonChanged::kBsnTaken) return outcome;
  if (!*person) TREDE_RETURN_IF_ERROR(vault.tables->link(dossier, id));
  return outcome->what == PersonChanged::kUnchanged ? joined : outcome;
}

Status Vault::Changes::add_note(const StreamId& dossier, const Note& note) {
  TREDE_RETURN_IF_ERROR(check_note_text(note.tekst));
  TREDE_RETURN_IF_ERROR(impl_->check_not_erased(dossier));
  Vault::Impl& vault = impl_->vault;
  const auto key = vault.key(note_key_of(note.category), dossier.uuid, true);
  if (!key) return key.error();
  const SecretText plain = encode_note(note);
  const SealedPlace place = vault.of(note_of(note.category), dossier.uuid, note.id);
  return vault.tables->put_note(
      dossier, note.category,
      {note.id, seal(plain.view(), kNoteBlock, **key, place, vault.random)});
}

Status Vault::Changes::commit() { return impl_->change.commit(); }

}  // namespace trede
