// Attributes of events as text, and what makes them valid. Used by every door through which events
// come in or go out: files, options, JSON.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/event/catalogue.h"

namespace trede {

// How days and decimals may be written.
enum class TextStyle {
  kPlain,  // YYYY-MM-DD, decimal point
  kDutch,  // also DD-MM-YYYY, and a decimal comma
};

// The message of the kind that `body` holds. Requires: a known kind.
google::protobuf::Message& kind_message(pb::Body& body);
const google::protobuf::Message& kind_message(const pb::Body& body);
// Makes `body` an event of `soort` without attributes.
void set_kind(pb::Body& body, Soort soort);

// Puts the value that `text` (not empty) writes into `message`, a message of the attribute's kind.
// Errors: kInvalid, "what is wrong, what was expected"; `message` is unchanged.
Status set_attribute(google::protobuf::Message& message, const Attribute& attribute,
                     std::string_view text, TextStyle style);

// The value in the plain style, one way for one value; empty when absent.
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

// [A-Za-z0-9._-]{1,64} and not an 8- or 9-digit number that passes the BSN check.
// Errors: kInvalid; the message does not repeat a number that may be a BSN.
Status check_key(std::string_view key);
// [A-Za-z0-9._@-]{1,64}, for actor and groep.
Status check_label(std::string_view label);

}  // namespace trede
