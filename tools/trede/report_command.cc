#include "projections/reports/definition.h"
#include "projections/reports/evaluate.h"
#include "tools/render/render.h"
#include "tools/trede/answer_text.h"
#include "tools/trede/command.h"
#include "tools/trede/folder.h"
#include "tools/trede/question.h"

namespace trede::tool {

namespace {

enum class ReportFormat { kText, kCsv, kJson, kHtml, kXlsx };

Outcome<ReportFormat> parse_report_format(const std::string& text) {
  if (text == "text") return ReportFormat::kText;
  if (text == "csv") return ReportFormat::kCsv;
  if (text == "json") return ReportFormat::kJson;
  if (text == "html") return ReportFormat::kHtml;
  if (text == "xlsx") return ReportFormat::kXlsx;
  return wrong_input("--format: unknown format `" + text +
                     "`, expected text, csv, json, html or xlsx");
}

class ReportCommand final : public Command {
 public:
  Help help() const override {
    return {"report", "Prints a report over a period.",
            "  trede report kwartaal --data werk --van 2021-01-01 --tm 2021-03-31\n"
            "  trede report kwartaal --data werk --van 2021-01-01 --tm 2021-03-31 \\\n"
            "      --bekend-op 2021-04-06T09:00:00+02:00\n"
            "  trede report kwartaal --data werk --van 2021-01-01 --tm 2021-03-31 \\\n"
            "      --format xlsx > kwartaal.xlsx\n"};
  }

  void bind(Options& options) override {
    options.required_word("NAME", &name_, "the report, for instance kwartaal");
    options.value("--van", &period_.van, "first day of the period");
    options.value("--tm", &period_.tm, "last day of the period, included");
    known_.bind(options);
    options.value("--format", &format_, "text (default), csv, json, html or xlsx");
    bind_data(options, &data_);
  }

  Outcome<> run(Context& context) override {
    const auto format = parse_report_format(format_.value_or("text"));
    if (!format) return format.error();
    if (*format == ReportFormat::kXlsx && context.out.is_terminal()) {
      return wrong_input("--format: xlsx is not for a terminal, expected `> FILE.xlsx` behind it");
    }
    const auto definition = load_definition(name_);
    if (!definition) return wrong_input("NAME: " + definition.error().message);
    const auto period = parse_period_options(period_);
    if (!period) return period.error();
    const auto folder = open_folder(data_, OpenMode::kRead, context);
    if (!folder) return folder.error();
    const auto known = resolve_known(known_, "", (*folder)->log(), context.clock);
    if (!known) return known.error();
    const auto projections = open_projections(**folder);
    if (!projections) return projections.error();
    const auto organisatie = OrganisatieLog((*folder)->log()).at(known->position);
    if (!organisatie) return Failure(organisatie.error());
    const ReportRequest request{*period, known->position};
    const auto queries = queries_of(*definition, request, *organisatie);
    if (!queries) return Failure(queries.error());
    const Status prepared = (*projections)->prepare(*queries);
    if (!prepared) return Failure(prepared.error());
    const auto report = evaluate(*definition, request, *organisatie,
                                 [&](const Query& query) { return (*projections)->answer(query); });
    if (!report) return Failure(report.error());
    return print(*report, *format, *known, context);
  }

 private:
  static Outcome<> print(const Report& report, ReportFormat format, const Known& known,
                         Context& context) {
    const render::Provenance provenance{known.moment_text()};
    switch (format) {
      case ReportFormat::kText: context.out.write(render::report_text(report, provenance)); break;
      case ReportFormat::kCsv:
        context.out.write(render::report_csv(report));
        for (const auto& line : meta_lines(report.period, known)) context.err.line(line);
        break;
      case ReportFormat::kJson: context.out.write(render::report_json(report, provenance)); break;
      case ReportFormat::kHtml: context.out.write(render::report_html(report, provenance)); break;
      case ReportFormat::kXlsx: {
        const auto bytes = render::report_xlsx(report, provenance);
        if (!bytes) return Failure(bytes.error());
        context.out.write(*bytes);
        break;
      }
    }
    return {};
  }

  std::string name_;
  QuestionOptions period_;
  KnownOptions known_;
  std::optional<std::string> format_;
  std::string data_;
};

}  // namespace

std::unique_ptr<Command> make_report_command() { return std::make_unique<ReportCommand>(); }

}  // namespace trede::tool
