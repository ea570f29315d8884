#include "tools/trede/remote/remote_figures.h"

#include <algorithm>
#include <utility>

#include "engine/base/time.h"
#include "projections/measures/measures.h"
#include "tools/trede/contributions.h"
#include "tools/trede/event_cells.h"
#include "tools/trede/remote/client.h"
#include "tools/trede/remote/known_values.h"
#include "tools/trede/text.h"

namespace trede::tool {

namespace {

constexpr std::size_t kMostDigits = 37;  // an Int128 holds them

// `12`, `0.8`, `-3.25`, as Number::text writes them. Absent when it is none.
std::optional<Number> parse_number(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  if (is_negative) text.remove_prefix(1);
  Number out;
  const auto point = text.find('.');
  std::string digits(text.substr(0, point));
  if (digits.empty()) return std::nullopt;
  if (point != std::string_view::npos) {
    const auto fraction = text.substr(point + 1);
    if (fraction.empty()) return std::nullopt;
    digits += fraction;
    out.decimals = static_cast<int>(fraction.size());
  }
  if (digits.size() > kMostDigits) return std::nullopt;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    out.units = out.units * 10 + (c - '0');
  }
  if (is_negative) out.units = -out.units;
  return out;
}

// The numbers of a Rij or Bijdrage. Returns: false when one is missing or no number.
template <typename Message, typename Row>
bool take_numbers(const Message& message, bool is_ratio, Row& into) {
  if (!is_ratio) {
    const auto waarde = parse_number(message.waarde());
    if (waarde) into.waarde = *waarde;
    return waarde.has_value();
  }
  const auto teller = parse_number(message.teller());
  const auto noemer = parse_number(message.noemer());
  if (!teller || !noemer) return false;
  into.teller = *teller;
  into.noemer = *noemer;
  return true;
}

// The answer of a message to `query`. Absent when it is no answer to that.
std::optional<Figure> figure_of(const api::Cijfers& message, const Query& query) {
  const Measure& measure = *find_measure(query.measure);
  Figure out;
  if (message.maat() != query.measure) return std::nullopt;
  out.answer.per.assign(message.per().begin(), message.per().end());
  if (out.answer.per != query.per) return std::nullopt;
  out.answer.is_ratio = measure.kind == MeasureKind::kVerhouding;
  out.answer.is_percentage = measure.is_percentage;
  out.answer.time = query.time;
  out.answer.known = Position{message.positie()};
  out.answer.generation = message.generatie();
  for (const auto& rij : message.rijen()) {
    AnswerRow& row = out.answer.rows.emplace_back();
    row.codes.assign(rij.codes().begin(), rij.codes().end());
    if (row.codes.size() != query.per.size()) return std::nullopt;
    if (!take_numbers(rij, out.answer.is_ratio, row)) return std::nullopt;
  }
  out.known.position = Position{message.positie()};
  if (message.has_bekend_op()) out.known.moment = moment_in(message.bekend_op());
  return out;
}

struct Parts {
  std::vector<Contribution> parts;
  Listing events;
};

// Absent when one of them is not whole.
std::optional<Parts> parts_of(const google::protobuf::RepeatedPtrField<api::Bijdrage>& messages,
                              const Answer& answer) {
  Parts out;
  out.events = contribution_head(answer);
  for (const auto& message : messages) {
    Contribution& part = out.parts.emplace_back();
    part.position = Position{message.positie()};
    part.codes.assign(message.codes().begin(), message.codes().end());
    const bool is_whole = part.codes.size() == answer.per.size() && message.has_naam() &&
                          take_numbers(message, answer.is_ratio, part);
    if (!is_whole) return std::nullopt;
    std::vector<std::string> cells = {std::to_string(message.positie()),
                                      message.event_id(),
                                      message.naam(),
                                      message.soort(),
                                      message.geldig_op(),
                                      format_moment(*moment_in(message.vastgelegd_op()))};
    add_part(cells, part, answer.is_ratio);
    out.events.rows.push_back(std::move(cells));
  }
  return out;
}

QueryValues values_of(const Query& query) {
  QueryValues out;
  if (const auto* day = std::get_if<Day>(&query.time)) {
    out.emplace_back("op", format_day(*day));
  } else {
    const auto& period = std::get<Period>(query.time);
    out.emplace_back("van", format_day(period.van));
    out.emplace_back("tm", format_day(period.tm));
  }
  if (!query.per.empty()) out.emplace_back("per", joined(query.per, ","));
  for (const Filter& filter : query.waar) {
    out.emplace_back("waar", filter.dimension + "=" + joined(filter.codes, ","));
  }
  return out;
}

class RemoteFigures final : public FigureSource {
 public:
  explicit RemoteFigures(Client client) : client_(std::move(client)) {}

  Outcome<Figure> answer(Query query, const KnownOptions& known) override {
    QueryValues values = values_of(query);
    TREDE_RETURN_IF_ERROR(add_known(client_, known, "", values));
    api::Cijfers message;
    TREDE_RETURN_IF_ERROR(client_.get_message(
        {.path = "/v1/cijfers/", .last = query.measure, .query = values}, message));
    return whole(figure_of(message, query));
  }

  Outcome<Explanation> explain(Query query, const KnownOptions& known) override {
    QueryValues values = values_of(query);
    TREDE_RETURN_IF_ERROR(add_known(client_, known, "", values));
    values.emplace_back("sleutels", "true");
    api::Verklaring message;
    TREDE_RETURN_IF_ERROR(client_.get_message(
        {.path = "/v1/cijfers/" + query.measure + "/verklaring", .query = values}, message));
    auto figure = whole(figure_of(message.cijfers(), query));
    if (!figure) return figure.error();
    auto parts = whole(parts_of(message.bijdragen(), figure->answer));
    if (!parts) return parts.error();
    TREDE_RETURN_IF_ERROR(check_recount(parts->parts, figure->answer.rows));
    return Explanation{std::move(*figure), std::move(parts->events)};
  }

  Outcome<Movement> compare(Query query, const KnownOptions& from,
                            const KnownOptions& to) override {
    QueryValues values = values_of(query);
    TREDE_RETURN_IF_ERROR(add_known(client_, from, "", values));
    TREDE_RETURN_IF_ERROR(add_known(client_, to, "en-", values));
    values.emplace_back("sleutels", "true");
    api::Verschillen message;
    TREDE_RETURN_IF_ERROR(client_.get_message(
        {.path = "/v1/cijfers/" + query.measure + "/verschillen", .query = values}, message));
    auto before = whole(figure_of(message.eerst(), query));
    if (!before) return before.error();
    auto after = whole(figure_of(message.daarna(), query));
    if (!after) return after.error();
    auto parts = whole(parts_of(message.bijdragen(), after->answer));
    if (!parts) return parts.error();
    TREDE_RETURN_IF_ERROR(check_recount(parts->parts, subtract(after->answer, before->answer)));
    return Movement{std::move(*before), std::move(*after), std::move(parts->events)};
  }

 private:
  template <typename T>
  Outcome<T> whole(std::optional<T> read) const {
    if (read) return std::move(*read);
    return client_.system_failure("its answer is not to what was asked, or not whole");
  }

  Client client_;
};

}  // namespace

Outcome<std::unique_ptr<FigureSource>> open_remote_figures(const SourceOptions& source) {
  auto client = Client::open(source);
  if (!client) return client.error();
  return std::unique_ptr<FigureSource>(std::make_unique<RemoteFigures>(*std::move(client)));
}

}  // namespace trede::tool
