#include "engine/dossier/organisatie.h"

#include <algorithm>
#include <tuple>

namespace trede {

namespace {

constexpr std::array kDiensten = {pb::DIENST_RE_INTEGRATIE, pb::DIENST_SOCIALE_WERKVOORZIENING,
                                  pb::DIENST_BESCHUT_WERK};

std::size_t index_of(pb::Dienst dienst) { return static_cast<std::size_t>(dienst) - 1; }

template <typename Kind>
bool names(const Kind& kind, pb::Dienst dienst) {
  return !kind.has_dienst() || kind.dienst() == dienst;
}

// The events in order of first recording, so that the last one that is put somewhere counts.
std::vector<const ActingEvent*> in_order_of_recording(std::span<const ActingEvent> events) {
  std::vector<const ActingEvent*> sorted;
  sorted.reserve(events.size());
  for (const ActingEvent& event : events) sorted.push_back(&event);
  std::ranges::sort(sorted, {}, &ActingEvent::order);
  return sorted;
}

template <typename Kind>
Doel doel_of(const ActingEvent& event, const Kind& kind) {
  Doel doel{.soort = event.soort(),
            .maat = kind.maat(),
            .periode = kind.periode(),
            .waar = canonical_waar(kind.waar()),
            .waarde = kind.waarde(),
            .richting = std::nullopt,
            .source = event.source};
  if (kind.has_richting()) doel.richting = kind.richting();
  return doel;
}

std::optional<Doel> find_doel_of(const ActingEvent& event) {
  const pb::Body& body = *event.body;
  if (body.has_afspraak_vastgesteld()) return doel_of(event, body.afspraak_vastgesteld());
  if (body.has_benchmark_vastgesteld()) return doel_of(event, body.benchmark_vastgesteld());
  if (body.has_taakstelling_vastgesteld()) return doel_of(event, body.taakstelling_vastgesteld());
  return std::nullopt;
}

auto key_of(const Doel& doel) {
  return std::tuple<Soort, std::string_view, std::string_view, std::string_view>(
      doel.soort, doel.maat, doel.periode, doel.waar);
}

template <typename Kind>
Begroting begroting_of(const ActingEvent& event, const Kind& kind) {
  Begroting begroting{.soort = event.soort(),
                      .programma = kind.programma(),
                      .kostenregel = kind.kostenregel(),
                      .versie = std::nullopt,
                      .soort_bedrag = kind.soort_bedrag(),
                      .periode = kind.periode(),
                      .incidenteel = std::nullopt,
                      .bedrag_eurocent = kind.bedrag_eurocent(),
                      .seizoen = std::nullopt,
                      .source = event.source};
  if (kind.has_incidenteel()) begroting.incidenteel = kind.incidenteel();
  return begroting;
}

std::optional<Begroting> find_begroting_of(const ActingEvent& event) {
  const pb::Body& body = *event.body;
  if (body.has_prognose_vastgesteld()) return begroting_of(event, body.prognose_vastgesteld());
  if (!body.has_begroting_vastgesteld()) return std::nullopt;
  const auto& kind = body.begroting_vastgesteld();
  Begroting begroting = begroting_of(event, kind);
  if (kind.has_versie()) begroting.versie = kind.versie();
  if (kind.has_seizoen()) {
    if (const auto seizoen = parse_seizoen(kind.seizoen())) begroting.seizoen = *seizoen;
  }
  return begroting;
}

auto key_of(const Begroting& begroting) {
  return std::tuple<Soort, std::string_view, std::string_view, int, int, std::string_view, int>(
      begroting.soort, begroting.programma, begroting.kostenregel,
      begroting.versie ? *begroting.versie : 0, begroting.soort_bedrag, begroting.periode,
      begroting.incidenteel ? *begroting.incidenteel : 0);
}

// Sorts by key and keeps of each key the last one.
template <typename Line>
std::vector<Line> last_of_each_key(std::vector<Line> lines) {
  const auto key = [](const Line& line) { return key_of(line); };
  std::ranges::stable_sort(lines, {}, key);
  std::vector<Line> kept;
  for (Line& line : lines) {
    if (!kept.empty() && key_of(kept.back()) == key_of(line)) {
      kept.back() = std::move(line);
    } else {
      kept.push_back(std::move(line));
    }
  }
  return kept;
}

}  // namespace

bool is_inrichting(Soort soort) {
  return soort == Soort::kGemeenteToegetreden || soort == Soort::kGemeenteUitgetreden ||
         soort == Soort::kAfdelingIngesteld;
}

bool is_decisive(Soort soort) { return is_inrichting(soort) || is_afsluitend(soort); }

std::optional<Violation> Organisatie::act(const ActingEvent& event) {
  const pb::Body& body = *event.body;
  if (body.has_afdeling_ingesteld()) {
    const auto [found, added] =
        afdelingen_.emplace(body.afdeling_ingesteld().afdeling(), event.geldig_op);
    if (!added) found->second = std::min(found->second, event.geldig_op);
    return std::nullopt;
  }
  const bool enters = body.has_gemeente_toegetreden();
  const std::string& gemeente =
      enters ? body.gemeente_toegetreden().gemeente() : body.gemeente_uitgetreden().gemeente();
  const auto named = [&](pb::Dienst dienst) {
    return enters ? names(body.gemeente_toegetreden(), dienst)
                  : names(body.gemeente_uitgetreden(), dienst);
  };
  Diensten& diensten = deelname_[gemeente];
  for (const pb::Dienst dienst : kDiensten) {
    const auto& times = diensten[index_of(dienst)];
    const bool open = !times.empty() && !times.back().tot;
    if (!named(dienst) || open != enters) continue;
    return enters ? Violation{Rule::kAlToegetreden, &event, times.back().begin}
                  : Violation{Rule::kNietToegetreden, &event, nullptr};
  }
  for (const pb::Dienst dienst : kDiensten) {
    if (!named(dienst)) continue;
    auto& times = diensten[index_of(dienst)];
    if (enters) {
      times.push_back({event.geldig_op, std::nullopt, &event});
    } else {
      times.back().tot = event.geldig_op;
    }
  }
  return std::nullopt;
}

std::optional<Violation> Organisatie::fold_deelname(std::span<const ActingEvent> events) {
  std::vector<const ActingEvent*> sorted;
  for (const ActingEvent& event : events) {
    if (is_inrichting(event.soort())) sorted.push_back(&event);
  }
  std::ranges::sort(sorted, {}, [](const ActingEvent* event) {
    return std::tuple(event->geldig_op, event->soort(), event->order);
  });
  std::optional<Violation> first;
  for (const ActingEvent* event : sorted) {
    const auto violation = act(*event);
    if (!first) first = violation;
  }
  return first;
}

void Organisatie::fold_doelen(std::span<const ActingEvent> events) {
  std::vector<Doel> all;
  for (const ActingEvent* event : in_order_of_recording(events)) {
    if (auto doel = find_doel_of(*event)) all.push_back(*std::move(doel));
  }
  doelen_ = last_of_each_key(std::move(all));
}

void Organisatie::fold_begrotingen(std::span<const ActingEvent> events) {
  std::vector<Begroting> all;
  for (const ActingEvent* event : in_order_of_recording(events)) {
    if (auto begroting = find_begroting_of(*event)) all.push_back(*std::move(begroting));
  }
  begrotingen_ = last_of_each_key(std::move(all));
}

Organisatie Organisatie::fold(std::span<const ActingEvent> events) {
  Organisatie out;
  (void)out.fold_deelname(events);  // what breaks a rule is passed over
  for (auto& [gemeente, diensten] : out.deelname_) {
    for (auto& times : diensten) {
      for (Deelname& one : times) one.begin = nullptr;  // the events may go
    }
  }
  out.fold_doelen(events);
  out.fold_begrotingen(events);
  out.verantwoording_ = Verantwoording::fold(events);
  out.toelichtingen_ = fold_toelichtingen(events);
  return out;
}

std::optional<Violation> Organisatie::find_violation(std::span<const ActingEvent> events) {
  Organisatie folded;
  return folded.fold_deelname(events);
}

bool Organisatie::takes_part(std::string_view gemeente, std::optional<pb::Dienst> dienst,
                             Day day) const {
  const auto found = deelname_.find(gemeente);
  if (found == deelname_.end()) return false;
  const auto on_day = [&](const Deelname& one) {
    return one.van <= day && (!one.tot || day < *one.tot);
  };
  return std::ranges::any_of(kDiensten, [&](pb::Dienst one) {
    return (!dienst || *dienst == one) && std::ranges::any_of(found->second[index_of(one)], on_day);
  });
}

bool Organisatie::has_afdeling(std::string_view afdeling, Day day) const {
  const auto found = afdelingen_.find(afdeling);
  return found != afdelingen_.end() && found->second <= day;
}

std::vector<std::string> Organisatie::gemeenten() const {
  std::vector<std::string> out;
  for (const auto& [gemeente, diensten] : deelname_) {
    if (std::ranges::any_of(diensten, [](const auto& times) { return !times.empty(); })) {
      out.push_back(gemeente);
    }
  }
  return out;
}

std::vector<std::string> Organisatie::afdelingen(Day day) const {
  std::vector<std::string> out;
  for (const auto& [afdeling, since] : afdelingen_) {
    if (since <= day) out.push_back(afdeling);
  }
  return out;
}

const Doel* Organisatie::find_doel(Soort soort, std::string_view maat, std::string_view periode,
                                   std::string_view waar) const {
  const std::string canonical = canonical_waar(waar);
  const std::tuple<Soort, std::string_view, std::string_view, std::string_view> key(
      soort, maat, periode, canonical);
  const auto found =
      std::ranges::lower_bound(doelen_, key, {}, [](const Doel& doel) { return key_of(doel); });
  return found == doelen_.end() || key_of(*found) != key ? nullptr : &*found;
}

}  // namespace trede
