#include "engine/log/data_folder.h"
#include "tools/server/access/commands/access_access.h"
#include "tools/server/access/commands/access_commands.h"
#include "tools/server/access/passwords.h"
#include "tools/server/access/secrets.h"

namespace trede::tool {

namespace {

class InitCommand final : public Command {
 public:
  Help help() const override {
    return {
        "init", "Makes a data folder with an empty log.",
        "  trede init --data werk\n"
        "  trede init --data /var/lib/trede/ijmond\n"
        "The first beheerder, who lets others into the server, gets a password for one time.\n"};
  }

  void bind(Options& options) override {
    bind_data(options, &data_);
    options.value("--beheerder", &name_, "NAAM: of the first beheerder (left out: beheerder)");
    options.flag("--zonder-beheerder", &without_, "nobody is let into the server yet");
  }

  Outcome<> run(Context& context) override {
    const std::string name = name_.value_or("beheerder");
    const Status good = server::check_actor(name);
    if (!good) return wrong_input("--beheerder: " + good.error().message);
    const auto actor = actor_of({});
    if (!actor) return actor.error();
    TREDE_RETURN_IF_ERROR(DataFolder::create(data_, context.clock, context.random));
    context.out.line("an empty log in " + data_);
    if (without_) return {};
    const auto made = make_beheerder(name, context);
    if (made) return {};
    return Failure(made.error().exit, "the log is there, but no beheerder: " + made.error().line +
                                          "; `trede user add` makes one");
  }

 private:
  Outcome<> make_beheerder(const std::string& name, Context& context) const {
    const std::string password = server::new_one_time_password(context.random);
    auto hash = server::hash_password(password, server::PasswordCost::interactive());
    if (!hash) return Failure(hash.error());
    server::User user{.actor = name, .made = context.clock.now()};
    user.grants.roles = {server::Role::kBeheerder};
    user.password_hash = std::move(*hash);
    auto folder = open_folder(data_, OpenMode::kRead, context);
    if (!folder) return folder.error();
    auto accountable = Accountable::writer(**folder, {}, context);
    if (!accountable) return accountable.error();
    const auto store =
        server::AccessStore::open(data_, (*folder)->log().identity(), server::StoreAccess::kWrite);
    if (!store) return Failure(store.error());
    TREDE_RETURN_IF_ERROR(noted(*accountable,
                                {.action = TrailAction::kToegangGebruiker,
                                 .object = object_of_user(name),
                                 .about = "toegevoegd"},
                                [&] { return (*store)->add_user(user); }));
    PasswordOption::show(name, {password, true}, context);
    return {};
  }

  std::string data_;
  std::optional<std::string> name_;
  bool without_ = false;
};

}  // namespace

std::unique_ptr<Command> make_init_command() { return std::make_unique<InitCommand>(); }

}  // namespace trede::tool
