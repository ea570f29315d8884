#include "tools/server/access/commands/access_access.h"

#include <algorithm>

#include "engine/log/files.h"
#include "tools/server/access/access_rows.h"
#include "tools/server/access/passwords.h"
#include "tools/server/access/secrets.h"
#include "tools/trede/text.h"

namespace trede::tool {

namespace {

std::vector<std::string> parts_of(const std::vector<std::string>& lists) {
  std::vector<std::string> out;
  for (const std::string& list : lists) {
    for (std::string& part : split(list, ',')) out.push_back(std::move(part));
  }
  return out;
}

Outcome<std::string> read_line(const std::string& file, Context& context) {
  if (file != "-") {
    auto text = read_file(file);
    if (!text) return wrong_input("--password-file: " + text.error().message);
    return text->substr(0, text->find('\n'));
  }
  std::string line;
  for (int c = std::fgetc(context.in); c != EOF && c != '\n' && line.size() < 4096;
       c = std::fgetc(context.in)) {
    line += static_cast<char>(c);
  }
  return line;
}

}  // namespace

void AccessOptions::bind(Options& options) {
  bind_data(options, &data_);
  options.value("--actor", &actor_, "who does it: an opaque id, never a name");
}

Outcome<OpenAccess> AccessOptions::open(server::StoreAccess access, Context& context) const {
  auto folder = open_folder(data_, OpenMode::kRead, context);
  if (!folder) return folder.error();
  const bool writes = access == server::StoreAccess::kWrite;
  auto accountable = writes ? Accountable::writer(**folder, actor_, context)
                            : Accountable::reader(**folder, actor_, context);
  if (!accountable) return accountable.error();
  auto store = server::AccessStore::open(data_, (*folder)->log().identity(), access);
  const bool is_empty = !store && store.error().code == ErrorCode::kNotFound;
  if (!store && !is_empty) return system_failed(store.error().message);
  return OpenAccess{std::move(*folder), is_empty ? nullptr : std::move(*store),
                    std::move(*accountable)};
}

Outcome<OpenAccess> AccessOptions::open_to_read(Context& context) const {
  return open(server::StoreAccess::kRead, context);
}

Outcome<OpenAccess> AccessOptions::open_to_change(Context& context) const {
  return open(server::StoreAccess::kWrite, context);
}

void AccessListing::bind(Options& options) {
  access_.bind(options);
  options.value("--format", &format_, "table (default), csv or json");
}

Outcome<server::Accounts> AccessListing::load(Context& context) {
  const auto format = parse_format(format_.value_or("table"));
  if (!format) return format.error();
  parsed_ = *format;
  const auto open = access_.open_to_read(context);
  if (!open) return open.error();
  if (open->store == nullptr) return server::Accounts();
  auto loaded = open->store->load();
  if (!loaded) return system_failed(loaded.error().message);
  return std::move(*loaded);
}

void AccessListing::show(const Listing& listing, Context& context) const {
  context.out.write(listing.text(parsed_));
}

Outcome<> check_name(const std::string& name) {
  const Status good = server::check_actor(name);
  if (!good) return wrong_input("NAAM: " + good.error().message);
  return {};
}

Failure access_failure(const Error& error) {
  const bool is_input = error.code == ErrorCode::kInvalid || error.code == ErrorCode::kNotFound;
  return {is_input ? Exit::kInput : Exit::kSystem, error.message};
}

Outcome<> noted(Accountable& accountable, TrailEntry entry, const std::function<Status()>& change) {
  TREDE_RETURN_IF_ERROR(accountable.note_begun({entry}));
  const Status changed = change();
  const Outcome<> done = changed ? Outcome<>() : Outcome<>(access_failure(changed.error()));
  entry.outcome = outcome_of(done);
  const auto written = accountable.note_written({entry});
  return done ? written : done;
}

Outcome<> noted(OpenAccess& open, TrailEntry entry, const std::function<Status()>& change) {
  return noted(open.accountable, std::move(entry), change);
}

Outcome<> noted_of_user(OpenAccess& open, const std::string& name, const char* about,
                        const std::function<Status()>& change) {
  return noted(
      open,
      {.action = TrailAction::kToegangGebruiker, .object = object_of_user(name), .about = about},
      change);
}

void GrantOptions::bind(Options& options) {
  options.values("--rol", &roles_,
                 "R[,R]: werkcoach, intaker, klantmanager, gemeente, verzuimadviseur, controller, "
                 "auditor or beheerder");
  options.values("--gemeente", &gemeenten_, "G[,G]: what `own gemeenten` means");
  options.value("--werkcoach", &werkcoach_, "W: the code that dossiers have for this werkcoach");
}

Outcome<> GrantOptions::apply(server::Grants& grants) const {
  if (!roles_.empty()) grants.roles.clear();
  for (const std::string& code : parts_of(roles_)) {
    const auto role = server::find_role(code);
    if (!role) {
      return wrong_input("--rol: unknown role `" + printable(code, 40) + "`, expected one of " +
                         server::role_codes({server::kRoles.begin(), server::kRoles.end()}, ", "));
    }
    if (std::ranges::find(grants.roles, *role) == grants.roles.end()) {
      grants.roles.push_back(*role);
    }
  }
  if (!gemeenten_.empty()) {
    grants.gemeenten = parts_of(gemeenten_);
    std::ranges::sort(grants.gemeenten);
    const auto twice = std::ranges::unique(grants.gemeenten);
    grants.gemeenten.erase(twice.begin(), twice.end());
  }
  if (werkcoach_) grants.werkcoach = *werkcoach_;
  const Status good = server::check_grants(grants);
  if (!good) return wrong_input(good.error().message);
  return {};
}

void PasswordOption::bind(Options& options) {
  options.value("--password-file", &file_,
                "FILE: the password is its first line; `-` reads standard input (left out: one is "
                "made, for one time, and printed once)");
}

Outcome<PasswordOption::Chosen> PasswordOption::choose(std::string_view actor,
                                                       Context& context) const {
  if (!file_) return Chosen{server::new_one_time_password(context.random), true};
  auto line = read_line(*file_, context);
  if (!line) return line.error();
  if (line->ends_with('\r')) line->pop_back();
  const Status good = server::check_password(*line, actor);
  if (!good) return wrong_input("--password-file: " + good.error().message);
  return Chosen{std::move(*line), false};
}

void PasswordOption::show(const std::string& actor, const Chosen& chosen, Context& context) {
  if (!chosen.is_one_time) return;
  context.out.line("eenmalig wachtwoord van " + actor + ": " + chosen.password);
}

}  // namespace trede::tool
