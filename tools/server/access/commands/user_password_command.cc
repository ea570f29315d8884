#include "tools/server/access/commands/access_access.h"
#include "tools/server/access/commands/access_commands.h"
#include "tools/server/access/passwords.h"

namespace trede::tool {

namespace {

class UserPasswordCommand final : public Command {
 public:
  Help help() const override {
    return {"user password", "Gives a user a password, to be changed at the next login.",
            "  trede user password m17 --data werk\n"
            "  trede user password m17 --password-file - --data werk < wachtwoord\n"
            "It ends the sessions of that user, and a wait after wrong passwords.\n"};
  }

  void bind(Options& options) override {
    options.required_word("NAAM", &name_, "of the user");
    access_.bind(options);
    password_.bind(options);
  }

  Outcome<> run(Context& context) override {
    TREDE_RETURN_IF_ERROR(check_name(name_));
    const auto chosen = password_.choose(name_, context);
    if (!chosen) return chosen.error();
    const auto hash = server::hash_password(chosen->password, server::PasswordCost::interactive());
    if (!hash) return Failure(hash.error());
    auto open = access_.open_to_change(context);
    if (!open) return open.error();
    const auto change = [&](server::User& user) -> Status {
      user.password_hash = *hash;
      user.must_change_password = true;
      return {};
    };
    TREDE_RETURN_IF_ERROR(
        noted(*open, {.action = TrailAction::kToegangWachtwoord, .object = object_of_user(name_)},
              [&] { return open->store->change_user(name_, change); }));
    PasswordOption::show(name_, *chosen, context);
    return {};
  }

 private:
  AccessOptions access_;
  PasswordOption password_;
  std::string name_;
};

}  // namespace

std::unique_ptr<Command> make_user_password_command() {
  return std::make_unique<UserPasswordCommand>();
}

}  // namespace trede::tool
