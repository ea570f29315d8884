// A line of `query --batch`: words, options, a query.
#include "tests/fuzz/target.h"
#include "tests/support/fakes.h"
#include "tools/trede/options.h"
#include "tools/trede/question.h"
#include "tools/trede/text.h"

using namespace trede::test;
using namespace trede::tool;

namespace {

template <typename T>
bool fine(const Outcome<T>& outcome) {
  if (!outcome) must(!outcome.error().line.empty(), "a failure says something");
  return outcome.has_value();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto words = split_words(text_of(data, size));
  if (!fine(words)) return 0;
  const FakeClock clock;
  QuestionOptions question;
  KnownOptions known;
  Options options(Help{"query", "", ""});
  question.bind(options);
  known.bind(options);
  const auto parsed = options.parse(*words);
  if (!fine(parsed) || !*parsed) return 0;
  static_cast<void>(fine(parse_question(question, clock)));
  return 0;
}
