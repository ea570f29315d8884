#include "engine/trail/entry.h"

#include <algorithm>
#include <utility>

#include "engine/base/bsn.h"
#include "engine/base/text.h"

namespace trede {

namespace {

constexpr std::string_view kDomain = "trede trail 1\n";

// Eight bytes, the highest first.
std::string number_bytes(std::uint64_t number) {
  std::string out(8, '\0');
  for (std::size_t i = 0; i < 8; ++i) out[i] = static_cast<char>(number >> (56 - 8 * i));
  return out;
}

// With its length before it, so that no two lists of texts have the same bytes.
std::string text_bytes(std::string_view text) { return number_bytes(text.size()).append(text); }

}  // namespace

std::string_view action_code(TrailAction action) {
  switch (action) {
    case TrailAction::kTonen: return "tonen";
    case TrailAction::kVerklaren: return "verklaren";
    case TrailAction::kVergelijken: return "vergelijken";
    case TrailAction::kExporteren: return "exporteren";
    case TrailAction::kVastleggen: return "vastleggen";
    case TrailAction::kImporteren: return "importeren";
    case TrailAction::kVaststellen: return "vaststellen";
    case TrailAction::kSimuleren: return "simuleren";
    case TrailAction::kReservekopie: return "reservekopie";
    case TrailAction::kTerugzetten: return "terugzetten";
    case TrailAction::kPersoonTonen: return "persoon_tonen";
    case TrailAction::kPersoonWijzigen: return "persoon_wijzigen";
    case TrailAction::kPersoonZoeken: return "persoon_zoeken";
    case TrailAction::kPersoonImporteren: return "persoon_importeren";
    case TrailAction::kPersoonWissen: return "persoon_wissen";
    case TrailAction::kBewaartermijnTonen: return "bewaartermijn_tonen";
    case TrailAction::kBewaartermijnVernietigen: return "bewaartermijn_vernietigen";
    case TrailAction::kToegangInloggen: return "toegang_inloggen";
    case TrailAction::kToegangUitloggen: return "toegang_uitloggen";
    case TrailAction::kToegangVergrendelen: return "toegang_vergrendelen";
    case TrailAction::kToegangWachtwoord: return "toegang_wachtwoord";
    case TrailAction::kToegangGebruiker: return "toegang_gebruiker";
    case TrailAction::kToegangToken: return "toegang_token";
  }
  std::unreachable();
}

std::string_view outcome_code(TrailOutcome outcome) {
  switch (outcome) {
    case TrailOutcome::kBegonnen: return "begonnen";
    case TrailOutcome::kGelukt: return "gelukt";
    case TrailOutcome::kGeweigerd: return "geweigerd";
    case TrailOutcome::kMislukt: return "mislukt";
    case TrailOutcome::kNietGevonden: return "niet_gevonden";
  }
  std::unreachable();
}

std::string object_of(const StreamId& stream) { return stream.text(); }

std::string object_of_unknown(StreamKind kind) { return std::string(stream_kind_text(kind)); }

std::string object_of_person(const Uuid& person) { return "persoon/" + person.text(); }

std::string object_of_user(std::string_view actor) { return "gebruiker/" + std::string(actor); }

std::string object_of_token(std::string_view id) { return "token/" + std::string(id); }

bool is_actor(std::string_view text) {
  constexpr std::size_t kMost = 64;
  const bool is_word = std::ranges::all_of(text, [](char c) {
    return is_alnum(c) || std::string_view("._@:-").find(c) != std::string_view::npos;
  });
  return is_word && !text.empty() && text.size() <= kMost && !may_be_bsn(text);
}

Hash chain_start(const Uuid& log) { return sha256({kDomain, log.view()}); }

Hash chain_hash(const Hash& before, const TrailRecord& record) {
  std::string bytes = number_bytes(record.number);
  bytes += number_bytes(static_cast<std::uint64_t>(record.moment.time_since_epoch().count()));
  for (const std::string* text : {&record.action, &record.object, &record.outcome, &record.origin,
                                  &record.actor, &record.about}) {
    bytes += text_bytes(*text);
  }
  for (const std::uint64_t number : {record.first, record.last, record.count}) {
    bytes += number_bytes(number);
  }
  return sha256({kDomain, hash_view(before), bytes});
}

}  // namespace trede
