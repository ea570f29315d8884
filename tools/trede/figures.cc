#include "tools/trede/figures.h"

#include "tools/trede/accountable.h"
#include "tools/trede/contributions.h"
#include "tools/trede/folder.h"
#include "tools/trede/remote/remote_figures.h"

namespace trede::tool {

namespace {

class FolderFigures final : public FigureSource {
 public:
  static Outcome<std::unique_ptr<FigureSource>> open(const std::string& path, Context& context) {
    auto folder = open_folder(path, OpenMode::kRead, context);
    if (!folder) return folder.error();
    return std::unique_ptr<FigureSource>(new FolderFigures(std::move(*folder), context));
  }

  Outcome<Figure> answer(Query query, const KnownOptions& options) override {
    const auto known = resolve_known(options, "", folder_->log(), context_.clock);
    if (!known) return known.error();
    TREDE_RETURN_IF_ERROR(open_once());
    return figure_at(std::move(query), *known);
  }

  Outcome<Explanation> explain(Query query, const KnownOptions& options) override {
    auto figure = answer(query, options);
    if (!figure) return figure.error();
    query.known = figure->known.position;
    const auto parts = projections_->explain(query);
    if (!parts) return Failure(parts.error());
    TREDE_RETURN_IF_ERROR(check_recount(*parts, figure->answer.rows));
    auto events = contribution_listing(*parts, figure->answer, *folder_);
    if (!events) return Failure(events.error());
    TREDE_RETURN_IF_ERROR(note_shown(*parts, TrailAction::kVerklaren, query.known));
    return Explanation{std::move(*figure), std::move(*events)};
  }

  Outcome<Movement> compare(Query query, const KnownOptions& from,
                            const KnownOptions& to) override {
    const auto first = resolve_known(from, "", folder_->log(), context_.clock);
    if (!first) return first.error();
    const auto last = resolve_known(to, "en-", folder_->log(), context_.clock);
    if (!last) return last.error();
    TREDE_RETURN_IF_ERROR(check_order(*first, *last));
    TREDE_RETURN_IF_ERROR(open_once());
    auto before = figure_at(query, *first);
    if (!before) return before.error();
    query.known = first->position;
    const auto parts = projections_->diff(query, last->position);
    if (!parts) return Failure(parts.error());
    auto after = figure_at(query, *last);
    if (!after) return after.error();
    TREDE_RETURN_IF_ERROR(check_recount(*parts, subtract(after->answer, before->answer)));
    auto events = contribution_listing(*parts, after->answer, *folder_);
    if (!events) return Failure(events.error());
    TREDE_RETURN_IF_ERROR(note_shown(*parts, TrailAction::kVergelijken, last->position));
    return Movement{std::move(*before), std::move(*after), std::move(*events)};
  }

 private:
  FolderFigures(std::unique_ptr<DataFolder> folder, Context& context)
      : folder_(std::move(folder)), context_(context) {}

  Outcome<> open_once() {
    if (projections_) return {};
    auto opened = open_projections(*folder_);
    if (!opened) return opened.error();
    projections_ = std::move(*opened);
    return {};
  }

  Outcome<Figure> figure_at(Query query, const Known& known) {
    query.known = known.position;
    auto answer = projections_->answer(query);
    if (!answer) return Failure(answer.error());
    return Figure{std::move(*answer), known};
  }

  // Before anything is shown.
  Outcome<> note_shown(const std::vector<Contribution>& parts, TrailAction action, Position known) {
    auto accountable = Accountable::reader(*folder_, {}, context_);
    if (!accountable) return accountable.error();
    const auto shown = streams_behind(parts, folder_->log());
    if (!shown) return Failure(shown.error());
    accountable->note_read(shown->entries(action, known));
    return {};
  }

  std::unique_ptr<DataFolder> folder_;
  Context& context_;
  std::unique_ptr<Projections> projections_;
};

}  // namespace

Outcome<std::unique_ptr<FigureSource>> open_figures(const SourceOptions& source, Context& context) {
  TREDE_RETURN_IF_ERROR(check_source(source));
  if (source.is_server()) return open_remote_figures(source);
  return FolderFigures::open(*source.data, context);
}

Outcome<> check_order(const Known& from, const Known& to) {
  if (from.position <= to.position) return {};
  return wrong_input("--en-bekend-op: before --bekend-op, expected the later moment last");
}

}  // namespace trede::tool
