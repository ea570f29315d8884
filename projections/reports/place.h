// Where in its text a part of a definition stands.
#pragma once

#include <google/protobuf/text_format.h>

#include <string>

#include "engine/base/check.h"

namespace trede {

// One message of a parsed textproto. Copies are cheap. The tree must outlive it.
class Place {
 public:
  using Tree = google::protobuf::TextFormat::ParseInfoTree;

  Place(const Tree& tree, const google::protobuf::Descriptor& type) : Place(&tree, type, 1) {}

  // The line on which the message begins, from 1.
  int line() const { return line_; }
  // The line of a field, of its element `index` when it is repeated; that of the message when the
  // field is not there.
  int line(const std::string& field, int index = -1) const {
    if (tree_ == nullptr) return line_;
    const auto at = tree_->GetLocation(&field_of(field), index);
    return at.line < 0 ? line_ : at.line + 1;
  }
  Place nested(const std::string& field, int index = -1) const {
    const auto& descriptor = field_of(field);
    const Tree* tree = tree_ == nullptr ? nullptr : tree_->GetTreeForNested(&descriptor, index);
    return {tree, *descriptor.message_type(), line(field, index)};
  }

 private:
  Place(const Tree* tree, const google::protobuf::Descriptor& type, int line)
      : tree_(tree), type_(&type), line_(line) {}
  const google::protobuf::FieldDescriptor& field_of(const std::string& name) const {
    const auto* field = type_->FindFieldByName(name);
    TREDE_CHECK(field != nullptr, "a field that the schema does not have");
    return *field;
  }

  const Tree* tree_;
  const google::protobuf::Descriptor* type_;
  int line_;
};

}  // namespace trede
