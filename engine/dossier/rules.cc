#include "engine/dossier/rules.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "engine/dossier/zinnen.h"

namespace trede {

namespace {

constexpr Day kLastWswDay{std::chrono::year{2014} / 12 / 31};

// The rules that need nothing but the event.
std::optional<Refusal> judge_alone(const RecordedEvent& event, StreamKind stream, Day vandaag,
                                   std::size_t index) {
  const auto no = [&](Rule rule, const std::string& reason) {
    return refuse(rule, refusal_zin(subject_of(event, nullptr), reason), index);
  };
  const Kind& kind = kind_of(event.body->soort_case());
  if (kind.stream && *kind.stream != stream) {
    return no(Rule::kAndereStroom, "deze soort hoort in een stroom van soort " +
                                       std::string(stream_kind_text(*kind.stream)));
  }
  const auto day = event.geldig_op;
  const pb::Body* placed = find_placed(*event.body);
  if (placed == nullptr) {
    if (!day) return std::nullopt;
    return no(Rule::kIntrekkingMetDag, "een intrekking heeft geen geldig op");
  }
  if (*day < kFirstDay) {
    return no(Rule::kDagTeVroeg, "de vroegste dag is " + dutch_day(kFirstDay));
  }
  const Day latest = vandaag + std::chrono::days{kind_of(placed->soort_case()).days_ahead};
  if (*day > latest) {
    return no(Rule::kDagTeVer, "wie dit op " + dutch_day(vandaag) +
                                   " vastlegt kan niet verder dan " + dutch_day(latest));
  }
  const bool wsw = placed->has_dienstverband_start() &&
                   placed->dienstverband_start().dienstverband() == pb::DIENSTVERBAND_SOORT_WSW;
  if (wsw && *day > kLastWswDay) {
    return no(Rule::kWswGesloten,
              "na " + dutch_day(kLastWswDay) + " begint geen dienstverband wsw meer");
  }
  return std::nullopt;
}

// Looks up what correcties and intrekkingen replace, in the history and among what is proposed
// with them before.
class Replaced {
 public:
  explicit Replaced(const Stream& stream) : stream_(stream) {}

  void add(const RecordedEvent& proposed) {
    if (proposed.body->has_intrekking()) withdrawn_.insert(*vervangt_of(*proposed.body));
    added_.emplace(proposed.id, proposed.body);
  }

  // The rule that `proposed`, a correctie or intrekking, breaks.
  std::optional<Rule> find_broken(const pb::Body& proposed) const {
    const auto vervangt = vervangt_of(proposed);
    if (!vervangt) return Rule::kVervangtOnbekend;
    const auto added = added_.find(*vervangt);
    const pb::Body* replaced = added == added_.end() ? nullptr : added->second;
    if (stream_.is_vervanging(*vervangt) || (replaced != nullptr && is_vervanging(*replaced))) {
      return Rule::kVervangtVervanging;
    }
    if (stream_.is_withdrawn(*vervangt) || withdrawn_.contains(*vervangt)) {
      return Rule::kVervangtIngetrokken;
    }
    if (replaced == nullptr) {
      const ActingEvent* acting = stream_.find_acting(*vervangt);
      if (acting == nullptr) return Rule::kVervangtOnbekend;
      replaced = acting->body;
    }
    const pb::Body* placed = find_placed(proposed);
    if (placed != nullptr && placed->soort_case() != replaced->soort_case()) {
      return Rule::kVervangtAndereSoort;
    }
    return std::nullopt;
  }

 private:
  const Stream& stream_;
  std::unordered_map<EventId, const pb::Body*> added_;
  std::unordered_set<EventId> withdrawn_;
};

std::string reason_of_vervangt(Rule rule, const pb::Body& proposed) {
  if (rule == Rule::kVervangtOnbekend) return "de gebeurtenis die zij vervangt is niet vastgelegd";
  if (rule == Rule::kVervangtVervanging) {
    return "zij vervangt zelf een correctie of intrekking; vervang de gebeurtenis zoals die het "
           "eerst is vastgelegd";
  }
  if (rule == Rule::kVervangtIngetrokken) return "de gebeurtenis die zij vervangt is ingetrokken";
  return "de gebeurtenis die zij vervangt is geen " + label_of(find_placed(proposed)->soort_case());
}

bool replaces(const RecordedEvent& event) { return is_vervanging(*event.body); }

std::optional<Refusal> judge_vervangingen(const Stream& stream,
                                          std::span<const RecordedEvent> proposed) {
  if (std::ranges::none_of(proposed, replaces)) return std::nullopt;
  Replaced replaced(stream);
  for (std::size_t i = 0; i < proposed.size(); ++i) {
    const RecordedEvent& event = proposed[i];
    if (replaces(event)) {
      if (const auto rule = replaced.find_broken(*event.body)) {
        return refusal_of_vervangt(*rule, event, i);
      }
    }
    replaced.add(event);
  }
  return std::nullopt;
}

// What acts now for the event that `proposed` replaces.
const ActingEvent* find_replaced(const Stream& stream, const RecordedEvent& proposed) {
  const auto vervangt = vervangt_of(*proposed.body);
  return vervangt ? stream.find_acting(*vervangt) : nullptr;
}

// Which of `proposed` to name when `event`, which stands in the history, can act no longer: the one
// that stands nearest before it in time; when all stand after it, the last one.
std::size_t nearest_before(const Stream& stream, std::span<const RecordedEvent> proposed,
                           const ActingEvent& event) {
  std::size_t nearest = proposed.size() - 1;
  std::optional<Day> nearest_day;
  for (std::size_t i = 0; i < proposed.size(); ++i) {
    const ActingEvent* replaced = find_replaced(stream, proposed[i]);
    auto day = proposed[i].geldig_op;
    if (!day && replaced != nullptr) day = replaced->geldig_op;
    if (!day || *day > event.geldig_op || (nearest_day && *day < *nearest_day)) continue;
    nearest = i;
    nearest_day = day;
  }
  return nearest;
}

Refusal refusal_of(const Violation& violation, const Stream& stream,
                   std::span<const RecordedEvent> proposed) {
  const std::uint64_t first = proposed.front().position.value;
  const std::uint64_t source = violation.event->source.value;
  const std::string reason = reason_of(violation);
  Refusal refusal{std::string(rule_code(violation.rule)), {}, 0, std::nullopt};
  if (source >= first) {
    refusal.index = static_cast<std::size_t>(source - first);
    if (violation.collides != nullptr) refusal.botst_met = violation.collides->id;
  } else {
    refusal.index = nearest_before(stream, proposed, *violation.event);
    refusal.botst_met = violation.event->id;
  }
  const RecordedEvent& event = proposed[refusal.index];
  const std::string subject = subject_of(event, find_replaced(stream, event));
  refusal.zin = source >= first ? refusal_zin(subject, reason)
                                : refusal_zin(subject, *violation.event, reason);
  return refusal;
}

// Judges the whole timeline, and completes the eisen of a gemeente_gewijzigd: which dienst counts
// depends on what holds when it acts.
Judgement judge_dossier(Stream& stream, std::span<const RecordedEvent> proposed) {
  Judgement judgement{.refusal = std::nullopt, .eisen = eisen_of(proposed), .trial = {}};
  const std::uint64_t first = proposed.front().position.value;
  const auto complete = [&](const Step& step) {
    if (step.event.source.value < first || !step.event.body->has_gemeente_gewijzigd()) return;
    const auto index = static_cast<std::size_t>(step.event.source.value - first);
    const auto eis = std::ranges::find(judgement.eisen, index, &Eis::index);
    if (eis != judgement.eisen.end()) eis->dienst = dienst_of_gewijzigde_gemeente(step.before);
  };
  const bool depends = std::ranges::any_of(proposed, [](const RecordedEvent& event) {
    const pb::Body* placed = find_placed(*event.body);
    return placed != nullptr && placed->has_gemeente_gewijzigd();
  });
  judgement.trial = stream.try_fold(proposed, depends ? StepVisitor(complete) : StepVisitor());
  if (const auto& violation = judgement.trial.violation) {
    judgement.refusal = refusal_of(*violation, stream, proposed);
  }
  return judgement;
}

// Only what enters and leaves can make the organisation unsound, so bookings cost nothing here.
Judgement judge_organisatie(const Stream& stream, std::span<const RecordedEvent> proposed) {
  Judgement judgement;
  const bool concerns = std::ranges::any_of(proposed, [&](const RecordedEvent& event) {
    if (!replaces(event)) return is_inrichting(event.body->soort_case());
    const ActingEvent* replaced = find_replaced(stream, event);
    return replaced == nullptr || is_inrichting(replaced->soort());
  });
  if (!concerns) return judgement;
  const auto acting = stream.acting_with(proposed);
  const auto violation = Organisatie::find_violation(acting);
  if (violation) judgement.refusal = refusal_of(*violation, stream, proposed);
  return judgement;
}

}  // namespace

Judgement judge(Stream& stream, std::span<const RecordedEvent> proposed,
                std::span<const Day> vandaag) {
  for (std::size_t i = 0; i < proposed.size(); ++i) {
    const Day day = vandaag.size() == 1 ? vandaag.front() : vandaag[i];
    if (auto refusal = judge_alone(proposed[i], stream.id().kind, day, i)) {
      return {std::move(refusal), {}, {}};
    }
  }
  if (auto refusal = judge_vervangingen(stream, proposed)) return {std::move(refusal), {}, {}};
  switch (stream.id().kind) {
    case StreamKind::kDossier: return judge_dossier(stream, proposed);
    case StreamKind::kOrganisatie: return judge_organisatie(stream, proposed);
    case StreamKind::kWerkgever: return {};  // points only
  }
  std::unreachable();
}

Refusal refusal_of_vervangt(Rule rule, const RecordedEvent& proposed, std::size_t index) {
  const std::string subject = subject_of(proposed, nullptr);
  return refuse(rule, refusal_zin(subject, reason_of_vervangt(rule, *proposed.body)), index);
}

Refusal refusal_of_andere_stroom(const RecordedEvent& proposed, std::size_t index) {
  return refuse(Rule::kVervangtAndereStroom,
                refusal_zin(subject_of(proposed, nullptr),
                            "de gebeurtenis die zij vervangt hoort bij een andere stroom"),
                index);
}

}  // namespace trede
