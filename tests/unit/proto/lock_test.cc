#include <gtest/gtest.h>

#include <functional>

#include "proto/event.pb.h"
#include "tests/unit/proto/descriptor_lock.h"

namespace trede::test {
namespace {

namespace gp = google::protobuf;

TEST(DescriptorLock, NothingStoredWasRenumberedRetypedOrRemoved) {
  const Lines broken = find_broken(read_lock(TREDE_LOCK_FILE), dump_stored_schema());
  EXPECT_TRUE(broken.empty()) << "changed or removed: " << testing::PrintToString(broken);
}

TEST(DescriptorLock, EverythingStoredIsLocked) {
  const Lines open = find_broken(dump_stored_schema(), read_lock(TREDE_LOCK_FILE));
  EXPECT_TRUE(open.empty()) << "new; run `tools/dev lock`: " << testing::PrintToString(open);
}

TEST(DescriptorLock, AFileThatIsNotThereLocksNothing) {
  EXPECT_TRUE(read_lock("no/such/file").empty());
}

// A small schema of one message and one enum.
gp::FileDescriptorProto small_schema() {
  gp::FileDescriptorProto file;
  file.set_name("small.proto");
  file.set_package("small");
  file.set_syntax("proto3");
  file.add_dependency("proto/event.proto");
  auto& type = *file.add_enum_type();
  type.set_name("Kleur");
  for (const char* name : {"KLEUR_UNSPECIFIED", "KLEUR_ROOD", "KLEUR_BLAUW"}) {
    auto& value = *type.add_value();
    value.set_name(name);
    value.set_number(type.value_size() - 1);
  }
  auto& message = *file.add_message_type();
  message.set_name("Ding");
  const auto add = [&](const char* name, int number, gp::FieldDescriptorProto::Type kind) {
    auto& field = *message.add_field();
    field.set_name(name);
    field.set_number(number);
    field.set_type(kind);
    field.set_label(gp::FieldDescriptorProto::LABEL_OPTIONAL);
  };
  add("gewicht", 1, gp::FieldDescriptorProto::TYPE_UINT32);
  add("kleur", 2, gp::FieldDescriptorProto::TYPE_ENUM);
  message.mutable_field(1)->set_type_name(".small.Kleur");
  message.mutable_field(0)->mutable_options()->SetExtension(pb::form, pb::FORM_AANTAL);
  return file;
}

Lines dump_of(const gp::FileDescriptorProto& file) {
  gp::DescriptorPool pool(gp::DescriptorPool::generated_pool());
  const auto* built = pool.BuildFile(file);
  return built == nullptr ? Lines{"does not build"} : dump(*built);
}

TEST(DescriptorLock, TheLinesSayNumberTypeNameAndMeaning) {
  EXPECT_EQ(dump_of(small_schema()),
            (Lines{"small.Ding", "small.Ding 1 gewicht: uint32 as FORM_AANTAL",
                   "small.Ding 2 kleur: small.Kleur", "small.Kleur 0 KLEUR_UNSPECIFIED",
                   "small.Kleur 1 KLEUR_ROOD", "small.Kleur 2 KLEUR_BLAUW"}));
}

TEST(DescriptorLock, EveryChangeButAnAdditionBreaksIt) {
  struct Case {
    const char* name;
    std::function<void(gp::FileDescriptorProto&)> change;
    Lines broken;
  };
  const std::string gewicht = "small.Ding 1 gewicht: uint32 as FORM_AANTAL";
  const auto ding = [](auto& file) { return file.mutable_message_type(0); };
  const Case cases[] = {
      {"nothing", [](auto&) {}, {}},
      {"a field added",
       [&](auto& file) {
         auto& field = *ding(file)->add_field();
         field = ding(file)->field(0);
         field.set_name("lengte");
         field.set_number(3);
       },
       {}},
      {"a value added",
       [](auto& file) {
         auto& value = *file.mutable_enum_type(0)->add_value();
         value.set_name("KLEUR_GEEL");
         value.set_number(3);
       },
       {}},
      {"renumbered", [&](auto& file) { ding(file)->mutable_field(0)->set_number(7); }, {gewicht}},
      {"renamed", [&](auto& file) { ding(file)->mutable_field(0)->set_name("massa"); }, {gewicht}},
      {"retyped",
       [&](auto& file) {
         ding(file)->mutable_field(0)->set_type(gp::FieldDescriptorProto::TYPE_SINT32);
       },
       {gewicht}},
      {"made a list",
       [&](auto& file) {
         ding(file)->mutable_field(0)->set_label(gp::FieldDescriptorProto::LABEL_REPEATED);
       },
       {gewicht}},
      {"another meaning of the number",
       [&](auto& file) {
         ding(file)->mutable_field(0)->mutable_options()->SetExtension(pb::form, pb::FORM_UREN);
       },
       {gewicht}},
      {"removed",
       [&](auto& file) { ding(file)->mutable_field()->DeleteSubrange(0, 1); },
       {gewicht}},
      {"a value renumbered",
       [](auto& file) { file.mutable_enum_type(0)->mutable_value(2)->set_number(3); },
       {"small.Kleur 2 KLEUR_BLAUW"}},
      {"a value removed",
       [](auto& file) { file.mutable_enum_type(0)->mutable_value()->RemoveLast(); },
       {"small.Kleur 2 KLEUR_BLAUW"}},
  };
  const Lines lock = dump_of(small_schema());
  for (const auto& [name, change, broken] : cases) {
    gp::FileDescriptorProto changed = small_schema();
    change(changed);
    EXPECT_EQ(find_broken(lock, dump_of(changed)), broken) << name;
  }
}

}  // namespace
}  // namespace trede::test
