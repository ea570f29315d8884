// What the server itself changes in the file of users: sessions, passwords, when somebody was seen.
#include "tools/server/access/access_rows.h"
#include "tools/server/access/access_store.h"

namespace trede::server {

namespace {

Error changed_meanwhile() {
  return {ErrorCode::kNotFound, "the user is not there, blocked, or has another password by now"};
}

}  // namespace

Status AccessStore::end_sessions_of(std::string_view actor, std::string_view but) {
  auto ended = file_.prepare("DELETE FROM sessie WHERE actor=? AND hash<>?");
  if (!ended) return ended.error();
  return ended->bind_text(actor).bind_blob(but).run();
}

Status AccessStore::end_session(std::string_view hash) {
  auto ended = file_.prepare("DELETE FROM sessie WHERE hash=?");
  if (!ended) return ended.error();
  return ended->bind_blob(hash).run();
}

Status AccessStore::add_session(const Session& session, const std::string& password_hash,
                                const std::vector<std::string>& ended) {
  auto change = SqliteChange::begin(file_);
  if (!change) return change.error();
  const auto user = find_user(session.actor);
  if (!user) return user.error();
  if (!*user || (*user)->is_blocked || (*user)->password_hash != password_hash) {
    return changed_meanwhile();
  }
  for (const std::string& hash : ended) TREDE_RETURN_IF_ERROR(end_session(hash));
  auto into = file_.prepare("INSERT INTO sessie(hash, actor, gemaakt, gezien) VALUES (?,?,?,?)");
  if (!into) return into.error();
  into->bind_blob(session.hash).bind_text(session.actor);
  into->bind(micros(session.made)).bind(micros(session.seen));
  TREDE_RETURN_IF_ERROR(into->run());
  return change->commit();
}

Status AccessStore::change_password(std::string_view actor, const NewPassword& password) {
  auto change = SqliteChange::begin(file_);
  if (!change) return change.error();
  auto update = file_.prepare(
      "UPDATE gebruiker SET wachtwoord=?, moet_wijzigen=0"
      " WHERE actor=? AND wachtwoord=? AND geblokkeerd=0");
  if (!update) return update.error();
  update->bind_text(password.after).bind_text(actor).bind_text(password.before);
  TREDE_RETURN_IF_ERROR(update->run());
  const auto changed = changed_any();
  if (!changed) return changed.error();
  if (!*changed) return changed_meanwhile();
  TREDE_RETURN_IF_ERROR(end_sessions_of(actor, password.session));
  return change->commit();
}

Status AccessStore::put_password_hash(std::string_view actor, const std::string& before,
                                      const std::string& after) {
  return run("UPDATE gebruiker SET wachtwoord=?3 WHERE actor=?1 AND wachtwoord=?2",
             {actor, before, after});
}

Status AccessStore::put_seen(const std::vector<Seen>& sessions, const std::vector<Seen>& tokens) {
  auto change = SqliteChange::begin(file_);
  if (!change) return change.error();
  const auto put = [&](const char* sql, const std::vector<Seen>& list) -> Status {
    auto update = file_.prepare(sql);
    if (!update) return update.error();
    for (const Seen& one : list) {
      TREDE_RETURN_IF_ERROR(update->bind(micros(one.seen)).bind_blob(one.hash).run());
    }
    return {};
  };
  TREDE_RETURN_IF_ERROR(put("UPDATE sessie SET gezien=? WHERE hash=?", sessions));
  TREDE_RETURN_IF_ERROR(put("UPDATE token SET gezien=? WHERE hash=?", tokens));
  return change->commit();
}

}  // namespace trede::server
