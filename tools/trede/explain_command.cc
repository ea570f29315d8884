#include "tools/trede/accountable.h"
#include "tools/trede/answer_text.h"
#include "tools/trede/command.h"
#include "tools/trede/contributions.h"
#include "tools/trede/folder.h"
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
            "      --format csv\n"};
  }

  void bind(Options& options) override {
    question_.bind(options);
    known_.bind(options);
    options.value("--format", &format_, "table (default), csv or json");
    bind_data(options, &data_);
  }

  Outcome<> run(Context& context) override {
    const auto format = parse_format(format_.value_or("table"));
    if (!format) return format.error();
    auto query = parse_question(question_, context.clock);
    if (!query) return query.error();
    const auto folder = open_folder(data_, OpenMode::kRead, context);
    if (!folder) return folder.error();
    const auto known = resolve_known(known_, "", (*folder)->log(), context.clock);
    if (!known) return known.error();
    query->known = known->position;
    const auto projections = open_projections(**folder);
    if (!projections) return projections.error();
    const auto answer = (*projections)->answer(*query);
    if (!answer) return Failure(answer.error());
    const auto parts = (*projections)->explain(*query);
    if (!parts) return Failure(parts.error());
    TREDE_RETURN_IF_ERROR(check_recount(*parts, answer->rows));
    const auto listing = contribution_listing(*parts, *answer, **folder);
    if (!listing) return Failure(listing.error());
    auto accountable = Accountable::reader(**folder, {}, context);
    if (!accountable) return accountable.error();
    const auto shown = streams_behind(*parts, (*folder)->log());
    if (!shown) return Failure(shown.error());
    accountable->note_read(shown->entries(TrailAction::kVerklaren, known->position));
    print(*listing, *answer, *format, *known, context);
    return {};
  }

 private:
  void print(const Listing& listing, const Answer& answer, Format format, const Known& known,
             Context& context) const {
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
  std::string data_;
};

}  // namespace

std::unique_ptr<Command> make_explain_command() { return std::make_unique<ExplainCommand>(); }

}  // namespace trede::tool
