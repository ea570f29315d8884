#include "projections/reports/published.h"

namespace trede {

Result<const PublishedReport*> PublishedReports::over(const RapportKey& key) const {
  return load(frozen_ == nullptr ? nullptr : frozen_->find(key));
}

Result<const PublishedReport*> PublishedReports::before(const RapportKey& key) const {
  return load(frozen_ == nullptr ? nullptr : frozen_->find_before(key));
}

Result<const PublishedReport*> PublishedReports::earlier(const RapportKey& key) const {
  return load(frozen_ == nullptr ? nullptr : frozen_->find_earlier(key));
}

Result<const PublishedReport*> PublishedReports::load(const VastgesteldRapport* found) const {
  if (found == nullptr) return nullptr;
  if (const auto known = loaded_.find(found->source); known != loaded_.end()) {
    return &known->second;
  }
  const auto frozen = frozen_->load(*found);
  if (!frozen) return std::unexpected(frozen.error());
  PublishedReport out{
      found->rapport, frozen->report.period, found->source, frozen->report.known, {}};
  for (const PublishedFigure& figure : frozen->figures) {
    out.figures.emplace(figure.question, figure.number);
  }
  return &loaded_.emplace(found->source, std::move(out)).first->second;
}

}  // namespace trede
