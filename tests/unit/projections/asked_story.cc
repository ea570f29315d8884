#include "tests/unit/projections/asked_story.h"

#include <sstream>
#include <stdexcept>

#include "projections/answers/explain.h"
#include "projections/measures/measures.h"
#include "tests/support/asking.h"

namespace trede::test {

namespace {

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::stringstream in(text);
  for (std::string part; std::getline(in, part, separator);) {
    if (part.find_first_not_of(' ') != std::string::npos) parts.push_back(part);
  }
  return parts;
}

// Of a value or of teller and noemer.
template <typename RowLike>
std::string numbers_text(const RowLike& row) {
  if (row.noemer.is_zero() && row.teller.is_zero()) return row.waarde.text();
  return row.teller.text() + "/" + row.noemer.text();
}

std::string joined(const std::vector<std::string>& codes) {
  std::string out;
  for (const std::string& code : codes) out += (out.empty() ? "" : " ") + code;
  return out.empty() ? out : out + ": ";
}

}  // namespace

void AskedStory::tell(std::string_view text) {
  for (const std::string& act : split(std::string(text), ';')) {
    const auto outcome = story_.tell(act);
    if (const auto* refusal = std::get_if<Refusal>(&outcome)) {
      throw std::runtime_error(act + ": " + refusal->zin);
    }
    acts_.push_back(story_.store().last_position());
  }
  project();
}

void AskedStory::project() {
  std::vector<EventPtr> append;
  std::vector<Delta> deltas;
  Position done = cube_.position();
  const auto scanned = story_.store().scan(
      done.next(), story_.store().last_position(), [&](Position at, std::string_view stored) {
        append.push_back(*decode_shared(stored));
        if (append_last(*append.back()) != at) return Status{};
        done = at;
        return projector_.project(std::exchange(append, {}),
                                  [&](const Delta& delta) { deltas.push_back(delta); });
      });
  if (!scanned) throw std::runtime_error(scanned.error().message);
  const Status applied = cube_.apply(deltas, {done, {}, {}});
  if (!applied) throw std::runtime_error(applied.error().message);
}

Position AskedStory::after(int acts) const {
  return acts < 0 ? acts_.back() : acts_.at(static_cast<std::size_t>(acts));
}

Query AskedStory::parse(std::string_view question, int acts) const {
  const auto words = split(std::string(question), ' ');
  Query query{.measure = words.at(0), .time = {}, .per = {}, .waar = {}, .known = after(acts)};
  const auto dots = words.at(1).find("..");
  if (dots == std::string::npos) {
    query.time = day(words[1]);
  } else {
    query.time = Period{day(words[1].substr(0, dots)), day(words[1].substr(dots + 2))};
  }
  for (std::size_t i = 2; i < words.size(); ++i) {
    const auto equals = words[i].find('=');
    const auto codes = split(words[i].substr(equals + 1), ',');
    if (words[i].starts_with("per=")) {
      query.per = codes;
    } else {
      query.waar.push_back({words[i].substr(0, equals), codes});
    }
  }
  const Status good = check_query(query);
  if (!good) throw std::runtime_error(good.error().message);
  return query;
}

std::string AskedStory::ask(std::string_view question, int acts) {
  const Query query = parse(question, acts);
  const Answer answer = answer_of(cube_, query);
  std::string out;
  for (const AnswerRow& row : answer.rows) {
    out += (out.empty() ? "" : ", ") + joined(row.codes) + numbers_text(row);
  }
  return out;
}

std::string AskedStory::event_text(const std::vector<Contribution>& contributions) const {
  std::string out;
  for (const Contribution& part : contributions) {
    out += (out.empty() ? "" : ", ") + joined(part.codes) + numbers_text(part) + " by " +
           std::to_string(part.position.value - founded_.value);
  }
  return out;
}

std::string AskedStory::explain(std::string_view question, int acts) {
  const Query query = parse(question, acts);
  return event_text(test::ask(cube_, query, [this](const Plan& plan, Rollups rollups) {
    const auto figures = explain_figures(plan, rollups, story_.store(), cube_.dictionary());
    if (!figures) throw std::runtime_error(figures.error().message);
    return make_contributions(plan, *figures);
  }));
}

std::string AskedStory::diff(std::string_view question, int from, int to) {
  const Query query = parse(question, from);
  return event_text(test::ask(cube_, query, [this, to](const Plan& plan, Rollups rollups) {
    return make_contributions(plan, diff_figures(plan, rollups, after(to)));
  }));
}

}  // namespace trede::test
