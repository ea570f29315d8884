#include "projections/reports/laid_down.h"

#include <algorithm>

#include "engine/dossier/history.h"
#include "engine/event/without_figures.h"

namespace trede {

namespace {

// Of a long stream most are boekingen, and those a report asks of the cube.
bool is_boeking(const pb::Body& body) {
  return body.has_boeking() || (body.has_correctie() && body.correctie().door().has_boeking());
}

}  // namespace

Status OrganisatieLog::read_upto(Position known) {
  constexpr std::size_t kPage = 256;
  for (;;) {
    const auto page = store_.read_stream(kOrganisatie, StreamVersion{read_ + 1}, kPage);
    if (!page) return std::unexpected(page.error());
    for (const StoredEvent& stored : *page) {
      if (stored.position > known) return {};
      const auto event = decode_without_figures(stored.bytes, arena_);
      if (!event) return std::unexpected(event.error());
      ++read_;
      if (!is_boeking(*event->body)) events_.push_back(*event);
    }
    if (page->size() < kPage) return {};
  }
}

Result<Organisatie> OrganisatieLog::at(Position known) {
  const std::lock_guard lock(mutex_);
  TREDE_RETURN_IF_ERROR(read_upto(known));
  std::vector<ActingEvent> acting;
  for (const RecordedEvent& event : events_) {
    if (event.position <= known) add_acting(acting, event);
  }
  return Organisatie::fold(acting);
}

std::vector<std::string> gemeenten_in(const Organisatie& organisatie, const Period& period,
                                      std::optional<pb::Dienst> dienst) {
  const auto is_out = [&](const std::string& gemeente) {
    for (Day day = period.van - std::chrono::days{1}; day <= period.tm;
         day += std::chrono::days{1}) {
      if (organisatie.takes_part(gemeente, dienst, day)) return false;
    }
    return true;
  };
  std::vector<std::string> out = organisatie.gemeenten();
  std::erase_if(out, is_out);
  return out;
}

Rational target_value(const Doel& doel) {
  constexpr Int128 kMillionths = 1'000'000;
  return {doel.waarde, kMillionths};
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

Result<Filter> parse_waar(std::string_view text) {
  const Error bad{ErrorCode::kInvalid, "not a condition: '" + std::string(text) +
                                           "', expected dimension=code or dimension=code,code"};
  const auto equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0) return bad;
  Filter out{std::string(text.substr(0, equals)), {}};
  std::string_view rest = text.substr(equals + 1);
  while (true) {
    const std::string_view code = rest.substr(0, rest.find(','));
    if (code.empty()) return bad;
    out.codes.emplace_back(code);
    if (code.size() == rest.size()) return out;
    rest.remove_prefix(code.size() + 1);
  }
}

Result<std::vector<Filter>> parse_waar_text(std::string_view text) {
  std::vector<Filter> out;
  while (!text.empty()) {
    const std::string_view one = text.substr(0, text.find(';'));
    auto filter = parse_waar(one);
    if (!filter) return std::unexpected(filter.error());
    out.push_back(std::move(*filter));
    text.remove_prefix(std::min(text.size(), one.size() + 1));
  }
  return out;
}

}  // namespace trede
