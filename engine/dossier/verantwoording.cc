#include "engine/dossier/verantwoording.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "engine/dossier/waar.h"

namespace trede {

namespace {

// What came in past the checks may have a period that is none: then it is about no day at all.
std::optional<Period> periode_of(std::string_view text) {
  const auto periode = parse_tijdvak(text);
  if (!periode) return std::nullopt;
  return *periode;
}

bool overlap(const Period& one, const Period& other) {
  return one.van <= other.tm && other.van <= one.tm;
}

std::optional<Afsluiting> find_afsluiting_of(const ActingEvent& event) {
  if (!event.body->has_periode_afgesloten()) return std::nullopt;
  const std::string& text = event.body->periode_afgesloten().periode();
  const auto periode = periode_of(text);
  if (!periode) return std::nullopt;
  return Afsluiting{event.id, *periode, text, event.geldig_op, event.source};
}

std::optional<VastgesteldRapport> find_rapport_of(const ActingEvent& event) {
  if (!event.body->has_rapport_vastgesteld()) return std::nullopt;
  const auto& kind = event.body->rapport_vastgesteld();
  const auto periode = periode_of(kind.periode());
  if (!periode) return std::nullopt;
  return VastgesteldRapport{.id = event.id,
                            .rapport = kind.rapport(),
                            .periode = *periode,
                            .waar = canonical_waar(kind.waar()),
                            .geldig_op = event.geldig_op,
                            .source = event.source};
}

// Puts `made`, if it is anything, where the one with its id stands, else behind all others.
template <typename Thing>
void put(std::vector<Thing>& things, std::optional<Thing> made) {
  if (!made) return;
  const auto found = std::ranges::find(things, made->id, &Thing::id);
  if (found == things.end()) {
    things.push_back(*std::move(made));
  } else {
    *found = *std::move(made);
  }
}

// Lets a correctie or intrekking of one of `things` act.
template <typename Thing>
void replace(std::vector<Thing>& things, const RecordedEvent& event,
             std::optional<Thing> (*make)(const ActingEvent&)) {
  const auto vervangt = vervangt_of(*event.body);
  if (!vervangt) return;
  const auto found = std::ranges::find(things, *vervangt, &Thing::id);
  if (found == things.end()) return;
  if (event.body->has_intrekking()) {
    things.erase(found);
    return;
  }
  put(things, make(ActingEvent{.order = event.position,
                               .source = event.position,
                               .id = *vervangt,
                               .geldig_op = event.geldig_op.value_or(Day{}),
                               .body = find_placed(*event.body)}));
}

auto key_of(const RijToelichting& one) {
  return std::tuple<std::string_view, Day, Day, std::string_view, std::string_view>(
      one.rapport, one.periode.van, one.periode.tm, one.waar, one.rij);
}

RijToelichting toelichting_of(const ActingEvent& event, const Period& periode) {
  const auto& kind = event.body->toelichting_vastgelegd();
  return {.rapport = kind.rapport(),
          .periode = periode,
          .waar = canonical_waar(kind.waar()),
          .rij = kind.rij(),
          .tekst = kind.tekst(),
          .aanleiding = kind.aanleiding(),
          .gevolg = kind.gevolg(),
          .verwachting = kind.verwachting(),
          .source = event.source};
}

}  // namespace

Verantwoording Verantwoording::fold(std::span<const ActingEvent> events) {
  std::vector<const ActingEvent*> sorted;
  for (const ActingEvent& event : events) {
    if (is_afsluitend(event.soort())) sorted.push_back(&event);
  }
  std::ranges::sort(sorted, {}, &ActingEvent::order);
  Verantwoording out;
  for (const ActingEvent* event : sorted) {
    put(out.afsluitingen_, find_afsluiting_of(*event));
    put(out.rapporten_, find_rapport_of(*event));
  }
  return out;
}

void Verantwoording::take(const RecordedEvent& event) {
  if (is_vervanging(*event.body)) {
    replace(afsluitingen_, event, find_afsluiting_of);
    replace(rapporten_, event, find_rapport_of);
    return;
  }
  if (!is_afsluitend(event.body->soort_case())) return;
  const ActingEvent acting = acting_of(event);
  put(afsluitingen_, find_afsluiting_of(acting));
  put(rapporten_, find_rapport_of(acting));
}

const Afsluiting* Verantwoording::find_afsluiting(const Period& periode) const {
  const auto found = std::ranges::find_if(
      afsluitingen_, [&](const Afsluiting& one) { return overlap(one.periode, periode); });
  return found == afsluitingen_.end() ? nullptr : &*found;
}

const VastgesteldRapport* Verantwoording::find_rapport(const RapportKey& key) const {
  const std::string waar = canonical_waar(key.waar);
  const auto found =
      std::find_if(rapporten_.rbegin(), rapporten_.rend(), [&](const VastgesteldRapport& one) {
        return one.rapport == key.rapport && one.periode == key.periode && one.waar == waar;
      });
  return found == rapporten_.rend() ? nullptr : &*found;
}

const VastgesteldRapport* Verantwoording::find_rapport(const EventId& id) const {
  const auto found = std::ranges::find(rapporten_, id, &VastgesteldRapport::id);
  return found == rapporten_.end() ? nullptr : &*found;
}

std::vector<RijToelichting> fold_toelichtingen(std::span<const ActingEvent> events) {
  std::vector<std::pair<Position, RijToelichting>> all;
  for (const ActingEvent& event : events) {
    if (!event.body->has_toelichting_vastgelegd()) continue;
    const auto periode = periode_of(event.body->toelichting_vastgelegd().periode());
    if (periode) all.emplace_back(event.order, toelichting_of(event, *periode));
  }
  std::ranges::sort(all, [](const auto& one, const auto& other) {
    return std::tuple(key_of(one.second), one.first) <
           std::tuple(key_of(other.second), other.first);
  });
  std::vector<RijToelichting> kept;
  for (auto& [order, one] : all) {
    if (!kept.empty() && key_of(kept.back()) == key_of(one)) kept.pop_back();
    kept.push_back(std::move(one));
  }
  return kept;
}

const RijToelichting* find_toelichting(std::span<const RijToelichting> sorted,
                                       const RapportKey& key, std::string_view rij) {
  const std::string waar = canonical_waar(key.waar);
  const std::tuple<std::string_view, Day, Day, std::string_view, std::string_view> wanted(
      key.rapport, key.periode.van, key.periode.tm, waar, rij);
  const auto found = std::ranges::lower_bound(
      sorted, wanted, {}, [](const RijToelichting& one) { return key_of(one); });
  return found == sorted.end() || key_of(*found) != wanted ? nullptr : &*found;
}

bool is_verantwoording(Soort soort) {
  return is_afsluitend(soort) || soort == Soort::kToelichtingVastgelegd;
}

bool is_afsluitend(Soort soort) {
  return soort == Soort::kRapportVastgesteld || soort == Soort::kPeriodeAfgesloten;
}

}  // namespace trede
