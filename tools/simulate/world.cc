#include "tools/simulate/world.h"

#include <algorithm>

namespace trede::simulate {

namespace {

// As many people as the reports of 2021 count intakes.
const Gemeente kOfTheReports[] = {
    {"Beverwijk", 57, {}}, {"Heemskerk", 33, {}}, {"Uitgeest", 15, {}}, {"Velsen", 56, {}}};
// Since then Uitgeest takes part in beschut werk only.
constexpr int kUitgeestLeaves = day_in(2023, 1, 1);

// Nobody records what begins more than so many days ahead.
constexpr int kAheadMost = 60;

// Some are large, most are small, as in the country.
std::uint32_t invented_weight(std::uint64_t number) {
  const auto chance = scrambled(number * 7919 + 1);
  const auto base = static_cast<std::uint32_t>(8 + chance % 50);
  return chance % 11 == 0 ? base * 6 : base;
}

}  // namespace

World::World(const SimulationOptions& options)
    : from_(day_number(options.from)),
      until_(day_number(options.until)),
      corrections_percent_(options.corrections_percent),
      afdelingen_{"Groen",         "Leerwerkbedrijf productie", "Gedetacheerden",
                  "Re-integratie", "Werkgeversservicepunt",     "Hoofdkantoor"} {
  make_gemeenten(options.gemeenten);
}

void World::make_gemeenten(int count) {
  for (std::uint64_t i = 0; i < static_cast<std::uint64_t>(count); ++i) {
    if (i < std::size(kOfTheReports)) {
      gemeenten_.push_back(kOfTheReports[i]);
      if (i == 2) {
        gemeenten_[i].of(pb::DIENST_RE_INTEGRATIE).tot = kUitgeestLeaves;
        gemeenten_[i].of(pb::DIENST_SOCIALE_WERKVOORZIENING).tot = kUitgeestLeaves;
      }
      continue;
    }
    Gemeente gemeente{"Gemeente " + std::to_string(i + 1), invented_weight(i), {}};
    // Some have their own sociale werkvoorziening, some came later.
    if (i % 7 == 5) gemeente.of(pb::DIENST_SOCIALE_WERKVOORZIENING).van = kForEver;
    if (i % 9 == 7) gemeente.of(pb::DIENST_RE_INTEGRATIE).van = day_in(2017, 7, 1);
    gemeenten_.push_back(std::move(gemeente));
  }
  std::uint32_t total = 0;
  for (const Gemeente& gemeente : gemeenten_) weights_.push_back(total += gemeente.weight);
}

bool World::takes_part(std::size_t gemeente, pb::Dienst dienst, int day) const {
  const Deelname& deelname = gemeenten_[gemeente].of(dienst);
  const bool from_the_start = deelname.van == kFounded;
  return (from_the_start ? kFounded <= day : deelname.van <= day - kAheadMost) &&
         day < deelname.tot;
}

bool World::takes_part_in_all(std::size_t gemeente, int day) const {
  return takes_part(gemeente, pb::DIENST_RE_INTEGRATIE, day) &&
         takes_part(gemeente, pb::DIENST_SOCIALE_WERKVOORZIENING, day) &&
         takes_part(gemeente, pb::DIENST_BESCHUT_WERK, day);
}

std::size_t World::pick_gemeente(Dice& dice, pb::Dienst dienst, int day) const {
  constexpr int kTries = 16;
  for (int i = 0; i < kTries; ++i) {
    const auto at = static_cast<std::uint32_t>(dice.below(weights_.back()));
    const auto found = std::ranges::upper_bound(weights_, at) - weights_.begin();
    if (takes_part(static_cast<std::size_t>(found), dienst, day)) {
      return static_cast<std::size_t>(found);
    }
  }
  return 0;
}

std::uint16_t World::headcount(std::uint64_t number) const {
  return static_cast<std::uint16_t>(std::clamp<std::uint64_t>(number * scale_ / kWhole, 1, 60'000));
}

}  // namespace trede::simulate
