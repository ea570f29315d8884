#include "tests/bench/peers/counts.h"

#include <algorithm>
#include <iterator>

#include "engine/event/catalogue.h"

namespace trede::bench {

namespace {

constexpr std::size_t kChecked = 20;  // of each kind of question
constexpr std::uint64_t kCheckSeed = 99;

std::string text_of(const Counts& counts) {
  std::string out;
  for (const auto& [cell, count] : counts) {
    out += cell.first + ", " + cell.second + ": " + std::to_string(count) + "; ";
  }
  return out;
}

}  // namespace

Counts counts_of(const Answer& answer) {
  Counts out;
  for (const AnswerRow& row : answer.rows) {
    out[{row.codes[0], row.codes[1]}] = static_cast<std::int64_t>(row.waarde.units);
  }
  return out;
}

std::string trede_code(int number) { return code_of(static_cast<pb::Trede>(number)); }

Sample CountingPeer::time(const std::vector<Question>& questions) {
  return ask_many(questions.size(), [&](std::size_t i) { count(questions[i]); });
}

void check_counts(PreparedLog& log, const std::string& name, CountingPeer& peer) {
  std::vector<Question> questions = log.edges(kChecked, kCheckSeed);
  for (const bool known_now : {true, false}) {
    std::ranges::move(log.questions(kChecked, known_now, kCheckSeed),
                      std::back_inserter(questions));
  }
  for (const Question& question : questions) {
    const auto ours = counts_of(must(log.projections().answer(query_of(question)), "answer"));
    const Counts theirs = peer.count(question);
    if (ours == theirs) continue;
    throw std::runtime_error(name + " counts differently on " + format_day(question.day) +
                             " at position " + std::to_string(question.known.value) + ": Trede " +
                             text_of(ours) + " peer " + text_of(theirs));
  }
}

}  // namespace trede::bench
