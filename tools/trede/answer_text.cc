#include "tools/trede/answer_text.h"

#include "tools/trede/text.h"

namespace trede::tool {

namespace {

// The breakdown codes of a row and its figures, in the order of the columns.
std::vector<std::string> cells_of(const AnswerRow& row, const Answer& answer) {
  std::vector<std::string> cells = row.codes;
  if (answer.is_ratio) {
    cells.push_back(row.teller.text());
    cells.push_back(row.noemer.text());
    cells.push_back(ratio_text(row, answer.is_percentage));
  } else {
    cells.push_back(row.waarde.text());
  }
  return cells;
}

}  // namespace

Listing answer_listing(const Answer& answer) {
  Listing out;
  for (const auto& name : answer.per) out.columns.push_back({name, false});
  if (answer.is_ratio) {
    out.columns.push_back({"teller", true});
    out.columns.push_back({"noemer", true});
  }
  out.columns.push_back({"waarde", true});
  for (const auto& row : answer.rows) out.rows.push_back(cells_of(row, answer));
  return out;
}

std::string answer_json(const Answer& answer, const std::string& measure, const Known& known) {
  return "{\"maat\":" + json_string(measure) + "," + meta_json(answer.time, known) +
         ",\"rijen\":" + answer_listing(answer).json() + "}\n";
}

std::vector<std::string> meta_lines(const std::variant<Day, Period>& time, const Known& known) {
  std::vector<std::string> out;
  if (const auto* day = std::get_if<Day>(&time)) {
    out.push_back("geldig_op: " + format_day(*day));
  } else {
    const auto& period = std::get<Period>(time);
    out.push_back("periode: " + format_day(period.van) + " t/m " + format_day(period.tm));
  }
  out.push_back("bekend_op: " + known.moment_text());
  out.push_back("positie: " + std::to_string(known.position.value));
  return out;
}

std::string meta_json(const std::variant<Day, Period>& time, const Known& known) {
  std::string out;
  if (const auto* day = std::get_if<Day>(&time)) {
    out = "\"geldig_op\":" + json_string(format_day(*day));
  } else {
    const auto& period = std::get<Period>(time);
    out = "\"van\":" + json_string(format_day(period.van)) +
          ",\"tm\":" + json_string(format_day(period.tm));
  }
  return out +
         ",\"bekend_op\":" + (known.moment ? json_string(format_moment(*known.moment)) : "null") +
         ",\"positie\":" + std::to_string(known.position.value);
}

}  // namespace trede::tool
