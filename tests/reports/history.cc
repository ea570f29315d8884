#include "tests/reports/history.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <stdexcept>

#include "engine/event/catalogue.h"

namespace trede::reports {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::seconds;

std::string numbered(const char* form, std::size_t number) {
  char text[16];
  std::snprintf(text, sizeof text, form, number);
  return text;
}

// The next working day at or after `on`.
Day working_day(Day on) {
  while (true) {
    const std::chrono::weekday weekday{on};
    const std::chrono::year_month_day date{on};
    const bool holiday = date.month() == std::chrono::January && date.day() == std::chrono::day{1};
    if (weekday != std::chrono::Saturday && weekday != std::chrono::Sunday && !holiday) return on;
    on += days{1};
  }
}

// A moment in office hours of that day (07:00 to 15:30 UTC).
Moment office_hours(Dice& dice, Day on) {
  return Moment{working_day(on)} + hours{7} + seconds{dice.between(0, 8 * 3600 + 1800)} +
         microseconds{dice.between(0, 999'999)};
}

// How long after the fact events are recorded: mostly at once, sometimes weeks.
int usual_delay(Dice& dice) {
  const int throw_of = dice.between(1, 100);
  if (throw_of <= 35) return 0;
  if (throw_of <= 80) return dice.between(1, 3);
  if (throw_of <= 97) return dice.between(4, 9);
  return dice.between(10, 17);
}

// Who records events of a kind: desks, not persons.
std::string actor_of(std::string_view soort, const Stream& stream) {
  static const std::map<std::string_view, const char*> desks = {
      {"aanmelding", "aanmeldpunt"},
      {"intake_gestart", "intake"},
      {"intake", "intake"},
      {"niet_gestart", "intake"},
      {"diagnose_start", "diagnose"},
      {"diagnose_einde", "diagnose"},
      {"maatregel", "handhaving"},
      {"maatregel_herzien", "handhaving"},
      {"dienstverband_start", "personeel"},
      {"dienstverband_gewijzigd", "personeel"},
      {"dienstverband_einde", "personeel"},
      {"ziekmelding", "verzuim"},
      {"verzuim_gewijzigd", "verzuim"},
      {"herstelmelding", "verzuim"},
      {"verlof_start", "personeel"},
      {"verlof_einde", "personeel"},
      {"relatie_start", "wsp"},
      {"vacature_vervuld", "wsp"}};
  const auto found = desks.find(soort);
  if (found != desks.end()) return found->second;
  if (find_kind(soort)->stream == StreamKind::kOrganisatie) return "beheer";
  return stream.coach();
}

// An id that is always the same for the same event (a UUID of version 8).
std::string event_id(std::size_t stream, std::size_t index) {
  Dice bits(0x7265636F6E73ULL + stream * 1'000'003 + index);
  const std::uint64_t high = (bits.next() & ~0xF000ULL) | 0x8000ULL;
  const std::uint64_t low = (bits.next() & ~(3ULL << 62)) | (2ULL << 62);
  char text[37];
  std::snprintf(text, sizeof text, "%08llx-%04llx-%04llx-%04llx-%012llx",
                static_cast<unsigned long long>(high >> 32),
                static_cast<unsigned long long>(high >> 16 & 0xFFFF),
                static_cast<unsigned long long>(high & 0xFFFF),
                static_cast<unsigned long long>(low >> 48),
                static_cast<unsigned long long>(low & 0xFFFFFFFFFFFFULL));
  return text;
}

std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

}  // namespace

Day day(std::string_view text) {
  const auto parsed = parse_day(text);
  if (!parsed) throw std::invalid_argument(std::string(text) + ": " + parsed.error().message);
  return *parsed;
}

Event& Stream::add(Day geldig_op, std::string_view soort, Attributes attributes) {
  if (find_kind(soort) == nullptr) throw std::invalid_argument("no kind " + std::string(soort));
  Event event;
  event.geldig_op = geldig_op;
  event.soort = soort;
  event.attributes = std::move(attributes);
  return events_.emplace_back(std::move(event));
}

std::string Stream::coach() const { return numbered("coach-%02zu", number_ % 24 + 1); }

bool Stream::is_plain() const {
  return std::ranges::none_of(
      events_, [](const Event& e) { return e.recorded_on || e.set_right || e.withdrawn_on; });
}

struct History::Row {
  Moment moment;
  std::string stream;
  std::string soort;
  std::string geldig_op;
  std::string event_id;
  std::string actor;
  std::string vervangt;
  std::string groep;
  Attributes attributes;
};

Stream& History::organisatie() {
  if (streams_.empty() || streams_.front().name() != "organisatie") {
    streams_.emplace_front("organisatie", 0);
  }
  return streams_.front();
}

Stream& History::new_dossier() {
  ++dossiers_;
  return streams_.emplace_back("dossier/" + numbered("d-%04zu", dossiers_), dossiers_);
}

Stream& History::new_werkgever() {
  ++werkgevers_;
  return streams_.emplace_back("werkgever/" + numbered("w-%04zu", werkgevers_),
                               1'000'000 + werkgevers_);
}

void History::schedule(const Stream& stream, std::vector<Row>& rows) const {
  Dice dice(seed_ + stream.number_ * 1'000'003);
  std::vector<std::pair<const Event*, std::size_t>> in_order;
  for (const Event& event : stream.events_) in_order.emplace_back(&event, in_order.size());
  std::ranges::stable_sort(in_order, [](const auto& a, const auto& b) {
    const auto key = [](const Event& e) {
      return std::pair{e.geldig_op, find_kind(e.soort)->soort};
    };
    return key(*a.first) < key(*b.first);
  });
  const bool needs_id = !stream.name_.starts_with("dossier/");
  // The organisation stands before everything that names its gemeenten.
  Moment last = Moment{live_from_} + hours{needs_id ? 6 : 7};
  const auto put = [&](const Event& event, Moment moment, Row row) {
    row.moment = moment;
    row.stream = stream.name_;
    if (row.actor.empty()) row.actor = actor_of(event.soort, stream);
    rows.push_back(std::move(row));
  };
  Moment last_late{};
  std::string groep;
  for (const auto& [event, index] : in_order) {
    const Day first_day = event->set_right ? event->set_right->first_day : event->geldig_op;
    const bool converted = event->geldig_op < live_from_;
    Moment moment = last + microseconds{1};
    if (event->recorded_on) {
      moment = std::max(office_hours(dice, *event->recorded_on), last_late + microseconds{1});
      last_late = moment;
    } else if (!converted && (event->groep.empty() || event->groep != groep)) {
      moment = std::max(moment, office_hours(dice, event->geldig_op + days{usual_delay(dice)}));
    }
    if (!event->groep.empty() && event->groep == groep) moment = last;
    groep = event->groep;
    if (!event->recorded_on) last = moment;

    const std::string id = event_id(stream.number_, index);
    const bool named = needs_id || event->set_right || event->withdrawn_on;
    put(*event, moment,
        {{},
         "",
         event->soort,
         format_day(first_day),
         named ? id : "",
         converted ? "conversie" : "",
         "",
         event->groep,
         event->set_right ? event->set_right->first_attributes : event->attributes});
    if (event->set_right) {
      put(*event, office_hours(dice, event->set_right->corrected_on),
          {{},
           "",
           "correctie",
           format_day(event->geldig_op),
           event_id(stream.number_, index + 5000),
           "",
           id,
           "",
           event->attributes});
    }
    if (event->withdrawn_on) {
      put(*event, office_hours(dice, *event->withdrawn_on),
          {{},
           "",
           "intrekking",
           "",
           event_id(stream.number_, index + 5000),
           "",
           id,
           "",
           {{"reden", event->withdrawn_because}}});
    }
  }
}

void History::write(std::ostream& out) {
  std::vector<Row> rows;
  for (const Stream& stream : streams_) schedule(stream, rows);
  std::ranges::stable_sort(rows, {}, &Row::moment);

  const std::vector<std::string>& names = attribute_names();
  out << "stream,soort,geldig_op,vastgelegd_op,event_id,actor,vervangt,groep";
  for (const auto& name : names) out << ',' << name;
  out << '\n';
  for (const Row& row : rows) {
    out << row.stream << ',' << row.soort << ',' << row.geldig_op << ','
        << format_moment(row.moment) << ',' << row.event_id << ',' << row.actor << ','
        << row.vervangt << ',' << row.groep;
    for (const auto& name : names) {
      const auto found = std::ranges::find(row.attributes, name, &Attributes::value_type::first);
      out << ',' << (found == row.attributes.end() ? "" : csv_cell(found->second));
    }
    out << '\n';
  }
}

}  // namespace trede::reports
