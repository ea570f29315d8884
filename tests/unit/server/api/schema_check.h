// Whether JSON is as a schema of the served document says.
#pragma once

#include <boost/json.hpp>
#include <string>

namespace trede::test {

// The first thing that is not as `schema` says, with where it stands; empty when all is. Knows what
// our documents use: $ref, type, format, pattern, properties, required, additionalProperties,
// items, minItems, minimum, maximum.
std::string find_misfit(const boost::json::value& value, const boost::json::object& schema,
                        const boost::json::object& document);

}  // namespace trede::test
