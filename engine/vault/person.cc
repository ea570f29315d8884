#include "engine/vault/person.h"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/base/bsn.h"
#include "engine/base/text.h"
#include "engine/vault/secret.h"

namespace trede {

namespace {

constexpr std::array<std::string_view, kPersonFields> kNames = {
    "naam", "bsn", "adres", "telefoon", "email", "geboortedatum"};
constexpr std::size_t kTextMost = 200;  // characters

Error invalid(std::string message) { return {ErrorCode::kInvalid, std::move(message)}; }

bool is_control(char32_t point) { return point < 0x20 || (point >= 0x7F && point < 0xA0); }

// `may_break`: line feeds are good.
Status check_plain(std::string_view text, std::size_t most, bool may_break) {
  const auto length = utf8_length(text);
  if (!length) return invalid("not UTF-8");
  if (*length > most) return invalid("longer than " + std::to_string(most) + " characters");
  for (std::size_t at = 0; at < text.size();) {
    const auto character = utf8_at(text, at);
    if (is_control(character->point) && !(may_break && character->point == '\n')) {
      return invalid("a control character, expected text");
    }
    at += character->length;
  }
  return {};
}

bool has_only(std::string_view text, std::string_view others) {
  return std::ranges::all_of(
      text, [&](char c) { return is_digit(c) || others.find(c) != std::string_view::npos; });
}

Status check_telefoon(std::string_view text) {
  const auto digits = std::ranges::count_if(text, is_digit);
  if (has_only(text, "+-() ") && digits >= 6 && digits <= 15) return {};
  return invalid("not a telephone number, expected 6 to 15 digits, with + - ( ) and spaces");
}

Status check_email(std::string_view text) {
  const auto at = text.find('@');
  const bool good = at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
                    text.find('@', at + 1) == std::string_view::npos &&
                    text.find(' ') == std::string_view::npos;
  if (good) return {};
  return invalid("not an e-mail address, expected NAME@HOST");
}

std::string* text_of(PersonData& data, PersonField field) {
  switch (field) {
    case PersonField::kNaam: return &data.naam;
    case PersonField::kBsn: return &data.bsn;
    case PersonField::kAdres: return &data.adres;
    case PersonField::kTelefoon: return &data.telefoon;
    case PersonField::kEmail: return &data.email;
    case PersonField::kGeboortedatum: return nullptr;
  }
  std::unreachable();
}

Status set_geboortedatum(PersonData& into, std::string_view text) {
  into.geboortedatum.reset();
  if (text.empty()) return {};
  auto day = parse_day(text);
  if (!day) day = parse_dutch_day(text);
  constexpr Day kFirst{std::chrono::year{1880} / 1 / 1};
  if (!day || *day < kFirst) return invalid("not a day since 1880, expected YYYY-MM-DD");
  into.geboortedatum = *day;
  return {};
}

}  // namespace

PersonData::~PersonData() {
  for (std::string* text : {&naam, &bsn, &adres, &telefoon, &email}) wipe(*text);
}

std::string_view person_field_name(PersonField field) {
  return kNames[static_cast<std::size_t>(field)];
}

Status set_person_field(PersonData& into, PersonField field, std::string_view text) {
  if (field == PersonField::kGeboortedatum) return set_geboortedatum(into, text);
  TREDE_RETURN_IF_ERROR(check_plain(text, kTextMost, false));
  std::string& place = *text_of(into, field);
  if (field == PersonField::kBsn && !text.empty()) {
    auto bsn = parse_bsn(text);
    if (!bsn) return bsn.error();
    place = std::move(*bsn);
    return {};
  }
  if (field == PersonField::kTelefoon && !text.empty()) TREDE_RETURN_IF_ERROR(check_telefoon(text));
  if (field == PersonField::kEmail && !text.empty()) TREDE_RETURN_IF_ERROR(check_email(text));
  place = text;
  return {};
}

std::string person_field_text(const PersonData& data, PersonField field) {
  if (field == PersonField::kGeboortedatum) {
    return data.geboortedatum ? format_day(*data.geboortedatum) : "";
  }
  return *text_of(const_cast<PersonData&>(data), field);  // only read
}

Result<std::string> parse_bsn(std::string_view text) {
  const bool all_zero = text.find_first_not_of('0') == std::string_view::npos;
  if (!passes_bsn_check(text) || all_zero) {
    return invalid("not a BSN, expected 9 digits (or 8) that pass the elfproef");
  }
  return std::string(text.size() == 8 ? "0" : "") + std::string(text);
}

std::string comparable_name(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') {
      out.push_back(static_cast<char>(c - 'A' + 'a'));
    } else if (is_alnum(c) || static_cast<unsigned char>(c) >= 0x80) {
      out.push_back(c);
    }
  }
  return out;
}

std::string_view note_category_name(NoteCategory category) {
  switch (category) {
    case NoteCategory::kDossier: return "dossier";
    case NoteCategory::kVerzuim: return "verzuim";
  }
  std::unreachable();
}

Status check_note_text(std::string_view text) {
  if (text.empty()) return invalid("empty, expected a text");
  return check_plain(text, kNoteCharactersMost, true);
}

}  // namespace trede
