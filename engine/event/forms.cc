#include "engine/event/forms.h"

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include "engine/base/check.h"
#include "engine/base/text.h"
#include "engine/base/time.h"

namespace trede {

namespace {

constexpr std::size_t kNameMax = 64;
constexpr std::size_t kTekstMax = 4000;
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
    case pb::FORM_UNSPECIFIED:
    case pb::FORM_NAAM:
    case pb::FORM_KENMERK:
    case pb::FORM_DAG:
    case pb::FORM_PERIODE:
    case pb::FORM_WAAR:
    case pb::FORM_MAAT:
    case pb::FORM_TEKST:
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
    case pb::FORM_PERIODE: TREDE_RETURN_IF_ERROR(parse_periode(text)); return {};
    case pb::FORM_UNSPECIFIED:
    case pb::FORM_DAG:
    case pb::FORM_DEELTIJDFACTOR:
    case pb::FORM_UREN:
    case pb::FORM_DECIMAAL:
    case pb::FORM_PERCENTAGE:
    case pb::FORM_GEBOORTEJAAR:
    case pb::FORM_AANTAL:
    case pb::FORM_EUROCENT:
    case pb::Form_INT_MIN_SENTINEL_DO_NOT_USE_:
    case pb::Form_INT_MAX_SENTINEL_DO_NOT_USE_: break;
  }
  TREDE_CHECK(false, "a text attribute with a form that is no text");
}

Status check_key(std::string_view key) {
  if (!is_token(key, "._-")) {
    return invalid("not a KEY, expected 1 to 64 of A-Z a-z 0-9 . _ -");
  }
  if (!all_digits(key) || key.size() < 8 || key.size() > 9) return {};
  // The BSN check (elfproef): weights 9 .. 2 and -1; eight digits have a leading zero.
  int sum = 0;
  for (std::size_t i = 0; i < key.size(); ++i) {
    const int place = static_cast<int>(key.size() - i);  // 1 = the last digit
    sum += (place == 1 ? -1 : place) * (key[i] - '0');
  }
  if (sum % 11 != 0) return {};
  return invalid("a KEY that may be a BSN, expected a number or name of your own");
}

Status check_label(std::string_view label) {
  if (is_token(label, "._@-")) return {};
  return invalid("not an id, expected 1 to 64 of A-Z a-z 0-9 . _ @ -");
}

}  // namespace trede
