#include "tools/server/api/json_writer.h"

#include <google/protobuf/timestamp.pb.h>

#include <algorithm>
#include <map>
#include <string_view>

#include "engine/base/check.h"
#include "engine/base/time.h"
#include "tools/server/api/moments.h"
#include "tools/trede/text.h"

namespace trede::server {

namespace {

namespace gp = google::protobuf;

class Writer {
 public:
  void write(const gp::Message& message) {
    const gp::Descriptor& type = *message.GetDescriptor();
    if (&type == gp::Timestamp::descriptor()) {
      return add_text(format_moment(moment_of(static_cast<const gp::Timestamp&>(message))));
    }
    out_ += '{';
    bool first = true;
    for (int i = 0; i < type.field_count(); ++i) {
      const gp::FieldDescriptor& field = *type.field(i);
      const bool given =
          !field.has_presence() || message.GetReflection()->HasField(message, &field);
      if (!given) continue;
      if (!std::exchange(first, false)) out_ += ',';
      add_text(field.json_name());
      out_ += ':';
      write_field(message, field);
    }
    out_ += '}';
  }
  std::string take() { return std::move(out_); }

 private:
  void add_text(std::string_view text) {
    const auto is_plain = [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; };
    if (!std::ranges::all_of(text, is_plain)) {
      out_ += tool::json_string(std::string(text));
      return;
    }
    out_ += '"';
    out_ += text;
    out_ += '"';
  }

  void write_field(const gp::Message& message, const gp::FieldDescriptor& field) {
    if (field.is_map()) return write_map(message, field);
    if (!field.is_repeated()) return write_value(message, field, -1);
    out_ += '[';
    const int size = message.GetReflection()->FieldSize(message, &field);
    for (int i = 0; i < size; ++i) {
      if (i > 0) out_ += ',';
      write_value(message, field, i);
    }
    out_ += ']';
  }

  // `index` -1: not repeated.
  void write_value(const gp::Message& message, const gp::FieldDescriptor& field, int index) {
    const gp::Reflection& at = *message.GetReflection();
    const bool one = index < 0;
    std::string scratch;
    switch (field.cpp_type()) {
      case gp::FieldDescriptor::CPPTYPE_STRING:
        return add_text(one ? at.GetStringReference(message, &field, &scratch)
                            : at.GetRepeatedStringReference(message, &field, index, &scratch));
      case gp::FieldDescriptor::CPPTYPE_UINT32:
        out_ += std::to_string(one ? at.GetUInt32(message, &field)
                                   : at.GetRepeatedUInt32(message, &field, index));
        return;
      case gp::FieldDescriptor::CPPTYPE_UINT64:
        out_ += '"' +
                std::to_string(one ? at.GetUInt64(message, &field)
                                   : at.GetRepeatedUInt64(message, &field, index)) +
                '"';
        return;
      case gp::FieldDescriptor::CPPTYPE_BOOL:
        out_ += (one ? at.GetBool(message, &field) : at.GetRepeatedBool(message, &field, index))
                    ? "true"
                    : "false";
        return;
      case gp::FieldDescriptor::CPPTYPE_MESSAGE:
        return write(one ? at.GetMessage(message, &field)
                         : at.GetRepeatedMessage(message, &field, index));
      case gp::FieldDescriptor::CPPTYPE_INT32:
      case gp::FieldDescriptor::CPPTYPE_INT64:
      case gp::FieldDescriptor::CPPTYPE_DOUBLE:
      case gp::FieldDescriptor::CPPTYPE_FLOAT:
      case gp::FieldDescriptor::CPPTYPE_ENUM: break;
    }
    TREDE_CHECK(false, "api.proto has a field of another type");
  }

  void write_map(const gp::Message& message, const gp::FieldDescriptor& field) {
    const gp::Reflection& at = *message.GetReflection();
    std::map<std::string, std::string> entries;
    for (int i = 0; i < at.FieldSize(message, &field); ++i) {
      const gp::Message& entry = at.GetRepeatedMessage(message, &field, i);
      const auto text = [&entry](const gp::FieldDescriptor* part) {
        return entry.GetReflection()->GetString(entry, part);
      };
      const gp::Descriptor& type = *entry.GetDescriptor();
      entries[text(type.map_key())] = text(type.map_value());
    }
    out_ += '{';
    bool first = true;
    for (const auto& [name, value] : entries) {
      if (!std::exchange(first, false)) out_ += ',';
      add_text(name);
      out_ += ':';
      add_text(value);
    }
    out_ += '}';
  }

  std::string out_;
};

}  // namespace

std::string json_of(const gp::Message& message) {
  Writer writer;
  writer.write(message);
  return writer.take();
}

}  // namespace trede::server
