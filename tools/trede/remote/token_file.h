// The file with the token that says who asks.
#pragma once

#include <string>

#include "tools/trede/failure.h"

namespace trede::tool {

// The token of the file: one line. Errors: exit status 2, also when everybody on the machine may
// read or change the file; the token is in no message.
Outcome<std::string> read_token(const std::string& file);

}  // namespace trede::tool
