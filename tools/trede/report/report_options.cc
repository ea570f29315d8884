#include "tools/trede/report/report_options.h"

#include "projections/reports/scope.h"

namespace trede::tool {

namespace {

Outcome<ReportFormat> parse_report_format(const std::string& text) {
  if (text == "text") return ReportFormat::kText;
  if (text == "csv") return ReportFormat::kCsv;
  if (text == "json") return ReportFormat::kJson;
  if (text == "html") return ReportFormat::kHtml;
  if (text == "xlsx") return ReportFormat::kXlsx;
  return wrong_input("--format: unknown format `" + text +
                     "`, expected text, csv, json, html or xlsx");
}

Outcome<> check_together(const ReportOptions& options) {
  if (options.asks_then() && !options.asks_known()) {
    return wrong_input("--en-bekend-op: expected together with --bekend-op or --positie");
  }
  if (options.freeze && (options.asks_then() || options.anew || options.suppress)) {
    return wrong_input(
        "--vaststellen: not with --en-bekend-op, --herrekend or --onderdruk: what is laid down is "
        "one report, whole");
  }
  if (options.suppress && (options.asks_then() || options.anew)) {
    return wrong_input(
        "--onderdruk: not with --en-bekend-op or --herrekend, which show single events");
  }
  if (options.anew && options.asks_known()) {
    return wrong_input("--herrekend: not with --bekend-op or --positie, it is as known now");
  }
  if (options.actor && !options.freeze) {
    return wrong_input("--actor: expected together with --vaststellen");
  }
  return {};
}

}  // namespace

void ReportOptions::bind(Options& options) {
  options.word("NAME", &name, "the report, for instance kwartaal");
  options.value("--van", &period.van, "first day of the period");
  options.value("--tm", &period.tm, "last day of the period, included");
  options.values("--waar", &period.waar, "dim=code: what the report is about, where it asks that");
  known.bind(options);
  options.value("--en-bekend-op", &then.bekend_op, "MOMENT: what differs as known then, and why");
  options.value("--en-positie", &then.positie, "N: the same, after the event at position N");
  options.flag("--herrekend", &anew,
               "what differs now from the report as it was laid down, and why");
  options.flag("--vaststellen", &freeze, "lays the report down: its figures are kept for ever");
  options.value("--actor", &actor, "who lays it down: an opaque id, never a name");
  options.flag("--onderdruk", &suppress, "for publication: leaves out counts of 1 to 4");
  options.value("--format", &format, "text (default), csv, json, html or xlsx");
  options.flag("--list", &list, "lists the reports that there are");
  options.value("--check", &check, "FILE: says what is wrong with a definition of a report");
  source.bind(options);
}

std::string unplaced_text(const std::string& rij) {
  return "let op: bij rij " + rij +
         " is een toelichting vastgelegd, maar die rij staat niet in dit rapport";
}

Outcome<AskedReport> parse_report_options(const ReportOptions& options) {
  if (!options.name) return wrong_input("NAME: missing, expected a report (see --list)");
  TREDE_RETURN_IF_ERROR(check_together(options));
  const auto format = parse_report_format(options.format.value_or("text"));
  if (!format) return format.error();
  const auto period = parse_period_options(options.period);
  if (!period) return period.error();
  AskedReport out{*options.name, *period, {}, *format};
  for (const std::string& text : options.period.waar) {
    auto filter = parse_waar(text);
    if (!filter) return wrong_input("--waar: " + filter.error().message);
    out.chosen.push_back(std::move(*filter));
  }
  return out;
}

}  // namespace trede::tool
