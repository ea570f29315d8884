// What the vault holds of a person, and what a value must be like.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/time.h"

namespace trede {

// Empty = not known. Wiped when it goes; a moved text may leave short ones behind (secret.h).
struct PersonData {
  std::string naam;
  std::string bsn;  // nine digits
  std::string adres;
  std::string telefoon;
  std::string email;
  std::optional<Day> geboortedatum;

  PersonData() = default;
  PersonData(const PersonData&) = default;
  PersonData(PersonData&&) = default;
  PersonData& operator=(const PersonData&) = default;
  PersonData& operator=(PersonData&&) = default;
  ~PersonData();
  bool operator==(const PersonData&) const = default;
};

// The fields of a person, in the order in which they are shown. Stored numbers nowhere.
enum class PersonField : std::uint8_t {
  kNaam,
  kBsn,
  kAdres,
  kTelefoon,
  kEmail,
  kGeboortedatum,
};
inline constexpr std::size_t kPersonFields = 6;
// `naam`, `bsn`, ...: as options and columns have them.
std::string_view person_field_name(PersonField field);

// Reads `text` as a field of `into`; an empty text makes it not known.
// Errors: kInvalid, "what is wrong, what was expected"; the message does not repeat the text.
Status set_person_field(PersonData& into, PersonField field, std::string_view text);
std::string person_field_text(const PersonData& data, PersonField field);

// A BSN of eight digits gets a zero in front. Errors: kInvalid; the message does not repeat it.
Result<std::string> parse_bsn(std::string_view text);

// What a name is compared by: small letters, without what stands between words.
// Letters with an accent stay what they are.
std::string comparable_name(std::string_view name);

// Stored numbers.
enum class NoteCategory : std::uint8_t {
  kDossier = 1,
  kVerzuim = 2,  // kept less long
};
inline constexpr NoteCategory kNoteCategories[] = {NoteCategory::kDossier, NoteCategory::kVerzuim};
std::string_view note_category_name(NoteCategory category);

// A note of the werkcoach about one dossier.
struct Note {
  Uuid id;
  NoteCategory category = NoteCategory::kDossier;
  Moment moment{};
  std::string actor;  // an opaque id; may be empty
  std::string tekst;
};
inline constexpr std::size_t kNoteCharactersMost = 16'000;
// Errors: kInvalid; the message does not repeat the text.
Status check_note_text(std::string_view text);

}  // namespace trede
