#include "projections/caseload/termijnen.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "engine/dossier/langdurig.h"

namespace trede {

namespace {

using std::chrono::days;

constexpr days kIntakeTermijn{28};
constexpr std::chrono::months kHeroverwegingTermijn{3};
constexpr days kZonderContact{120};  // from this many days on it is too long
constexpr days kZesWeken{42};

// Three months after the 30th of November is the last day of February.
Day months_after(Day day, std::chrono::months months) {
  const std::chrono::year_month_day from{day};
  const auto to = from + months;
  return to.ok() ? Day{to} : Day{to.year() / to.month() / std::chrono::last};
}

// What a dossier tells of its terms, event by event.
class Clockwork {
 public:
  explicit Clockwork(Day op) : op_(op) {}

  void on(const Step& step) {
    if (step.event.geldig_op > op_) return;
    state_ = step.after;
    const pb::Body& body = *step.event.body;
    if (body.has_aanmelding()) aangemeld_ = &step.event;
    if (body.has_contactmoment()) contact_ = &step.event;
    // Of a kenmerk the latest decision is meant.
    if (body.has_maatregel() || body.has_maatregel_herzien()) settle(kenmerk_of(body));
    if (body.has_maatregel() && body.maatregel().besluit() != pb::BESLUIT_AFZIEN) {
      maatregelen_.push_back(&step.event);
    }
  }

  std::vector<Termijn> running(std::span<const ActingEvent> events) const {
    std::vector<Termijn> out;
    if (state_.aangemeld != nullptr) {
      out.push_back({TermijnSoort::kIntake, state_.aangemeld->geldig_op + kIntakeTermijn,
                     state_.aangemeld->order});
    }
    if (state_.in_re_integratie()) add_contact(out);
    for (const ActingEvent* besluit : maatregelen_) {
      out.push_back({TermijnSoort::kHeroverweging,
                     months_after(besluit->geldig_op, kHeroverwegingTermijn), besluit->order,
                     std::string(kenmerk_of(*besluit->body))});
    }
    if (state_.verzuim != nullptr) add_verzuim(events, out);
    std::ranges::sort(out, {}, [](const Termijn& one) {
      return std::tuple(one.uiterlijk, one.soort, one.aanleiding);
    });
    return out;
  }

 private:
  void settle(std::string_view kenmerk) {
    std::erase_if(maatregelen_,
                  [&](const ActingEvent* one) { return kenmerk_of(*one->body) == kenmerk; });
  }

  void add_contact(std::vector<Termijn>& out) const {
    // A contactmoment of an earlier time says nothing about this one.
    const bool is_of_now = contact_ != nullptr && contact_->geldig_op >= aangemeld_->geldig_op;
    const ActingEvent& last = is_of_now ? *contact_ : *aangemeld_;
    out.push_back({TermijnSoort::kContact, last.geldig_op + kZonderContact - days{1}, last.order});
    if (!is_of_now || !contact_->body->contactmoment().has_volgende_actie_op()) return;
    out.push_back({TermijnSoort::kVolgendeActie,
                   day_from_number(contact_->body->contactmoment().volgende_actie_op()),
                   contact_->order});
  }

  void add_verzuim(std::span<const ActingEvent> events, std::vector<Termijn>& out) const {
    const ActingEvent& geval = *state_.verzuim;
    out.push_back({TermijnSoort::kZesWeken, geval.geldig_op + kZesWeken - days{1}, geval.order});
    if (const auto wachttijd = wachttijd_verzuim(events, op_)) {
      out.push_back({TermijnSoort::kWachttijd, wachttijd->einde - days{1}, geval.order});
    }
  }

  Day op_;
  State state_;
  const ActingEvent* aangemeld_ = nullptr;  // the latest; one in re-integratie has one
  const ActingEvent* contact_ = nullptr;
  std::vector<const ActingEvent*> maatregelen_;  // decided, and not reconsidered
};

}  // namespace

std::string_view code_of(TermijnSoort soort) {
  switch (soort) {
    case TermijnSoort::kIntake: return "intake";
    case TermijnSoort::kVolgendeActie: return "volgende_actie";
    case TermijnSoort::kHeroverweging: return "heroverweging";
    case TermijnSoort::kContact: return "contact";
    case TermijnSoort::kZesWeken: return "zes_weken_verzuim";
    case TermijnSoort::kWachttijd: return "wachttijd_verzuim";
  }
  std::unreachable();
}

bool is_of_verzuim(TermijnSoort soort) {
  return soort == TermijnSoort::kZesWeken || soort == TermijnSoort::kWachttijd;
}

std::vector<Termijn> termijnen(std::span<const ActingEvent> events, Day op) {
  Clockwork clockwork(op);
  fold_dossier(events, [&](const Step& step) { clockwork.on(step); });
  return clockwork.running(events);
}

}  // namespace trede
