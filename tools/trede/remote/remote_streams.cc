#include "tools/trede/remote/remote_streams.h"

#include <memory>

#include "engine/event/bytes_text.h"
#include "engine/event/event.h"
#include "tools/trede/remote/client.h"
#include "tools/trede/remote/known_values.h"

namespace trede::tool {

namespace {

// Absent when the events are not in order, or one is not of a kind that this program knows.
std::optional<History> history_of(const api::Geraadpleegd& message) {
  History out;
  Position last{0};
  for (const std::string& text : message.opgeslagen()) {
    const auto bytes = parse_base64(text);
    if (!bytes) return std::nullopt;
    auto event = decode_event(*bytes);
    if (!event) return std::nullopt;
    const Position position = position_of(*event);
    if (position <= last || position.value > message.positie()) return std::nullopt;
    if (stream_of(*event).text() != message.stream()) return std::nullopt;
    last = position;
    out.add(std::make_shared<const pb::Event>(*std::move(event)));
  }
  return out;
}

// Of this name, and not that the server has no such question.
bool is_about_name(const api::Probleem& problem) {
  return problem.status() == 404 && !problem.fouten().empty() &&
         problem.fouten(0).plaats() == "naam";
}

}  // namespace

Outcome<std::optional<KnownStream>> read_remote_stream(const SourceOptions& source,
                                                       const std::string& name,
                                                       const KnownOptions& known) {
  const auto client = Client::open(source);
  if (!client) return client.error();
  api::Raadpleging asked;
  asked.set_naam(name);
  ServerQuestion question{.path = "/v1/raadplegingen", .body = &asked};
  TREDE_RETURN_IF_ERROR(add_known(*client, known, "", question.query));
  const auto says = client->ask(question);
  if (!says) return says.error();
  if (const auto* problem = std::get_if<api::Probleem>(&*says)) {
    if (is_about_name(*problem)) return std::optional<KnownStream>();
    return client->refused(*problem);
  }
  api::Geraadpleegd message;
  TREDE_RETURN_IF_ERROR(client->read(std::get<ServerAnswer>(*says), message));
  auto history = history_of(message);
  if (!history) {
    return client->system_failure("its answer is not whole, or of a newer version than this");
  }
  Known out{Position{message.positie()}, {}};
  if (message.has_bekend_op()) out.moment = moment_in(message.bekend_op());
  return std::optional(KnownStream{*std::move(history), out});
}

}  // namespace trede::tool
