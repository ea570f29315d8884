#include "engine/dossier/afgesloten.h"

#include <unordered_map>

#include "engine/dossier/zinnen.h"

namespace trede {

namespace {

// An event as it acts: on a day, with a body. Null body: not there.
struct Placed {
  Day day{};
  const pb::Body* body = nullptr;
};

// The days that an event is about: money belongs to its periode, all else to its day.
Period days_of(const Placed& event) {
  const pb::Body& body = *event.body;
  const std::string* periode = nullptr;
  if (body.has_boeking()) periode = &body.boeking().periode();
  if (body.has_begroting_vastgesteld()) periode = &body.begroting_vastgesteld().periode();
  if (body.has_prognose_vastgesteld()) periode = &body.prognose_vastgesteld().periode();
  if (periode != nullptr) {
    if (const auto days = parse_periode(*periode)) return *days;
  }
  return {event.day, event.day};
}

// What acts of a stream for an event as first recorded, while the events before are recorded.
class Acting {
 public:
  explicit Acting(const Stream& stream) : stream_(stream) {}

  Placed find(const RecordedEvent& vervanging) const {
    const auto vervangt = vervangt_of(*vervanging.body);
    if (!vervangt) return {};
    if (const auto found = changed_.find(*vervangt); found != changed_.end()) return found->second;
    const ActingEvent* acting = stream_.find_acting(*vervangt);
    return acting == nullptr ? Placed{} : Placed{acting->geldig_op, acting->body};
  }

  void take(const RecordedEvent& event) {
    const auto vervangt = vervangt_of(*event.body);
    changed_[vervangt.value_or(event.id)] = {event.geldig_op.value_or(Day{}),
                                             find_placed(*event.body)};
  }

 private:
  const Stream& stream_;
  std::unordered_map<EventId, Placed> changed_;
};

// `2021-Q1`, or `01-01-2024 t/m 31-08-2024`.
std::string periode_text(const std::string& geschreven, const Period& periode) {
  if (!geschreven.contains('/')) return geschreven;
  return dutch_day(periode.van) + " t/m " + dutch_day(periode.tm);
}

std::string reason_of(const Afsluiting& closed) {
  return "de periode " + periode_text(closed.geschreven, closed.periode) + " is op " +
         dutch_day(closed.geldig_op) +
         " afgesloten; wie dit toch vastlegt, geeft met na_afsluiting de reden: nagekomen, "
         "herstel, "
         "controle of overig";
}

std::string reason_of(const VastgesteldRapport& frozen, const std::string& geschreven) {
  return "rapport " + frozen.rapport + " over " + periode_text(geschreven, frozen.periode) +
         (frozen.waar.empty() ? "" : " (" + frozen.waar + ")") + " is al vastgesteld op " +
         dutch_day(frozen.geldig_op) + "; trek dat eerst in";
}

// A refusal of `event` that collides with the event first recorded as `other`.
Refusal refuse(Rule rule, const std::string& reason, const RecordedEvent& event,
               const EventId& other) {
  Refusal refusal = refuse(rule, refusal_zin(subject_of(event, nullptr), reason), 0);
  refusal.botst_met = other;
  return refusal;
}

std::optional<Refusal> judge_day(const RecordedEvent& event, const Placed& replaced,
                                 const Verantwoording& now) {
  if (event.na_afsluiting != pb::NA_AFSLUITING_UNSPECIFIED || now.afsluitingen().empty()) {
    return std::nullopt;
  }
  const Placed placed{event.geldig_op.value_or(Day{}), find_placed(*event.body)};
  for (const Placed& one : {replaced, placed}) {
    if (one.body == nullptr) continue;
    const Afsluiting* closed = now.find_afsluiting(days_of(one));
    if (closed == nullptr) continue;
    return refuse(Rule::kPeriodeAfgesloten, reason_of(*closed), event, closed->id);
  }
  return std::nullopt;
}

// A report is frozen once; a correctie of it stays about the same report.
std::optional<Refusal> judge_rapport(const RecordedEvent& event, const Verantwoording& now) {
  const pb::Body* placed = find_placed(*event.body);
  if (placed == nullptr || !placed->has_rapport_vastgesteld()) return std::nullopt;
  const auto& kind = placed->rapport_vastgesteld();
  const auto periode = parse_tijdvak(kind.periode());
  if (!periode) return std::nullopt;
  const VastgesteldRapport* frozen = now.find_rapport({kind.rapport(), *periode, kind.waar()});
  const auto vervangt = vervangt_of(*event.body);
  if (!vervangt) {
    if (frozen == nullptr) return std::nullopt;
    return refuse(Rule::kRapportAlVastgesteld, reason_of(*frozen, kind.periode()), event,
                  frozen->id);
  }
  if (frozen != nullptr && frozen->id == *vervangt) return std::nullopt;
  return refuse(Rule::kAnderRapport,
                "een correctie houdt rapport, periode en waar zoals zij zijn vastgesteld; trek het "
                "rapport in en stel het andere vast",
                event, *vervangt);
}

}  // namespace

void Afgesloten::take(const RecordedEvent& event) {
  if (!after_) after_ = *before_;
  after_->take(event);
}

std::optional<Refusal> Afgesloten::judge(const Stream& stream,
                                         std::span<const RecordedEvent> proposed) {
  const bool accounts = stream.id() == kOrganisatie;  // and may change what is closed
  if (!accounts && now().afsluitingen().empty()) return std::nullopt;
  Acting acting(stream);
  const bool is_group = proposed.size() > 1;
  for (std::size_t i = 0; i < proposed.size(); ++i) {
    const RecordedEvent& event = proposed[i];
    const Placed replaced = acting.find(event);
    const pb::Body* about = is_vervanging(*event.body) ? replaced.body : event.body;
    const bool exempt = about != nullptr && is_verantwoording(about->soort_case());
    auto refusal = exempt ? judge_rapport(event, now()) : judge_day(event, replaced, now());
    if (refusal) {
      refusal->index = i;
      return refusal;
    }
    if (exempt) take(event);
    if (is_group) acting.take(event);
  }
  return std::nullopt;
}

}  // namespace trede
