#include "tools/trede/answer_text.h"

#include "tools/trede/table.h"
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

std::vector<std::string> columns_of(const Answer& answer) {
  std::vector<std::string> names = answer.per;
  if (answer.is_ratio) names.insert(names.end(), {"teller", "noemer"});
  names.emplace_back("waarde");
  return names;
}

std::string time_json(const std::variant<Day, Period>& time) {
  if (const auto* day = std::get_if<Day>(&time)) {
    return "\"geldig_op\":" + json_string(format_day(*day));
  }
  const auto& period = std::get<Period>(time);
  return "\"van\":" + json_string(format_day(period.van)) +
         ",\"tm\":" + json_string(format_day(period.tm));
}

std::string row_json(const AnswerRow& row, const Answer& answer) {
  std::string out = "{";
  for (std::size_t i = 0; i < row.codes.size(); ++i) {
    out += json_string(answer.per[i]) + ":" + json_string(row.codes[i]) + ",";
  }
  if (!answer.is_ratio) return out + "\"waarde\":" + row.waarde.text() + "}";
  const std::string ratio = ratio_text(row, answer.is_percentage);
  return out + "\"teller\":" + row.teller.text() + ",\"noemer\":" + row.noemer.text() +
         ",\"waarde\":" + (ratio.empty() ? "null" : ratio) + "}";
}

}  // namespace

std::string answer_table(const Answer& answer) {
  std::vector<Table::Column> columns;
  for (const auto& name : columns_of(answer)) {
    columns.push_back({name, columns.size() >= answer.per.size()});
  }
  Table table(std::move(columns));
  for (const auto& row : answer.rows) table.add(cells_of(row, answer));
  return table.text();
}

std::string answer_csv(const Answer& answer) {
  std::string out = csv_line(columns_of(answer));
  for (const auto& row : answer.rows) out += csv_line(cells_of(row, answer));
  return out;
}

std::string answer_json(const Answer& answer, const std::string& measure, const Known& known) {
  std::string out =
      "{\"maat\":" + json_string(measure) + "," + time_json(answer.time) +
      ",\"bekend_op\":" + (known.moment ? json_string(format_moment(*known.moment)) : "null") +
      ",\"positie\":" + std::to_string(answer.known.value) + ",\"rijen\":[";
  for (std::size_t i = 0; i < answer.rows.size(); ++i) {
    out += (i == 0 ? "\n  " : ",\n  ") + row_json(answer.rows[i], answer);
  }
  return out + "\n]}\n";
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

}  // namespace trede::tool
