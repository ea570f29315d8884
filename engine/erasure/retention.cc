#include "engine/erasure/retention.h"

#include <algorithm>

#include "engine/dossier/timeline.h"
#include "engine/ledger/sha256.h"

namespace trede {

namespace {

constexpr std::size_t kChunk = 1000;

bool nothing_runs(const State& state) {
  return !state.in_re_integratie() && state.diagnose == nullptr && state.oponthoud == nullptr &&
         state.voorzieningen.empty() && state.plaatsingen.empty() &&
         state.dienstverband == nullptr && state.verzuim == nullptr && state.verlof == nullptr;
}

Result<History> read_history(const StreamId& dossier, const EventLog& log) {
  History history;
  for (;;) {
    const auto chunk = log.read_stream(dossier, StreamVersion{history.version().value + 1}, kChunk);
    if (!chunk) return chunk.error();
    for (const auto& stored : *chunk) {
      auto event = decode_event(stored.bytes);
      if (!event) return std::move(event).error();
      history.add(std::make_shared<const pb::Event>(std::move(*event)));
    }
    if (chunk->size() < kChunk) return history;
  }
}

std::optional<Expired> expired_of(ErasedPart part, const StreamId& dossier,
                                  const std::optional<Day>& ended, const RetentionTerms& terms) {
  if (!ended) return std::nullopt;
  const auto term = terms.find(part, *ended);
  if (!term) return std::nullopt;
  return Expired{part, dossier, *ended, *term, end_of_term(*term, *ended)};
}

}  // namespace

DossierEnds ends_of(std::span<const ActingEvent> events, Day op) {
  DossierEnds out;
  std::optional<Day> last;
  bool runs = true;
  bool employed = false;
  fold_dossier(events, [&](const Step& step) {
    last = step.event.geldig_op;
    runs = !nothing_runs(step.after);
    const bool before = step.before.dienstverband != nullptr;
    employed = step.after.dienstverband != nullptr;
    if (before && !employed) out.dienstverband = step.event.geldig_op;
  });
  if (employed || (out.dienstverband && *out.dienstverband > op)) out.dienstverband.reset();
  if (last && !runs && *last <= op) out.closed = last;
  return out;
}

Result<std::vector<Expired>> find_expired(DataFolder& folder, const RetentionTerms& terms, Day op) {
  std::vector<Expired> out;
  TREDE_RETURN_IF_ERROR(folder.keys().scan([&](const KeyEntry& entry) -> Status {
    if (entry.stream.kind != StreamKind::kDossier) return {};
    const auto history = read_history(entry.stream, folder.log());
    if (!history) return history.error();
    const DossierEnds ends = ends_of(history->acting(), op);
    const auto whole = expired_of(ErasedPart::kDossier, entry.stream, ends.closed, terms);
    if (whole && whole->over <= op) return out.push_back(*whole), Status();
    const auto verzuim = expired_of(ErasedPart::kVerzuim, entry.stream, ends.dienstverband, terms);
    if (!verzuim || verzuim->over > op) return {};
    const auto holding = vault_holding(folder.path(), entry.stream);
    if (!holding) return holding.error();
    if (holding->verzuim_notes > 0) out.push_back(*verzuim);
    return {};
  }));
  std::ranges::sort(out, {}, &Expired::dossier);
  return out;
}

std::string list_code(std::span<const Expired> expired, const Uuid& log) {
  std::string text = "trede retention 1\n" + log.text() + "\n";
  for (const Expired& one : expired) {
    text += std::to_string(static_cast<int>(one.part)) + " " + one.dossier.text() + " " +
            format_day(one.ended) + " " + std::to_string(one.term.years) + "\n";
  }
  return hash_text(sha256({text})).substr(0, 16);
}

ErasureRequest request_of(std::span<const Expired> expired) {
  ErasureRequest out;
  for (const Expired& one : expired) {
    (one.part == ErasedPart::kDossier ? out.dossiers : out.verzuim).push_back(one.dossier);
  }
  return out;
}

}  // namespace trede
