#include "tools/trede/query_batch.h"

#include <cerrno>
#include <cstring>
#include <memory>

#include "tools/trede/answer_text.h"
#include "tools/trede/question.h"
#include "tools/trede/text.h"

namespace trede::tool {

namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

// Reads one line of any length, without its line ending. Returns: false at the end.
bool read_line(std::FILE* file, std::string& line) {
  line.clear();
  int c = std::getc(file);
  if (c == EOF) return false;
  for (; c != EOF && c != '\n'; c = std::getc(file)) line.push_back(static_cast<char>(c));
  if (line.ends_with('\r')) line.pop_back();
  return true;
}

struct BatchAnswer {
  std::string csv;
  std::vector<std::string> meta;
};

Outcome<BatchAnswer> answer_line(std::string_view line, FigureSource& figures, Context& context) {
  auto words = split_words(line);
  if (!words) return words.error();
  QuestionOptions question;
  KnownOptions known_options;
  Options options(Help{"query", "", ""});
  question.bind(options);
  known_options.bind(options);
  const auto parsed = options.parse(*words);
  if (!parsed) return parsed.error();
  if (!*parsed) return wrong_input("--help: not in a batch, expected a query");
  auto query = parse_question(question, context.clock);
  if (!query) return query.error();
  const auto figure = figures.answer(*query, known_options);
  if (!figure) return figure.error();
  return BatchAnswer{answer_listing(figure->answer).csv(),
                     meta_lines(figure->answer.time, figure->known)};
}

}  // namespace

Outcome<> answer_batch(const std::string& file, FigureSource& figures, Context& context) {
  const std::unique_ptr<std::FILE, CloseFile> opened(file == "-" ? nullptr
                                                                 : std::fopen(file.c_str(), "rb"));
  if (file != "-" && !opened) {
    return wrong_input("--batch: " + file + ": " + std::strerror(errno) +
                       ", expected a file that can be read, or - for standard input");
  }
  std::FILE* const in = opened ? opened.get() : context.in;
  std::string line;
  std::size_t bad = 0;
  for (std::size_t number = 1; read_line(in, line); ++number) {
    if (line.find_first_not_of(" \t") == std::string::npos) continue;
    const std::string head = "# " + std::to_string(number);
    const auto answered = answer_line(line, figures, context);
    if (answered) {
      context.out.write(head + "\n" + answered->csv);
      for (const auto& meta : answered->meta) context.err.line(head + " " + meta);
    } else {
      if (answered.error().exit == Exit::kSystem) return answered.error();
      context.out.line(head + " error: " + one_line(answered.error().line));
      ++bad;
    }
    // Whoever writes the questions on a pipe may wait for each answer.
    if (in == context.in) TREDE_RETURN_IF_ERROR(context.out.flush());
  }
  if (std::ferror(in) != 0) return system_failed("--batch: " + file + ": cannot be read");
  if (bad > 0) return wrong_input("--batch: " + std::to_string(bad) + " bad queries");
  return {};
}

}  // namespace trede::tool
