#include "projections/reports/laid_down.h"

#include <algorithm>
#include <memory>

#include "engine/dossier/history.h"

namespace trede {

Result<Organisatie> load_organisatie(const EventStore& store, Position known) {
  constexpr std::size_t kBatch = 256;
  History history;
  for (std::uint64_t from = 1;; from += kBatch) {
    const auto events = store.read_stream(kOrganisatie, StreamVersion{from}, kBatch);
    if (!events) return std::unexpected(events.error());
    for (const StoredEvent& stored : *events) {
      if (stored.position > known) return Organisatie::fold(history.acting());
      auto event = decode_event(stored.bytes);
      if (!event) return std::unexpected(event.error());
      history.add(std::make_shared<const pb::Event>(std::move(*event)));
    }
    if (events->size() < kBatch) return Organisatie::fold(history.acting());
  }
}

std::vector<std::string> gemeenten_in(const Organisatie& organisatie, const Period& period) {
  const auto is_out = [&](const std::string& gemeente) {
    for (Day day = period.van - std::chrono::days{1}; day <= period.tm;
         day += std::chrono::days{1}) {
      if (organisatie.takes_part(gemeente, std::nullopt, day)) return false;
    }
    return true;
  };
  std::vector<std::string> out = organisatie.gemeenten();
  std::erase_if(out, is_out);
  return out;
}

std::optional<Rational> find_target(const Organisatie& organisatie, const TargetKey& key) {
  constexpr Int128 kMillionths = 1'000'000;
  const Doel* doel = organisatie.find_doel(key.soort, key.maat, key.periode, key.waar);
  if (doel == nullptr) return std::nullopt;
  return Rational(doel->waarde, kMillionths);
}

std::string waar_text(std::vector<Filter> waar) {
  std::ranges::sort(waar, {}, &Filter::dimension);
  std::string out;
  for (const Filter& filter : waar) {
    out += (out.empty() ? "" : ";") + filter.dimension + "=";
    for (std::size_t i = 0; i < filter.codes.size(); ++i) {
      out += (i == 0 ? "" : ",") + filter.codes[i];
    }
  }
  return out;
}

}  // namespace trede
