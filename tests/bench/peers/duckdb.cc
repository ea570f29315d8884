#include "tests/bench/peers/duckdb.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/json.hpp>
#include <fstream>
#include <stdexcept>

namespace trede::bench {

namespace {

namespace bj = boost::json;

// [day, position], or [day, null] for what is known now.
bj::array values_of(const Question& question, Position last) {
  bj::array values{day_number(question.day)};
  if (question.known == last) {
    values.push_back(nullptr);
  } else {
    values.push_back(static_cast<std::int64_t>(question.known.value));
  }
  return values;
}

void write_columns(const Columns& columns, const std::filesystem::path& file) {
  std::ofstream out(file);
  out << "positie,dossier,soort,geldig_op,gemeente,trede,vervangt\n";
  for (const EventColumns& event : columns.events) {
    out << event.position << ',' << event.dossier << ',' << event.soort << ',' << event.day << ','
        << event.gemeente << ',' << event.trede << ',' << event.vervangt << '\n';
  }
  out.close();
  if (!out) throw std::runtime_error("cannot write " + file.string());
}

}  // namespace

Duckdb::Duckdb(const std::filesystem::path& program) {
  const std::filesystem::path script = program / "peer.mjs";
  if (program.empty() || !std::filesystem::exists(script)) {
    throw std::runtime_error("DuckDB is not installed: --duckdb FOLDER, or `tools/dev bench`");
  }
  std::array<int, 2> in{};
  std::array<int, 2> out{};
  if (pipe(in.data()) != 0 || pipe(out.data()) != 0) throw std::runtime_error("no pipe");
  const pid_t parent = getpid();
  process_ = fork();
  if (process_ == 0) {
    dup2(in[0], STDIN_FILENO);
    dup2(out[1], STDOUT_FILENO);
    for (const int end : {in[0], in[1], out[0], out[1]}) close(end);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(126);
    execlp("node", "node", script.c_str(), nullptr);
    _exit(127);
  }
  close(in[0]);
  close(out[1]);
  to_ = fdopen(in[1], "w");
  from_ = fdopen(out[0], "r");
  if (process_ < 0 || to_ == nullptr || from_ == nullptr) throw std::runtime_error("no process");
}

Duckdb::~Duckdb() {
  if (to_ != nullptr) std::fclose(to_);  // the end of its input ends it
  if (from_ != nullptr) std::fclose(from_);
  if (process_ > 0) waitpid(process_, nullptr, 0);
}

std::string Duckdb::ask(const std::string& line) {
  std::fprintf(to_, "%s\n", line.c_str());
  std::fflush(to_);
  std::string answer;
  for (int next = 0; (next = std::fgetc(from_)) != EOF && next != '\n';) {
    answer.push_back(static_cast<char>(next));
  }
  if (answer.empty()) throw std::runtime_error("DuckDB: the process ended");
  const bj::value parsed = bj::parse(answer);
  if (const bj::value* error = parsed.as_object().if_contains("error")) {
    throw std::runtime_error("DuckDB: " + bj::value_to<std::string>(*error));
  }
  return bj::serialize(parsed.at("answer"));
}

std::string Duckdb::version() {
  return bj::value_to<std::string>(bj::parse(ask(R"({"do":"version"})")));
}

void Duckdb::load(const Columns& columns, const std::filesystem::path& folder) {
  if (!gemeenten_.empty()) return;
  gemeenten_ = columns.gemeenten;
  last_ = Position{columns.events.size()};
  const std::filesystem::path file = folder / "columns.csv";
  write_columns(columns, file);
  ask(bj::serialize(bj::object{{"do", "load"}, {"file", file.string()}}));
  std::filesystem::remove(file);
}

double Duckdb::rebuild(const Columns& columns, const std::filesystem::path& folder) {
  load(columns, folder);
  return bj::parse(ask(R"({"do":"rebuild"})")).to_number<double>();
}

Counts Duckdb::count(const Question& question) {
  const auto rows = bj::parse(
      ask(bj::serialize(bj::object{{"do", "count"}, {"question", values_of(question, last_)}})));
  Counts out;
  for (const bj::value& row : rows.as_array()) {
    const auto gemeente = row.at(0).to_number<std::size_t>();
    out[{gemeenten_.at(gemeente - 1), trede_code(row.at(1).to_number<int>())}] =
        row.at(2).to_number<std::int64_t>();
  }
  return out;
}

Sample Duckdb::time(const std::vector<Question>& questions) {
  bj::array asked;
  for (const Question& question : questions) asked.push_back(values_of(question, last_));
  const auto latencies =
      bj::parse(ask(bj::serialize(bj::object{{"do", "time"}, {"questions", std::move(asked)}})));
  return sample_of(bj::value_to<std::vector<double>>(latencies));
}

}  // namespace trede::bench
