// DATA/toegang/toegang.sqlite: users, tokens and sessions on disk, for the server and the commands
// at once. No password, token or cookie is in it, only what they are checked by.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>

#include "engine/sqlite/sqlite_file.h"
#include "tools/server/access/accounts.h"

namespace trede::server {

enum class StoreAccess {
  kRead,   // changes nothing
  kWrite,  // makes the file, for its owner alone, when there is none
};

// Owner: the gate, or a command. Threads: one at a time. Several processes may use it at once.
// Each change is whole or not at all. Errors of every function: kLocked, kIo, kCorrupt.
class AccessStore {
 public:
  // Of the folder `data`, whose log is `log`.
  // Errors: kNotFound  there is none yet (kRead);  kNewer;  kLocked, kIo;
  //         kCorrupt   it is damaged, of another log, or has another table, index or trigger than
  //                    the program made.
  static Result<std::unique_ptr<AccessStore>> open(const std::filesystem::path& data,
                                                   const Uuid& log, StoreAccess access);

  // How long a call waits for another process; ten seconds when nothing is said.
  void set_patience(std::chrono::milliseconds patience) { file_.set_patience(patience); }

  // Sorted by actor. Within a `change` of change_user: as they are while it is made.
  Result<std::vector<User>> load_users();
  // All of it, as at one moment. Errors also: kNewer  a role or permission of a newer version.
  Result<Accounts> load();
  // Another number than before: another process or handle changed something since.
  Result<std::int64_t> load_data_version();

  // Errors: kInvalid  the name is or was that of another user or of a token, whatever its case.
  Status add_user(const User& user);
  // Lets `change` work on the user as he is; his name stays. A new password hash, and blocking,
  // end his sessions. Errors: kNotFound  there is none;  those of `change`.
  Status change_user(std::string_view actor, const std::function<Status(User&)>& change);
  // With his sessions and what stands in. Nobody gets that name again. Errors: kNotFound.
  Status remove_user(std::string_view actor);
  // The same two again: another day. Errors: kNotFound  one of them is not there.
  Status put_stand_in(const StandIn& stand_in);
  Status remove_stand_in(std::string_view actor, std::string_view voor);  // Errors: kNotFound.

  // Errors: kInvalid  the name is taken, as with add_user.
  Status add_token(const Token& token);
  // Errors: kNotFound  there is no token with that id.
  Status revoke_token(std::string_view id);

  // Also ends the sessions `ended`. Errors: kNotFound  the user is not there, blocked, or has
  // another password by now than `password_hash`.
  Status add_session(const Session& session, const std::string& password_hash,
                     const std::vector<std::string>& ended);
  // One that is not there is no error.
  Status end_session(std::string_view hash);
  // A new password, which ends his other sessions. Errors: kNotFound  there is no such user, or his
  // password is no longer `before`.
  struct NewPassword {
    std::string before;  // hashes
    std::string after;
    std::string session;  // the one that stays
  };
  Status change_password(std::string_view actor, const NewPassword& password);
  // The same password, at another cost.
  Status put_password_hash(std::string_view actor, const std::string& before,
                           const std::string& after);

  struct Seen {
    std::string hash;
    Moment seen;
  };
  Status put_seen(const std::vector<Seen>& sessions, const std::vector<Seen>& tokens);

 private:
  explicit AccessStore(SqliteFile file) : file_(std::move(file)) {}
  Status make_tables(const Uuid& log);
  Status check_owner(const Uuid& log);
  Status check_name_is_free(std::string_view name);
  Result<std::optional<User>> find_user(std::string_view actor);
  Status put_user(const User& user);
  Status end_sessions_of(std::string_view actor, std::string_view but);
  Result<bool> changed_any();
  Status run(const std::string& sql, std::initializer_list<std::string_view> texts);

  SqliteFile file_;
};

// Where it is.
std::filesystem::path access_file(const std::filesystem::path& data);

}  // namespace trede::server
