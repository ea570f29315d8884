#include "tools/server/access/access_rows.h"
#include "tools/server/access/commands/access_access.h"
#include "tools/server/access/commands/access_commands.h"
#include "tools/server/access/secrets.h"
#include "tools/trede/listing.h"
#include "tools/trede/question.h"

namespace trede::tool {

namespace {

class TokenCreateCommand final : public Command {
 public:
  Help help() const override {
    return {"token create", "Makes a token, with which a program comes in; printed once.",
            "  trede token create suite --rol auditor --mag log_volgen,dossier_lezen \\\n"
            "      --tm 2026-12-31 --data werk > token\n"
            "  trede token create bord --rol gemeente --gemeente Velsen --mag cijfers_lezen \\\n"
            "      --data werk\n"};
  }

  void bind(Options& options) override {
    options.required_word("NAAM", &name_, "what log and audit trail call the program");
    access_.bind(options);
    grants_.bind(options);
    options.values("--mag", &scope_, "P[,P]: which permissions of its role it has, and no others");
    options.value("--tm", &tm_,
                  "DAY: up to and including that day (left out: 90 days; at most 366)");
  }

  Outcome<> run(Context& context) override {
    auto token = read(context);
    if (!token) return token.error();
    const std::string secret = server::new_secret(server::SecretUse::kToken, context.random);
    token->hash = server::hash_secret(server::SecretUse::kToken, secret);
    auto open = access_.open_to_change(context);
    if (!open) return open.error();
    TREDE_RETURN_IF_ERROR(noted(*open,
                                {.action = TrailAction::kToegangToken,
                                 .object = object_of_token(token->id),
                                 .about = "toegevoegd"},
                                [&] { return open->store->add_token(*token); }));
    context.out.line(secret);
    context.err.line("token " + token->id + " of " + name_ + " holds until " +
                     format_moment(token->expires));
    return {};
  }

 private:
  Outcome<server::Token> read(Context& context) const {
    server::prepare_secrets();
    TREDE_RETURN_IF_ERROR(check_name(name_));
    server::Token token{.id = server::new_token_id(context.random), .name = name_};
    token.made = context.clock.now();
    TREDE_RETURN_IF_ERROR(grants_.apply(token.grants));
    for (const std::string& list : scope_) {
      for (const std::string& code : split(list, ',')) {
        const auto permission = server::find_permission(code);
        if (!permission) {
          return wrong_input("--mag: unknown permission `" + printable(code, 40) +
                             "`, expected one of " +
                             server::permission_codes(
                                 {server::kPermissions.begin(), server::kPermissions.end()}, ", "));
        }
        token.scope.push_back(*permission);
      }
    }
    const Status fits = server::check_scope(token.grants, token.scope);
    if (!fits) return wrong_input("--mag: " + fits.error().message);
    const Day today = civil_day(context.clock.now());
    Day last = today + server::kTokenUsual;
    if (tm_) {
      const auto day = parse_day_option("--tm", *tm_);
      if (!day) return day.error();
      last = *day;
    }
    const Status holds = server::check_last_day(last, today);
    if (!holds) return wrong_input("--tm: " + holds.error().message);
    token.expires = begin_of(last + std::chrono::days{1});
    return token;
  }

  AccessOptions access_;
  GrantOptions grants_;
  std::string name_;
  std::vector<std::string> scope_;
  std::optional<std::string> tm_;
};

class TokenListCommand final : public Command {
 public:
  Help help() const override {
    return {"token list", "Lists the tokens, without their secrets.",
            "  trede token list --data werk\n"};
  }

  void bind(Options& options) override { listing_.bind(options); }

  Outcome<> run(Context& context) override {
    const auto accounts = listing_.load(context);
    if (!accounts) return accounts.error();
    Listing listing;
    listing.columns = {{"id"},      {"naam"},  {"rollen"},   {"gemeenten"}, {"werkcoach"},
                       {"rechten"}, {"staat"}, {"verloopt"}, {"gezien"}};
    for (const server::Token& token : accounts->tokens) {
      const bool is_over = context.clock.now() >= token.expires;
      listing.rows.push_back(
          {token.id, token.name, server::role_codes(token.grants.roles, ","),
           joined(token.grants.gemeenten, ","), token.grants.werkcoach.value_or(""),
           server::permission_codes(token.scope, ","),
           token.is_revoked ? "ingetrokken" : (is_over ? "verlopen" : "geldig"),
           format_moment(token.expires), token.seen ? format_moment(*token.seen) : ""});
    }
    listing_.show(listing, context);
    return {};
  }

 private:
  AccessListing listing_;
};

class TokenRevokeCommand final : public Command {
 public:
  Help help() const override {
    return {"token revoke", "Withdraws a token; whoever has it comes in no more.",
            "  trede token revoke suite --data werk\n"};
  }

  void bind(Options& options) override {
    options.required_word("NAAM", &name_, "the name or id of the token");
    access_.bind(options);
  }

  Outcome<> run(Context& context) override {
    TREDE_RETURN_IF_ERROR(check_name(name_));
    auto open = access_.open_to_change(context);
    if (!open) return open.error();
    const auto tokens = open->store->load();
    if (!tokens) return system_failed(tokens.error().message);
    std::string id;
    for (const server::Token& token : tokens->tokens) {
      if (token.id == name_) id = token.id;
    }
    for (const server::Token& token : tokens->tokens) {
      if (token.name == name_) id = token.id;  // a name that looks like an id is the name
    }
    if (id.empty()) return wrong_input("NAAM: there is no such token");
    return noted(*open,
                 {.action = TrailAction::kToegangToken,
                  .object = object_of_token(id),
                  .about = "ingetrokken"},
                 [&] { return open->store->revoke_token(id); });
  }

 private:
  AccessOptions access_;
  std::string name_;
};

}  // namespace

std::unique_ptr<Command> make_token_create_command() {
  return std::make_unique<TokenCreateCommand>();
}

std::unique_ptr<Command> make_token_list_command() { return std::make_unique<TokenListCommand>(); }

std::unique_ptr<Command> make_token_revoke_command() {
  return std::make_unique<TokenRevokeCommand>();
}

}  // namespace trede::tool
