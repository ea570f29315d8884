// The check that every BSN passes (elfproef).
#pragma once

#include <string_view>

namespace trede {

// Whether `text` is 8 or 9 digits that pass the check: weights 9 .. 2 and -1, eight digits with a
// zero in front. One number in eleven does, be it a BSN or not.
bool passes_bsn_check(std::string_view text);

// Whether somebody may have written a BSN here, also as `111.222.333`: what is left of `text`
// without spaces, dots, dashes, slashes and underscores passes the check.
bool may_be_bsn(std::string_view text);

}  // namespace trede
