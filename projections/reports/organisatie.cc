#include "projections/reports/organisatie.h"

#include <algorithm>
#include <memory>

namespace trede {

namespace {

constexpr std::size_t kBatch = 4096;

std::vector<Filter> parse_recorded_waar(const std::string& text) {
  std::vector<Filter> out;
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::string_view part = rest.substr(0, rest.find(';'));
    const auto equals = part.find('=');
    out.push_back({std::string(part.substr(0, equals)), {std::string(part.substr(equals + 1))}});
    rest.remove_prefix(std::min(rest.size(), part.size() + 1));
  }
  return out;
}

template <typename Target>
std::pair<TargetKey, Rational> target_of(TargetKind kind, const Target& target) {
  constexpr Int128 kMillionths = 1'000'000;
  return {
      {kind, target.maat(), target.periode(), canonical_waar(parse_recorded_waar(target.waar()))},
      Rational(target.waarde(), kMillionths)};
}

}  // namespace

std::string canonical_waar(std::vector<Filter> waar) {
  std::ranges::sort(waar, {}, &Filter::dimension);
  std::string out;
  for (const Filter& filter : waar) {
    out += (out.empty() ? "" : ";") + filter.dimension + "=";
    for (std::size_t i = 0; i < filter.codes.size(); ++i) {
      out += (i == 0 ? "" : ",") + filter.codes[i];
    }
  }
  return out;
}

Result<Organisatie> Organisatie::load(const EventStore& store, Position known) {
  History history;
  for (std::uint64_t from = 1;; from += kBatch) {
    const auto events = store.read_stream(kOrganisatie, StreamVersion{from}, kBatch);
    if (!events) return std::unexpected(events.error());
    for (const StoredEvent& stored : *events) {
      if (stored.position > known) return of(history);
      auto event = decode_event(stored.bytes);
      if (!event) return std::unexpected(event.error());
      history.add(std::make_shared<const pb::Event>(std::move(*event)));
    }
    if (events->size() < kBatch) return of(history);
  }
}

Organisatie Organisatie::of(const History& history) {
  std::vector<ActingEvent> events = history.acting();
  std::ranges::sort(events, {}, [](const ActingEvent& e) {
    return std::tuple{e.geldig_op, e.soort(), e.order};
  });
  Organisatie out;
  for (const ActingEvent& event : events) out.add(event);
  return out;
}

void Organisatie::add(const ActingEvent& event) {
  const pb::Body& body = *event.body;
  if (body.has_gemeente_toegetreden()) {
    enter(body.gemeente_toegetreden(), event.geldig_op);
  } else if (body.has_gemeente_uitgetreden()) {
    leave(body.gemeente_uitgetreden(), event.geldig_op);
  } else if (body.has_afspraak_vastgesteld()) {
    const auto [key, value] = target_of(TargetKind::kAfspraak, body.afspraak_vastgesteld());
    targets_[key] = value;
  } else if (body.has_benchmark_vastgesteld()) {
    const auto [key, value] = target_of(TargetKind::kBenchmark, body.benchmark_vastgesteld());
    targets_[key] = value;
  } else if (body.has_taakstelling_vastgesteld()) {
    const auto [key, value] = target_of(TargetKind::kTaakstelling, body.taakstelling_vastgesteld());
    targets_[key] = value;
  }
}

void Organisatie::enter(const pb::GemeenteToegetreden& event, Day day) {
  for (const int dienst :
       {pb::DIENST_RE_INTEGRATIE, pb::DIENST_SOCIALE_WERKVOORZIENING, pb::DIENST_BESCHUT_WERK}) {
    const bool meant = event.dienst() == pb::DIENST_UNSPECIFIED || event.dienst() == dienst;
    if (meant) participations_.push_back({event.gemeente(), dienst, day, std::nullopt});
  }
}

void Organisatie::leave(const pb::GemeenteUitgetreden& event, Day day) {
  for (Participation& p : participations_) {
    if (p.gemeente != event.gemeente() || p.tot) continue;
    const bool all = event.dienst() == pb::DIENST_UNSPECIFIED;
    if (all || p.dienst == event.dienst()) p.tot = day;
  }
}

std::vector<std::string> Organisatie::gemeenten(Day day) const {
  std::vector<std::string> out;
  for (const Participation& p : participations_) {
    if (p.van <= day && (!p.tot || day < *p.tot)) out.push_back(p.gemeente);
  }
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::optional<Rational> Organisatie::find_target(const TargetKey& key) const {
  const auto found = targets_.find(key);
  if (found == targets_.end()) return std::nullopt;
  return found->second;
}

}  // namespace trede
