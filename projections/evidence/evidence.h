// Evidence: a report with all that somebody needs to check it without believing us: the events
// behind it, proofs that they stand in the log, and the signed head of that log.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/ledger/checkpoint.h"
#include "engine/log/data_folder.h"
#include "projections/projections.h"
#include "projections/reports/evaluate.h"
#include "projections/reports/frozen.h"
#include "projections/reports/kept.h"
#include "proto/evidence.pb.h"

namespace trede {

struct Evidence {
  pb::EvidenceBundle about;
  std::string definition;  // textproto of a ReportDefinition, with what it takes from others
  std::string report;      // the canonical bytes (encode_frozen)
  // All events of the log of the checkpoint; or, for chosen cells, all of the streams that count
  // in them, those of the organisation, and the one at the position as known.
  std::vector<StoredEvent> events;
  std::vector<ProofPath> inclusion;  // beside `events`; empty when all are there
  // That the log of the checkpoint continues the one as known; empty when that is the same.
  ProofPath known_consistency;
  std::string checkpoint;  // signed
};

// One cell of a report, by the names of its definition: `table/row/column`.
struct EvidenceRequest {
  std::string name;  // of the report
  Period period;
  Position known;  // settled
  std::vector<Filter> chosen;
  // Cells, rows (`table/row`) or tables (`table`); none = every figure, and every event.
  std::vector<std::string> cells;
  // As it was laid down; `known` is where to look for that, and the figures are as known then.
  bool as_laid_down = false;
};

struct EvidenceSources {
  DataFolder& folder;
  Projections& projections;
  const SigningKey& key;
  std::string_view program;  // its version
};

// Gathers the evidence, and checks it as whoever gets it will: what does not hold is not handed
// out. Errors: kInvalid   no such cell; a report that was not laid down, or whose figures do not
// follow
//                    from its definition any more;  those of ReportDesk::work_out;
//         kNotFound  nothing is known yet at `known`.
Result<Evidence> gather_evidence(const pb::ReportDefinition& definition,
                                 const EvidenceRequest& request, const EvidenceSources& sources);

// What was found to hold.
struct CheckedEvidence {
  FrozenReport report;
  Checkpoint checkpoint;
  std::size_t cells = 0;  // worked out anew and found equal
  bool is_shipped_definition = false;
  // Reports that were laid down before, as known to this one: one that begins with such a report,
  // or shows it, takes its figures over as they were laid down.
  std::size_t laid_down_before = 0;
  // Those figures, asked anew of all events, and none differs; absent when only chosen cells are
  // here.
  std::optional<KeptFigures> kept;
};

// A definition as a bundle holds it: with what it takes from others, and without the reports that
// are no part of its own figures.
std::string definition_text(pb::ReportDefinition definition);

// Whether its definition is the one of that name that this program brings along; else it is the
// organisation's own, or of another version.
bool is_shipped(const Evidence& evidence);

// Works the report out from the events alone, and compares. Nothing but `evidence` and `key`
// counts. Threads: any. Errors: kInvalid, with what does not hold and where;  kNewer  made by a
// newer version.
Result<CheckedEvidence> check_evidence(const Evidence& evidence, const VerifierKey& key);

}  // namespace trede
