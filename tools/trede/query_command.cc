#include "tools/trede/answer_text.h"
#include "tools/trede/command.h"
#include "tools/trede/figures.h"
#include "tools/trede/query_batch.h"
#include "tools/trede/question.h"
#include "tools/trede/text.h"

namespace trede::tool {

namespace {

class QueryCommand final : public Command {
 public:
  Help help() const override {
    return {"query", "Answers a count or a ratio for a day or a period.",
            "  trede query trajecten --data werk --op 2021-03-31 --per gemeente,trede\n"
            "  trede query uitstroom --data werk --van 2021-01-01 --tm 2021-03-31 \\\n"
            "      --per reden --waar gemeente=Velsen,Beverwijk --format csv\n"
            "  trede query trajecten --data werk --op 2021-03-31 \\\n"
            "      --bekend-op 2021-04-02T09:30:00+02:00\n"
            "  trede query --batch vragen.txt --data werk\n"
            "  trede query trajecten --server https://trede.example --token-file token\n"};
  }

  void bind(Options& options) override {
    question_.bind(options);
    known_.bind(options);
    options.value("--format", &format_, "table (default), csv or json");
    options.value("--batch", &batch_, "FILE or -: one query per line, answered as CSV");
    source_.bind(options);
  }

  Outcome<> run(Context& context) override {
    TREDE_RETURN_IF_ERROR(check_source(source_));
    if (batch_) return run_batch(context);
    const auto format = parse_format(format_.value_or("table"));
    if (!format) return format.error();
    auto query = parse_question(question_, context.clock);
    if (!query) return query.error();
    const auto figures = open_figures(source_, context);
    if (!figures) return figures.error();
    const auto figure = (*figures)->answer(*query, known_);
    if (!figure) return figure.error();
    print(*figure, *format, context);
    return {};
  }

 private:
  void print(const Figure& figure, Format format, Context& context) const {
    const auto& [answer, known] = figure;
    const auto meta = meta_lines(answer.time, known);
    switch (format) {
      case Format::kTable:
        context.out.write(answer_listing(answer).table() + "\n");
        for (const auto& line : meta) context.out.line(line);
        return;
      case Format::kCsv:
        context.out.write(answer_listing(answer).csv());
        for (const auto& line : meta) context.err.line(line);
        return;
      case Format::kJson: context.out.write(answer_json(answer, *question_.measure, known)); return;
    }
  }

  Outcome<> run_batch(Context& context) {
    const bool asks_more = question_.measure || question_.op || question_.van || question_.tm ||
                           question_.per || !question_.waar.empty() || known_.bekend_op ||
                           known_.positie || format_;
    if (asks_more) {
      return wrong_input(
          "--batch: given with a question, expected only --data or --server beside it");
    }
    const auto figures = open_figures(source_, context);
    if (!figures) return figures.error();
    return answer_batch(*batch_, **figures, context);
  }

  QuestionOptions question_;
  KnownOptions known_;
  std::optional<std::string> format_;
  std::optional<std::string> batch_;
  SourceOptions source_;
};

}  // namespace

std::unique_ptr<Command> make_query_command() { return std::make_unique<QueryCommand>(); }

}  // namespace trede::tool
