#include "tests/reports/comparison.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "tests/reports/begeleiding.h"

namespace trede::reports {

namespace {

constexpr Int128 kHundred = 100;

int decimals_of(const std::string& value) {
  const auto point = value.find('.');
  return point == std::string::npos ? 0 : static_cast<int>(value.size() - point - 1);
}

Rational parsed(const std::string& text) {
  const auto number = parse_rational(text);
  if (!number) throw std::runtime_error(number.error().message);
  return *number;
}

Rational sum_of(const std::vector<Rational>& parts) {
  Rational sum;
  for (const Rational& part : parts) sum = sum + part;
  return sum;
}

Rational combined(How how, const std::vector<Rational>& parts) {
  switch (how) {
    case How::kValue: return parts.at(0);
    case How::kSum: return sum_of(parts);
    case How::kThousands: {
      constexpr Int128 kCents = 100'000;
      return sum_of(parts) / Rational(kCents);
    }
    case How::kDifference: return parts.at(0) - parts.at(1);
    case How::kQuotient: {
      const Rational quotient = parts.at(0) / parts.at(1);
      return parts.size() > 2 ? quotient * parts[2] : quotient;
    }
    case How::kProduct: return parts.at(0) * parts.at(1);
    case How::kRounded: {
      const Rational step = parts.back();
      return parsed((sum_of({parts.begin(), parts.end() - 1}) / step).text(0)) * step;
    }
    case How::kPercentage:
    case How::kBelow: return Rational(kHundred) * parts.at(0) / parts.at(1);
    case How::kInWords: return Rational(kHundred) * parts.at(0) / parts.at(1) - Rational(kHundred);
  }
  std::unreachable();
}

bool is_equal(How how, const Rational& number, const std::string& printed) {
  const Rational value = parsed(printed);
  if (how == How::kBelow) return (number - value).is_negative();
  if (how == How::kInWords) {
    const Rational tolerance(Int128{25}, Int128{10});
    const Rational off = number - value;
    return !(tolerance - off).is_negative() && !(tolerance + off).is_negative();
  }
  return parsed(number.text(decimals_of(printed))) == value;
}

std::string text_of(How how, const Rational& number, const std::string& printed) {
  const bool in_words = how == How::kBelow || how == How::kInWords;
  return number.text(in_words ? 1 : decimals_of(printed));
}

// Whether `pattern` means the figure: its id, a beginning of ids that ends in a slash, or a
// beginning and an end with a star between.
bool is_meant(const std::string& pattern, const std::string& id) {
  if (pattern.ends_with('/')) return id.starts_with(pattern);
  const auto star = pattern.find('*');
  if (star == std::string::npos) return id == pattern;
  return id.starts_with(pattern.substr(0, star)) && id.ends_with(pattern.substr(star + 1));
}

// A figure of a distribution that was not chosen, and the id under which the chosen one is asked.
bool is_other_variant(const std::string& id) {
  return id.contains("/variant-") && !id.ends_with(kVariant);
}
std::string asked_as(const std::string& id) {
  const auto at = id.find("/variant-");
  return at == std::string::npos ? id : id.substr(0, at);
}

}  // namespace

// What came of one figure, and how it is said.
struct Comparison::Verdict {
  int Tally::*counted;
  std::string words;
  std::string reason = {};  // of what is not covered
};

void Comparison::ask(Product& product) {
  std::vector<std::string> queries;
  for (const Question& question : questions_.questions) {
    by_figure_[question.figure].push_back(&question);
    for (const Part& part : question.parts) {
      if (part.kind == Part::Kind::kQuery) queries.push_back(part.text);
    }
  }
  const std::vector<Answered> answers = product.answers(queries);
  for (std::size_t i = 0; i < queries.size(); ++i) answers_[queries[i]] = answers[i];
  for (const std::string& name : report_.asked) {
    cells_[name] = product.report(name + " " + report_.period);
  }
}

Tally Comparison::judge(std::ostream& out, bool all) {
  Tally tally;
  std::set<std::string> contradicting;
  out << "report " << report_.name << ": " << figures_.all().size() << " figures\n";
  for (const Figure& figure : figures_.all()) {
    const Verdict verdict = verdict_of(figure);
    ++(tally.*verdict.counted);
    if (verdict.counted == &Tally::known_contradiction) contradicting.insert(figure.id);
    if (!verdict.reason.empty()) ++not_covered_[verdict.reason];
    const bool quiet = verdict.counted == &Tally::equal || verdict.counted == &Tally::not_covered;
    if ((all || !quiet) && !verdict.words.empty()) out << verdict.words << '\n';
  }
  for (const auto& [id, contradiction] : questions_.contradictions) {
    if (contradicting.contains(id)) continue;
    out << "FAILED: " << id << " is listed as " << contradiction.code << ", yet equal\n";
    ++tally.failed;
  }
  say_the_rest(out);
  return tally;
}

void Comparison::say_the_rest(std::ostream& out) const {
  for (const auto& [code, reading] : questions_.readings) {
    out << "reading " << code << ": " << reading << '\n';
  }
  for (const auto& [reason, number] : not_covered_) {
    out << "not covered: " << number << " figures, " << reason << '\n';
  }
}

Comparison::Verdict Comparison::verdict_of(const Figure& figure) const {
  if (is_other_variant(figure.id)) return {&Tally::other_variants, ""};
  for (const auto& [pattern, reason] : questions_.not_covered) {
    if (is_meant(pattern, figure.id)) {
      return {&Tally::not_covered, "not covered: " + figure.id + ": " + reason, reason};
    }
  }
  const std::vector<Derived> all = derived(figure);
  if (all.empty()) return {&Tally::failed, "FAILED: " + figure.id + ": nothing asks for it"};
  const auto differs = std::ranges::find(all, false, &Derived::equal);
  if (differs == all.end()) {
    return {&Tally::equal, "equal: " + figure.id + " = " + figure.value};
  }
  const std::string both = figure.id + ": printed " + figure.value + ", derived " + differs->text;
  const auto known = questions_.contradictions.find(figure.id);
  if (known == questions_.contradictions.end()) return {&Tally::failed, "FAILED: " + both};
  return {&Tally::known_contradiction, "known contradiction: " + both + ", because " +
                                           known->second.because + " (" + known->second.code + ")"};
}

// What each question for the figure gives, and the cells that are the figure.
std::vector<Comparison::Derived> Comparison::derived(const Figure& figure) const {
  std::vector<Derived> out;
  const std::string id = asked_as(figure.id);
  std::set<std::string> asked;
  if (const auto found = by_figure_.find(id); found != by_figure_.end()) {
    for (const Question* question : found->second) {
      for (const Part& part : question->parts) asked.insert(part.report);
      out.push_back(answer(*question, figure));
    }
  }
  for (const std::string& report : report_.matched) {
    if (asked.contains(report) || !cells_.at(report).contains(id)) continue;
    out.push_back(answer({id, How::kValue, {{Part::Kind::kCell, id, report, false}}}, figure));
  }
  return out;
}

Comparison::Derived Comparison::answer(const Question& question, const Figure& figure) const {
  try {
    std::vector<Rational> parts;
    for (const Part& part : question.parts) {
      const Rational number = number_of(part);
      parts.push_back(part.taken_off ? Rational() - number : number);
    }
    const Rational number = combined(question.how, parts);
    return {text_of(question.how, number, figure.value),
            is_equal(question.how, number, figure.value)};
  } catch (const std::runtime_error& error) {
    return {error.what(), false};
  }
}

Rational Comparison::number_of(const Part& part) const {
  switch (part.kind) {
    case Part::Kind::kNumber: return parsed(part.text);
    case Part::Kind::kQuery: {
      const Answered& answered = answers_.at(part.text);
      if (answered.is_empty) throw std::runtime_error("no value of " + part.text);
      return answered.number;
    }
    case Part::Kind::kCell: {
      const std::string name = part.report + ":" + part.text;
      const auto report = cells_.find(part.report);
      if (report == cells_.end()) throw std::runtime_error("no report for " + name);
      const auto cell = report->second.find(part.text);
      if (cell == report->second.end()) throw std::runtime_error("no cell " + name);
      if (cell->second.empty()) throw std::runtime_error("no number in " + name);
      return parsed(cell->second);
    }
  }
  std::unreachable();
}

}  // namespace trede::reports
