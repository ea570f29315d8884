#include "tools/server/access/commands/access_access.h"
#include "tools/server/access/commands/access_commands.h"

namespace trede::tool {

namespace {

class UserChangeCommand final : public Command {
 public:
  Help help() const override {
    return {"user change", "Changes what a user may do; what is not named stays.",
            "  trede user change m17 --gemeente Velsen,Beverwijk,Uitgeest --data werk\n"
            "  trede user change m17 --rol werkcoach,intaker --data werk\n"
            "  trede user change velsen --ziet-totalen nee --data werk\n"};
  }

  void bind(Options& options) override {
    options.required_word("NAAM", &name_, "of the user");
    access_.bind(options);
    grants_.bind(options);
    options.value("--ziet-totalen", &sees_totals_,
                  "ja or nee: whether a gemeente may see figures of all together");
  }

  Outcome<> run(Context& context) override {
    TREDE_RETURN_IF_ERROR(check_name(name_));
    if (!grants_.gives_any() && !sees_totals_) {
      return wrong_input(
          "nothing to change, expected --rol, --gemeente, --werkcoach or "
          "--ziet-totalen");
    }
    if (sees_totals_ && *sees_totals_ != "ja" && *sees_totals_ != "nee") {
      return wrong_input("--ziet-totalen: expected ja or nee");
    }
    auto open = access_.open_to_change(context);
    if (!open) return open.error();
    const auto change = [&](server::User& user) -> Status {
      const auto applied = grants_.apply(user.grants);
      if (!applied) return Error{ErrorCode::kInvalid, applied.error().line};
      if (sees_totals_) user.sees_totals = *sees_totals_ == "ja";
      return {};
    };
    return noted_of_user(*open, name_, "gewijzigd",
                         [&] { return open->store->change_user(name_, change); });
  }

 private:
  AccessOptions access_;
  GrantOptions grants_;
  std::string name_;
  std::optional<std::string> sees_totals_;
};

}  // namespace

std::unique_ptr<Command> make_user_change_command() {
  return std::make_unique<UserChangeCommand>();
}

}  // namespace trede::tool
