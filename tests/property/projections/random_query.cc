#include "tests/property/projections/random_query.h"

#include <algorithm>

#include "engine/event/event.h"

namespace trede::test {

namespace {

// Strings that random histories use, for dimensions without codes; and one that nothing has.
std::vector<std::string> texts_of(const std::string& dimension) {
  if (dimension == "gemeente") return {kGemeenten[0], kGemeenten[1], kGemeenten[2], "Nergens"};
  if (dimension == "afdeling") return {kAfdelingen[0], kAfdelingen[1], "Nergens"};
  return {"wc1", "wc2", "Nergens"};
}

Filter random_filter(Dice& dice, const Dimension& dimension) {
  std::vector<std::string> codes =
      dimension.codes.empty() ? texts_of(dimension.name) : dimension.codes;
  codes.emplace_back("onbekend");
  if (dimension.name == "doelgroep") codes.emplace_back("geen");
  Filter filter{dimension.name, {}};
  for (int count = dice.between(1, 3); count > 0; --count) {
    filter.codes.push_back(dice.one_of(codes));
  }
  return filter;
}

}  // namespace

QuerySpace query_space(const std::vector<std::shared_ptr<const pb::Event>>& events) {
  QuerySpace space{day_from_number(1 << 20), kFirstDay, {Position{}}};
  for (const auto& event : events) {
    if (const auto day = day_of(*event)) {
      space.first = std::min(space.first, *day);
      space.last = std::max(space.last, *day);
    }
    if (append_last(*event) == position_of(*event)) space.known.push_back(position_of(*event));
  }
  space.first -= std::chrono::days{40};
  space.last += std::chrono::days{420};
  return space;
}

Day random_day(Dice& dice, const QuerySpace& space) {
  const auto days = static_cast<int>((space.last - space.first).count());
  const Day day = space.first + std::chrono::days{dice.between(0, days)};
  if (dice.percent(60)) return day;
  const std::chrono::year_month_day date{day};
  const auto first = Day{date.year() / date.month() / 1};
  return dice.percent(50) ? first : first - std::chrono::days{1};
}

Position random_known(Dice& dice, const QuerySpace& space) {
  return dice.percent(30) ? space.known.back() : Position{dice.one_of(space.known)};
}

Query random_query(Dice& dice, const Measure& measure, const QuerySpace& space) {
  Query query{.measure = measure.name,
              .time = random_day(dice, space),
              .per = {},
              .waar = {},
              .known = random_known(dice, space)};
  if (!measure.asks_day) {
    const Day one = random_day(dice, space);
    const Day other =
        dice.percent(40) ? one + std::chrono::days{dice.between(0, 92)} : random_day(dice, space);
    query.time = Period{std::min(one, other), std::max(one, other)};
  }
  std::vector<Dimension> dimensions = measure.dimensions;
  for (const Dimension& dimension : dimensions) {
    if (dice.percent(35)) query.per.push_back(dimension.name);
    if (dice.percent(20)) query.waar.push_back(random_filter(dice, dimension));
  }
  if (query.per.size() > 1 && dice.percent(50)) std::swap(query.per.front(), query.per.back());
  return query;
}

Query random_query(Dice& dice, const QuerySpace& space) {
  return random_query(dice, dice.one_of(measures()), space);
}

std::string query_text(const Query& query) {
  std::string out = query.measure;
  if (const auto* day = std::get_if<Day>(&query.time)) {
    out += " --op " + format_day(*day);
  } else {
    const auto& period = std::get<Period>(query.time);
    out += " --van " + format_day(period.van) + " --tm " + format_day(period.tm);
  }
  for (const std::string& name : query.per) out += " --per " + name;
  for (const Filter& filter : query.waar) {
    out += " --waar " + filter.dimension + "=";
    for (const std::string& code : filter.codes) out += code + ",";
  }
  return out + " --positie " + std::to_string(query.known.value);
}

}  // namespace trede::test
