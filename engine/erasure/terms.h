// How long what is kept: rules with a validity date, built in or of the organisation.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/time.h"
#include "engine/vault/erasures.h"

namespace trede {

struct RetentionTerm {
  ErasedPart part = ErasedPart::kDossier;
  int years = 0;
  Day from{};  // for what ended on this day or later
};

// Rules in order of day.
class RetentionTerms {
 public:
  // A dossier 10 years after it was closed, notes about verzuim 2 years after the dienstverband.
  // Source: Selectielijst gemeenten 2020; the retention of verzuim files by employers.
  static RetentionTerms built_in();
  // DATA/bewaartermijnen.textproto, or the built in ones when there is none.
  // Errors: kInvalid  `FILE:LINE: what is wrong, what was expected`, its first flaw;  kIo.
  static Result<RetentionTerms> load(const std::filesystem::path& data);
  // `file` is named in messages. Errors: kInvalid.
  static Result<RetentionTerms> parse(std::string_view file, std::string_view text);

  // The rule for what ended on `day`; absent when there is none for that day: it is kept.
  std::optional<RetentionTerm> find(ErasedPart part, Day day) const;

 private:
  std::vector<RetentionTerm> terms_;
};

// The day on which the term is over: the same day so many years later, 1 March for 29 February.
Day end_of_term(const RetentionTerm& term, Day ended);

}  // namespace trede
