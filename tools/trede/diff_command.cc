#include "tools/trede/accountable.h"
#include "tools/trede/answer_text.h"
#include "tools/trede/command.h"
#include "tools/trede/contributions.h"
#include "tools/trede/folder.h"
#include "tools/trede/question.h"
#include "tools/trede/text.h"

namespace trede::tool {

namespace {

// A figure as known at two moments, and what was recorded in between.
struct Difference {
  Answer before;
  Answer after;
  std::vector<Contribution> parts;
};

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
    bind_data(options, &data_);
  }

  Outcome<> run(Context& context) override {
    const auto format = parse_format(format_.value_or("table"));
    if (!format) return format.error();
    auto query = parse_question(question_, context.clock);
    if (!query) return query.error();
    const auto folder = open_folder(data_, OpenMode::kRead, context);
    if (!folder) return folder.error();
    const auto known = resolve_both((*folder)->log(), context.clock);
    if (!known) return known.error();
    const auto projections = open_projections(**folder);
    if (!projections) return projections.error();
    const auto difference =
        compare(**projections, *query, known->first.position, known->second.position);
    if (!difference) return difference.error();
    const auto listing = contribution_listing(difference->parts, difference->after, **folder);
    if (!listing) return Failure(listing.error());
    auto accountable = Accountable::reader(**folder, {}, context);
    if (!accountable) return accountable.error();
    const auto shown = streams_behind(difference->parts, (*folder)->log());
    if (!shown) return Failure(shown.error());
    accountable->note_read(shown->entries(TrailAction::kVergelijken, known->second.position));
    print(*listing, *difference, *format, *known, context);
    return {};
  }

 private:
  using BothKnown = std::pair<Known, Known>;

  Outcome<BothKnown> resolve_both(const EventLog& log, const Clock& clock) const {
    if (!from_.bekend_op && !from_.positie) {
      return wrong_input(
          "--bekend-op: missing, expected --bekend-op A --en-bekend-op B, or "
          "--positie and --en-positie");
    }
    if (!to_.bekend_op && !to_.positie) {
      return wrong_input("--en-bekend-op: missing, expected the moment to compare with");
    }
    const auto from = resolve_known(from_, "", log, clock);
    if (!from) return from.error();
    const auto to = resolve_known(to_, "en-", log, clock);
    if (!to) return to.error();
    if (to->position < from->position) {
      return wrong_input("--en-bekend-op: before --bekend-op, expected the later moment last");
    }
    return BothKnown{*from, *to};
  }

  static Outcome<Difference> compare(Projections& projections, Query query, Position from,
                                     Position to) {
    query.known = from;
    auto before = projections.answer(query);
    if (!before) return Failure(before.error());
    auto parts = projections.diff(query, to);
    if (!parts) return Failure(parts.error());
    query.known = to;
    auto after = projections.answer(query);
    if (!after) return Failure(after.error());
    TREDE_RETURN_IF_ERROR(check_recount(*parts, subtract(*after, *before)));
    return Difference{std::move(*before), std::move(*after), std::move(*parts)};
  }

  void print(const Listing& listing, const Difference& difference, Format format,
             const BothKnown& known, Context& context) const {
    Answer moved = difference.after;
    moved.rows = subtract(difference.after, difference.before);
    std::vector<std::string> meta = meta_lines(difference.before.time, known.first);
    meta.push_back("en bekend_op: " + known.second.moment_text());
    meta.push_back("en positie: " + std::to_string(known.second.position.value));
    switch (format) {
      case Format::kTable:
        context.out.write(listing.table());
        context.out.write("\neerst\n" + answer_listing(difference.before).table());
        context.out.write("\ndaarna\n" + answer_listing(difference.after).table());
        context.out.write("\nverschil\n" + totals(moved).table() + "\n");
        for (const auto& line : meta) context.out.line(line);
        return;
      case Format::kCsv:
        context.out.write(listing.csv());
        for (const auto& line : meta) context.err.line(line);
        return;
      case Format::kJson:
        context.out.write("{" + meta_json(difference.before.time, known.first) +
                          ",\"en_bekend_op\":" + json_string(known.second.moment_text()) +
                          ",\"en_positie\":" + std::to_string(known.second.position.value) +
                          ",\"gebeurtenissen\":" + listing.json() +
                          ",\"eerst\":" + answer_listing(difference.before).json() +
                          ",\"daarna\":" + answer_listing(difference.after).json() +
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
  std::string data_;
};

}  // namespace

std::unique_ptr<Command> make_diff_command() { return std::make_unique<DiffCommand>(); }

}  // namespace trede::tool
