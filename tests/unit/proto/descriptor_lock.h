// The stored schema as text, line for line, and what of it may change: nothing but additions.
#pragma once

#include <google/protobuf/descriptor.h>

#include <string>
#include <vector>

namespace trede::test {

using Lines = std::vector<std::string>;

// One line per message, field, enum and value of `file`, in the order of the file and, within a
// message or enum, of the numbers:
//   trede.pb.Intake 2 soort_intake: optional trede.pb.SoortIntake
//   trede.pb.SoortIntake 1 SOORT_INTAKE_BREDE
Lines dump(const google::protobuf::FileDescriptor& file);

// Of every file whose messages are stored.
Lines dump_stored_schema();

// Lines of `lock` that `schema` does not have: something stored was renumbered, retyped, renamed or
// removed.
Lines find_broken(const Lines& lock, const Lines& schema);

// The lines of a lock file as it is kept in the tree; `#` begins a comment.
Lines read_lock(const std::string& path);

}  // namespace trede::test
