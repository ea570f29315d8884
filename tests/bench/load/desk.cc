#include "tests/bench/load/desk.h"

#include <array>
#include <random>

#include "engine/dossier/recorder.h"
#include "engine/log/data_folder.h"
#include "tests/bench/load/server_process.h"
#include "tests/bench/machine/folders.h"
#include "tests/bench/machine/measuring.h"
#include "tests/support/events.h"

namespace trede::bench {

namespace {

constexpr const char* kGemeente = "Lastdorp";
constexpr const char* kCoach = "wc-last";
constexpr std::size_t kBatch = 500;           // events of one append, in preparing
constexpr std::uint64_t kFirstNew = 1 << 30;  // numbers of dossiers that are not there yet
constexpr Day kFirstDay{std::chrono::year{2024} / 1 / 3};
constexpr std::size_t kDays = 300;

std::string posted(const std::string& token, std::uint64_t dossier, const std::string& headers,
                   const std::string& body) {
  return "POST /v1/dossiers/" + test::dossier(dossier).uuid.text() +
         "/gebeurtenissen HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer " + token +
         "\r\nContent-Type: application/json\r\n" + headers +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string contact_by(const std::string& token, const std::string& key, std::size_t number,
                       std::size_t turn) {
  const Day day = kFirstDay + std::chrono::days{turn % kDays};
  return posted(token, number,
                "Idempotency-Key: " + key + "-" + std::to_string(number) + "-" +
                    std::to_string(turn) + "\r\n",
                R"({"gebeurtenissen":[{"soort":"contactmoment","geldigOp":")" + format_day(day) +
                    R"(","attributen":{"contact":"gesprek"}}]})");
}

std::string get_by(const std::string& token, const std::string& target,
                   const std::string& headers) {
  return "GET " + target + " HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer " + token + "\r\n" +
         headers + "\r\n";
}

void record_all(Recorder& recorder, const std::vector<pb::Event>& events) {
  const auto outcome = must(recorder.record(events), "record");
  if (const auto* refusal = std::get_if<Refusal>(&outcome)) {
    throw std::runtime_error("refused: " + refusal->zin);
  }
}

}  // namespace

Desk::Desk(const std::filesystem::path& trede, const std::filesystem::path& history,
           const std::filesystem::path& data, std::size_t dossiers, std::size_t contacts)
    : data_(data), dossiers_(dossiers) {
  std::filesystem::remove_all(data_);
  std::filesystem::remove_all(place());
  copy_folder(history, data_);
  enroll_all(contacts);
  recorder_ = make_token(
      trede, data_, "balie",
      {"--rol", "intaker", "--mag", "dossier_lezen,dossier_vastleggen", "--gemeente", kGemeente});
  coach_ = make_token(trede, data_, "coach",
                      {"--rol", "werkcoach", "--mag",
                       "caseload_lezen,dossier_lezen,dossier_vastleggen,cijfers_lezen",
                       "--gemeente", kGemeente, "--werkcoach", kCoach});
  reader_ = make_token(trede, data_, "lezer",
                       {"--rol", "auditor", "--mag", "cijfers_lezen,log_volgen,dossier_lezen"});
}

Desk::~Desk() {
  std::error_code ignored;
  std::filesystem::remove_all(data_, ignored);
  std::filesystem::remove_all(place(), ignored);
}

void Desk::enroll_all(std::size_t contacts) {
  const SystemClock clock;
  SystemRandom random;
  const auto folder = must(DataFolder::open(data_, OpenMode::kWrite, clock, random), "open");
  Recorder recorder(folder->log(), clock);
  std::vector<pb::Event> events = {test::event(kOrganisatie, EventId{random.uuid7(clock.now())},
                                               "2015-01-01", "gemeente_toegetreden",
                                               {{"gemeente", kGemeente}})};
  record_all(recorder, events);
  events.clear();
  for (std::size_t number = 0; number < dossiers_; ++number) {
    events.push_back(test::event(test::dossier(number), EventId{random.uuid7(clock.now())},
                                 "2024-01-02", "aanmelding",
                                 {{"gemeente", kGemeente}, {"regeling", "participatiewet"}}));
    events.push_back(test::event(test::dossier(number), EventId{random.uuid7(clock.now())},
                                 "2024-01-02", "werkcoach_toegewezen", {{"werkcoach", kCoach}}));
    for (std::size_t turn = 0; turn < contacts; ++turn) {
      const std::string day = format_day(kFirstDay + std::chrono::days{turn % kDays});
      events.push_back(test::event(test::dossier(number), EventId{random.uuid7(clock.now())}, day,
                                   "contactmoment", {{"contact", "gesprek"}}));
    }
    if (events.size() < kBatch && number + 1 < dossiers_) continue;
    record_all(recorder, events);
    events.clear();
  }
  must(folder->close(), "close");
}

std::string Desk::contact(std::size_t number, std::size_t turn) const {
  return contact_by(recorder_, "c", number, turn);
}

std::string Desk::contact_by_coach(std::size_t number, std::size_t turn) const {
  return contact_by(coach_, "w", number, turn);
}

std::string Desk::get_as_coach(const std::string& target) const {
  return get_by(coach_, target, "");
}

std::string Desk::path_of(std::size_t number) {
  return "/v1/dossiers/" + test::dossier(number).uuid.text();
}

std::string Desk::enrolment(std::size_t number) const {
  return posted(recorder_, kFirstNew + number,
                "If-None-Match: *\r\nIdempotency-Key: n-" + std::to_string(number) + "\r\n",
                R"({"gebeurtenissen":[{"soort":"aanmelding","geldigOp":"2024-01-03",)"
                R"("attributen":{"gemeente":")" +
                    std::string(kGemeente) + R"(","regeling":"participatiewet"}}]})");
}

std::string Desk::get(const std::string& target, const std::string& headers) const {
  return get_by(reader_, target, headers);
}

std::vector<std::string> figure_targets(std::size_t count, std::uint64_t seed) {
  // The first day of the history, and how many there are.
  constexpr Day kBegin{std::chrono::year{2016} / 1 / 1};
  constexpr int kLength = 3'200;
  constexpr std::array kOnADay = {
      "trajecten?per=gemeente,trede&op=", "trajecten?op=", "aanmeldingen_open?per=gemeente&op="};
  constexpr std::array kOverAPeriod = {"intakes?per=gemeente&van=", "uitstroom?per=reden&van="};
  std::mt19937_64 engine(seed);
  std::uniform_int_distribution<int> days(0, kLength);
  std::vector<std::string> out;
  for (std::size_t i = 0; i < count; ++i) {
    const Day day = kBegin + std::chrono::days{days(engine)};
    const std::size_t kind = i % (kOnADay.size() + kOverAPeriod.size());
    if (kind < kOnADay.size()) {
      out.push_back("/v1/cijfers/" + std::string(kOnADay[kind]) + format_day(day));
    } else {
      out.push_back("/v1/cijfers/" + std::string(kOverAPeriod[kind - kOnADay.size()]) +
                    format_day(day) + "&tm=" + format_day(day + std::chrono::days{90}));
    }
  }
  return out;
}

}  // namespace trede::bench
