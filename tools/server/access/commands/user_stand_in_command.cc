#include "tools/server/access/commands/access_access.h"
#include "tools/server/access/commands/access_commands.h"
#include "tools/trede/question.h"

namespace trede::tool {

namespace {

class UserStandInCommand final : public Command {
 public:
  Help help() const override {
    return {"user stand-in", "Lets a werkcoach have the caseload of a colleague for a while.",
            "  trede user stand-in m17 --voor m18 --tm 2026-08-31 --data werk\n"
            "  trede user stand-in m17 --voor m18 --stop --data werk\n"
            "Within the gemeenten of who stands in.\n"};
  }

  void bind(Options& options) override {
    options.required_word("NAAM", &name_, "of who stands in");
    options.required_value("--voor", &voor_, "NAAM: of the colleague");
    options.value("--tm", &tm_, "DAY: up to and including that day");
    options.flag("--stop", &stops_, "it ends now");
    access_.bind(options);
  }

  Outcome<> run(Context& context) override {
    for (const std::string& name : {name_, voor_}) {
      const Status good = server::check_actor(name);
      if (!good) return wrong_input(good.error().message);
    }
    if (tm_.has_value() == stops_) return wrong_input("expected either --tm DAY or --stop");
    if (name_ == voor_) return wrong_input("--voor: expected another user");
    Day tm{};
    if (tm_) {
      const auto day = parse_day_option("--tm", *tm_);
      if (!day) return day.error();
      if (*day < civil_day(context.clock.now())) {
        return wrong_input("--tm: lies in the past, expected today or later");
      }
      tm = *day;
    }
    auto open = access_.open_to_change(context);
    if (!open) return open.error();
    return noted_of_user(*open, name_, "vervanging", [&] {
      return stops_ ? open->store->remove_stand_in(name_, voor_)
                    : open->store->put_stand_in({name_, voor_, tm});
    });
  }

 private:
  AccessOptions access_;
  std::string name_;
  std::string voor_;
  std::optional<std::string> tm_;
  bool stops_ = false;
};

}  // namespace

std::unique_ptr<Command> make_user_stand_in_command() {
  return std::make_unique<UserStandInCommand>();
}

}  // namespace trede::tool
