// The data of a person as a caller gives them, and what is said when they are refused.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "engine/log/key_directory.h"
#include "engine/vault/vault.h"
#include "tools/trede/context.h"
#include "tools/trede/failure.h"
#include "tools/trede/json_events.h"
#include "tools/trede/options.h"

namespace trede::tool {

inline constexpr std::string_view kSamePersonColumn = "zelfde_persoon";

// The field of that name; absent when there is none.
std::optional<PersonField> find_person_field(std::string_view name);
// `naam, bsn, ...`.
std::string person_field_names();

// The fields of a person as options, and as JSON.
class PersonFieldOptions {
 public:
  void bind(Options& options);
  // What was given: names of fields and their texts, `zelfde_persoon` among them.
  // Errors: exit status 2 when nothing was, or both JSON and options; for JSON of another form.
  Outcome<NamedTexts> given(Context& context) const;

 private:
  std::array<std::optional<std::string>, kPersonFields> fields_;
  std::optional<std::string> same_;
  std::optional<std::string> json_;
};

// Errors: exit status 2, `name: what is wrong`; the text itself is not repeated.
Outcome<PersonChange> read_person_change(const NamedTexts& given, const KeyDirectory& keys);

// Why a change was refused, in Dutch, with the KEYs of the dossiers that it is about; empty when it
// was not.
Outcome<std::string> refusal_of(const ChangeOutcome& outcome, const KeyDirectory& keys);

}  // namespace trede::tool
