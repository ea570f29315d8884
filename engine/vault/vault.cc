#include "engine/vault/vault.h"

#include <algorithm>

#include "engine/vault/vault_internal.h"

namespace trede {

namespace {

Error other_master_key(const std::filesystem::path& data) {
  return {ErrorCode::kInvalid,
          data.string() + ": the master key is another one than that of this vault"};
}

bool agrees(const PersonData& data, const PersonQuery& query, const std::string& name) {
  if (!query.bsn.empty() && data.bsn != query.bsn) return false;
  if (query.geboortedatum && data.geboortedatum != query.geboortedatum) return false;
  return name.empty() || comparable_name(data.naam).find(name) != std::string::npos;
}

}  // namespace

Vault::Vault(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Vault::~Vault() = default;

bool Vault::exists(const std::filesystem::path& data) {
  std::error_code unknown;
  return std::filesystem::exists(key_file(data), unknown);
}

Status Vault::create(const VaultPlace& place, const SecretKey& master, RandomSource& random) {
  const SecretKey index = SecretKey::random(random);
  const std::string wrapped =
      wrap(index, wrapping_key(master), {.what = Sealed::kIndexKey, .log = place.log}, random);
  return VaultTables::create(place.data, place.log, wrapped);
}

Result<std::unique_ptr<Vault>> Vault::open(const VaultPlace& place, const SecretKey& master,
                                           RandomSource& random) {
  auto tables = VaultTables::open(place.data, place.log);
  if (!tables) return std::move(tables).error();
  const auto wrapped = (*tables)->load_index_key();
  if (!wrapped) return wrapped.error();
  SecretKey wrapping = wrapping_key(master);
  auto index = unwrap(*wrapped, wrapping, {.what = Sealed::kIndexKey, .log = place.log});
  if (!index) return other_master_key(place.data);
  return std::unique_ptr<Vault>(new Vault(std::make_unique<Impl>(
      Impl{place, std::move(*tables), std::move(wrapping), std::move(*index), random})));
}

Status Vault::Impl::check_key() {
  const auto wrapped = tables->load_index_key();
  if (!wrapped) return wrapped.error();
  const auto opened = unwrap(*wrapped, wrapping, of(Sealed::kIndexKey, {}));
  return opened ? Status() : Status(other_master_key(place.data));
}

Result<std::optional<SecretKey>> Vault::Impl::key(Sealed what, const Uuid& owner, bool make) {
  const auto wrapped = tables->find_key(what, owner);
  if (!wrapped) return wrapped.error();
  if (*wrapped) {
    auto key = unwrap(**wrapped, wrapping, of(what, owner));
    if (!key) return std::move(key).error();
    return std::optional<SecretKey>(std::move(*key));
  }
  if (!make) return std::optional<SecretKey>();
  SecretKey key = SecretKey::random(random);
  TREDE_RETURN_IF_ERROR(tables->put_key(what, owner, wrap(key, wrapping, of(what, owner), random)));
  return std::optional<SecretKey>(std::move(key));
}

Result<PersonData> Vault::Impl::open_data(const Uuid& person, std::string_view sealed) {
  const auto key = this->key(Sealed::kPersonKey, person, false);
  if (!key) return key.error();
  if (!*key) {
    return Error{ErrorCode::kCorrupt, "sealed data of " + person.text() + " have no key"};
  }
  const auto plain = unseal(sealed, kPersonBlock, **key, of(Sealed::kPerson, person));
  if (!plain) return plain.error();
  return decode_person(plain->view());
}

Result<std::optional<PersonData>> Vault::Impl::data(const Uuid& person) {
  const auto sealed = tables->find_data(person);
  if (!sealed) return sealed.error();
  if (!*sealed) return std::optional<PersonData>();
  auto data = open_data(person, **sealed);
  if (!data) return std::move(data).error();
  return std::optional<PersonData>(std::move(*data));
}

Result<Note> Vault::Impl::open_note(const StreamId& dossier, NoteCategory category,
                                    const SecretKey& key, const SealedNote& sealed) const {
  const auto plain =
      unseal(sealed.sealed, kNoteBlock, key, of(note_of(category), dossier.uuid, sealed.id));
  if (!plain) return plain.error();
  auto note = decode_note(plain->view());
  if (!note) return note;
  note->id = sealed.id;
  note->category = category;
  return note;
}

Result<std::optional<Person>> Vault::find_person(const StreamId& dossier) const {
  const auto id = impl_->tables->find_person(dossier);
  if (!id) return id.error();
  if (!*id) return std::optional<Person>();
  auto data = impl_->data(**id);
  if (!data) return std::move(data).error();
  auto dossiers = impl_->tables->dossiers_of(**id);
  if (!dossiers) return std::move(dossiers).error();
  return std::optional<Person>(
      Person{**id, data->has_value() ? std::move(**data) : PersonData(), std::move(*dossiers)});
}

Result<std::vector<Note>> Vault::notes(const StreamId& dossier,
                                       std::optional<NoteCategory> category) const {
  std::vector<Note> out;
  for (const NoteCategory one : kNoteCategories) {
    if (category && *category != one) continue;
    const auto sealed = impl_->tables->notes(dossier, one);
    if (!sealed) return sealed.error();
    if (sealed->empty()) continue;
    const auto key = impl_->key(note_key_of(one), dossier.uuid, false);
    if (!key) return key.error();
    if (!*key) return Error{ErrorCode::kCorrupt, dossier.text() + ": notes have no key"};
    for (const SealedNote& note : *sealed) {
      auto opened = impl_->open_note(dossier, one, **key, note);
      if (!opened) return std::move(opened).error();
      out.push_back(std::move(*opened));
    }
  }
  std::ranges::sort(out, {}, [](const Note& note) { return std::pair(note.moment, note.id); });
  return out;
}

Result<std::vector<FoundPerson>> Vault::find(const PersonQuery& query) const {
  std::vector<Uuid> ids;
  const std::string name = comparable_name(query.naam);
  if (!query.naam.empty() && name.empty()) return std::vector<FoundPerson>();
  if (!query.bsn.empty()) {
    const auto id = impl_->tables->find_tag(impl_->bsn_tag(query.bsn));
    if (!id) return id.error();
    if (!*id) return std::vector<FoundPerson>();
    const auto data = impl_->data(**id);
    if (!data) return data.error();
    if (*data && agrees(**data, query, name)) ids.push_back(**id);
  } else {
    TREDE_RETURN_IF_ERROR(
        impl_->tables->scan_data([&](const Uuid& person, const std::string& sealed) -> Status {
          const auto data = impl_->open_data(person, sealed);
          if (!data) return data.error();
          if (agrees(*data, query, name)) ids.push_back(person);
          return {};
        }));
  }
  std::vector<FoundPerson> out;
  for (const Uuid& id : ids) {
    auto dossiers = impl_->tables->dossiers_of(id);
    if (!dossiers) return std::move(dossiers).error();
    out.push_back({id, std::move(*dossiers)});
  }
  return out;
}

Status Vault::change_master_key(const SecretKey& master) {
  const SecretKey next = wrapping_key(master);
  {
    auto change = impl_->tables->begin();
    if (!change) return std::move(change).error();
    TREDE_RETURN_IF_ERROR(impl_->check_key());
    struct Again {
      Sealed what;
      Uuid owner;
      std::string wrapped;
    };
    std::vector<Again> keys;
    TREDE_RETURN_IF_ERROR(impl_->tables->scan_keys(
        [&](Sealed what, const Uuid& owner, const std::string& wrapped) -> Status {
          const SealedPlace place = impl_->of(what, owner);
          const auto key = unwrap(wrapped, impl_->wrapping, place);
          if (!key) return key.error();
          keys.push_back({what, owner, wrap(*key, next, place, impl_->random)});
          return {};
        }));
    for (const Again& key : keys) {
      TREDE_RETURN_IF_ERROR(impl_->tables->put_key(key.what, key.owner, key.wrapped));
    }
    TREDE_RETURN_IF_ERROR(impl_->tables->put_index_key(
        wrap(impl_->index, next, impl_->of(Sealed::kIndexKey, {}), impl_->random)));
    TREDE_RETURN_IF_ERROR(change->commit());
  }
  impl_->wrapping = SecretKey::from(next.view());
  return impl_->tables->compact_keys();
}

Result<std::vector<std::string>> Vault::verify() const {
  std::vector<std::string> findings;
  const auto note_finding = [&](const Error& error) { findings.push_back(error.message); };
  const auto damage = impl_->tables->find_damage();
  if (!damage) return damage.error();
  if (!damage->empty()) findings.push_back("the files of the vault are damaged: " + *damage);
  TREDE_RETURN_IF_ERROR(
      impl_->tables->scan_data([&](const Uuid& person, const std::string& sealed) -> Status {
        const auto data = impl_->open_data(person, sealed);
        if (!data) return note_finding(data.error()), Status();
        const auto tag = impl_->tables->find_tag_of(person);
        if (!tag) return tag.error();
        if (tag->value_or("") != impl_->bsn_tag(data->bsn)) {
          findings.push_back("person " + person.text() + ": the index of BSNs has another one");
        }
        return {};
      }));
  TREDE_RETURN_IF_ERROR(impl_->tables->scan_notes(
      [&](const StreamId& dossier, NoteCategory category, const SealedNote& note) -> Status {
        const auto key = impl_->key(note_key_of(category), dossier.uuid, false);
        if (!key) return note_finding(key.error()), Status();
        if (!*key) return findings.push_back(dossier.text() + ": a note has no key"), Status();
        const auto opened = impl_->open_note(dossier, category, **key, note);
        if (!opened) note_finding(opened.error());
        return {};
      }));
  return findings;
}

}  // namespace trede
