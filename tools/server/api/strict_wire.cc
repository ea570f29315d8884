#include "tools/server/api/strict_wire.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "tools/server/api/strict_json.h"

namespace trede::server {

namespace {

namespace gp = google::protobuf;
using Wire = gp::internal::WireFormatLite;

class WireCheck {
 public:
  std::optional<Problem> flaw;

  // Goes through the fields up to the limit of `in`. Returns: false when there is no use in going
  // on: a flaw, or bytes that the library will not read either.
  bool walk(gp::io::CodedInputStream& in, const gp::Descriptor& type) {
    while (const std::uint32_t tag = in.ReadTag()) {
      const gp::FieldDescriptor* field = type.FindFieldByNumber(Wire::GetTagFieldNumber(tag));
      if (field == nullptr || !fits(*field, Wire::GetTagWireType(tag))) {
        return say("has a field that is not known here");
      }
      if (field->is_repeated() && ++parts_ > kMostParts) {
        return say("more than " + std::to_string(kMostParts) + " elements of lists in all");
      }
      const bool is_message = field->cpp_type() == gp::FieldDescriptor::CPPTYPE_MESSAGE;
      const bool goes_on =
          is_message ? walk_inside(in, *field->message_type()) : Wire::SkipField(&in, tag);
      if (!goes_on) return false;
    }
    return in.ConsumedEntireMessage();
  }

 private:
  static bool fits(const gp::FieldDescriptor& field, Wire::WireType wire) {
    const auto type = static_cast<Wire::FieldType>(field.type());
    return wire == Wire::WireTypeForFieldType(type) ||
           (field.is_packable() && wire == Wire::WIRETYPE_LENGTH_DELIMITED);
  }

  bool walk_inside(gp::io::CodedInputStream& in, const gp::Descriptor& type) {
    int length = 0;
    if (!in.ReadVarintSizeAsInt(&length)) return false;
    const auto outside = in.PushLimit(length);
    if (!walk(in, type)) return false;
    in.PopLimit(outside);
    return true;
  }

  bool say(std::string what) {
    flaw = invalid("body", std::move(what));
    return false;
  }

  std::size_t parts_ = 0;
};

}  // namespace

OrProblem<> check_wire(std::string_view bytes, const gp::Descriptor& type) {
  gp::io::CodedInputStream in(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                              static_cast<int>(bytes.size()));
  WireCheck check;
  check.walk(in, type);
  if (check.flaw) return *std::move(check.flaw);
  return {};
}

}  // namespace trede::server
