#include "tools/simulate/route.h"

#include <algorithm>
#include <optional>

#include "tools/simulate/rates.h"
#include "tools/simulate/support.h"
#include "tools/simulate/values.h"

namespace trede::simulate {

namespace {

std::uint16_t number(auto code) { return static_cast<std::uint16_t>(code); }

const Steps& steps_of(pb::Trede trede) {
  if (trede == pb::TREDE_3) return kStepsTrede3;
  if (trede == pb::TREDE_4) return kStepsTrede4;
  if (trede == pb::TREDE_5) return kStepsTrede5;
  return trede == pb::TREDE_6 ? kStepsTrede6 : kStepsNaderTeBepalen;
}

// The events that follow on one another: each is recorded after the one before.
class Route {
 public:
  Route(Plan& plan, int day) : plan_(plan), person_(plan.person()), dice_(plan.dice()), day_(day) {}

  RouteEnd draw() {
    aanmelding();
    Supports supports;
    supports.begin = day_;
    supports.aanmelding = moment_;
    if (intake() && wait()) traject(supports);
    supports.end = day_;
    supports.diagnose = diagnose_;
    draw_supports(plan_, supports);
    return {day_, moment_, moves_};
  }

 private:
  void add(Soort soort, const Values& values = {}) {
    moment_ = plan_.moment_of(plan_.add(soort, day_, moment_, values));
  }

  void aanmelding() {
    Values values{};
    values[at::kGemeente] = person_.gemeente;
    values[at::kCode] = person_.regeling;
    values[at::kDoelgroepen] = person_.doelgroepen;
    values[at::kBron] = number(dice_.pick(kBronnen));
    values[at::kNumber] = person_.geboortejaar;
    add(Soort::kAanmelding, values);
  }

  void niet_gestart() {
    Values values{};
    const auto reden = dice_.pick(kNietGestartRedenen);
    values[at::kCode] = number(reden);
    moves_ = reden == pb::NIET_GESTART_REDEN_VERHUISD;
    add(Soort::kNietGestart, values);
  }

  // Returns whether the person waits for a start.
  bool intake() {
    const int lead = dice_.draw(kUntilIntake);
    if (dice_.chance(kNietGestartAangemeld)) {
      day_ += lead;
      niet_gestart();
      return false;
    }
    if (dice_.chance(kIntakeGestart)) {
      const int until = dice_.between(1, lead - 1);
      day_ += until;
      add(Soort::kIntakeGestart);
      day_ += lead - until;
    } else {
      day_ += lead;
    }
    const auto uitkomst = dice_.pick(kUitkomsten);
    const bool starts = uitkomst == pb::INTAKE_UITKOMST_POSITIEF;
    const bool diagnose = starts && dice_.chance(kDiagnoseAtIntake);
    afstand_ = dice_.pick(kAfstanden);
    Values values{};
    values[at::kCode] = number(uitkomst);
    values[at::kSoortIntake] = number(lead > 35 && dice_.chance(400) ? pb::SOORT_INTAKE_VERLENGDE
                                                                     : pb::SOORT_INTAKE_BREDE);
    values[at::kAdvies] = number(
        diagnose ? pb::INTAKE_ADVIES_DIAGNOSE
        : starts ? pb::INTAKE_ADVIES_TRAJECT
                 : static_cast<pb::IntakeAdvies>(dice_.between(
                       pb::INTAKE_ADVIES_VOORLIGGENDE_VOORZIENING, pb::INTAKE_ADVIES_OVERIG)));
    values[at::kStartkwalificatie] = number(dice_.chance(380) ? pb::JA_NEE_JA : pb::JA_NEE_NEE);
    values[at::kFase] = number(afstand_);  // the phases have the numbers of the distances
    const std::size_t place = plan_.add(Soort::kIntake, day_, moment_, values);
    moment_ = plan_.moment_of(place);
    if (dice_.chance(700)) meting(place);
    if (diagnose) diagnose_ = day_;
    return starts;
  }

  void meting(std::size_t intake) {
    Values values{};
    values[at::kCode] = number(afstand_);
    values[at::kStatus] = number(pb::METING_STATUS_VOORLOPIG);
    if (dice_.chance(350)) {
      plan_.join(Soort::kAbcMeting, day_, intake, values);
    } else {
      plan_.add(Soort::kAbcMeting, day_, moment_, values);
    }
  }

  // Returns whether the traject begins.
  bool wait() {
    day_ += dice_.draw(kUntilStart);
    if (!dice_.chance(kNietGestartWachtend)) return true;
    niet_gestart();
    return false;
  }

  void traject(Supports& supports) {
    pb::Trede trede = dice_.pick(kFirstTreden);
    Values values{};
    values[at::kCode] = number(trede);
    values[at::kVormTraject] = number(dice_.chance(600) ? pb::VORM_INDIVIDUEEL : pb::VORM_GROEP);
    supports.traject = day_;
    const std::size_t place = plan_.add(Soort::kTrajectStart, day_, moment_, values);
    moment_ = supports.traject_start = plan_.moment_of(place);
    werkcoach(place);
    for (;;) {
      day_ += dice_.draw(trede == pb::TREDE_NADER_TE_BEPALEN ? kStayNaderTeBepalen : kStay);
      const Step step = dice_.pick(steps_of(trede));
      if (step.naar == pb::TREDE_UNSPECIFIED) return uitstroom(trede, step.reden);
      trede = step.naar;
      Values doorstroom{};
      doorstroom[at::kCode] = number(trede);
      add(Soort::kTredeDoorstroom, doorstroom);
    }
  }

  void werkcoach(std::size_t traject_start) {
    person_.werkcoach =
        static_cast<std::uint16_t>(1 + dice_.below(plan_.world().headcount(kWerkcoaches)));
    Values values{};
    values[at::kNaam] = person_.werkcoach;
    if (dice_.chance(300)) {
      plan_.join(Soort::kWerkcoachToegewezen, day_, traject_start, values);
    } else {
      plan_.add(Soort::kWerkcoachToegewezen, day_ + dice_.between(0, 4), moment_, values);
    }
  }

  void uitstroom(pb::Trede trede, pb::UitstroomReden reden) {
    Values values{};
    values[at::kCode] = number(reden);
    if (reden == kWerk) values[at::kBetaald] = number(pb::JA_NEE_JA);
    if (reden == kMaximaal) {
      values[at::kBetaald] = number(trede >= pb::TREDE_4 ? pb::JA_NEE_JA : pb::JA_NEE_NEE);
    }
    moves_ = reden == kVerhuizing;
    add(Soort::kUitstroom, values);
  }

  Plan& plan_;
  Person& person_;
  Dice& dice_;
  int day_;
  std::int64_t moment_ = 0;
  pb::Afstand afstand_ = pb::AFSTAND_UNSPECIFIED;
  std::optional<int> diagnose_;
  bool moves_ = false;
};

}  // namespace

RouteEnd draw_route(Plan& plan, int day) { return Route(plan, day).draw(); }

}  // namespace trede::simulate
