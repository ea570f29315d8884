// Imports the reconstructed history of the first quarter of 2021 with the program given as the
// first word, asks every printed figure back, and says of each: equal, known contradiction (with
// printed, derived and why) or not covered (with why). Ends with status 1 when a figure is anything
// else. `--all` lists the equal ones too.
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>

#include "tests/reports/begeleiding.h"
#include "tests/reports/figures.h"
#include "tests/reports/product.h"
#include "tests/reports/questions.h"
#include "tests/reports/reconstruction.h"
#include "tests/support/temp_dir.h"

namespace trede::reports {

namespace {

constexpr const char* kReport = "q1-2021";

int decimals_of(const std::string& value) {
  const auto point = value.find('.');
  return point == std::string::npos ? 0 : static_cast<int>(value.size() - point - 1);
}

Rational number_of(const std::string& text) {
  const auto parsed = parse_rational(text);
  if (!parsed) throw std::runtime_error(parsed.error().message);
  return *parsed;
}

// What the product says of one figure.
struct Derived {
  std::string text;  // as it would be printed
  bool equal;
};

Rational combined(How how, const std::vector<Rational>& parts) {
  constexpr Int128 kHundred = 100;
  switch (how) {
    case How::kValue:
    case How::kCell: return parts.at(0);
    case How::kSum: {
      Rational sum;
      for (const Rational& part : parts) sum = sum + part;
      return sum;
    }
    case How::kThousands: {
      constexpr Int128 kCents = 100'000;
      Rational sum;
      for (const Rational& part : parts) sum = sum + part;
      return sum / Rational(kCents);
    }
    case How::kDifference: return parts.at(0) - parts.at(1);
    case How::kQuotient: return parts.at(0) / parts.at(1);
    case How::kPercentage:
    case How::kBelow: return Rational(kHundred) * parts.at(0) / parts.at(1);
    case How::kInWords: return Rational(kHundred) * parts.at(0) / parts.at(1) - Rational(kHundred);
  }
  std::unreachable();
}

Derived derive(How how, const Rational& number, const std::string& printed) {
  const Rational value = number_of(printed);
  if (how == How::kBelow) return {number.text(1), (number - value).is_negative()};
  if (how == How::kInWords) {
    const Rational tolerance(Int128{25}, Int128{10});
    const Rational off = number - value;
    return {number.text(1), !(tolerance - off).is_negative() && !(tolerance + off).is_negative()};
  }
  const std::string text = number.text(decimals_of(printed));
  return {text, number_of(text) == value};
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

class Comparison {
 public:
  Comparison(const Figures& figures, const Questions& questions, bool all)
      : figures_(figures), questions_(questions), all_(all) {}

  void ask(Product& product) {
    std::vector<std::string> queries;
    for (const Question& question : questions_.questions) {
      if (question.how == How::kCell) continue;
      for (const auto& part : question.parts) {
        if (!is_number(part)) queries.push_back(query_of(part));
      }
    }
    const std::vector<Answered> answers = product.answers(queries);
    for (std::size_t i = 0; i < queries.size(); ++i) answers_[queries[i]] = answers[i];
    cells_ = product.report("kwartaal --van 2021-01-01 --tm 2021-03-31");
    for (const Question& question : questions_.questions)
      by_figure_[question.figure].push_back(&question);
  }

  // Returns: whether every figure is accounted for.
  bool report(std::ostream& out) {
    out << "report " << kReport << ": " << figures_.all().size() << " figures\n";
    for (const Figure& figure : figures_.all()) judge(figure, out);
    for (const auto& [id, contradiction] : questions_.contradictions) {
      if (!seen_.contains(id)) {
        out << "FAILED: " << id << " is listed as " << contradiction.code << ", yet equal\n";
        ++failed_;
      }
    }
    for (const auto& [code, reading] : questions_.readings) {
      out << "reading " << code << ": " << reading << '\n';
    }
    for (const auto& [reason, number] : not_covered_) {
      out << "not covered: " << number << " figures, " << reason << '\n';
    }
    out << "equal " << equal_ << ", known contradiction " << seen_.size() << ", not covered "
        << count_not_covered() << "; " << other_variants_
        << " cells of other distributions of an open table\n";
    if (failed_ > 0) out << failed_ << " FAILED\n";
    return failed_ == 0;
  }

 private:
  static bool is_number(const std::string& part) {
    return part.find_first_not_of("0123456789") == std::string::npos;
  }

  // A part without the sign that takes it off.
  static std::string query_of(const std::string& part) {
    return part.starts_with("- ") ? part.substr(2) : part;
  }

  int count_not_covered() const {
    int sum = 0;
    for (const auto& [reason, number] : not_covered_) sum += number;
    return sum;
  }

  void judge(const Figure& figure, std::ostream& out) {
    if (is_other_variant(figure.id)) {
      ++other_variants_;
      return;
    }
    for (const auto& [pattern, reason] : questions_.not_covered) {
      if (!is_meant(pattern, figure.id)) continue;
      ++not_covered_[reason];
      if (all_) out << "not covered: " << figure.id << ": " << reason << '\n';
      return;
    }
    const std::vector<Derived> all = derived(figure);
    if (all.empty()) return fail(figure, "nothing asks for it", out);
    for (const Derived& one : all) {
      if (!one.equal) return differs(figure, one, out);
    }
    ++equal_;
    if (all_) out << "equal: " << figure.id << " = " << figure.value << '\n';
  }

  // What each question for the figure gives: queries, and the cell of the report.
  std::vector<Derived> derived(const Figure& figure) {
    std::vector<Derived> out;
    const std::string id = asked_as(figure.id);
    const auto found = by_figure_.find(id);
    bool has_cell = false;
    if (found != by_figure_.end()) {
      for (const Question* question : found->second) {
        has_cell = has_cell || question->how == How::kCell;
        out.push_back(answer(*question, figure));
      }
    }
    if (!has_cell && cells_.contains(id)) {
      out.push_back(answer({id, How::kCell, {id}}, figure));
    }
    return out;
  }

  Derived answer(const Question& question, const Figure& figure) {
    std::vector<Rational> parts;
    for (const auto& part : question.parts) {
      if (question.how == How::kCell) {
        const auto cell = cells_.find(part);
        if (cell == cells_.end()) return {"no cell " + part, false};
        if (cell->second.empty()) return {"no number in " + part, false};
        parts.push_back(number_of(cell->second));
      } else if (is_number(part)) {
        parts.push_back(number_of(part));
      } else {
        const Answered& answered = answers_.at(query_of(part));
        if (answered.is_empty) return {"no value of " + part, false};
        parts.push_back(part.starts_with("- ") ? Rational() - answered.number : answered.number);
      }
    }
    return derive(question.how, combined(question.how, parts), figure.value);
  }

  void differs(const Figure& figure, const Derived& derived, std::ostream& out) {
    const auto found = questions_.contradictions.find(figure.id);
    if (found == questions_.contradictions.end()) {
      return fail(figure, "printed " + figure.value + ", derived " + derived.text, out);
    }
    seen_.insert(figure.id);
    out << "known contradiction: " << figure.id << ": printed " << figure.value << ", derived "
        << derived.text << ", because " << found->second.because << " (" << found->second.code
        << ")\n";
  }

  void fail(const Figure& figure, const std::string& why, std::ostream& out) {
    ++failed_;
    out << "FAILED: " << figure.id << ": " << why << '\n';
  }

  const Figures& figures_;
  const Questions& questions_;
  bool all_;
  std::map<std::string, Answered> answers_;   // by query
  std::map<std::string, std::string> cells_;  // of the report
  std::map<std::string, std::vector<const Question*>> by_figure_;
  std::set<std::string> seen_;              // contradictions that were met
  std::map<std::string, int> not_covered_;  // by reason
  int equal_ = 0;
  int other_variants_ = 0;
  int failed_ = 0;
};

// The correction of 14 April: known the day before, one werkaanvaarding more and one maximale
// participatie less.
bool corrections_show(Product& product, std::ostream& out) {
  const std::string asked = "uitstroom --van 2021-01-01 --tm 2021-03-31 --waar reden=";
  const std::string then = " --bekend-op 2021-04-13T12:00:00+02:00";
  const auto answers =
      product.answers({asked + "werkaanvaarding", asked + "werkaanvaarding" + then,
                       asked + "maximale_participatie", asked + "maximale_participatie" + then});
  out << "werkaanvaarding " << answers[0].number.text(0) << ", known on 13 April "
      << answers[1].number.text(0) << "; maximale participatie " << answers[2].number.text(0)
      << ", known on 13 April " << answers[3].number.text(0) << '\n';
  const Rational one(Int128{1});
  return answers[1].number == answers[0].number + one &&
         answers[3].number == answers[2].number - one;
}

int compare(const std::filesystem::path& program, bool all) {
  const std::filesystem::path folder(TREDE_FIGURES);
  const Figures figures = Figures::load(folder / (std::string(kReport) + ".csv"));
  const Questions questions = Questions::load(folder, kReport);
  test::TempDir dir;
  std::ostringstream first;
  std::ostringstream second;
  std::ostringstream log;
  const Reports reports = Reports::load();
  reconstruct(reports, Upto::kQ1_2021, first, log);
  reconstruct(reports, Upto::kQ1_2021, second, log);
  if (first.str() != second.str()) {
    std::cout << "FAILED: two histories from the same figures\n";
    return 1;
  }
  std::ofstream(dir / "history.csv", std::ios::binary) << first.str();
  Product product(program, dir / "data");
  product.import_as_recorded(dir / "history.csv");
  Comparison comparison(figures, questions, all);
  comparison.ask(product);
  const bool good = comparison.report(std::cout);
  return corrections_show(product, std::cout) && good ? 0 : 1;
}

}  // namespace

}  // namespace trede::reports

int main(int argc, char** argv) {
  const bool all = argc == 3 && std::string(argv[2]) == "--all";
  if (argc != 2 && !all) {
    std::cerr << "usage: compare_report TREDE [--all]\n";
    return 2;
  }
  try {
    return trede::reports::compare(argv[1], all);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
