// How what is kept of users and tokens stands in rows of text and numbers.
#pragma once

#include <string>
#include <vector>

#include "engine/sqlite/sqlite_file.h"
#include "tools/server/access/accounts.h"

namespace trede::server {

// PRAGMA user_version 1. Codes and names in a list are separated by `|`, which is in none of them.
inline constexpr const char* kAccessTables =
    "CREATE TABLE toegang_van(log BLOB NOT NULL) STRICT;"
    "CREATE TABLE gebruiker(actor TEXT PRIMARY KEY, rollen TEXT NOT NULL, gemeenten TEXT NOT NULL,"
    " werkcoach TEXT, wachtwoord TEXT NOT NULL, moet_wijzigen INTEGER NOT NULL,"
    " geblokkeerd INTEGER NOT NULL, ziet_totalen INTEGER NOT NULL, gemaakt INTEGER NOT NULL)"
    " STRICT;"
    "CREATE TABLE vervanging(actor TEXT NOT NULL, voor TEXT NOT NULL, tm INTEGER NOT NULL,"
    " PRIMARY KEY(actor, voor)) STRICT;"
    "CREATE TABLE token(id TEXT PRIMARY KEY, hash BLOB NOT NULL UNIQUE, naam TEXT NOT NULL UNIQUE,"
    " rollen TEXT NOT NULL, gemeenten TEXT NOT NULL, werkcoach TEXT, rechten TEXT NOT NULL,"
    " gemaakt INTEGER NOT NULL, verloopt INTEGER NOT NULL, ingetrokken INTEGER NOT NULL,"
    " gezien INTEGER) STRICT;"
    "CREATE TABLE sessie(hash BLOB PRIMARY KEY, actor TEXT NOT NULL, gemaakt INTEGER NOT NULL,"
    " gezien INTEGER NOT NULL) STRICT;"
    "CREATE TABLE oude_naam(naam TEXT PRIMARY KEY) STRICT;"
    "PRAGMA user_version=1;";

inline constexpr const char* kUserColumns =
    "actor, rollen, gemeenten, werkcoach, wachtwoord, moet_wijzigen, geblokkeerd, ziet_totalen, "
    "gemaakt";
inline constexpr const char* kTokenColumns =
    "id, hash, naam, rollen, gemeenten, werkcoach, rechten, gemaakt, verloopt, ingetrokken, gezien";

std::int64_t micros(Moment moment);
Moment moment_of(std::int64_t micros);

// In the order of the columns. Binding binds from the next `?` on.
// Errors of reading: kNewer  a role or permission that this program does not know.
Result<User> user_of(const SqliteStatement& row);
void bind_user(SqliteStatement& statement, const User& user);
Result<Token> token_of(const SqliteStatement& row);
void bind_token(SqliteStatement& statement, const Token& token);

std::string role_codes(const std::vector<Role>& roles, std::string_view separator = "|");
std::string permission_codes(const std::vector<Permission>& permissions,
                             std::string_view separator = "|");

}  // namespace trede::server
