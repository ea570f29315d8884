// The sessions that are open, in memory, and when they end.
#pragma once

#include <chrono>
#include <string>
#include <unordered_map>
#include <vector>

#include "tools/server/access/accounts.h"

namespace trede::server {

struct SessionRule {
  std::chrono::minutes idle{30};        // without a request
  std::chrono::minutes whole{12 * 60};  // whatever happens: a working day
  std::size_t most_per_user = 10;       // then the one that was not used for longest ends
};

// Owner: the gate. Threads: one at a time.
class SessionTable {
 public:
  explicit SessionTable(const SessionRule& rule) : rule_(rule) {}

  // What is on disk now. Of those that were known, the later moment at which they were seen counts.
  void replace(const std::vector<Session>& sessions);
  void add(const Session& session);
  void remove(const std::string& hash) { open_.erase(hash); }
  void remove_of(const std::string& actor, const std::string& but);
  // Whose session it is, which is seen now by that; empty when there is none, or it is over.
  std::string use(const std::string& hash, Moment now);
  // When it is over at the latest. Requires: it is there.
  Moment end_of(const std::string& hash) const { return open_.at(hash).session.made + rule_.whole; }
  // Which must go when `actor` gets another one: those of anybody that are over, and what `actor`
  // has too many.
  std::vector<std::string> leaving(const std::string& actor, Moment now) const;
  // Those seen since the last call of `mark_written`.
  std::vector<Session> unwritten() const;
  void mark_written();
  std::size_t size() const { return open_.size(); }

 private:
  struct Open {
    Session session;
    bool is_unwritten = false;
  };
  bool is_over(const Session& session, Moment now) const;

  SessionRule rule_;
  std::unordered_map<std::string, Open> open_;  // by hash
};

}  // namespace trede::server
