#include "projections/reports/question_text.h"

#include <algorithm>

#include "projections/reports/laid_down.h"

namespace trede {

namespace {

constexpr std::string_view kOp = " --op ";
constexpr std::string_view kVan = " --van ";
constexpr std::string_view kTm = " --tm ";
constexpr std::string_view kWaar = " --waar ";

std::string in_words(const std::string& text) {
  return text.find(' ') == std::string::npos ? text : '"' + text + '"';
}

// Takes what stands before `end` from `text`; all of it when `end` is not there.
std::string_view take_until(std::string_view end, std::string_view& text) {
  const std::string_view taken = text.substr(0, text.find(end));
  text.remove_prefix(taken.size());
  return taken;
}

// Takes `words` and the day behind them from `text`.
std::optional<Day> take_day(std::string_view words, std::string_view& text) {
  if (!text.starts_with(words)) return std::nullopt;
  text.remove_prefix(words.size());
  const auto day = parse_day(take_until(" ", text));
  return day ? std::optional(*day) : std::nullopt;
}

std::optional<Filter> take_filter(std::string_view& text) {
  if (!text.starts_with(kWaar)) return std::nullopt;
  text.remove_prefix(kWaar.size());
  const bool is_quoted = text.starts_with('"');  // for it has spaces, and may look like a condition
  if (is_quoted) text.remove_prefix(1);
  const std::string_view words = take_until(is_quoted ? "\"" : kWaar, text);
  if (is_quoted && !text.empty()) text.remove_prefix(1);
  auto filter = parse_waar(words);
  return filter ? std::optional(std::move(*filter)) : std::nullopt;
}

}  // namespace

std::string question_text(const Query& query) {
  std::string out = query.measure;
  if (const auto* day = std::get_if<Day>(&query.time)) {
    out += " --op " + format_day(*day);
  } else {
    const Period& period = std::get<Period>(query.time);
    out += " --van " + format_day(period.van) + " --tm " + format_day(period.tm);
  }
  std::vector<Filter> waar = query.waar;
  std::ranges::sort(waar, {}, &Filter::dimension);
  for (const Filter& filter : waar) out += " --waar " + in_words(waar_text({filter}));
  return out;
}

std::optional<Query> parse_question_text(std::string_view text) {
  const std::string whole(text);
  Query query;
  query.measure = take_until(" ", text);
  if (const auto day = take_day(kOp, text)) {
    query.time = *day;
  } else {
    const auto van = take_day(kVan, text);
    const auto tm = take_day(kTm, text);
    if (!van || !tm) return std::nullopt;
    query.time = Period{*van, *tm};
  }
  while (!text.empty()) {
    auto filter = take_filter(text);
    if (!filter) return std::nullopt;
    query.waar.push_back(std::move(*filter));
  }
  if (question_text(query) != whole) return std::nullopt;
  return query;
}

}  // namespace trede
