// An evidence bundle as a file: a ZIP archive of files that people and programs can read, with a
// signed table of contents in front. README.md of this folder says what is in it.
#pragma once

#include <string>
#include <string_view>

#include "projections/evidence/evidence.h"

namespace trede::tool {

// The bytes of the bundle. The same evidence and key give the same bytes.
// Errors: kInvalid when it would be 4 GiB or more.
Result<std::string> write_bundle(const Evidence& evidence, const SigningKey& key);

struct Bundle {
  Evidence evidence;
  VerifierKey own_key;     // that lies in the bundle: what it says of itself
  bool has_checked_texts;  // those for people say what the figures say
};

// The report as its texts show it: the chosen cells only, and when it was laid down.
Report shown_report(const Evidence& evidence, const Report& report);

// What the bundle holds. Every byte of it has been looked at: those of the archive, of the table of
// contents and its signature, and of each file in it against that; there is no other file. The
// texts for people are held against what this program makes of the figures, when it is of the
// version that made the bundle; another one may have put them in other words. `key`: who must have
// signed; absent = the key in the bundle. Errors: kInvalid  with the file and what is wrong with
// it;  kNewer.
Result<Bundle> read_bundle(std::string_view zip, const std::optional<VerifierKey>& key);

}  // namespace trede::tool
