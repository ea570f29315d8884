// Attributes of events as text, and what makes them valid. Used by every door through which events
// come in or go out: files, options, JSON.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/event/catalogue.h"
#include "engine/event/forms.h"

namespace trede {

// The message of the kind that `body` holds. Requires: a known kind.
google::protobuf::Message& kind_message(pb::Body& body);
const google::protobuf::Message& kind_message(const pb::Body& body);
// Makes `body` an event of `soort` without attributes. Requires: a kind that exists.
void set_kind(pb::Body& body, Soort soort);

// Whether the attribute was given; a list is when it has an element.
bool has_attribute(const google::protobuf::Message& message, const Attribute& attribute);
// The number as stored. Requires: an attribute whose form is a number or a day.
std::int64_t number_of(const google::protobuf::Message& message, const Attribute& attribute);

// Puts the value that `text` writes into `message`, a message of the attribute's kind.
// Requires: `text` is not empty (an empty cell or option is an attribute that is absent).
// Errors: kInvalid, "what is wrong, what was expected"; `message` is unchanged.
Status set_attribute(google::protobuf::Message& message, const Attribute& attribute,
                     std::string_view text, TextStyle style);

// The value in the plain style, one way for one value; empty when absent.
// Requires: codes that are known (check_known, find_flaw).
std::string attribute_text(const google::protobuf::Message& message, const Attribute& attribute);

// What is wrong with one attribute.
struct Flaw {
  std::string attribute;
  std::string message;  // what is wrong, what was expected
};

// The first thing that makes the attributes of `body` invalid in themselves, whatever the history:
// a missing required attribute, an unknown code, a value out of range, or a combination that the
// kind does not allow (vastgesteld_door below 100 %, gemeente of a wsw dienstverband).
// Of a correctie it looks at the event that it puts in place.
std::optional<Flaw> find_flaw(const pb::Body& body);

// What find_flaw would find in a body of which every attribute was put in by `set_attribute` and no
// required one is missing: a combination that the kind does not allow.
std::optional<Flaw> find_combination_flaw(const pb::Body& body);

// `a, b, c`, for messages that name what is allowed.
std::string joined(const std::vector<std::string>& codes);

}  // namespace trede
