// Conditions of targets and reports: `dim=code;dim=code`.
#pragma once

#include <string>
#include <string_view>

namespace trede {

// The conditions of a `waar` in order of dimension, so that one filter has one form.
std::string canonical_waar(std::string_view waar);

}  // namespace trede
