// Where the attributes of a kind stand in the Values of an act. A gemeente, afdeling, naam,
// werkcoach or werkgever is its place in a list plus one, so that 0 is absent everywhere.
#pragma once

#include <cstddef>

namespace trede::simulate::at {

inline constexpr std::size_t kGemeente = 0;

inline constexpr std::size_t kCode = 1;  // the code that the kind requires

inline constexpr std::size_t kDoelgroepen = 2;  // bit n stands for Doelgroep n
inline constexpr std::size_t kSoortIntake = 2;
inline constexpr std::size_t kVormTraject = 2;
inline constexpr std::size_t kStatus = 2;
inline constexpr std::size_t kUitkomst = 2;  // of an indicatie
inline constexpr std::size_t kBesluit = 2;   // of a herziening
inline constexpr std::size_t kSubsidie = 2;
inline constexpr std::size_t kRegeling = 2;  // of a plaatsing
inline constexpr std::size_t kBetaald = 2;
inline constexpr std::size_t kSroi = 2;
inline constexpr std::size_t kVastgesteldDoor = 2;

inline constexpr std::size_t kBron = 3;
inline constexpr std::size_t kAdvies = 3;
inline constexpr std::size_t kLeeftijdsgroep = 3;

inline constexpr std::size_t kStartkwalificatie = 4;
inline constexpr std::size_t kVormPlaatsing = 4;

inline constexpr std::size_t kKenmerk = 5;  // a number; 0 = the standard one
inline constexpr std::size_t kFase = 5;

// A year of birth, a factor, a percentage, hours, a number of vacatures, days until the next act.
inline constexpr std::size_t kNumber = 6;

inline constexpr std::size_t kNaam = 7;  // also of an afdeling, werkcoach or werkgever

}  // namespace trede::simulate::at
