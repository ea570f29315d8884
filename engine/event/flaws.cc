#include <algorithm>

#include "engine/base/time.h"
#include "engine/event/attributes.h"
#include "engine/event/no_bsn.h"

namespace trede {

namespace {

namespace gp = google::protobuf;

Error invalid(std::string message) { return {ErrorCode::kInvalid, std::move(message)}; }

Status check_codes(const gp::Message& message, const Attribute& attribute) {
  const auto& reflection = *message.GetReflection();
  const int count = attribute.list ? reflection.FieldSize(message, attribute.field) : 1;
  int before = 0;
  for (int i = 0; i < count; ++i) {
    const int number = attribute.list ? reflection.GetRepeatedEnumValue(message, attribute.field, i)
                                      : reflection.GetEnumValue(message, attribute.field);
    if (std::ranges::find(attribute.numbers, number) == attribute.numbers.end()) {
      return invalid("unknown code number " + std::to_string(number) + ", expected one of " +
                     joined(attribute.codes));
    }
    if (number <= before) return invalid("codes not ascending, expected each once, in order");
    before = number;
  }
  return {};
}

// What is wrong with a value that is present.
Status check_value(const gp::Message& message, const Attribute& attribute) {
  if (!attribute.codes.empty()) return check_codes(message, attribute);
  if (attribute.form == pb::FORM_DAG) {
    const Day day = day_from_number(static_cast<int>(number_of(message, attribute)));
    if (day >= kLeastDay && day <= kMostDay) return {};
    return invalid("out of range, expected a day from 0001-01-01 to 9999-12-31");
  }
  if (const auto form = number_form(attribute.form)) {
    return check_number(*form, number_of(message, attribute));
  }
  std::string scratch;
  const std::string& value =
      message.GetReflection()->GetStringReference(message, attribute.field, &scratch);
  if (const auto form = bytes_form(attribute.form)) return check_bytes(*form, value);
  if (names_somebody(attribute.name)) TREDE_RETURN_IF_ERROR(check_no_bsn(value));
  return check_text(attribute.form, value);
}

std::optional<Flaw> find_flaw_of(const gp::Message& message, const Attribute& attribute) {
  if (!has_attribute(message, attribute)) {
    if (!attribute.required) return std::nullopt;
    return Flaw{attribute.name, "missing, expected " + (attribute.codes.empty()
                                                            ? std::string("a value")
                                                            : "one of " + joined(attribute.codes))};
  }
  const Status checked = check_value(message, attribute);
  if (!checked) return Flaw{attribute.name, checked.error().message};
  return std::nullopt;
}

}  // namespace

std::optional<Flaw> find_combination_flaw(const pb::Body& body) {
  if (body.has_ziekmelding()) {
    const auto& ziek = body.ziekmelding();
    if (ziek.has_percentage() && ziek.percentage() < 100 && !ziek.has_vastgesteld_door()) {
      return Flaw{"vastgesteld_door",
                  "missing, expected bedrijfsarts or arbodienst for a percentage below 100"};
    }
  }
  if (body.has_dienstverband_start()) {
    const auto& start = body.dienstverband_start();
    const bool needs_gemeente = start.dienstverband() == pb::DIENSTVERBAND_SOORT_WSW ||
                                start.dienstverband() == pb::DIENSTVERBAND_SOORT_BESCHUT_WERK;
    if (needs_gemeente && !start.has_gemeente()) {
      return Flaw{"gemeente",
                  "missing, expected a gemeente for a wsw or beschut_werk dienstverband"};
    }
  }
  if (body.has_dienstverband_gewijzigd()) {
    const auto& changed = body.dienstverband_gewijzigd();
    if (!changed.has_afdeling() && !changed.has_deeltijdfactor()) {
      return Flaw{"afdeling", "missing, expected an afdeling, a deeltijdfactor or both"};
    }
  }
  if (body.has_begroting_vastgesteld()) {
    const auto& begroting = body.begroting_vastgesteld();
    if (begroting.has_seizoen() && begroting.periode().size() != 4) {
      return Flaw{"seizoen", "not of a periode that is a year, expected an empty cell"};
    }
  }
  return std::nullopt;
}

std::optional<Flaw> find_flaw(const pb::Body& body) {
  if (body.soort_case() == Soort::SOORT_NOT_SET) return Flaw{"soort", "missing, expected a kind"};
  if (body.has_correctie()) {
    const pb::Body& door = body.correctie().door();
    if (body.correctie().vervangt().size() != 16) {
      return Flaw{"vervangt", "missing, expected the event_id of the event that is corrected"};
    }
    if (door.has_correctie() || door.has_intrekking()) {
      return Flaw{"soort", "a correctie or intrekking, expected a kind that can be put in place"};
    }
    return find_flaw(door);
  }
  if (body.has_intrekking() && body.intrekking().vervangt().size() != 16) {
    return Flaw{"vervangt", "missing, expected the event_id of the event that is withdrawn"};
  }
  const gp::Message& message = kind_message(body);
  for (const Attribute& attribute : kind_of(body.soort_case()).attributes) {
    if (auto flaw = find_flaw_of(message, attribute)) return flaw;
  }
  return find_combination_flaw(body);
}

}  // namespace trede
