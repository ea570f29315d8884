#include <filesystem>

#include "tools/simulate/simulation.h"
#include "tools/trede/accountable.h"
#include "tools/trede/command.h"
#include "tools/trede/folder.h"
#include "tools/trede/new_file.h"
#include "tools/trede/number_option.h"
#include "tools/trede/progress.h"
#include "tools/trede/question.h"
#include "tools/trede/simulated.h"

namespace trede::tool {

namespace {

using simulate::Simulation;
using simulate::SimulationOptions;

Outcome<> take_day(const char* option, const std::optional<std::string>& text, Day& into) {
  if (!text) return {};
  const auto day = parse_day_option(option, *text);
  if (!day) return day.error();
  into = *day;
  return {};
}

std::function<void(Position)> shown_on(ProgressBar& bar, std::uint64_t events) {
  return [&bar, events](Position last) { bar.show(last.value, events); };
}

class SimulateCommand final : public Command {
 public:
  Help help() const override {
    return {"simulate", "Makes up a realistic history, into a new log or an import file.",
            "  trede simulate --events 100000 --data proef\n"
            "  trede simulate --events 5000000 --gemeenten 342 --corrections 30 --data land\n"
            "  trede simulate --seed 7 --from 2019-01-01 --until 2023-12-31 --csv proef.csv\n"
            "  trede import proef.csv --data proef --as-recorded\n"};
  }

  void bind(Options& options) override {
    options.value("--events", &events_, "N: how many events (left out: 100000)");
    options.value("--gemeenten", &gemeenten_, "G: how many gemeenten, 1 to 342 (left out: 4)");
    options.value("--seed", &seed_, "S: another number, another history (left out: 1)");
    options.value("--corrections", &corrections_,
                  "PCT: of a hundred events of dossiers, how many are set right later, 0 to 50 "
                  "(left out: 5)");
    options.value("--from", &from_, "DAY: the first day of recording (left out: 2015-01-01)");
    options.value("--until", &until_, "DAY: the last one (left out: 2024-12-31)");
    options.value("--data", &data_,
                  "DIR: a data folder with an empty log, made when it is not there");
    options.flag("--example", &is_example_,
                 "into --data: the example organisation of the pages, three years until yesterday");
    options.value("--csv", &csv_, "FILE: for trede import --as-recorded");
  }

  Outcome<> run(Context& context) override {
    if (data_.has_value() == csv_.has_value()) {
      return wrong_input("--data or --csv: expected one of the two, where the history goes");
    }
    if (is_example_) return fill_with_example(context);
    const auto options = read_options();
    if (!options) return options.error();
    const Day today = civil_day(context.clock.now());
    if (options->until >= today) {
      return wrong_input("--until: " + format_day(options->until) +
                         " is not over yet, expected a day before " + format_day(today));
    }
    Simulation simulation(*options);
    if (!data_) return write_file(simulation, options->events, context);
    return fill_folder(
        context, [&](DataFolder& folder, const ImportId& import, ImportTotals& totals) {
          ProgressBar bar(context, "simulate");
          const SimulatedRun run{simulation, totals, shown_on(bar, options->events)};
          return record_simulation(run, folder, import, context.clock, context.random);
        });
  }

 private:
  Outcome<SimulationOptions> read_options() const {
    SimulationOptions options;
    TREDE_RETURN_IF_ERROR(take_number("--events", events_, options.events));
    TREDE_RETURN_IF_ERROR(take_number("--gemeenten", gemeenten_, options.gemeenten));
    TREDE_RETURN_IF_ERROR(take_number("--seed", seed_, options.seed));
    TREDE_RETURN_IF_ERROR(take_number("--corrections", corrections_, options.corrections_percent));
    TREDE_RETURN_IF_ERROR(take_day("--from", from_, options.from));
    TREDE_RETURN_IF_ERROR(take_day("--until", until_, options.until));
    TREDE_RETURN_IF_ERROR(check_options(options));
    return options;
  }

  Outcome<> fill_with_example(Context& context) {
    const bool is_alone =
        data_ && !events_ && !gemeenten_ && !seed_ && !corrections_ && !from_ && !until_;
    if (!is_alone)
      return wrong_input("--example: expected with --data alone; it is always the same");
    return fill_folder(
        context, [&](DataFolder& folder, const ImportId& import, ImportTotals& totals) {
          return record_example(folder, import, totals, context.clock, context.random);
        });
  }

  using Filling = std::function<Outcome<>(DataFolder&, const ImportId&, ImportTotals&)>;

  Outcome<> fill_folder(Context& context, const Filling& fill) {
    std::error_code unknown;
    if (!std::filesystem::exists(*data_, unknown) || std::filesystem::is_empty(*data_, unknown)) {
      TREDE_RETURN_IF_ERROR(DataFolder::create(*data_, context.clock, context.random));
    }
    auto folder = open_folder(*data_, OpenMode::kWrite, context);
    if (!folder) return folder.error();
    auto accountable = Accountable::writer(**folder, {}, context);
    if (!accountable) return accountable.error();
    const ImportId import{context.random.uuid7(context.clock.now())};
    TrailEntry entry{.action = TrailAction::kSimuleren,
                     .object = std::string(kWholeLog),
                     .about = "import/" + import.uuid.text()};
    TREDE_RETURN_IF_ERROR(accountable->note_begun({entry}));
    ImportTotals totals;
    const auto filled = fill(**folder, import, totals);
    entry.outcome = outcome_of(filled);
    if (filled) {
      entry.first = totals.first;
      entry.last = totals.last;
      entry.count = totals.recorded;
    }
    const auto noted = accountable->note_written({entry});
    if (!filled) return filled;
    if (!noted) return noted;
    context.out.write(totals.text() + "import: " + import.uuid.text() + "\n");
    return finish_writing(std::move(*folder), context);
  }

  Outcome<> write_file(Simulation& simulation, std::uint64_t events, Context& context) {
    const auto file = NewFile::make(*csv_);
    if (!file) return file.error();
    ImportTotals totals;
    {
      ProgressBar bar(context, "simulate");
      const SimulatedRun run{simulation, totals, shown_on(bar, events)};
      TREDE_RETURN_IF_ERROR(write_simulation(run, (*file)->out()));
    }
    TREDE_RETURN_IF_ERROR((*file)->put_in_place());
    context.out.write(totals.text());
    return {};
  }

  std::optional<std::string> events_;
  std::optional<std::string> gemeenten_;
  std::optional<std::string> seed_;
  std::optional<std::string> corrections_;
  std::optional<std::string> from_;
  std::optional<std::string> until_;
  std::optional<std::string> data_;
  std::optional<std::string> csv_;
  bool is_example_ = false;
};

}  // namespace

std::unique_ptr<Command> make_simulate_command() { return std::make_unique<SimulateCommand>(); }

}  // namespace trede::tool
