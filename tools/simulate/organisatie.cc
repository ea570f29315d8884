#include "tools/simulate/organisatie.h"

#include <algorithm>

#include "tools/simulate/values.h"

namespace trede::simulate {

namespace {

using std::chrono::year_month_day;

constexpr std::uint16_t kBestuur = 1;
constexpr std::uint16_t kController = 2;
constexpr std::int64_t kOpens = 5 * kHour;  // before the office, so that what it founds is there
constexpr unsigned kAdopted = 11;           // the month in which the next year is agreed

// A target of a year, with the figure of 2021.
struct Afspraak {
  const char* maat;
  const char* waar;
  int waarde;
  bool grows;  // with the organisation; a percentage does not
};
constexpr Afspraak kAfspraken[] = {
    {"uitstroom", "reden=werkaanvaarding", 200, true},
    {"plaatsingen_bij", "plaatsing=parttime_werk", 75, true},
    {"uitstroom", "reden=maximale_participatie", 75, true},
    {"verzuimpercentage", "dienstverband=wsw", 11, false},
    {"verzuimpercentage", "dienstverband=ambtelijk", 5, false},
    {"doorstroom", "naar=4", 75, true},
    {"doorstroom", "naar=5", 75, true},
    {"doorstroom", "naar=6", 75, true},
    {"relaties_nieuw", "", 40, true},
    {"vacatures_vervuld", "", 300, true},
    {"plaatsingen_bij", "leeftijdsgroep=18_plus;plaatsing=garantiebaan", 60, true},
    {"plaatsingen_bij", "leeftijdsgroep=pro_vso;plaatsing=garantiebaan", 15, true},
    {"uitstroom", "reden=maximale_participatie;trede=3", 50, true},
    {"uitstroom", "reden=werkaanvaarding;trede=5", 75, true},
    {"uitstroom", "reden=werkaanvaarding;trede=6", 125, true},
    {"trajecten", "trede=3", 180, true},
    {"trajecten", "trede=4", 120, true},
    {"trajecten", "trede=5", 150, true},
    {"trajecten", "trede=6", 195, true},
    {"trajecten_bij", "trede=3", 180, true},
    {"trajecten_bij", "trede=4", 120, true},
    {"trajecten_bij", "trede=5", 150, true},
    {"trajecten_bij", "trede=6", 215, true},
    {"intakes_binnen_4_weken", "", 80, false}};

// A line of the books of 2024, with its estimate for eight months in thousands of euro.
struct Kostenregel {
  const char* programma;
  const char* naam;
  pb::SoortBedrag soort;
  int bedrag;
};
constexpr Kostenregel kKostenregels[] = {
    {"6.4 611", "1 Bijdrage gemeenten", pb::SOORT_BEDRAG_BATEN, 13157},
    {"6.4 611", "8 Personeelskosten Wsw", pb::SOORT_BEDRAG_LASTEN, 9051},
    {"Overhead", "7 Personeelskosten ambtelijk", pb::SOORT_BEDRAG_LASTEN, 3954},
    {"6.4 611", "4 Opbrengsten activiteiten", pb::SOORT_BEDRAG_BATEN, 2545},
    {"6.5 623", "9 Dienstverlening door derden", pb::SOORT_BEDRAG_LASTEN, 1415},
    {"6.4 611", "5 Detacheringen", pb::SOORT_BEDRAG_BATEN, 1065},
    {"Overhead", "17 Onderhoudskosten", pb::SOORT_BEDRAG_LASTEN, 677},
    {"6.4 623", "10 NBW loonkosten", pb::SOORT_BEDRAG_LASTEN, 347},
    {"6.3 610", "11 Indirecte productiekosten", pb::SOORT_BEDRAG_LASTEN, 250},
    {"Overhead", "12 Afschrijvingen", pb::SOORT_BEDRAG_LASTEN, 271},
    {"Overhead", "13 Huur", pb::SOORT_BEDRAG_LASTEN, 222},
    {"Overhead", "22 Diverse lasten", pb::SOORT_BEDRAG_LASTEN, 208},
    {"Overhead", "21 Overige algemene kosten", pb::SOORT_BEDRAG_LASTEN, 207},
    {"Overhead", "23 Onttrekking (bestemmings)reserves", pb::SOORT_BEDRAG_ONTTREKKING, 189},
    {"Overhead", "14 Energiekosten", pb::SOORT_BEDRAG_LASTEN, 122},
    {"Overhead", "20 Verkoopkosten", pb::SOORT_BEDRAG_LASTEN, 75},
    {"Overhead", "19 Kantoorkosten", pb::SOORT_BEDRAG_LASTEN, 71},
    {"Overhead", "18 Kantine kosten", pb::SOORT_BEDRAG_LASTEN, 47},
    {"Overhead", "16 Verzekeringen", pb::SOORT_BEDRAG_LASTEN, 32},
    {"Overhead", "15 Belastingen", pb::SOORT_BEDRAG_LASTEN, 7}};

constexpr std::array kDiensten{pb::DIENST_RE_INTEGRATIE, pb::DIENST_SOCIALE_WERKVOORZIENING,
                               pb::DIENST_BESCHUT_WERK};

std::string year_text(int year) { return std::to_string(year); }
std::string month_text(int year, unsigned month) {
  return std::to_string(year) + (month < 10 ? "-0" : "-") + std::to_string(month);
}

int last_day_of(std::chrono::year_month month) {
  return day_number(Day{month / std::chrono::last});
}

// Thousands of euro in eight months to eurocents in `months`.
std::int64_t eurocents(const Kostenregel& regel, std::uint64_t scale, std::int64_t months) {
  return regel.bedrag * std::int64_t{100'000} * months / 8 *
         static_cast<std::int64_t>(scale / 1000) / 1000;
}

template <typename Kind>
void set_regel(Kind& kind, const Kostenregel& regel, std::int64_t bedrag, std::string periode) {
  kind.set_programma(regel.programma);
  kind.set_kostenregel(regel.naam);
  kind.set_soort_bedrag(regel.soort);
  kind.set_bedrag_eurocent(bedrag);
  kind.set_periode(std::move(periode));
}

}  // namespace

Books::Books(std::uint64_t events_per_year, std::size_t gemeenten)
    : afspraken(std::clamp<std::size_t>(events_per_year / 400, 1, std::size(kAfspraken))),
      taakstellingen(std::clamp<std::size_t>(events_per_year / 100, 1, gemeenten)),
      regels(std::min<std::size_t>(events_per_year / 600, std::size(kKostenregels))),
      boekingen(std::clamp<std::size_t>(events_per_year / 15'000, 1, 8)) {}

std::uint64_t Books::events_per_year() const {
  return afspraken + 1 + taakstellingen + regels * (1 + 12 * boekingen) + 4 * (regels / 3 + 1);
}

OrganisatieStream::OrganisatieStream(const World& world, const EventMaker& maker,
                                     const Books& books)
    : world_(world), maker_(maker), dice_(mixed(0x0D6A, maker.seed())), books_(books) {
  const year_month_day from{day_from_number(world.from())};
  month_ = from.year() / from.month();
  found();
}

const SimulatedAppend* OrganisatieStream::find_next() {
  // What is booked late in one month is recorded after what is done early in the next.
  for (;;) {
    const int next_month = day_number(Day{month_ / 1});
    if (next_month > world_.until()) return ready_.empty() ? nullptr : &ready_.front();
    const Moment begins{std::chrono::microseconds{start_of(next_month)}};
    if (!ready_.empty() && ready_.front().vastgelegd_op < begins) return &ready_.front();
    draw_month();
  }
}

SimulatedAppend OrganisatieStream::take() {
  SimulatedAppend append = std::move(ready_.front());
  ready_.pop_front();
  return append;
}

pb::Event OrganisatieStream::make(int day, std::int64_t moment) {
  pb::Event event;
  set_stream(event, kOrganisatie);
  set_id(event, maker_.event_id(kOrganisatie, ordinal_++, moment));
  event.set_geldig_op(day);
  event.set_actor("u-000" + std::to_string(dice_.chance(500) ? kBestuur : kController));
  return event;
}

void OrganisatieStream::add(std::int64_t moment, std::vector<pb::Event> events) {
  if (events.empty()) return;
  ready_.push_back({Moment{std::chrono::microseconds{moment}}, "organisatie", std::move(events)});
}

void OrganisatieStream::add(std::int64_t moment, pb::Event event) {
  std::vector<pb::Event> events;
  events.push_back(std::move(event));
  add(moment, std::move(events));
}

// What is there when the recording begins, in one append for each gemeente.
void OrganisatieStream::found() {
  std::int64_t moment = start_of(world_.from()) + kHour;
  for (const std::string& afdeling : world_.afdelingen()) {
    pb::Event event = make(kFounded, moment);
    event.mutable_body()->mutable_afdeling_ingesteld()->set_afdeling(afdeling);
    add(moment, std::move(event));
    moment += kSecond;
  }
  for (const Gemeente& gemeente : world_.gemeenten()) {
    std::vector<pb::Event> events;
    const auto enters = [&](int day) -> auto& {
      events.push_back(make(day, moment));
      auto& kind = *events.back().mutable_body()->mutable_gemeente_toegetreden();
      kind.set_gemeente(gemeente.naam);
      return kind;
    };
    const auto is_founder = [](const Deelname& one) { return one.van == kFounded; };
    if (std::ranges::all_of(gemeente.diensten, is_founder)) {
      enters(kFounded);
    } else {
      for (const pb::Dienst dienst : kDiensten) {
        const int van = gemeente.of(dienst).van;
        if (van < world_.from()) enters(van).set_dienst(dienst);
      }
    }
    for (const pb::Dienst dienst : kDiensten) {
      if (gemeente.of(dienst).tot >= world_.from()) continue;
      events.push_back(make(gemeente.of(dienst).tot, moment));
      auto& kind = *events.back().mutable_body()->mutable_gemeente_uitgetreden();
      kind.set_gemeente(gemeente.naam);
      kind.set_dienst(dienst);
    }
    add(moment, std::move(events));
    moment += kSecond;
  }
}

// Who enters or leaves while the organisation records, on the day itself.
void OrganisatieStream::draw_deelname(int first, int last) {
  for (const Gemeente& gemeente : world_.gemeenten()) {
    for (const pb::Dienst dienst : kDiensten) {
      const Deelname& deelname = gemeente.of(dienst);
      const auto is_now = [&](int day) { return first <= day && day <= last; };
      if (is_now(deelname.van)) {
        const std::int64_t moment = start_of(deelname.van) + kOpens;
        pb::Event event = make(deelname.van, moment);
        auto& kind = *event.mutable_body()->mutable_gemeente_toegetreden();
        kind.set_gemeente(gemeente.naam);
        kind.set_dienst(dienst);
        add(moment, std::move(event));
      }
      if (is_now(deelname.tot)) {
        const std::int64_t moment = start_of(deelname.tot) + kOpens;
        pb::Event event = make(deelname.tot, moment);
        auto& kind = *event.mutable_body()->mutable_gemeente_uitgetreden();
        kind.set_gemeente(gemeente.naam);
        kind.set_dienst(dienst);
        add(moment, std::move(event));
      }
    }
  }
}

void OrganisatieStream::draw_month() {
  const int first = std::max(day_number(Day{month_ / 1}), world_.from());
  const int last = std::min(last_day_of(month_), world_.until());
  const int year = static_cast<int>(month_.year());
  const auto month = static_cast<unsigned>(month_.month());
  month_ += std::chrono::months{1};
  draw_deelname(first, last);
  if (first == world_.from()) draw_year(year, first);
  if (month == kAdopted) draw_year(year + 1, std::min(first + 18, last));
  if (month % 3 == 0) draw_prognoses(year, last);
  draw_boekingen(year, month, first, last);
  std::ranges::stable_sort(ready_, {}, &SimulatedAppend::vastgelegd_op);
}

void OrganisatieStream::draw_year(int year, int day) {
  draw_afspraken(year, day);
  draw_taakstellingen(year, day);
  draw_begroting(year, day);
}

void OrganisatieStream::draw_afspraken(int year, int day) {
  const std::int64_t moment = start_of(day) + 2 * kOpens;
  std::vector<pb::Event> events;
  for (std::size_t i = 0; i < books_.afspraken; ++i) {
    const Afspraak& one = kAfspraken[i];
    events.push_back(make(day, moment));
    auto& kind = *events.back().mutable_body()->mutable_afspraak_vastgesteld();
    kind.set_maat(one.maat);
    kind.set_periode(year_text(year));
    const std::int64_t waarde =
        one.grows ? world_.headcount(static_cast<std::uint64_t>(one.waarde)) : one.waarde;
    kind.set_waarde(waarde * 1'000'000);
    if (*one.waar != '\0') kind.set_waar(one.waar);
    kind.set_richting(std::string_view(one.maat) == "verzuimpercentage" ? pb::RICHTING_LAGER
                                                                        : pb::RICHTING_HOGER);
  }
  add(moment, std::move(events));
  const std::int64_t after = moment + kSecond;
  pb::Event benchmark = make(day, after);
  auto& kind = *benchmark.mutable_body()->mutable_benchmark_vastgesteld();
  kind.set_maat("verzuimpercentage");
  kind.set_periode(year_text(year));
  kind.set_waarde(16'800'000);
  kind.set_waar("dienstverband=wsw");
  kind.set_richting(pb::RICHTING_LAGER);
  add(after, std::move(benchmark));
}

void OrganisatieStream::draw_taakstellingen(int year, int day) {
  const std::int64_t moment = start_of(day) + 2 * kOpens + 2 * kSecond;
  std::vector<pb::Event> events;
  for (std::size_t i = 0; i < books_.taakstellingen; ++i) {
    // Uitgeest has none in 2024: a gemeente that is not in re-integratie has no taakstelling.
    if (!world_.takes_part(i, pb::DIENST_RE_INTEGRATIE, day)) continue;
    const Gemeente& gemeente = world_.gemeenten()[i];
    events.push_back(make(day, moment));
    auto& kind = *events.back().mutable_body()->mutable_taakstelling_vastgesteld();
    kind.set_maat("dienstverbanden");
    kind.set_periode(year_text(year));
    kind.set_waarde(static_cast<std::int64_t>(1 + gemeente.weight * 2 / 3) * 1'000'000);
    kind.set_waar("dienstverband=beschut_werk;gemeente=" + gemeente.naam);
    kind.set_richting(pb::RICHTING_HOGER);
  }
  add(moment, std::move(events));
}

void OrganisatieStream::draw_begroting(int year, int day) {
  const std::int64_t moment = start_of(day) + 2 * kOpens + 3 * kSecond;
  std::vector<pb::Event> events;
  for (std::size_t i = 0; i < books_.regels; ++i) {
    events.push_back(make(day, moment));
    auto& kind = *events.back().mutable_body()->mutable_begroting_vastgesteld();
    set_regel(kind, kKostenregels[i], eurocents(kKostenregels[i], world_.scale(), 12),
              year_text(year));
    kind.set_versie(pb::BEGROTING_VERSIE_PRIMAIR);
  }
  add(moment, std::move(events));
}

// Each month its part of the year, some more or less, some of it incidental, recorded late.
void OrganisatieStream::draw_boekingen(int year, unsigned month, int first, int last) {
  for (std::size_t i = 0; i < books_.regels; ++i) {
    for (std::size_t n = 0; n < books_.boekingen; ++n) {
      const int day = dice_.between(first, last);
      const int known = day + (dice_.chance(700) ? 0 : dice_.between(1, 40));
      const std::int64_t moment =
          start_of(known) + 8 * kHour + static_cast<std::int64_t>(dice_.below(8 * 3600)) * kSecond;
      const std::int64_t bedrag = eurocents(kKostenregels[i], world_.scale(), 1) /
                                  static_cast<std::int64_t>(books_.boekingen);
      if (known > world_.until()) continue;
      pb::Event event = make(day, moment);
      auto& kind = *event.mutable_body()->mutable_boeking();
      set_regel(kind, kKostenregels[i], bedrag * dice_.between(80, 122) / 100,
                month_text(year, month));
      if (dice_.chance(60)) kind.set_incidenteel(pb::JA_NEE_JA);
      add(moment, std::move(event));
    }
  }
}

void OrganisatieStream::draw_prognoses(int year, int day) {
  std::int64_t moment = start_of(day) + 14 * kHour;
  for (std::size_t i = 0; i < books_.regels; i += 3) {
    pb::Event event = make(day, moment);
    auto& kind = *event.mutable_body()->mutable_prognose_vastgesteld();
    set_regel(kind, kKostenregels[i],
              eurocents(kKostenregels[i], world_.scale(), 12) * dice_.between(94, 107) / 100,
              year_text(year));
    add(moment, std::move(event));
    moment += kSecond;
  }
}

}  // namespace trede::simulate
