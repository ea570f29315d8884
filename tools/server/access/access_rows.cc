#include "tools/server/access/access_rows.h"

#include "tools/trede/text.h"

namespace trede::server {

namespace {

constexpr char kSeparator = '|';

std::vector<std::string> list_of(const std::string& text) {
  return text.empty() ? std::vector<std::string>() : tool::split(text, kSeparator);
}

// The parts of `text` as `find` knows them.
template <typename Code>
Result<std::vector<Code>> codes_of_text(const std::string& text,
                                        std::optional<Code> (*find)(std::string_view)) {
  std::vector<Code> out;
  for (const std::string& part : list_of(text)) {
    const auto code = find(part);
    if (!code) {
      return Error{ErrorCode::kNewer, "a role or permission of a newer version: upgrade trede"};
    }
    out.push_back(*code);
  }
  return out;
}

// From the column `first` on: roles, gemeenten, werkcoach.
Result<Grants> grants_of(const SqliteStatement& row, int first) {
  auto roles = codes_of_text<Role>(row.text(first), find_role);
  if (!roles) return roles.error();
  Grants grants{.roles = std::move(*roles), .gemeenten = list_of(row.text(first + 1))};
  if (!row.is_null(first + 2)) grants.werkcoach = row.text(first + 2);
  return grants;
}

void bind_grants(SqliteStatement& statement, const Grants& grants) {
  statement.bind_text(role_codes(grants.roles));
  statement.bind_text(tool::joined(grants.gemeenten, std::string_view(&kSeparator, 1)));
  grants.werkcoach ? statement.bind_text(*grants.werkcoach) : statement.bind_null();
}

}  // namespace

std::int64_t micros(Moment moment) { return moment.time_since_epoch().count(); }

Moment moment_of(std::int64_t micros) { return Moment{std::chrono::microseconds{micros}}; }

Result<User> user_of(const SqliteStatement& row) {
  auto grants = grants_of(row, 1);
  if (!grants) return grants.error();
  return User{.actor = row.text(0),
              .grants = std::move(*grants),
              .password_hash = row.text(4),
              .must_change_password = row.number(5) != 0,
              .is_blocked = row.number(6) != 0,
              .sees_totals = row.number(7) != 0,
              .made = moment_of(row.number(8))};
}

void bind_user(SqliteStatement& statement, const User& user) {
  statement.bind_text(user.actor);
  bind_grants(statement, user.grants);
  statement.bind_text(user.password_hash);
  for (const bool flag : {user.must_change_password, user.is_blocked, user.sees_totals}) {
    statement.bind(flag ? 1 : 0);
  }
  statement.bind(micros(user.made));
}

Result<Token> token_of(const SqliteStatement& row) {
  auto grants = grants_of(row, 3);
  if (!grants) return grants.error();
  auto scope = codes_of_text<Permission>(row.text(6), find_permission);
  if (!scope) return scope.error();
  Token token{.id = row.text(0),
              .hash = row.blob(1),
              .name = row.text(2),
              .grants = std::move(*grants),
              .scope = std::move(*scope),
              .made = moment_of(row.number(7)),
              .expires = moment_of(row.number(8)),
              .is_revoked = row.number(9) != 0};
  if (!row.is_null(10)) token.seen = moment_of(row.number(10));
  return token;
}

void bind_token(SqliteStatement& statement, const Token& token) {
  statement.bind_text(token.id).bind_blob(token.hash).bind_text(token.name);
  bind_grants(statement, token.grants);
  statement.bind_text(permission_codes(token.scope));
  statement.bind(micros(token.made)).bind(micros(token.expires)).bind(token.is_revoked ? 1 : 0);
  token.seen ? statement.bind(micros(*token.seen)) : statement.bind_null();
}

std::string role_codes(const std::vector<Role>& roles, std::string_view separator) {
  std::vector<std::string> codes;
  for (const Role role : roles) codes.emplace_back(role_code(role));
  return tool::joined(codes, separator);
}

std::string permission_codes(const std::vector<Permission>& permissions,
                             std::string_view separator) {
  std::vector<std::string> codes;
  for (const Permission permission : permissions) codes.emplace_back(permission_code(permission));
  return tool::joined(codes, separator);
}

}  // namespace trede::server
