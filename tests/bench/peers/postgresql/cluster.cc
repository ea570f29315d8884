#include "tests/bench/peers/postgresql/cluster.h"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <vector>

namespace trede::bench {

namespace {

namespace fs = std::filesystem;

constexpr const char* kPrograms = "/usr/lib/postgresql/15/bin";
constexpr auto kPatience = std::chrono::seconds{60};

// Room enough to sort and to cache a log of ten million events, and what a durable server has on.
constexpr const char* kConfiguration = R"(
listen_addresses = ''
max_connections = 100
fsync = on
synchronous_commit = on
full_page_writes = on
wal_sync_method = fdatasync
shared_buffers = 2GB
work_mem = 512MB
maintenance_work_mem = 1GB
effective_cache_size = 8GB
max_wal_size = 16GB
checkpoint_timeout = 30min
random_page_cost = 1.1
jit = off
autovacuum = off
client_min_messages = warning
)";

// PostgreSQL refuses to run as root.
const passwd* other_user() {
  if (geteuid() != 0) return nullptr;
  const passwd* user = getpwnam("postgres");
  if (user == nullptr) throw std::runtime_error("no user `postgres`: PostgreSQL is not installed");
  return user;
}

// A child that goes when this process goes, with what it says in `log`.
pid_t start_program(const std::vector<std::string>& words, const fs::path& log) {
  const passwd* user = other_user();
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("no process");
  if (child > 0) return child;
  const int out = open(log.c_str(), O_CREAT | O_APPEND | O_WRONLY, 0644);
  if (out < 0 || dup2(out, STDOUT_FILENO) < 0 || dup2(out, STDERR_FILENO) < 0) _exit(126);
  if (user != nullptr &&
      (setgroups(0, nullptr) != 0 || setgid(user->pw_gid) != 0 || setuid(user->pw_uid) != 0)) {
    _exit(126);
  }
  prctl(PR_SET_PDEATHSIG, SIGINT);  // after setuid, which would clear it
  if (getppid() != parent) _exit(126);
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  execv(arguments[0], arguments.data());
  _exit(127);
}

std::string content_of_log(const fs::path& file) {
  std::ostringstream out;
  out << std::ifstream(file).rdbuf();
  return out.str();
}

}  // namespace

Cluster::Cluster(fs::path folder) : folder_(std::move(folder)) {
  if (!fs::exists(fs::path(kPrograms) / "initdb")) {
    throw std::runtime_error("PostgreSQL 15 is not installed");
  }
  fs::create_directory(folder_);
  if (const passwd* user = other_user()) {
    if (chown(folder_.c_str(), user->pw_uid, user->pw_gid) != 0) {
      throw std::runtime_error("cannot hand over " + folder_.string());
    }
  }
  const fs::path log = folder_.string() + ".log";
  const pid_t made = start_program({std::string(kPrograms) + "/initdb", "-D", folder_ / "data",
                                    "-U", "bench", "-A", "trust", "-E", "UTF8", "--locale=C"},
                                   log);
  int status = 0;
  if (waitpid(made, &status, 0) != made || status != 0) {
    throw std::runtime_error("initdb failed: " + content_of_log(log));
  }
  std::ofstream(folder_ / "data" / "postgresql.conf", std::ios::app)
      << kConfiguration << "unix_socket_directories = '" << folder_.string() << "'\n";
  start();
}

Cluster::~Cluster() { stop(); }

std::string Cluster::address() const {
  return "host=" + folder_.string() + " user=bench dbname=postgres";
}

void Cluster::start() {
  const fs::path log = folder_.string() + ".log";
  server_ = start_program({std::string(kPrograms) + "/postgres", "-D", folder_ / "data"}, log);
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (PQping(address().c_str()) != PQPING_OK) {
    if (std::chrono::steady_clock::now() > deadline || waitpid(server_, nullptr, WNOHANG) != 0) {
      stop();
      throw std::runtime_error("PostgreSQL does not start: " + content_of_log(log));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{20});
  }
}

void Cluster::stop() {
  if (server_ <= 0) return;
  kill(server_, SIGINT);  // "fast": open connections are cut
  waitpid(server_, nullptr, 0);
  server_ = 0;
}

Connection::Connection(const std::string& address)
    : connection_(PQconnectdb(address.c_str()), &PQfinish) {
  if (PQstatus(connection_.get()) != CONNECTION_OK) {
    throw std::runtime_error(std::string("PostgreSQL: ") + PQerrorMessage(connection_.get()));
  }
}

PgResult Connection::checked(PGresult* result) {
  PgResult owned(result, &PQclear);
  switch (PQresultStatus(result)) {
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
    case PGRES_COPY_IN: return owned;
    default:
      throw std::runtime_error(std::string("PostgreSQL: ") + PQerrorMessage(connection_.get()));
  }
}

PgResult Connection::execute(const std::string& sql) {
  return checked(PQexec(connection_.get(), sql.c_str()));
}

void Connection::prepare(const std::string& name, const std::string& sql) {
  checked(PQprepare(connection_.get(), name.c_str(), sql.c_str(), 0, nullptr));
}

}  // namespace trede::bench
