// The rates of the reports, and what had to be assumed where the reports have none. All chances
// are in thousandths, all durations in days. README.md says where each comes from.
#pragma once

#include "proto/event.pb.h"
#include "tools/simulate/dice.h"

namespace trede::simulate {

// --- What an organisation of four gemeenten has in a year, or at the start. ---
inline constexpr int kAanmeldingenPerYear = 600;  // 144 in the first quarter of 2021, 174 on
                                                  // average in 2020, 370 in eight months of 2024
inline constexpr int kWswAtStart = 560;           // in 2015: 138 + 158 + 186 fte were left in 2021
inline constexpr int kBeschutAtStart = 10;        // 33 at the end of 2020, none before 2015
inline constexpr int kStaffAtStart = 110;
inline constexpr int kBegeleidWerkenAtStart = 70;  // 58 at the end of 2020
inline constexpr int kGarantiebanenAtStart = 90;   // 105 at the end of 2020
inline constexpr int kStaffPerYear = 18;
inline constexpr int kBeschutPerYear = 5;  // besides those who come from a traject
inline constexpr int kBegeleidWerkenPerYear = 3;
inline constexpr int kGarantiebanenPerYear = 30;  // wajong and wsw: 12 of the 20 of a quarter
inline constexpr int kRelatiesPerYear = 36;       // 8 in a quarter, 40 agreed for a year
inline constexpr int kRelatiesAtStart = 60;
inline constexpr int kVacaturesPerYear = 260;  // 64 in a quarter, 147 in eight months

// --- Recording. ---
// Days between what is true and when it is recorded: most the same or the next days, some weeks, a
// few months.
inline constexpr Deciles kLatenessOffice{0, 0, 0, 0, 0, 1, 1, 2, 5, 16, 120};
inline constexpr Deciles kLatenessPoints{0, 0, 0, 0, 0, 0, 0, 1, 2, 5, 40};
inline constexpr Deciles kLatenessVerzuim{0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 20};
inline constexpr int kAgreedAhead = 350;  // of what may be recorded before its day
inline constexpr int kAheadLeast = 2;
inline constexpr int kAheadMost = 28;
inline constexpr int kTakeoverDays = 13;  // in which the people who are there already are recorded
inline constexpr Deciles kUntilSetRight{0, 1, 3, 6, 10, 15, 22, 33, 50, 80, 240};
inline constexpr int kWithdrawn = 200;  // of what is set right, how much is withdrawn
inline constexpr int kWrongDay = 500;   // of what is corrected, how much had a wrong day
inline constexpr int kTwiceCorrected = 80;
inline constexpr int kDoubleAanmelding = 8;

// --- Aanmelding and intake. ---
inline constexpr std::array<Weighted<pb::Regeling>, 8> kRegelingen{
    {{pb::REGELING_PARTICIPATIEWET, 850},
     {pb::REGELING_IOAW, 40},
     {pb::REGELING_IOAZ, 8},
     {pb::REGELING_ANW, 8},
     {pb::REGELING_NUG, 44},
     {pb::REGELING_WW, 25},
     {pb::REGELING_WAJONG, 17},
     {pb::REGELING_WIA, 8}}};
inline constexpr std::array<Weighted<pb::Bron>, 5> kBronnen{{{pb::BRON_GEMEENTE, 830},
                                                             {pb::BRON_SCHOOL, 50},
                                                             {pb::BRON_UWV, 60},
                                                             {pb::BRON_ZELF, 40},
                                                             {pb::BRON_OVERIG, 20}}};
// 67 of 984 are statushouder.
inline constexpr std::array<Weighted<pb::Doelgroep>, 8> kDoelgroepen{
    {{pb::DOELGROEP_STATUSHOUDER, 70},
     {pb::DOELGROEP_JONGERE, 140},
     {pb::DOELGROEP_BANENAFSPRAAK, 110},
     {pb::DOELGROEP_PRO_VSO, 30},
     {pb::DOELGROEP_PARTTIMER, 40},
     {pb::DOELGROEP_ANDERSTALIG, 160},
     {pb::DOELGROEP_ALLEENSTAANDE_OUDER, 90},
     {pb::DOELGROEP_INBURGERAAR, 60}}};
inline constexpr Deciles kAges{18, 22, 26, 30, 34, 39, 44, 49, 54, 59, 65};
// 60 % within four weeks.
inline constexpr Deciles kUntilIntake{2, 7, 11, 15, 19, 24, 28, 35, 44, 60, 120};
inline constexpr int kIntakeGestart = 650;
// 93 of 370 did not start: 10 % a negative advice (16 of 161), the others before or after it.
inline constexpr int kNietGestartAangemeld = 65;
inline constexpr int kNietGestartWachtend = 68;
inline constexpr std::array<Weighted<pb::IntakeUitkomst>, 3> kUitkomsten{
    {{pb::INTAKE_UITKOMST_POSITIEF, 866},
     {pb::INTAKE_UITKOMST_NEGATIEF, 104},
     {pb::INTAKE_UITKOMST_TERUGGEMELD, 30}}};
inline constexpr std::array<Weighted<pb::NietGestartReden>, 5> kNietGestartRedenen{
    {{pb::NIET_GESTART_REDEN_PROBLEMATIEK, 420},
     {pb::NIET_GESTART_REDEN_ANDER_TRAJECT, 200},
     {pb::NIET_GESTART_REDEN_WERK_GEVONDEN, 180},
     {pb::NIET_GESTART_REDEN_VERHUISD, 90},
     {pb::NIET_GESTART_REDEN_OVERIG, 110}}};
inline constexpr Deciles kUntilStart{1, 3, 6, 9, 12, 15, 19, 24, 31, 45, 110};
// 65 % far from work, 20 % near it.
inline constexpr std::array<Weighted<pb::Afstand>, 3> kAfstanden{
    {{pb::AFSTAND_KORT, 200}, {pb::AFSTAND_MIDDEL, 150}, {pb::AFSTAND_GROOT, 650}}};
// 41 began AD&A in a quarter of 144 aanmeldingen; 68 to 71 were in it.
inline constexpr int kDiagnoseAtIntake = 250;
inline constexpr int kDiagnoseInTraject = 110;
inline constexpr Deciles kDiagnoseDays{14, 45, 65, 85, 105, 125, 150, 180, 215, 260, 400};

// --- The treden. ---
// What ends a stay in a trede: the next trede, or an uitstroom with its reden.
struct Step {
  pb::Trede naar;  // TREDE_UNSPECIFIED: uitstroom
  pb::UitstroomReden reden;
};
inline constexpr Step up(pb::Trede naar) { return {naar, pb::UITSTROOM_REDEN_UNSPECIFIED}; }
inline constexpr Step out(pb::UitstroomReden reden) { return {pb::TREDE_UNSPECIFIED, reden}; }
using Steps = std::array<Weighted<Step>, 10>;

inline constexpr std::array<Weighted<pb::Trede>, 5> kFirstTreden{{{pb::TREDE_NADER_TE_BEPALEN, 260},
                                                                  {pb::TREDE_3, 330},
                                                                  {pb::TREDE_4, 110},
                                                                  {pb::TREDE_5, 180},
                                                                  {pb::TREDE_6, 120}}};
inline constexpr Deciles kStay{14, 60, 105, 150, 195, 245, 300, 370, 460, 620, 1300};
inline constexpr Deciles kStayNaderTeBepalen{14, 60, 100, 140, 185, 235, 290, 360, 450, 600, 1000};
inline constexpr auto kWerk = pb::UITSTROOM_REDEN_WERKAANVAARDING;
inline constexpr auto kMaximaal = pb::UITSTROOM_REDEN_MAXIMALE_PARTICIPATIE;
inline constexpr auto kTerug = pb::UITSTROOM_REDEN_TERUG_NAAR_GEMEENTE;
inline constexpr auto kVerhuizing = pb::UITSTROOM_REDEN_VERHUIZING;
inline constexpr auto kOverig = pb::UITSTROOM_REDEN_OVERIG;
// In the order of the codes: nader_te_bepalen, (2), 3, 4, 5, 6.
inline constexpr Steps kStepsNaderTeBepalen{{{up(pb::TREDE_3), 450},
                                             {up(pb::TREDE_4), 160},
                                             {up(pb::TREDE_5), 170},
                                             {up(pb::TREDE_6), 90},
                                             {out(kTerug), 70},
                                             {out(kWerk), 20},
                                             {out(kVerhuizing), 10},
                                             {out(kOverig), 30}}};
inline constexpr Steps kStepsTrede3{{{up(pb::TREDE_4), 330},
                                     {up(pb::TREDE_5), 200},
                                     {up(pb::TREDE_6), 20},
                                     {out(kWerk), 90},
                                     {out(kMaximaal), 40},
                                     {out(kTerug), 190},
                                     {out(kVerhuizing), 30},
                                     {out(kOverig), 100}}};
inline constexpr Steps kStepsTrede4{{{up(pb::TREDE_3), 250},
                                     {up(pb::TREDE_5), 190},
                                     {up(pb::TREDE_6), 60},
                                     {out(kWerk), 130},
                                     {out(kMaximaal), 70},
                                     {out(kTerug), 170},
                                     {out(kVerhuizing), 30},
                                     {out(kOverig), 100}}};
inline constexpr Steps kStepsTrede5{{{up(pb::TREDE_6), 200},
                                     {up(pb::TREDE_4), 120},
                                     {up(pb::TREDE_3), 80},
                                     {up(pb::TREDE_NADER_TE_BEPALEN), 20},
                                     {out(kWerk), 240},
                                     {out(kMaximaal), 80},
                                     {out(kTerug), 130},
                                     {out(kVerhuizing), 30},
                                     {out(kOverig), 100}}};
inline constexpr Steps kStepsTrede6{{{up(pb::TREDE_5), 140},
                                     {up(pb::TREDE_4), 50},
                                     {out(kWerk), 350},
                                     {out(kMaximaal), 190},
                                     {out(kTerug), 130},
                                     {out(kVerhuizing), 30},
                                     {out(kOverig), 110}}};

// --- What happens in a traject. Chances are per year of traject unless said otherwise. ---
inline constexpr Deciles kUntilContact{4, 14, 21, 26, 30, 34, 40, 48, 58, 75, 140};
inline constexpr std::array<Weighted<pb::Contact>, 4> kContacten{{{pb::CONTACT_GESPREK, 520},
                                                                  {pb::CONTACT_TELEFOON, 260},
                                                                  {pb::CONTACT_BERICHT, 190},
                                                                  {pb::CONTACT_HUISBEZOEK, 30}}};
inline constexpr Deciles kUntilOtherCoach{120, 300,  420,  540,  660, 780,
                                          920, 1080, 1300, 1700, 3000};
inline constexpr int kWerkcoaches = 24;
inline constexpr Deciles kUntilMeting{150, 240, 300, 340, 365, 390, 420, 470, 540, 660, 1000};
inline constexpr int kVoorzieningen = 850;
inline constexpr std::array<Weighted<pb::VoorzieningSoort>, 8> kVoorzieningSoorten{
    {{pb::VOORZIENING_SOORT_TRAINING, 260},
     {pb::VOORZIENING_SOORT_STAGE, 160},
     {pb::VOORZIENING_SOORT_TAALSCHOLING, 130},
     {pb::VOORZIENING_SOORT_EXTERN_TRAJECT, 200},  // 54 ran in trede 4, of 158 trajecten there
     {pb::VOORZIENING_SOORT_JOBCOACHING, 110},
     {pb::VOORZIENING_SOORT_MAP, 30},  // 13 in eight months
     {pb::VOORZIENING_SOORT_PROJECT, 60},
     {pb::VOORZIENING_SOORT_OVERIG, 50}}};
inline constexpr Deciles kVoorzieningDays{10, 30, 50, 70, 85, 100, 125, 155, 190, 240, 400};
inline constexpr int kParttimeWerk = 60;  // 12 in a quarter of a thousand trajecten, 18 in 2024
inline constexpr int kWerkervaringsplaats = 60;
inline constexpr Deciles kPlaatsingDays{20, 60, 90, 120, 150, 180, 210, 260, 330, 420, 700};
inline constexpr int kGarantiebaan = 230;  // of those of the banenafspraak
inline constexpr Deciles kGarantiebaanDays{60, 180, 240, 360, 420, 540, 720, 900, 1200, 1600, 2600};
inline constexpr int kMaatregelen = 75;  // 20 in a quarter of a thousand trajecten
inline constexpr std::array<Weighted<pb::Besluit>, 8> kBesluiten{
    {{pb::BESLUIT_AFZIEN, 4},  // as the quarter has them, of 20; those it has none of, few
     {pb::BESLUIT_100_PROCENT, 2},
     {pb::BESLUIT_2X_100_PROCENT, 1},
     {pb::BESLUIT_1_MAAND_10_PROCENT, 3},
     {pb::BESLUIT_1_MAAND_20_PROCENT, 6},
     {pb::BESLUIT_2_MAANDEN_10_PROCENT, 2},
     {pb::BESLUIT_2_MAANDEN_20_PROCENT, 2},
     {pb::BESLUIT_GEMATIGD, 1}}};
inline constexpr int kHerzien = 350;
inline constexpr std::array<Weighted<pb::HerzienUitkomst>, 3> kHerzienUitkomsten{
    {{pb::HERZIEN_UITKOMST_GEHANDHAAFD, 600},
     {pb::HERZIEN_UITKOMST_GEWIJZIGD, 250},
     {pb::HERZIEN_UITKOMST_VERVALLEN, 150}}};
inline constexpr int kOntheffing = 30;
inline constexpr int kOponthoud = 90;
inline constexpr Deciles kOponthoudDays{10, 28, 42, 56, 70, 84, 98, 120, 150, 190, 300};
inline constexpr int kVerhuisd = 35;
inline constexpr int kAndereDoelgroep = 70;
inline constexpr int kIndicatie = 50;

// --- After a traject. ---
inline constexpr int kAgain = 230;
inline constexpr Deciles kUntilAgain{40, 90, 130, 180, 240, 310, 390, 490, 620, 800, 1400};
inline constexpr int kToBeschutWerk = 12;  // 4 in a quarter

// --- Dienstverbanden and verzuim. ---
struct Work {
  pb::DienstverbandSoort soort;
  Deciles until_ziek;  // from the recovery to the next ziekmelding
  Deciles ziek_days;   // of a case
  Deciles stay;        // from the start to the end
  int lengthened;      // chance that a case is one of the long ones
};
// 12,1 % in 2021 and 13,0 % in 2024 of wsw (16,8 % is the benchmark), 7,9 % of beschut werk, 6,5 %
// and 7,4 % of ambtelijk.
inline constexpr Deciles kLongCase{43, 60, 80, 105, 140, 185, 245, 320, 430, 600, 900};
inline constexpr Work kWsw{pb::DIENSTVERBAND_SOORT_WSW,
                           {5, 45, 90, 135, 185, 240, 300, 370, 470, 640, 1300},
                           {1, 1, 2, 3, 4, 5, 6, 8, 12, 22, 42},
                           {400, 1500, 2400, 3200, 4000, 4800, 5700, 6800, 8200, 9800, 12000},
                           205};
inline constexpr Work kBeschut{pb::DIENSTVERBAND_SOORT_BESCHUT_WERK,
                               {5, 45, 90, 135, 185, 240, 300, 370, 470, 640, 1300},
                               {1, 1, 2, 3, 4, 5, 6, 8, 12, 20, 42},
                               {20, 60, 200, 420, 800, 1300, 1900, 2600, 3600, 5000, 9000},
                               120};
inline constexpr Work kAmbtelijk{pb::DIENSTVERBAND_SOORT_AMBTELIJK,
                                 {10, 70, 130, 190, 250, 320, 400, 500, 640, 860, 1700},
                                 {1, 1, 2, 2, 3, 4, 5, 7, 10, 18, 42},
                                 {40, 300, 600, 900, 1300, 1800, 2500, 3400, 4800, 7000, 12000},
                                 135};
inline constexpr int kIllAtStart = 70;     // of those who are there already
inline constexpr int kIllSinceMost = 150;  // days before the first of recording
inline constexpr int kPayroll = 250;       // of the staff, how many are on the payroll of another
inline constexpr int kVerlof = 25;         // per year
inline constexpr int kVerlofDays = 112;
inline constexpr int kFirstPartial = 25;            // days until somebody may come back in part
inline constexpr int kPartial = 550;                // of the long cases, how many come back in part
inline constexpr int kWiaDays = 730;                // 104 weeks, then the dienstverband ends
inline constexpr int kDienstverbandGewijzigd = 90;  // per year
inline constexpr int kDetacheringAtStart = 430;     // 207 of the wsw in 2021
inline constexpr int kDetacheringBegins = 70;       // per year; 9 begin in a quarter, 13 end
inline constexpr int kDetacheringEnds = 190;
inline constexpr std::array<Weighted<pb::DienstverbandEindeReden>, 5> kEindeWsw{
    {{pb::DIENSTVERBAND_EINDE_REDEN_PENSIOEN, 640},
     {pb::DIENSTVERBAND_EINDE_REDEN_EIGEN_VERZOEK, 110},
     {pb::DIENSTVERBAND_EINDE_REDEN_OVERLIJDEN, 90},
     {pb::DIENSTVERBAND_EINDE_REDEN_VERHUIZING, 60},
     {pb::DIENSTVERBAND_EINDE_REDEN_OVERIG, 100}}};
inline constexpr std::array<Weighted<pb::DienstverbandEindeReden>, 4> kEindeAndere{
    {{pb::DIENSTVERBAND_EINDE_REDEN_EIGEN_VERZOEK, 560},
     {pb::DIENSTVERBAND_EINDE_REDEN_PENSIOEN, 140},
     {pb::DIENSTVERBAND_EINDE_REDEN_VERHUIZING, 60},
     {pb::DIENSTVERBAND_EINDE_REDEN_OVERIG, 240}}};
inline constexpr int kProeftijdDays = 61;  // who leaves within it leaves because of it
inline constexpr std::array<Weighted<pb::PlaatsingEindeReden>, 5> kEindePlaatsing{
    {{pb::PLAATSING_EINDE_REDEN_MEDISCH, 250},
     {pb::PLAATSING_EINDE_REDEN_WERKGEVER, 200},
     {pb::PLAATSING_EINDE_REDEN_CONTRACT_AFGELOPEN, 330},
     {pb::PLAATSING_EINDE_REDEN_EIGEN_VERZOEK, 150},
     {pb::PLAATSING_EINDE_REDEN_OVERIG, 70}}};

// --- Employers. 27 of 64 vacatures for the participatiewet, 30 ww, 7 wajong; later wia too. ---
inline constexpr std::array<Weighted<pb::Regeling>, 4> kVacatureRegelingen{
    {{pb::REGELING_PARTICIPATIEWET, 540},
     {pb::REGELING_WW, 370},
     {pb::REGELING_WAJONG, 75},
     {pb::REGELING_WIA, 15}}};

}  // namespace trede::simulate
