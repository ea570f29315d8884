// Blocking a user, letting him in again, and taking him away for good.
#include "tools/server/access/commands/access_access.h"
#include "tools/server/access/commands/access_commands.h"

namespace trede::tool {

namespace {

// What is done to a user and takes nothing but the name.
struct UserDeed {
  Help help;
  const char* about;
  Status (*change)(server::AccessStore& store, const std::string& name);
};

class UserStateCommand final : public Command {
 public:
  explicit UserStateCommand(UserDeed deed) : deed_(std::move(deed)) {}
  Help help() const override { return deed_.help; }

  void bind(Options& options) override {
    options.required_word("NAAM", &name_, "of the user");
    access_.bind(options);
  }

  Outcome<> run(Context& context) override {
    TREDE_RETURN_IF_ERROR(check_name(name_));
    auto open = access_.open_to_change(context);
    if (!open) return open.error();
    return noted_of_user(*open, name_, deed_.about,
                         [&] { return deed_.change(*open->store, name_); });
  }

 private:
  UserDeed deed_;
  AccessOptions access_;
  std::string name_;
};

Status set_blocked(server::AccessStore& store, const std::string& name, bool is_blocked) {
  return store.change_user(name, [is_blocked](server::User& user) -> Status {
    user.is_blocked = is_blocked;
    return {};
  });
}

}  // namespace

std::unique_ptr<Command> make_user_block_command() {
  return std::make_unique<UserStateCommand>(
      UserDeed{{"user block", "Ends the sessions of a user, and lets nobody in under that name.",
                "  trede user block m17 --data werk\n"},
               "geblokkeerd",
               [](server::AccessStore& store, const std::string& name) {
                 return set_blocked(store, name, true);
               }});
}

std::unique_ptr<Command> make_user_unblock_command() {
  return std::make_unique<UserStateCommand>(
      UserDeed{{"user unblock", "Lets a user in again.", "  trede user unblock m17 --data werk\n"},
               "vrijgegeven",
               [](server::AccessStore& store, const std::string& name) {
                 return set_blocked(store, name, false);
               }});
}

std::unique_ptr<Command> make_user_remove_command() {
  return std::make_unique<UserStateCommand>(UserDeed{
      {"user remove", "Takes a user away for good; nobody gets that name again.",
       "  trede user remove m17 --data werk\n"
       "Blocking is enough when somebody leaves: `trede user block`.\n"},
      "verwijderd",
      [](server::AccessStore& store, const std::string& name) { return store.remove_user(name); }});
}

}  // namespace trede::tool
