#include "tools/trede/answer_text.h"
#include "tools/trede/command.h"
#include "tools/trede/figures.h"
#include "tools/trede/question.h"

namespace trede::tool {

namespace {

class ExplainCommand final : public Command {
 public:
  Help help() const override {
    return {"explain", "Lists the events behind a number.",
            "  trede explain trajecten --data werk --op 2021-03-31 --waar gemeente=Velsen\n"
            "  trede explain uitstroom --data werk --van 2021-01-01 --tm 2021-03-31 --per reden\n"
            "  trede explain verzuimpercentage --data werk --van 2021-01-01 --tm 2021-03-31 \\\n"
            "      --format csv\n"
            "  trede explain trajecten --server https://trede.example --token-file token \\\n"
            "      --op 2021-03-31\n"};
  }

  void bind(Options& options) override {
    question_.bind(options);
    known_.bind(options);
    options.value("--format", &format_, "table (default), csv or json");
    source_.bind(options);
  }

  Outcome<> run(Context& context) override {
    TREDE_RETURN_IF_ERROR(check_source(source_));
    const auto format = parse_format(format_.value_or("table"));
    if (!format) return format.error();
    auto query = parse_question(question_, context.clock);
    if (!query) return query.error();
    const auto figures = open_figures(source_, context);
    if (!figures) return figures.error();
    const auto explained = (*figures)->explain(*query, known_);
    if (!explained) return explained.error();
    print(*explained, *format, context);
    return {};
  }

 private:
  static void print(const Explanation& explained, Format format, Context& context) {
    const auto& [answer, known] = explained.figure;
    const Listing& listing = explained.events;
    const auto meta = meta_lines(answer.time, known);
    switch (format) {
      case Format::kTable:
        context.out.write(listing.table() + "\n" + answer_listing(answer).table() + "\n");
        for (const auto& line : meta) context.out.line(line);
        return;
      case Format::kCsv:
        context.out.write(listing.csv());
        for (const auto& line : meta) context.err.line(line);
        return;
      case Format::kJson:
        context.out.write("{" + meta_json(answer.time, known) + ",\"gebeurtenissen\":" +
                          listing.json() + ",\"rijen\":" + answer_listing(answer).json() + "}\n");
        return;
    }
  }

  QuestionOptions question_;
  KnownOptions known_;
  std::optional<std::string> format_;
  SourceOptions source_;
};

}  // namespace

std::unique_ptr<Command> make_explain_command() { return std::make_unique<ExplainCommand>(); }

}  // namespace trede::tool
