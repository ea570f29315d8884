#include "engine/event/forms.h"

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include "engine/base/bsn.h"
#include "engine/base/check.h"
#include "engine/base/text.h"
#include "engine/base/time.h"
#include "engine/event/bytes_text.h"

namespace trede {

namespace {

constexpr std::size_t kNameMax = 64;
constexpr std::size_t kTekstMax = 4000;
constexpr std::size_t kRijMax = 130;
constexpr std::uint32_t kSeizoenMost = 1'000'000;
constexpr std::int64_t kWideMost = 999'999'999'999'999'999;

Error invalid(std::string message) { return {ErrorCode::kInvalid, std::move(message)}; }

bool all_digits(std::string_view text) { return std::ranges::all_of(text, is_digit); }

bool is_token(std::string_view text, std::string_view also) {
  return !text.empty() && text.size() <= kNameMax &&
         std::ranges::all_of(text, [&](char c) { return is_alnum(c) || also.contains(c); });
}

Status check_naam(std::string_view text) {
  const auto bad = [text] {
    return invalid("not a name: " + in_quotes(text) +
                   ", expected 1 to 64 letters, digits, spaces or ._&'()/-");
  };
  std::size_t characters = 0;
  for (std::size_t at = 0; at < text.size(); ++characters) {
    const auto found = utf8_at(text, at);
    if (!found) return invalid("not valid UTF-8, expected a name");
    const bool good = found->point < 0x80
                          ? is_alnum(text[at]) || std::string_view(" ._&'()/-").contains(text[at])
                          : is_letter(found->point);
    if (!good) return bad();
    at += found->length;
  }
  if (characters < 1 || characters > kNameMax) return bad();
  return {};
}

Status check_kenmerk(std::string_view text) {
  if (is_token(text, "._-")) return {};
  return invalid("not a kenmerk: " + in_quotes(text) + ", expected 1 to 64 of A-Z a-z 0-9 . _ -");
}

Status check_maat(std::string_view text) {
  const bool good =
      !text.empty() && text.size() <= kNameMax && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || is_digit(c) || c == '_';
      });
  if (good) return {};
  return invalid("not a code: " + in_quotes(text) + ", expected 1 to 64 of a-z 0-9 _");
}

// `table/row`: nothing but parts, of which there are two or more.
Status check_rij(std::string_view text) {
  const bool good =
      text.size() <= kRijMax && text.contains('/') && !text.starts_with('/') &&
      !text.ends_with('/') && !text.contains("//") && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || is_digit(c) || std::string_view(".%/-").contains(c);
      });
  if (good) return {};
  return invalid("not a row: " + in_quotes(text) +
                 ", expected table/row, at most 130 of a-z 0-9 . % / -");
}

// `dim=code;dim=code`, each dimension once.
Status check_waar(std::string_view text) {
  const Error bad = invalid("not a condition: " + in_quotes(text) + ", expected dim=code;dim=code");
  std::vector<std::string_view> seen;
  while (true) {
    const std::string_view part = text.substr(0, text.find(';'));
    const auto equals = part.find('=');
    if (equals == std::string_view::npos) return bad;
    const std::string_view dimension = part.substr(0, equals);
    if (!check_maat(dimension) || !check_naam(part.substr(equals + 1))) return bad;
    if (std::ranges::find(seen, dimension) != seen.end()) {
      return invalid("dimension " + in_quotes(dimension) + " stands twice, expected each once");
    }
    seen.push_back(dimension);
    if (part.size() == text.size()) return {};
    text.remove_prefix(part.size() + 1);
  }
}

Status check_tekst(std::string_view text) {
  const auto characters = utf8_length(text);
  if (!characters) return invalid("not valid UTF-8, expected text");
  const bool control = std::ranges::any_of(text, [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7F;
  });
  if (control) return invalid("a control character, expected text");
  if (*characters < 1 || *characters > kTekstMax) {
    return invalid(std::to_string(*characters) + " characters, expected 1 to 4000");
  }
  return {};
}

// The digits of a decimal as units of its last decimal; absent when it is not written as one.
std::optional<std::int64_t> units_of(std::string_view text, int decimals) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const auto point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  std::string_view part;
  if (point != std::string_view::npos) {
    part = text.substr(point + 1);
    if (part.empty()) return std::nullopt;
  }
  const auto places = static_cast<std::size_t>(decimals);
  if (whole.empty() || !all_digits(whole) || !all_digits(part) || part.size() > places) {
    return std::nullopt;
  }
  std::string digits{whole};
  digits.append(part).append(places - part.size(), '0');
  std::int64_t units = 0;
  if (std::from_chars(digits.data(), digits.data() + digits.size(), units).ec != std::errc{}) {
    return std::nullopt;
  }
  return negative ? -units : units;
}

}  // namespace

std::optional<NumberForm> number_form(pb::Form form) {
  switch (form) {
    case pb::FORM_DEELTIJDFACTOR:
      return NumberForm{4, 1, 20'000, "a decimal above 0 and at most 2, with at most 4 decimals"};
    case pb::FORM_UREN:
      return NumberForm{6, 0, 168'000'000, "hours from 0 to 168, with at most 6 decimals"};
    case pb::FORM_DECIMAAL:
      return NumberForm{6, -kWideMost, kWideMost,
                        "a decimal below 1000000000000 either way, with at most 6 decimals"};
    case pb::FORM_PERCENTAGE: return NumberForm{0, 1, 100, "a whole number from 1 to 100"};
    case pb::FORM_GEBOORTEJAAR: return NumberForm{0, 1900, 2100, "a year from 1900 to 2100"};
    case pb::FORM_AANTAL:
      return NumberForm{0, 1, 1'000'000'000, "a whole number from 1 to 1000000000"};
    case pb::FORM_EUROCENT:
      return NumberForm{0, -kWideMost, kWideMost,
                        "a whole number of eurocents, at most 999999999999999999 either way"};
    case pb::FORM_POSITIE: return NumberForm{0, 1, kWideMost, "a position, from 1 on"};
    case pb::FORM_UNSPECIFIED:
    case pb::FORM_NAAM:
    case pb::FORM_KENMERK:
    case pb::FORM_DAG:
    case pb::FORM_PERIODE:
    case pb::FORM_WAAR:
    case pb::FORM_MAAT:
    case pb::FORM_TEKST:
    case pb::FORM_TIJDVAK:
    case pb::FORM_RIJ:
    case pb::FORM_SEIZOEN:
    case pb::FORM_HASH:
    case pb::FORM_BYTES:
    case pb::Form_INT_MIN_SENTINEL_DO_NOT_USE_:
    case pb::Form_INT_MAX_SENTINEL_DO_NOT_USE_: return std::nullopt;
  }
  return std::nullopt;
}

Result<std::int64_t> parse_number(const NumberForm& form, std::string_view text, TextStyle style) {
  std::string plain{text};
  if (style == TextStyle::kDutch && !plain.contains('.')) std::ranges::replace(plain, ',', '.');
  const auto units = units_of(plain, form.decimals);
  if (units && *units >= form.least && *units <= form.most) return *units;
  return invalid("not valid: " + in_quotes(text) + ", expected " + form.expected);
}

std::string number_text(const NumberForm& form, std::int64_t units) {
  const auto magnitude =
      units < 0 ? -static_cast<std::uint64_t>(units) : static_cast<std::uint64_t>(units);
  std::string digits = std::to_string(magnitude);
  const auto places = static_cast<std::size_t>(form.decimals);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  std::string out = digits.substr(0, digits.size() - places);
  std::string part = digits.substr(digits.size() - places);
  while (part.ends_with('0')) part.pop_back();
  if (!part.empty()) out += "." + part;
  return (units < 0 ? "-" : "") + out;
}

Status check_number(const NumberForm& form, std::int64_t units) {
  if (units >= form.least && units <= form.most) return {};
  return invalid("out of range: " + number_text(form, units) + ", expected " + form.expected);
}

Status check_text(pb::Form form, std::string_view text) {
  switch (form) {
    case pb::FORM_NAAM: return check_naam(text);
    case pb::FORM_KENMERK: return check_kenmerk(text);
    case pb::FORM_MAAT: return check_maat(text);
    case pb::FORM_WAAR: return check_waar(text);
    case pb::FORM_TEKST: return check_tekst(text);
    case pb::FORM_RIJ: return check_rij(text);
    case pb::FORM_PERIODE: TREDE_RETURN_IF_ERROR(parse_periode(text)); return {};
    case pb::FORM_TIJDVAK: TREDE_RETURN_IF_ERROR(parse_tijdvak(text)); return {};
    case pb::FORM_SEIZOEN: TREDE_RETURN_IF_ERROR(parse_seizoen(text)); return {};
    case pb::FORM_UNSPECIFIED:
    case pb::FORM_DAG:
    case pb::FORM_DEELTIJDFACTOR:
    case pb::FORM_UREN:
    case pb::FORM_DECIMAAL:
    case pb::FORM_PERCENTAGE:
    case pb::FORM_GEBOORTEJAAR:
    case pb::FORM_AANTAL:
    case pb::FORM_EUROCENT:
    case pb::FORM_POSITIE:
    case pb::FORM_HASH:
    case pb::FORM_BYTES:
    case pb::Form_INT_MIN_SENTINEL_DO_NOT_USE_:
    case pb::Form_INT_MAX_SENTINEL_DO_NOT_USE_: break;
  }
  TREDE_CHECK(false, "a text attribute with a form that is no text");
}

Result<Seizoen> parse_seizoen(std::string_view text) {
  const Error bad = invalid("not a seizoen: " + in_quotes(text) +
                            ", expected twelve whole numbers from 0 to 1000000 separated by |, "
                            "not all 0");
  Seizoen parts{};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::size_t end = std::min(text.find('|'), text.size());
    const std::string_view part = text.substr(0, end);
    if (part.empty() || !all_digits(part) || (part.size() > 1 && part.starts_with('0'))) return bad;
    const auto [at, error] = std::from_chars(part.data(), part.data() + part.size(), parts[i]);
    if (error != std::errc{} || parts[i] > kSeizoenMost) return bad;
    if ((end == text.size()) != (i + 1 == parts.size())) return bad;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (std::ranges::all_of(parts, [](std::uint32_t part) { return part == 0; })) return bad;
  return parts;
}

std::optional<BytesForm> bytes_form(pb::Form form) {
  if (form == pb::FORM_HASH) return BytesForm{32, 32, true, "64 digits of 0-9 a-f"};
  if (form == pb::FORM_BYTES) return BytesForm{1, 4 << 20, false, "1 byte to 4 MiB as base64"};
  return std::nullopt;
}

Result<std::string> parse_bytes(const BytesForm& form, std::string_view text) {
  auto bytes = form.hex ? parse_hex(text) : parse_base64(text);
  if (!bytes) return invalid(std::string("not valid, expected ") + form.expected);
  TREDE_RETURN_IF_ERROR(check_bytes(form, *bytes));
  return *std::move(bytes);
}

std::string bytes_text(const BytesForm& form, std::string_view bytes) {
  return form.hex ? hex_text(bytes) : base64_text(bytes);
}

Status check_bytes(const BytesForm& form, std::string_view bytes) {
  if (bytes.size() >= form.least && bytes.size() <= form.most) return {};
  return invalid(std::to_string(bytes.size()) + " bytes, expected " + form.expected);
}

Status check_key(std::string_view key) {
  if (!is_token(key, "._-")) {
    return invalid("not a KEY, expected 1 to 64 of A-Z a-z 0-9 . _ -");
  }
  if (!may_be_bsn(key)) return {};
  return invalid("a KEY that may be a BSN, expected a number or name of your own");
}

Status check_label(std::string_view label) {
  if (is_token(label, "._@-")) return {};
  return invalid("not an id, expected 1 to 64 of A-Z a-z 0-9 . _ @ -");
}

}  // namespace trede
