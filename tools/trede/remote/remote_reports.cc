#include "tools/trede/remote/remote_reports.h"

#include <algorithm>

#include "tools/trede/answer_text.h"
#include "tools/trede/listing.h"
#include "tools/trede/remote/client.h"
#include "tools/trede/remote/known_values.h"
#include "tools/trede/report/definitions.h"
#include "tools/trede/text.h"

namespace trede::tool {

namespace {

std::string media_type_of(ReportFormat format) {
  switch (format) {
    case ReportFormat::kText: return "text/plain";
    case ReportFormat::kCsv: return "text/csv";
    case ReportFormat::kJson: return "application/json";
    case ReportFormat::kHtml: return "text/html";
    case ReportFormat::kXlsx:
      return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  }
  std::unreachable();
}

std::string waar_of(const Filter& filter) {
  return filter.dimension + "=" + joined(filter.codes, ",");
}

// One call of the command. Threads: one.
class RemoteReport {
 public:
  RemoteReport(const Client& client, const ReportOptions& options, const AskedReport& asked,
               Context& context)
      : client_(client), options_(options), asked_(asked), context_(context) {}

  Outcome<> run() const {
    ServerQuestion question{.path = "/v1/rapporten/" + url_escaped(asked_.name),
                            .media_type = media_type_of(asked_.format)};
    question.query = {{"van", format_day(asked_.period.van)}, {"tm", format_day(asked_.period.tm)}};
    for (const Filter& filter : asked_.chosen) question.query.emplace_back("waar", waar_of(filter));
    if (options_.suppress) question.query.emplace_back("onderdruk", "true");
    if (options_.freeze) {
      TREDE_RETURN_IF_ERROR(lay_down());
      return print(question);
    }
    TREDE_RETURN_IF_ERROR(add_known(client_, options_.known, "", question.query));
    if (!options_.asks_then() && !options_.anew) return print(question);
    TREDE_RETURN_IF_ERROR(add_known(client_, options_.then, "en-", question.query));
    question.path += "/verschillen";
    question.query.emplace_back("sleutels", "true");
    return print(question);
  }

 private:
  Outcome<> lay_down() const {
    if (options_.asks_known()) {
      return wrong_input(
          "--vaststellen: not with --bekend-op or --positie at a server, which lays down what is "
          "known now; expected neither, or --data DIR");
    }
    if (options_.actor) {
      return wrong_input("--actor: not with --server, where it is who the token is of");
    }
    api::Vaststelling body;
    body.set_van(format_day(asked_.period.van));
    body.set_tm(format_day(asked_.period.tm));
    for (const Filter& filter : asked_.chosen) body.add_waar(waar_of(filter));
    const auto says = client_.ask(
        {.path = "/v1/rapporten/" + url_escaped(asked_.name) + "/vaststellingen", .body = &body});
    if (!says) return says.error();
    if (const auto* problem = std::get_if<api::Probleem>(&*says)) return objected(*problem);
    return {};
  }

  // A control, a rule, or anything else that stands in the way.
  Failure objected(const api::Probleem& problem) const {
    if (problem.status() != 409 || problem.regel().empty()) return refusal_of(problem);
    if (problem.regel() == "controles") {
      for (const auto& one : problem.fouten()) {
        context_.err.line("klopt niet: " + one_line(one.melding()));
      }
    }
    const bool is_sentence = problem.regel() == "controles" || problem.regel() == "vaststellen";
    return wrong_input((is_sentence ? "" : problem.regel() + ": ") + problem.detail());
  }

  Failure refusal_of(const api::Probleem& problem) const {
    if (problem.status() != 404) return client_.refused(problem);
    if (!problem.fouten().empty() && problem.fouten(0).plaats() == "bekendOp") {
      return wrong_input("--herrekend: this report over this period was never laid down");
    }
    api::Rapporten there;
    const auto listed = client_.get_message({.path = "/v1/rapporten"}, there);
    if (!listed) return listed.error();
    std::vector<std::string> names;
    for (const auto& one : there.rapporten()) names.push_back(one.naam());
    if (std::ranges::find(names, asked_.name) != names.end()) return client_.refused(problem);
    return wrong_input("NAME: there is no report '" + asked_.name +
                       "'; allowed: " + joined(names, ", "));
  }

  Outcome<> print(const ServerQuestion& question) const {
    const auto says = client_.ask(question);
    if (!says) return says.error();
    if (const auto* problem = std::get_if<api::Probleem>(&*says)) return refusal_of(*problem);
    const auto& answer = std::get<ServerAnswer>(*says);
    const auto moment = parse_moment(answer.moment);
    if (!moment && answer.moment != "-") {
      return client_.system_failure("does not say as known when the report is");
    }
    for (const std::string& rij : split(answer.unplaced, ',')) note_unplaced(rij);
    context_.out.write(answer.body);
    if (asked_.format != ReportFormat::kCsv) return {};
    const Known known{Position{answer.position}, moment ? std::optional(*moment) : std::nullopt};
    for (const auto& line : meta_lines(asked_.period, known)) context_.err.line(line);
    return {};
  }

  // `+3` stands for three more.
  void note_unplaced(const std::string& rij) const {
    if (rij.empty()) return;
    context_.err.line(rij.starts_with('+') ? "let op: en zo nog " + rij.substr(1) + " rijen"
                                           : unplaced_text(rij));
  }

  const Client& client_;
  const ReportOptions& options_;
  const AskedReport& asked_;
  Context& context_;
};

}  // namespace

Outcome<> print_remote_report(const ReportOptions& options, const AskedReport& asked,
                              Context& context) {
  const auto client = Client::open(options.source);
  if (!client) return client.error();
  return RemoteReport(*client, options, asked, context).run();
}

Outcome<> list_remote_reports(const SourceOptions& source, Context& context) {
  const auto client = Client::open(source);
  if (!client) return client.error();
  api::Rapporten there;
  TREDE_RETURN_IF_ERROR(client->get_message({.path = "/v1/rapporten"}, there));
  Listing listing;
  listing.columns = definition_columns();
  for (const auto& one : there.rapporten()) {
    listing.rows.push_back({one.naam(), one.versie(),
                            one.has_gebrek() ? one.gebrek() : one.omschrijving(),
                            one.meegeleverd() ? "meegeleverd" : "eigen"});
  }
  context.out.write(listing.table());
  return {};
}

}  // namespace trede::tool
