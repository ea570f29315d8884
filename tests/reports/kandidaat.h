// The people in re-integratie: what is planned for each of them, and how it becomes events.
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/reports/figures.h"
#include "tests/reports/history.h"

namespace trede::reports {

// The quarter of the report.
inline constexpr Day kVan{std::chrono::year{2021} / 1 / 1};
inline constexpr Day kTm{std::chrono::year{2021} / 3 / 31};
// Everything until the end of that quarter.
inline constexpr Period kUntilReport{Day{std::chrono::year{1950} / 1 / 1}, kTm};
inline constexpr std::string_view kNtb = "nader_te_bepalen";
inline constexpr const char* kGemeenten[] = {"Beverwijk", "Heemskerk", "Uitgeest", "Velsen"};

// The name of a gemeente or afdeling as it stands in the ids of figures: `beverwijk`.
std::string id_of(std::string_view name);

struct Move {
  Day day;
  std::string naar;
};

struct Uitstroom {
  Day day;
  std::string reden;
};

// One person's way through re-integratie, planned before any event is written.
struct Kandidaat {
  Stream* stream = nullptr;  // once something of it is written
  std::string gemeente;      // of the aanmelding
  std::string regeling = "participatiewet";
  std::string bron = "gemeente";
  std::set<std::string> doelgroepen;
  int geboortejaar = 1980;
  Day aangemeld{};
  std::optional<Day> intake;
  std::string uitkomst = "positief";
  std::optional<std::string>
      afstand;  // abc_meting at the intake, empty: none; left open: by chance
  std::optional<Day> niet_gestart;
  std::string niet_gestart_reden;
  std::optional<Day> gestart;
  std::string start_trede;
  std::vector<Move> moves;
  std::optional<Uitstroom> uitstroom;
  // Everything else that happens to this person.
  std::vector<Event> extras;
  bool has_diagnose = false;
  bool has_garantiebaan = false;

  void add(Day day, std::string_view soort, Attributes attributes = {});
  bool is(std::string_view doelgroep) const { return doelgroepen.contains(std::string(doelgroep)); }
  // Empty when not in traject at the end of that day.
  std::string_view trede_on(Day day) const;
  bool moves_in(Day van, Day tm) const;
  // In traject from the end of `van` - 1 up to and including the end of `tm`.
  bool stays(Day van, Day tm) const;
  // After all that is planned.
  std::string_view last_gemeente() const;
  bool has(std::string_view soort) const;  // among the extras
  // Writes what happens in `window`: nothing is written twice when windows lie side by side.
  void write(Period window, Dice& dice) const;
};

// Everybody in re-integratie. Addresses stay good.
class Kandidaten {
 public:
  explicit Kandidaten(Dice& dice) : dice_(dice) {}

  using Condition = std::function<bool(const Kandidaat&)>;

  // A new person with a gemeente, a regeling and doelgroepen as they come.
  Kandidaat& add(Day aangemeld);
  // `number` different people for whom `condition` holds. Throws when there are too few.
  std::vector<Kandidaat*> draw(int number, const Condition& condition, std::string_view what);
  std::deque<Kandidaat>& all() { return all_; }
  Dice& dice() { return dice_; }
  // A working day in [van, tm].
  Day working_day(Day van, Day tm);
  // What happens in `window`. One dossier each, in order of aanmelding.
  void write(History& history, Period window);

 private:
  Dice& dice_;
  std::deque<Kandidaat> all_;
};

// As an attribute: `a|b`.
std::string joined(const std::set<std::string>& codes);

// A gemeente by the sizes of the four.
std::string any_gemeente(Dice& dice);

}  // namespace trede::reports
