#include "tests/bench/data/workload.h"

#include <algorithm>
#include <fstream>
#include <random>

#include "engine/event/attributes.h"
#include "tests/support/events.h"

namespace trede::bench {

namespace {

using test::Attributes;

constexpr const char* kRegelingen[] = {"participatiewet", "ioaw", "ww", "nug"};
constexpr const char* kTreden[] = {"3", "4", "5", "6"};

std::string gemeente(std::uint64_t number) { return "Gemeente " + std::to_string(number + 1); }

// One dossier as it is written: each event some days after the one before.
class DossierWriter {
 public:
  DossierWriter(std::uint64_t number, std::uint64_t seed, int gemeenten)
      : stream_(test::dossier(seed * 1'000'000'000 + number)),
        random_(seed * 1'000'003 + number),
        gemeenten_(static_cast<std::uint64_t>(gemeenten)),
        next_id_(seed * 10'000'000'000 + number * 100) {
    day_ = test::day("2015-01-01") + std::chrono::days{below(3'000)};
  }

  WorkloadEvents write() {
    const std::string where = gemeente(below(gemeenten_));
    add(0, "aanmelding", {{"gemeente", where}, {"regeling", kRegelingen[below(4)]}});
    add(7, "intake_gestart", {});
    add(21, "intake", {{"uitkomst", "positief"}, {"soort_intake", "brede"}});
    const std::uint64_t first = below(3);
    add(10, "traject_start", {{"trede", kTreden[first]}});
    add(1, "werkcoach_toegewezen", {{"werkcoach", "wc" + std::to_string(below(40))}});
    for (std::uint64_t i = 0; i < below(6); ++i) add(40, "contactmoment", {{"contact", "gesprek"}});
    add(60, "trede_doorstroom", {{"naar", kTreden[first + 1]}});
    add(90, "contactmoment", {{"contact", "telefoon"}});
    if (below(20) == 0) correct_the_start(first);
    if (below(3) != 0) add(120, "uitstroom", {{"reden", "werkaanvaarding"}, {"betaald", "ja"}});
    return std::move(events_);
  }

 private:
  std::uint64_t below(std::uint64_t limit) { return random_() % limit; }

  void add(int days, std::string_view soort, Attributes attributes) {
    day_ += std::chrono::days{1 + below(static_cast<std::uint64_t>(days) + 1)};
    events_.push_back(
        test::event(stream_, test::event_id(next_id_++), format_day(day_), soort, attributes));
  }

  // The traject turns out to have begun a day earlier. Recorded when everything before is known.
  void correct_the_start(std::uint64_t trede) {
    const pb::Event& start = events_[3];
    const Day earlier = day_from_number(start.geldig_op() - 1);
    if (earlier <= day_from_number(events_[2].geldig_op())) return;
    events_.push_back(test::correctie(stream_, test::event_id(next_id_++), id_of(start),
                                      format_day(earlier), "traject_start",
                                      {{"trede", kTreden[trede]}}));
  }

  StreamId stream_;
  std::mt19937_64 random_;
  std::uint64_t gemeenten_;
  std::uint64_t next_id_;
  Day day_{};
  WorkloadEvents events_;
};

// An event of the workload with the day on which it is recorded.
struct Row {
  Day known;
  const pb::Event* event;
};

std::vector<Row> rows_in_order(const Workload& workload) {
  std::vector<Row> rows;
  for (const WorkloadEvents& dossier : workload.dossiers) {
    Day known = kFirstDay;
    for (const pb::Event& event : dossier) {
      known = std::max(known, day_from_number(event.geldig_op()));
      rows.push_back({known, &event});
    }
  }
  std::ranges::stable_sort(rows, {}, &Row::known);
  return rows;
}

void write_row(std::ofstream& out, const pb::Event& event, Day known) {
  const bool correctie = event.body().has_correctie();
  const pb::Body& body = correctie ? event.body().correctie().door() : event.body();
  const Kind& kind = kind_of(body.soort_case());
  const StreamId stream = stream_of(event);
  out << stream.text() << ',' << (correctie ? "correctie" : kind.code) << ','
      << format_day(day_from_number(event.geldig_op())) << ',' << format_day(known) << "T12:00:00Z,"
      << id_of(event).uuid.text() << ',';
  if (correctie) out << decode_uuid(event.body().correctie().vervangt())->text();
  for (const std::string& name : attribute_names()) {
    const Attribute* attribute = kind.find_attribute(name);
    out << ',';
    if (attribute != nullptr) out << attribute_text(kind_message(body), *attribute);
  }
  out << '\n';
}

}  // namespace

std::size_t Workload::events() const {
  std::size_t count = 0;
  for (const WorkloadEvents& dossier : dossiers) count += dossier.size();
  return count;
}

Workload make_workload(std::size_t events, int gemeenten, std::uint64_t seed) {
  Workload out;
  for (int i = 0; i < gemeenten; ++i) {
    const auto number = static_cast<std::uint64_t>(i);
    out.organisatie.push_back(test::event(kOrganisatie, test::event_id(number + 1), "2014-01-01",
                                          "gemeente_toegetreden",
                                          {{"gemeente", gemeente(number)}}));
  }
  std::size_t count = 0;
  for (std::uint64_t number = 1; count < events; ++number) {
    out.dossiers.push_back(DossierWriter(number, seed, gemeenten).write());
    count += out.dossiers.back().size();
  }
  return out;
}

std::size_t write_csv(const Workload& workload, const std::filesystem::path& file) {
  std::ofstream out(file);
  out << "stream,soort,geldig_op,vastgelegd_op,event_id,vervangt";
  for (const std::string& name : attribute_names()) out << ',' << name;
  out << '\n';
  for (const pb::Event& event : workload.organisatie) {
    write_row(out, event, test::day("2014-01-01"));
  }
  const auto rows = rows_in_order(workload);
  for (const auto& [known, event] : rows) write_row(out, *event, known);
  out.close();
  return workload.organisatie.size() + rows.size();
}

}  // namespace trede::bench
