#include "tools/trede/remote/remote_recording.h"

#include <charconv>

#include "tools/trede/remote/client.h"
#include "tools/trede/remote/known_values.h"
#include "tools/trede/text.h"

namespace trede::tool {

namespace {

constexpr std::size_t kMostShown = 4000;  // characters; the codes of a kind are a long list

std::string event_number(std::size_t number) { return "event " + std::to_string(number) + ": "; }

// `rijen[2].gemeente`: the row, from 0, and its column. Absent for any other place.
std::optional<std::pair<std::size_t, std::string>> place_in_rows(std::string_view place) {
  constexpr std::string_view kBegin = "rijen[";
  if (!place.starts_with(kBegin)) return std::nullopt;
  place.remove_prefix(kBegin.size());
  std::size_t row = 0;
  const char* const last = place.data() + place.size();
  const auto [end, error] = std::from_chars(place.data(), last, row);
  const std::string_view rest(end, static_cast<std::size_t>(last - end));
  if (error != std::errc{} || !rest.starts_with("].")) return std::nullopt;
  return std::pair(row, std::string(rest.substr(2)));
}

// As `trede record` says it of a folder.
Failure refusal_of(const api::Probleem& problem, const Client& client, bool is_group) {
  if (problem.status() == 400 && !problem.fouten().empty()) {
    const auto place = place_in_rows(problem.fouten(0).plaats());
    if (!place) return client.refused(problem);
    return wrong_input((is_group ? event_number(place->first + 1) : "") +
                       shown_name(place->second) + ": " +
                       printable(problem.fouten(0).melding(), kMostShown));
  }
  Failure out = client.refused(problem);
  if (is_group && problem.status() == 409 && problem.has_gebeurtenis()) {
    out.line.insert(0, event_number(problem.gebeurtenis()));
  }
  return out;
}

api::Invoerrijen rows_of(const std::vector<NamedTexts>& events) {
  api::Invoerrijen out;
  for (const NamedTexts& texts : events) {
    auto& row = *out.add_rijen();
    if (texts.empty()) row.add_cellen()->set_naam("stream");  // a row has a cell, or is none
    for (const auto& [name, text] : texts) {
      auto& cel = *row.add_cellen();
      cel.set_naam(name);
      cel.set_tekst(text);
    }
  }
  return out;
}

}  // namespace

Outcome<std::vector<std::vector<std::string>>> record_remotely(
    const SourceOptions& source, const std::vector<NamedTexts>& events, RandomSource& random) {
  const auto client = Client::open(source);
  if (!client) return client.error();
  const api::Invoerrijen rows = rows_of(events);
  const auto says = client->ask(
      {.path = "/v1/invoerrijen", .body = &rows, .idempotency_key = random.uuid4().text()});
  if (!says) return says.error();
  if (const auto* problem = std::get_if<api::Probleem>(&*says)) {
    return refusal_of(*problem, *client, events.size() > 1);
  }
  api::Vastgelegd message;
  TREDE_RETURN_IF_ERROR(client->read(std::get<ServerAnswer>(*says), message));
  if (static_cast<std::size_t>(message.gebeurtenissen_size()) != events.size()) {
    return client->system_failure("its answer is not to what was recorded, or not whole");
  }
  std::vector<std::vector<std::string>> out;
  for (const api::Gebeurtenis& one : message.gebeurtenissen()) {
    out.push_back({std::to_string(one.positie()), std::to_string(one.versie()), one.event_id(),
                   one.naam(), one.soort(), one.geldig_op(),
                   format_moment(*moment_in(one.vastgelegd_op()))});
  }
  return out;
}

}  // namespace trede::tool
