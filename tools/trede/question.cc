#include "tools/trede/question.h"

#include <algorithm>
#include <charconv>

#include "engine/event/event.h"
#include "projections/measures/measures.h"
#include "tools/trede/text.h"

namespace trede::tool {

namespace {

// The moment at which the event at `position` was recorded.
Outcome<std::optional<Moment>> moment_at(Position position, const EventLog& log) {
  if (position.value == 0) return std::optional<Moment>{};
  const auto stored = log.load(position);
  if (!stored) return Failure(stored.error());
  const auto event = decode_any(stored->bytes);
  if (!event) return Failure(event.error());
  return std::optional{moment_of(*event)};
}

Outcome<Known> known_at(Position position, const EventLog& log) {
  const auto settled = log.settle(position);
  if (!settled) return Failure(settled.error());
  const auto moment = moment_at(*settled, log);
  if (!moment) return moment.error();
  return Known{*settled, *moment};
}

Outcome<Moment> parse_moment_option(const std::string& option, const std::string& text) {
  const auto moment = parse_moment(text);
  if (!moment) return wrong_input(option + ": `" + text + "` is " + moment.error().message);
  return *moment;
}

Outcome<Known> known_then(const std::string& option, const std::string& text, const EventLog& log,
                          const Clock& clock) {
  const auto moment = parse_moment_option(option, text);
  if (!moment) return moment.error();
  const auto position = log.position_at(*moment);
  if (!position) return Failure(position.error());
  return Known{*position, std::min(*moment, clock.now())};
}

Outcome<Position> parse_position(const std::string& option, const std::string& text,
                                 const EventLog& log) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const std::uint64_t last = log.last_position().value;
  const bool whole = error == std::errc{} && end == text.data() + text.size();
  if (!whole || value > last) {
    return no_position(option, text, Position{last});
  }
  return Position{value};
}

Outcome<std::variant<Day, Period>> parse_time(const QuestionOptions& options,
                                              const Measure& measure, const Clock& clock) {
  const bool asks_period = options.van || options.tm;
  if (measure.asks_day) {
    if (asks_period) {
      return wrong_input(std::string(options.van ? "--van" : "--tm") + ": " + measure.name +
                         " is asked for one day, expected --op DAY");
    }
    if (!options.op) return civil_day(clock.now());
    const auto day = parse_day_option("--op", *options.op);
    if (!day) return day.error();
    return *day;
  }
  if (options.op) {
    return wrong_input("--op: " + measure.name +
                       " is asked for a period, expected --van DAY --tm DAY");
  }
  const auto period = parse_period_options(options);
  if (!period) return period.error();
  return *period;
}

Outcome<Filter> parse_filter(const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos || equals == 0) {
    return wrong_input("--waar: `" + text + "` is not a condition, expected dim=code[,code]");
  }
  Filter filter{text.substr(0, equals), split(std::string_view(text).substr(equals + 1), ',')};
  for (const auto& code : filter.codes) {
    if (code.empty()) {
      return wrong_input("--waar: `" + text + "` has an empty code, expected dim=code[,code]");
    }
  }
  return filter;
}

std::string measure_names() {
  std::vector<std::string> names;
  for (const auto& measure : measures()) names.push_back(measure.name);
  return joined(names, ", ");
}

std::string dimension_names(const Measure& measure) {
  std::vector<std::string> names;
  for (const auto& dimension : measure.dimensions) names.push_back(dimension.name);
  return names.empty() ? "none" : joined(names, ", ");
}

}  // namespace

void KnownOptions::bind(Options& options) {
  options.value("--bekend-op", &bekend_op,
                "MOMENT: as known then (RFC 3339 with offset: 2021-04-02T09:30:00+02:00)");
  options.value("--positie", &positie, "N: as known after the event at position N (0 = nothing)");
}

std::string Known::moment_text() const { return moment ? format_moment(*moment) : "-"; }

Failure no_position(const std::string& option, const std::string& text, Position last) {
  return wrong_input(option + ": `" + text + "` is not a position of this log, expected 0 to " +
                     std::to_string(last.value));
}

Outcome<> check_known(const KnownOptions& options, const std::string& prefix) {
  if (options.bekend_op && options.positie) {
    return wrong_input("--" + prefix + "positie: given together with --" + prefix +
                       "bekend-op, expected one of them");
  }
  if (!options.bekend_op) return {};
  const auto moment = parse_moment_option("--" + prefix + "bekend-op", *options.bekend_op);
  if (!moment) return moment.error();
  return {};
}

Outcome<Known> resolve_known(const KnownOptions& options, const std::string& prefix,
                             const EventLog& log, const Clock& clock) {
  TREDE_RETURN_IF_ERROR(check_known(options, prefix));
  if (options.bekend_op)
    return known_then("--" + prefix + "bekend-op", *options.bekend_op, log, clock);
  if (!options.positie) return known_at(log.last_position(), log);
  const auto position = parse_position("--" + prefix + "positie", *options.positie, log);
  if (!position) return position.error();
  return known_at(*position, log);
}

void QuestionOptions::bind(Options& options) {
  options.word("MEASURE", &measure, "what to count: trajecten, intakes, verzuimpercentage, ...");
  options.value("--op", &op, "DAY: the stand at the end of that day (left out: today)");
  options.value("--van", &van, "DAY: the first day of the period");
  options.value("--tm", &tm, "DAY: the last day of the period, included");
  options.value("--per", &per, "dim,dim: a row for each code of these dimensions");
  options.values("--waar", &waar, "dim=code[,code]: only these; may be given more than once");
}

Outcome<Period> parse_period_options(const QuestionOptions& options) {
  if (!options.van || !options.tm) {
    return wrong_input(std::string(options.van ? "--tm" : "--van") +
                       ": missing, expected a period as --van DAY --tm DAY");
  }
  const auto van = parse_day_option("--van", *options.van);
  if (!van) return van.error();
  const auto tm = parse_day_option("--tm", *options.tm);
  if (!tm) return tm.error();
  if (*tm < *van) {
    return wrong_input("--tm: " + *options.tm + " lies before --van " + *options.van +
                       ", expected the last day of the period, which is included");
  }
  return Period{*van, *tm};
}

Outcome<Day> parse_day_option(const std::string& option, const std::string& text) {
  const auto day = parse_day(text);
  if (!day) return wrong_input(option + ": `" + text + "` is " + day.error().message);
  return *day;
}

Outcome<Query> parse_question(const QuestionOptions& options, const Clock& clock) {
  if (!options.measure) {
    return wrong_input("MEASURE: missing, expected one of " + measure_names());
  }
  const Measure* measure = find_measure(*options.measure);
  if (measure == nullptr) {
    return wrong_input("MEASURE: unknown measure `" + *options.measure + "`, expected one of " +
                       measure_names());
  }
  Query query;
  query.measure = *options.measure;
  auto time = parse_time(options, *measure, clock);
  if (!time) return time.error();
  query.time = *time;
  if (options.per) {
    query.per = split(*options.per, ',');
    if (std::ranges::find(query.per, "") != query.per.end()) {
      return wrong_input("--per: `" + *options.per + "` has an empty dimension, expected dim,dim" +
                         " of " + dimension_names(*measure));
    }
  }
  for (const auto& text : options.waar) {
    auto filter = parse_filter(text);
    if (!filter) return filter.error();
    query.waar.push_back(std::move(*filter));
  }
  TREDE_RETURN_IF_ERROR(check_query(query));
  return query;
}

}  // namespace trede::tool
