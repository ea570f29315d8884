// A figure month by month: one question where a chart would ask dozens.
#include <algorithm>

#include "engine/base/time.h"
#include "tools/server/api/figures.h"
#include "tools/server/api/wire.h"

namespace trede::server {

namespace {

using std::chrono::year_month;
using std::chrono::year_month_day;

constexpr std::uint64_t kMonthsMost = 60;

year_month month_of(Day day) {
  const year_month_day date{day};
  return date.year() / date.month();
}
Day last_of(year_month month) { return Day{month / std::chrono::last}; }
Day first_of(year_month month) { return Day{month / 1}; }

OrProblem<> check_months(std::uint64_t count) {
  if (count >= 1 && count <= kMonthsMost) return {};
  return invalid("maanden", "expected 1 to " + std::to_string(kMonthsMost));
}

// The days or periods of the question, one for each month: the last is the one that was asked for,
// those before it are the ends of their months, or their months as a whole.
OrProblem<std::vector<std::variant<Day, Period>>> months_until(
    const std::variant<Day, Period>& asked, int count) {
  std::vector<std::variant<Day, Period>> out;
  const auto* period = std::get_if<Period>(&asked);
  if (period != nullptr && period->van != first_of(month_of(period->tm))) {
    return invalid("van", "expected the first day of the month of tm");
  }
  const year_month last = month_of(period != nullptr ? period->tm : std::get<Day>(asked));
  for (int back = count - 1; back > 0; --back) {
    const year_month month = last - std::chrono::months{back};
    if (period != nullptr) {
      out.emplace_back(Period{first_of(month), last_of(month)});
    } else {
      out.emplace_back(last_of(month));
    }
  }
  out.push_back(asked);
  return out;
}

OrProblem<Reply> read_series(Call& call) {
  const std::uint64_t count = call.query.find_number("maanden").value_or(12);
  TREDE_RETURN_IF_PROBLEM(check_months(count));
  auto asked = question_of(call, Permission::kCijfersLezen);
  if (!asked) return std::move(asked).error();
  Query tagged = asked->query;
  tagged.waar.push_back({"maanden", {std::to_string(count)}});
  const std::string etag = etag_of(call, tagged);
  if (is_kept(call, etag)) {
    return Reply{.status = 304, .position = asked->known.position, .etag = etag};
  }
  const Position position = asked->known.position;
  auto series = series_of(call, *std::move(asked), count);
  if (!series) return std::move(series).error();
  Reply reply = reply_with(*std::move(series));
  reply.position = position;
  reply.etag = etag;
  return reply;
}

}  // namespace

OrProblem<api::Reeks> series_of(const Call& call, AskedQuestion asked, std::uint64_t months) {
  TREDE_RETURN_IF_PROBLEM(check_months(months));
  const auto times = months_until(asked.query.time, static_cast<int>(months));
  if (!times) return times.error();
  api::Reeks out;
  for (const auto& time : *times) {
    asked.query.time = time;
    const auto answer = call.services.projections.answer(asked.query);
    if (!answer) return problem_of(answer.error());
    *out.add_cijfers() = figures_message(asked.query.measure, *answer, asked.known);
  }
  return out;
}

std::vector<Endpoint> series_endpoints() {
  auto question = question_parameters();
  std::ranges::find(question, "op", &Parameter::name)->example = "2021-03-31";
  return {{.method = "GET",
           .path = "/v1/cijfers/{maat}/reeks",
           .operation = "leesReeks",
           .tag = "cijfers",
           .summary = "Een cijfer op elk van een aantal maanden, tot en met de gevraagde dag",
           .permissions = {Permission::kCijfersLezen},
           .response = api::Reeks::descriptor(),
           .produces = {std::string(kJson), std::string(kProtobuf)},
           .parameters = joined_parameters(
               {{{.name = "maat",
                  .summary = "Naam van de maat (zie /v1/maten)",
                  .example = "trajecten",
                  .place = Place::kPath}},
                std::move(question),
                known_parameters(),
                {{"maanden", ValueKind::kPosition, "Hoeveel, 1 tot 60; zonder: 12", "6"},
                 wait_parameter(),
                 if_none_match_parameter()}}),
           .problems = {ProblemCode::kNietGevonden},
           .may_be_partial = true,
           .pace = Pace::kLearned,
           .answer = read_series}};
}

}  // namespace trede::server
