#include "tools/server/access/access_rows.h"
#include "tools/server/access/commands/access_access.h"
#include "tools/server/access/commands/access_commands.h"
#include "tools/trede/listing.h"

namespace trede::tool {

namespace {

// `ander t/m 2026-08-31`, of those that still hold.
std::string stand_ins_of(const server::User& user, const server::Accounts& accounts, Day today) {
  std::vector<std::string> out;
  for (const server::StandIn& one : accounts.stand_ins) {
    if (one.actor != user.actor || one.tm < today) continue;
    out.push_back(one.voor + " t/m " + format_day(one.tm));
  }
  return joined(out, ", ");
}

class UserListCommand final : public Command {
 public:
  Help help() const override {
    return {"user list", "Lists the users and what they may do.",
            "  trede user list --data werk\n"
            "  trede user list --data werk --format json\n"};
  }

  void bind(Options& options) override {
    access_.bind(options);
    options.value("--format", &format_, "table (default), csv or json");
  }

  Outcome<> run(Context& context) override {
    const auto format = parse_format(format_.value_or("table"));
    if (!format) return format.error();
    const auto open = access_.open_to_read(context);
    if (!open) return open.error();
    server::Accounts accounts;
    if (open->store != nullptr) {
      auto loaded = open->store->load();
      if (!loaded) return system_failed(loaded.error().message);
      accounts = std::move(*loaded);
    }
    Listing listing;
    listing.columns = {{"naam"},  {"rollen"},  {"gemeenten"},  {"werkcoach"},
                       {"staat"}, {"totalen"}, {"wachtwoord"}, {"vervangt"}};
    const Day today = civil_day(context.clock.now());
    for (const server::User& user : accounts.users) {
      listing.rows.push_back(
          {user.actor, server::role_codes(user.grants.roles, ","),
           joined(user.grants.gemeenten, ","), user.grants.werkcoach.value_or(""),
           user.is_blocked ? "geblokkeerd" : "actief", user.sees_totals ? "ja" : "nee",
           user.must_change_password ? "te wijzigen" : "eigen",
           stand_ins_of(user, accounts, today)});
    }
    context.out.write(listing.text(*format));
    return {};
  }

 private:
  AccessOptions access_;
  std::optional<std::string> format_;
};

}  // namespace

std::unique_ptr<Command> make_user_list_command() { return std::make_unique<UserListCommand>(); }

}  // namespace trede::tool
