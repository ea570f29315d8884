#include "tools/trede/answer_text.h"
#include "tools/trede/command.h"
#include "tools/trede/contributions.h"
#include "tools/trede/figures.h"
#include "tools/trede/question.h"
#include "tools/trede/text.h"

namespace trede::tool {

namespace {

class DiffCommand final : public Command {
 public:
  Help help() const override {
    return {
        "diff", "Lists what moved a number between two moments of knowing.",
        "  trede diff trajecten --data werk --op 2021-03-31 \\\n"
        "      --bekend-op 2021-04-02T09:00:00+02:00 --en-bekend-op 2021-07-01T09:00:00+02:00\n"
        "  trede diff uitstroom --data werk --van 2021-01-01 --tm 2021-03-31 --per gemeente \\\n"
        "      --positie 4711 --en-positie 5002 --format csv\n"};
  }

  void bind(Options& options) override {
    question_.bind(options);
    from_.bind(options);
    options.value("--en-bekend-op", &to_.bekend_op, "MOMENT: and as known then");
    options.value("--en-positie", &to_.positie, "N: and as known after the event at position N");
    options.value("--format", &format_, "table (default), csv or json");
    source_.bind(options);
  }

  Outcome<> run(Context& context) override {
    TREDE_RETURN_IF_ERROR(check_source(source_));
    const auto format = parse_format(format_.value_or("table"));
    if (!format) return format.error();
    auto query = parse_question(question_, context.clock);
    if (!query) return query.error();
    TREDE_RETURN_IF_ERROR(check_both());
    const auto figures = open_figures(source_, context);
    if (!figures) return figures.error();
    const auto movement = (*figures)->compare(*query, from_, to_);
    if (!movement) return movement.error();
    print(*movement, *format, context);
    return {};
  }

 private:
  Outcome<> check_both() const {
    if (!from_.bekend_op && !from_.positie) {
      return wrong_input(
          "--bekend-op: missing, expected --bekend-op A --en-bekend-op B, or "
          "--positie and --en-positie");
    }
    if (!to_.bekend_op && !to_.positie) {
      return wrong_input("--en-bekend-op: missing, expected the moment to compare with");
    }
    return {};
  }

  static void print(const Movement& movement, Format format, Context& context) {
    const auto& [before, first] = movement.before;
    const auto& [after, last] = movement.after;
    const Listing& listing = movement.events;
    Answer moved = after;
    moved.rows = subtract(after, before);
    std::vector<std::string> meta = meta_lines(before.time, first);
    meta.push_back("en bekend_op: " + last.moment_text());
    meta.push_back("en positie: " + std::to_string(last.position.value));
    switch (format) {
      case Format::kTable:
        context.out.write(listing.table());
        context.out.write("\neerst\n" + answer_listing(before).table());
        context.out.write("\ndaarna\n" + answer_listing(after).table());
        context.out.write("\nverschil\n" + totals(moved).table() + "\n");
        for (const auto& line : meta) context.out.line(line);
        return;
      case Format::kCsv:
        context.out.write(listing.csv());
        for (const auto& line : meta) context.err.line(line);
        return;
      case Format::kJson:
        context.out.write("{" + meta_json(before.time, first) +
                          ",\"en_bekend_op\":" + json_string(last.moment_text()) +
                          ",\"en_positie\":" + std::to_string(last.position.value) +
                          ",\"gebeurtenissen\":" + listing.json() +
                          ",\"eerst\":" + answer_listing(before).json() +
                          ",\"daarna\":" + answer_listing(after).json() +
                          ",\"verschil\":" + totals(moved).json() + "}\n");
        return;
    }
  }

  // A difference of sums; the ratio of two differences means nothing, so it has no `waarde`.
  static Listing totals(const Answer& moved) {
    Listing out = answer_listing(moved);
    if (!moved.is_ratio) return out;
    out.columns.pop_back();
    for (auto& row : out.rows) row.pop_back();
    return out;
  }

  QuestionOptions question_;
  KnownOptions from_;
  KnownOptions to_;
  std::optional<std::string> format_;
  SourceOptions source_;
};

}  // namespace

std::unique_ptr<Command> make_diff_command() { return std::make_unique<DiffCommand>(); }

}  // namespace trede::tool
