#include "projections/reports/kept.h"

#include "engine/event/bytes_text.h"
#include "projections/measures/measures.h"
#include "projections/reports/asker.h"

namespace trede {

namespace {

std::string number_text(const std::optional<Rational>& number) {
  if (!number) return "none";
  const std::string above = number->text(0);
  if (number->below() == 1) return above;
  return Rational(number->above()).text(0) + "/" + Rational(number->below()).text(0);
}

// Which report, before what is wrong with it.
std::string name_of(const VastgesteldRapport& rapport) {
  return rapport.rapport + " over " + format_day(rapport.periode.van) + " t/m " +
         format_day(rapport.periode.tm) + ", laid down at positie " +
         std::to_string(rapport.source.value) + ": ";
}

std::string unreadable_text(const Error& error) {
  return error.message + "; withdraw that event, or lay the report down anew";
}

// Holds one report to the log. Lifetime: one call.
class Holder {
 public:
  Holder(const EventLog& log, Projections& projections, KeptFigures& out)
      : log_(log), projections_(projections), out_(out) {}

  Status hold(const VastgesteldRapport& rapport, const Result<FrozenReport>& kept) {
    ++out_.reports;
    at_ = {rapport.source, name_of(rapport)};
    if (!kept) {
      if (kept.error().code == ErrorCode::kIo) return kept.error();
      differ(unreadable_text(kept.error()));
      return {};
    }
    const Report& report = kept->report;
    if (report.catalogus != catalogus_version()) {
      differ("of catalogue " + report.catalogus + ", this program asks by that of version " +
             catalogus_version());
      return {};
    }
    if (report.known.value == 0 || report.known >= rapport.source) {
      differ("it cannot have known positie " + std::to_string(report.known.value));
      return {};
    }
    const auto root = log_.root_at(report.known);
    if (!root) return root.error();
    if (hex_text(hash_view(*root)) != report.boomkop) {
      differ("the log had another tree head at positie " + std::to_string(report.known.value));
    }
    return hold_figures(*kept);
  }

 private:
  Status hold_figures(const FrozenReport& kept) {
    std::vector<std::pair<const PublishedFigure*, Query>> asked;
    std::vector<Query> queries;
    for (const PublishedFigure& figure : kept.figures) {
      auto query = parse_question_text(figure.question);
      if (!query || !check_query(*query)) {
        differ(figure.question + ": no question that this program can ask");
        continue;
      }
      query->known = kept.report.known;
      queries.push_back(*query);
      asked.emplace_back(&figure, std::move(*query));
    }
    TREDE_RETURN_IF_ERROR(projections_.prepare(queries));
    const Answerer answerer = [this](const Query& query) { return projections_.answer(query); };
    const PublishedReports none;
    Asker asker({kept.report.name, kept.report.waar, kept.report.known}, answerer, none);
    for (const auto& [figure, query] : asked) {
      const auto anew = asker.answer(query);
      if (!anew) return anew.error();
      ++out_.figures;
      if (*anew != figure->number) {
        differ(figure->question + ": " + number_text(figure->number) + ", the events give " +
               number_text(*anew));
      }
    }
    return {};
  }

  void differ(const std::string& what) {
    out_.differences.push_back({at_.source, at_.what + what});
  }

  const EventLog& log_;
  Projections& projections_;
  KeptFigures& out_;
  KeptDifference at_;  // which report is held, and the words before a difference
};

}  // namespace

Result<KeptFigures> check_kept(const FrozenReports& frozen,
                               const std::vector<VastgesteldRapport>& rapporten,
                               const EventLog& log, Projections& projections) {
  KeptFigures out;
  Holder holder(log, projections, out);
  for (const VastgesteldRapport& rapport : rapporten) {
    TREDE_RETURN_IF_ERROR(holder.hold(rapport, frozen.load(rapport)));
  }
  return out;
}

Result<std::vector<std::string>> find_unreadable(const FrozenReports& frozen,
                                                 const std::vector<VastgesteldRapport>& rapporten) {
  std::vector<std::string> out;
  for (const VastgesteldRapport& rapport : rapporten) {
    const auto kept = frozen.load(rapport);
    if (kept) continue;
    if (kept.error().code == ErrorCode::kIo) return kept.error();
    out.push_back(name_of(rapport) + unreadable_text(kept.error()));
  }
  return out;
}

}  // namespace trede
