#include "tools/server/access/commands/access_access.h"
#include "tools/server/access/commands/access_commands.h"
#include "tools/server/access/passwords.h"

namespace trede::tool {

namespace {

class UserAddCommand final : public Command {
 public:
  Help help() const override {
    return {
        "user add", "Makes a user, with a password that is changed at the first login.",
        "  trede user add m17 --rol werkcoach --gemeente Velsen,Beverwijk --werkcoach wc-17 \\\n"
        "      --data werk\n"
        "  trede user add velsen --rol gemeente --gemeente Velsen --ziet-totalen --data werk\n"
        "  trede user add b2 --rol beheerder --password-file - --data werk < wachtwoord\n"};
  }

  void bind(Options& options) override {
    options.required_word("NAAM", &name_, "what log and audit trail call them: an opaque id");
    access_.bind(options);
    grants_.bind(options);
    options.flag("--ziet-totalen", &sees_totals_,
                 "a gemeente may see figures of all gemeenten together");
    password_.bind(options);
    options.flag("--blijvend", &keeps_, "the password of --password-file need not be changed");
  }

  Outcome<> run(Context& context) override {
    TREDE_RETURN_IF_ERROR(check_name(name_));
    server::User user{.actor = name_, .sees_totals = sees_totals_, .made = context.clock.now()};
    TREDE_RETURN_IF_ERROR(grants_.apply(user.grants));
    const auto chosen = password_.choose(name_, context);
    if (!chosen) return chosen.error();
    if (keeps_ && chosen->is_one_time) {
      return wrong_input("--blijvend: expected together with --password-file");
    }
    user.must_change_password = !keeps_;
    auto hash = server::hash_password(chosen->password, server::PasswordCost::interactive());
    if (!hash) return Failure(hash.error());
    user.password_hash = std::move(*hash);
    auto open = access_.open_to_change(context);
    if (!open) return open.error();
    const auto add = [&] { return open->store->add_user(user); };
    TREDE_RETURN_IF_ERROR(noted_of_user(*open, name_, "toegevoegd", add));
    PasswordOption::show(name_, *chosen, context);
    return {};
  }

 private:
  AccessOptions access_;
  GrantOptions grants_;
  PasswordOption password_;
  std::string name_;
  bool sees_totals_ = false;
  bool keeps_ = false;
};

}  // namespace

std::unique_ptr<Command> make_user_add_command() { return std::make_unique<UserAddCommand>(); }

}  // namespace trede::tool
