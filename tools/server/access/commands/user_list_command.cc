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

  void bind(Options& options) override { listing_.bind(options); }

  Outcome<> run(Context& context) override {
    const auto accounts = listing_.load(context);
    if (!accounts) return accounts.error();
    Listing listing;
    listing.columns = {{"naam"},  {"rollen"},  {"gemeenten"},  {"werkcoach"},
                       {"staat"}, {"totalen"}, {"wachtwoord"}, {"vervangt"}};
    const Day today = civil_day(context.clock.now());
    for (const server::User& user : accounts->users) {
      listing.rows.push_back(
          {user.actor, server::role_codes(user.grants.roles, ","),
           joined(user.grants.gemeenten, ","), user.grants.werkcoach.value_or(""),
           user.is_blocked ? "geblokkeerd" : "actief", user.sees_totals ? "ja" : "nee",
           user.must_change_password ? "te wijzigen" : "eigen",
           stand_ins_of(user, *accounts, today)});
    }
    listing_.show(listing, context);
    return {};
  }

 private:
  AccessListing listing_;
};

}  // namespace

std::unique_ptr<Command> make_user_list_command() { return std::make_unique<UserListCommand>(); }

}  // namespace trede::tool
