#include "engine/vault/vault_internal.h"
#include "proto/storage.pb.h"

namespace trede {

namespace {

constexpr std::string_view kBad = "sealed data open, but hold something else than they should";

// The library keeps the texts of a message; they are wiped before it lets them go.
void wipe_texts(pb::PersonRecord& record) {
  for (std::string* text : {record.mutable_naam(), record.mutable_bsn(), record.mutable_adres(),
                            record.mutable_telefoon(), record.mutable_email()}) {
    wipe(*text);
  }
}

}  // namespace

SecretText encode_person(const PersonData& data) {
  pb::PersonRecord record;
  record.set_naam(data.naam);
  record.set_bsn(data.bsn);
  record.set_adres(data.adres);
  record.set_telefoon(data.telefoon);
  record.set_email(data.email);
  if (data.geboortedatum) record.set_geboortedatum(day_number(*data.geboortedatum));
  SecretText out(record.SerializeAsString());
  wipe_texts(record);
  return out;
}

Result<PersonData> decode_person(std::string_view stored) {
  pb::PersonRecord record;
  if (!record.ParseFromArray(stored.data(), static_cast<int>(stored.size()))) {
    return Error{ErrorCode::kCorrupt, std::string(kBad)};
  }
  PersonData data;
  data.naam = record.naam();
  data.bsn = record.bsn();
  data.adres = record.adres();
  data.telefoon = record.telefoon();
  data.email = record.email();
  if (record.has_geboortedatum()) data.geboortedatum = day_from_number(record.geboortedatum());
  wipe_texts(record);
  return data;
}

SecretText encode_note(const Note& note) {
  pb::NoteRecord record;
  record.set_moment(note.moment.time_since_epoch().count());
  record.set_actor(note.actor);
  record.set_tekst(note.tekst);
  SecretText out(record.SerializeAsString());
  wipe(*record.mutable_tekst());
  return out;
}

Result<Note> decode_note(std::string_view stored) {
  pb::NoteRecord record;
  if (!record.ParseFromArray(stored.data(), static_cast<int>(stored.size()))) {
    return Error{ErrorCode::kCorrupt, std::string(kBad)};
  }
  Note note;
  note.moment = Moment{std::chrono::microseconds{record.moment()}};
  note.actor = record.actor();
  note.tekst = record.tekst();
  wipe(*record.mutable_tekst());
  return note;
}

}  // namespace trede
