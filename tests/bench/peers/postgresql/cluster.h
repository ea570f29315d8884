// A PostgreSQL cluster of our own: made by initdb, reached by a socket in its folder, fsync on.
#pragma once

#include <libpq-fe.h>
#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <string>

namespace trede::bench {

class Cluster {
 public:
  // `folder` must not exist.
  explicit Cluster(std::filesystem::path folder);
  ~Cluster();
  Cluster(const Cluster&) = delete;
  Cluster& operator=(const Cluster&) = delete;

  std::string address() const;  // for PQconnectdb

 private:
  void start();
  void stop();

  std::filesystem::path folder_;
  pid_t server_ = 0;
};

using PgResult = std::unique_ptr<PGresult, decltype(&PQclear)>;

// Threads: one.
class Connection {
 public:
  explicit Connection(const std::string& address);

  // All throw with the server's words when they fail.
  PgResult execute(const std::string& sql);
  void prepare(const std::string& name, const std::string& sql);
  PGconn* get() { return connection_.get(); }
  PgResult checked(PGresult* result);

 private:
  std::unique_ptr<PGconn, decltype(&PQfinish)> connection_;
};

}  // namespace trede::bench
