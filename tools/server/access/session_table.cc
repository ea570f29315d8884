#include "tools/server/access/session_table.h"

#include <algorithm>

namespace trede::server {

bool SessionTable::is_over(const Session& session, Moment now) const {
  return now - session.seen > rule_.idle || now - session.made > rule_.whole;
}

void SessionTable::replace(const std::vector<Session>& sessions) {
  std::unordered_map<std::string, Open> next;
  for (const Session& session : sessions) {
    Open& open = next[session.hash];
    open.session = session;
    const auto known = open_.find(session.hash);
    if (known == open_.end() || known->second.session.seen <= session.seen) continue;
    open = known->second;
  }
  open_ = std::move(next);
}

void SessionTable::add(const Session& session) { open_[session.hash] = {session, false}; }

void SessionTable::remove_of(const std::string& actor, const std::string& but) {
  std::erase_if(open_, [&](const auto& one) {
    return one.second.session.actor == actor && one.first != but;
  });
}

std::string SessionTable::use(const std::string& hash, Moment now) {
  const auto found = open_.find(hash);
  if (found == open_.end() || is_over(found->second.session, now)) return "";
  Open& open = found->second;
  if (now > open.session.seen) {
    open.session.seen = now;
    open.is_unwritten = true;
  }
  return open.session.actor;
}

std::vector<std::string> SessionTable::leaving(const std::string& actor, Moment now) const {
  std::vector<std::string> out;
  std::vector<const Session*> own;
  for (const auto& [hash, open] : open_) {
    if (is_over(open.session, now)) {
      out.push_back(hash);
    } else if (open.session.actor == actor) {
      own.push_back(&open.session);
    }
  }
  std::ranges::sort(own, {}, [](const Session* session) { return session->seen; });
  for (std::size_t i = 0; i + rule_.most_per_user <= own.size(); ++i) out.push_back(own[i]->hash);
  return out;
}

std::vector<Session> SessionTable::unwritten() const {
  std::vector<Session> out;
  for (const auto& [hash, open] : open_) {
    if (open.is_unwritten) out.push_back(open.session);
  }
  return out;
}

void SessionTable::mark_written() {
  for (auto& [hash, open] : open_) open.is_unwritten = false;
}

}  // namespace trede::server
