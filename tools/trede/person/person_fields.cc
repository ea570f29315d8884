#include "tools/trede/person/person_fields.h"

#include "tools/trede/person/vault_access.h"
#include "tools/trede/record_input.h"
#include "tools/trede/text.h"

namespace trede::tool {

std::optional<PersonField> find_person_field(std::string_view name) {
  for (std::size_t i = 0; i < kPersonFields; ++i) {
    const auto field = static_cast<PersonField>(i);
    if (person_field_name(field) == name) return field;
  }
  return std::nullopt;
}

std::string person_field_names() {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < kPersonFields; ++i) {
    names.emplace_back(person_field_name(static_cast<PersonField>(i)));
  }
  return joined(names, ", ");
}

void PersonFieldOptions::bind(Options& options) {
  constexpr std::array<std::string_view, kPersonFields> kSays = {
      "the name", "9 digits", "street, number, place", "telephone", "e-mail", "YYYY-MM-DD"};
  options.value("--json", &json_,
                "TEXT, FILE or -: the same as JSON; - (standard input) shows in no list of "
                "processes, as words of the command do");
  for (std::size_t i = 0; i < kPersonFields; ++i) {
    const auto name = "--" + std::string(person_field_name(static_cast<PersonField>(i)));
    options.value(name, &fields_[i], std::string(kSays[i]) + "; empty: not known");
  }
  options.value("--zelfde-persoon,--zelfde_persoon", &same_,
                "dossier/KEY: the person of that dossier is this one too");
}

Outcome<NamedTexts> PersonFieldOptions::given(Context& context) const {
  NamedTexts out;
  for (std::size_t i = 0; i < kPersonFields; ++i) {
    if (fields_[i]) out.emplace_back(person_field_name(static_cast<PersonField>(i)), *fields_[i]);
  }
  if (same_) out.emplace_back(kSamePersonColumn, *same_);
  if (json_) {
    if (!out.empty()) {
      return wrong_input("--json: given together with --" + out.front().first +
                         ", expected all of it in one of them");
    }
    auto read = read_json_events(*json_, context, JsonOf::kPersons);
    if (!read) return read.error();
    if (read->size() != 1) return wrong_input("--json: more than one object, expected one");
    out = std::move(read->front());
  }
  if (out.empty()) {
    return wrong_input("nothing to set, expected one of " + person_field_names() + ", " +
                       std::string(kSamePersonColumn));
  }
  return out;
}

Outcome<PersonChange> read_person_change(const NamedTexts& given, const KeyDirectory& keys) {
  PersonChange change;
  PersonData judged;
  for (const auto& [name, text] : given) {
    if (name == kSamePersonColumn) {
      const auto other = find_dossier(name, text, keys);
      if (!other) return other.error();
      if (!*other) return wrong_input(name + ": there is no such dossier, expected its KEY");
      change.same_as = **other;
      continue;
    }
    const auto field = find_person_field(name);
    if (!field) {
      return wrong_input(shown_name(name) + ": unknown, expected one of " + person_field_names() +
                         ", " + std::string(kSamePersonColumn));
    }
    const Status good = set_person_field(judged, *field, text);
    if (!good) return wrong_input(name + ": " + good.error().message);
    change.fields.emplace_back(*field, text);
  }
  return change;
}

Outcome<std::string> refusal_of(const ChangeOutcome& outcome, const KeyDirectory& keys) {
  if (outcome.dossiers.empty() && outcome.what != PersonChanged::kBsnTaken) return std::string();
  const auto names = dossier_names(outcome.dossiers, keys);
  if (!names) return names.error();
  switch (outcome.what) {
    case PersonChanged::kMade:
    case PersonChanged::kChanged:
    case PersonChanged::kUnchanged: return std::string();
    case PersonChanged::kBsnTaken: {
      if (outcome.dossiers.empty()) return "bsn: dit BSN hoort al bij een andere persoon.";
      const auto first = dossier_names({outcome.dossiers.front()}, keys);
      if (!first) return first.error();
      return "bsn: dit BSN hoort al bij de persoon van " + *names +
             ". Is dit dezelfde persoon, koppel dan met --zelfde-persoon " + *first + ".";
    }
    case PersonChanged::kBsnDiffers:
      return "zelfde_persoon: dit dossier en " + *names +
             " hebben elk een eigen BSN: dat zijn twee personen.";
    case PersonChanged::kNobody:
      return "zelfde_persoon: van " + *names + " is nog geen persoon vastgelegd.";
  }
  std::unreachable();
}

}  // namespace trede::tool
