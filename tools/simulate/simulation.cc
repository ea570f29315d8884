#include "tools/simulate/simulation.h"

#include <algorithm>
#include <optional>

#include "tools/simulate/arrivals.h"
#include "tools/simulate/organisatie.h"
#include "tools/simulate/rates.h"

namespace trede::simulate {

namespace {

constexpr Day kEarliest{std::chrono::year{1990} / 1 / 1};
constexpr Day kLatest{std::chrono::year{2100} / 12 / 31};
constexpr int kDaysLeast = 28;
// Of no more than so many events it is tried out whether they come to enough. Few people are not
// sure to do what their rates say.
constexpr std::uint64_t kTriedMost = 20'000;

// What the rates come to for the organisation of the reports, without anything set right, as
// measured over several seeds and periods: in a year, and by taking over who is there already. The
// first years have fewer in turn, because nobody has come back yet.
constexpr std::uint64_t kEventsPerYear = 18'900;
constexpr std::uint64_t kEventsAtStart = 5'300;
constexpr std::uint64_t kFewerPerYear = 2'400;
constexpr std::uint64_t kSetRightPercent = 125;  // a false event counts beside its intrekking

std::uint64_t square_root(std::uint64_t of) {
  std::uint64_t root = 1;
  while (root * root < of) root += 1 + root / 64;
  return root;
}

int days_of(const World& world) { return world.until() - world.from() + 1; }

// How large the organisation must be to come to so many events, with some to spare: the history
// ends when there are enough. The fewer there are, the less the rates can be relied on.
std::uint64_t scale_for(const SimulationOptions& options, const World& world, const Books& books) {
  const auto days = static_cast<std::uint64_t>(days_of(world));
  const std::uint64_t fewer = std::min(kEventsAtStart, kFewerPerYear * days / 365);
  const std::uint64_t right = kEventsPerYear * days / 365 + kEventsAtStart - fewer;
  const auto percent = static_cast<std::uint64_t>(options.corrections_percent);
  const std::uint64_t per_whole = right * (100 + percent * kSetRightPercent / 100) / 100;
  const std::uint64_t spare = 50 + 3000 / square_root(options.events + 1);  // thousandths
  const std::uint64_t own = world.gemeenten().size() + books.events_per_year() * days / 365;
  const std::uint64_t of_people = options.events - std::min(own, options.events * 9 / 10);
  const std::uint64_t events = of_people * (1000 + spare) / 1000;
  // In thousandths first: the whole number of events in millionths does not fit.
  return std::max<std::uint64_t>(1, events * 1000 / per_whole * (kWhole / 1000) +
                                        events * 1000 % per_whole * (kWhole / 1000) / per_whole);
}

Status invalid(std::string message) {
  return std::unexpected(Error{ErrorCode::kInvalid, std::move(message)});
}

std::string between(std::int64_t least, std::int64_t most) {
  return "expected a whole number from " + std::to_string(least) + " to " + std::to_string(most);
}

}  // namespace

Status check_options(const SimulationOptions& options) {
  if (options.events < 1 || options.events > kEventsMax) {
    return invalid("--events: out of range, " + between(1, kEventsMax));
  }
  if (options.gemeenten < 1 || options.gemeenten > kGemeentenMax) {
    return invalid("--gemeenten: out of range, " + between(1, kGemeentenMax));
  }
  if (options.corrections_percent < 0 || options.corrections_percent > kCorrectionsPercentMax) {
    return invalid("--corrections: out of range, " + between(0, kCorrectionsPercentMax));
  }
  if (options.from < kEarliest || options.from > kLatest) {
    return invalid("--from: out of range, expected a day from " + format_day(kEarliest) + " to " +
                   format_day(kLatest));
  }
  const Day least = options.from + std::chrono::days{kDaysLeast - 1};
  if (options.until < least || options.until > kLatest) {
    return invalid("--until: out of range, expected a day from " + format_day(least) + " to " +
                   format_day(kLatest));
  }
  return {};
}

struct Simulation::Impl {
  // `larger`: by how many per cent than the rates say.
  explicit Impl(const SimulationOptions& options, std::uint64_t larger = 100)
      : world(options),
        maker(world, options.seed),
        agenda(world.from(), world.until()),
        left(options.events) {
    const auto days = static_cast<std::uint64_t>(days_of(world));
    const Books books(options.events * 365 / days, world.gemeenten().size());
    world.set_scale(scale_for(options, world, books) * larger / 100);
    arrivals.emplace(world, agenda, options.seed);
    organisatie.emplace(world, maker, books);
  }

  Impl(const Impl&) = delete;  // its parts know one another by address
  Impl& operator=(const Impl&) = delete;

  // The next act that records something; null when there is none.
  const Act* find_act() {
    for (;;) {
      const Act* act = agenda.find_next();
      if (act == nullptr || (act->deed != Deed::kWake && act->deed != Deed::kDawn)) return act;
      arrivals->taken(agenda.take());
    }
  }

  // The act that is first, and those that join it.
  SimulatedAppend take_acts() {
    const Act first = agenda.take();
    const bool werkgever = first.werkgever;
    const std::uint64_t number =
        werkgever ? first.subject : arrivals->people().number_of(first.subject);
    SimulatedAppend append;
    append.stream =
        EventMaker::name(werkgever ? StreamKind::kWerkgever : StreamKind::kDossier, number);
    append.vastgelegd_op = Moment{std::chrono::microseconds{first.moment}};
    append.events.push_back(maker.make(first, number));
    if (werkgever) return append;
    for (const Act* next = agenda.find_next();
         next != nullptr && next->joins && next->subject == first.subject &&
         next->moment == first.moment;
         next = agenda.find_next()) {
      const Act joined = agenda.take();
      append.events.push_back(maker.make(joined, number));
      arrivals->people().taken(joined);
    }
    arrivals->people().taken(first);
    return append;
  }

  std::optional<SimulatedAppend> next() {
    if (left == 0) return std::nullopt;
    const Act* act = find_act();
    const SimulatedAppend* own = organisatie->find_next();
    if (act == nullptr && own == nullptr) return std::nullopt;
    const bool takes_own =
        act == nullptr ||
        (own != nullptr && own->vastgelegd_op.time_since_epoch().count() < act->moment);
    SimulatedAppend append = takes_own ? organisatie->take() : take_acts();
    append.vastgelegd_op = std::max(append.vastgelegd_op, last + std::chrono::microseconds{1});
    // Of an append the first events do not need the later ones.
    if (append.events.size() > left) append.events.resize(left);
    // A log gives each event of it a moment of its own.
    last = append.vastgelegd_op + std::chrono::microseconds{append.events.size() - 1};
    left -= append.events.size();
    return append;
  }

  World world;
  EventMaker maker;
  Agenda agenda;
  std::optional<Arrivals> arrivals;
  std::optional<OrganisatieStream> organisatie;
  std::uint64_t left;  // events to hand out
  Moment last{};
};

Simulation::Simulation(const SimulationOptions& options) : impl_(std::make_unique<Impl>(options)) {
  if (options.events > kTriedMost) return;
  const auto comes_short = [](Impl tried) {
    while (tried.next()) continue;
    return tried.left > 0;
  };
  for (std::uint64_t larger = 100; comes_short(Impl(options, larger)); larger = larger * 5 / 4) {
    impl_ = std::make_unique<Impl>(options, larger * 5 / 4);
  }
}
Simulation::~Simulation() = default;
Simulation::Simulation(Simulation&&) noexcept = default;
Simulation& Simulation::operator=(Simulation&&) noexcept = default;

std::optional<SimulatedAppend> Simulation::next() { return impl_->next(); }

}  // namespace trede::simulate
