// What reports that were laid down had, as far as later ones stand on it.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "projections/reports/frozen_reports.h"

namespace trede {

// The figures of one report that was laid down.
struct PublishedReport {
  std::string name;
  Period period;
  Position source;  // of the event that laid it down
  Position known;   // what its figures count
  // What the projections answered for it, by question (question_text); absent = a ratio over
  // nothing.
  std::map<std::string, std::optional<Rational>, std::less<>> figures;
};

// Reads a report when it is asked for first. Threads: one.
class PublishedReports {
 public:
  // Of an organisation that laid down no report.
  PublishedReports() = default;
  // `frozen` must outlive it.
  explicit PublishedReports(const FrozenReports& frozen) : frozen_(&frozen) {}

  // Null when there is none. Errors: those of FrozenReports::load (all below).
  Result<const PublishedReport*> over(const RapportKey& key) const;
  // The one that ends on the day before `key` begins.
  Result<const PublishedReport*> before(const RapportKey& key) const;
  // The last one that begins with `key` and ends before it does.
  Result<const PublishedReport*> earlier(const RapportKey& key) const;

 private:
  Result<const PublishedReport*> load(const VastgesteldRapport* found) const;

  const FrozenReports* frozen_ = nullptr;
  mutable std::map<Position, PublishedReport> loaded_;
};

}  // namespace trede
