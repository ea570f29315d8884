#include "projections/caseload/caseload.h"

#include <algorithm>
#include <ranges>
#include <utility>

#include "engine/event/recorded.h"

namespace trede {

namespace {

std::optional<Day> since(const ActingEvent* opened) {
  if (opened == nullptr) return std::nullopt;
  return opened->geldig_op;
}

// What holds at the end of a day, and since when what the state itself does not date.
struct Stand {
  State state;
  std::optional<Day> in_trede;
  std::optional<Day> laatste_contact;
};

Stand stand_at(const History& history, Day op) {
  Stand stand;
  fold_dossier(history.acting(), [&](const Step& step) {
    if (step.event.geldig_op > op) return;
    if (step.before.trede != step.after.trede || step.before.traject != step.after.traject) {
      stand.in_trede = step.event.geldig_op;
    }
    if (step.event.soort() == Soort::kContactmoment) stand.laatste_contact = step.event.geldig_op;
    stand.state = step.after;
  });
  if (stand.state.traject == nullptr) stand.in_trede.reset();
  return stand;
}

bool is_running(const State& state) {
  return state.in_re_integratie() || state.dienstverband != nullptr || !state.plaatsingen.empty() ||
         !state.voorzieningen.empty();
}

// The first day from which nothing runs any more; absent while something does.
std::optional<Day> ended_on(const History& history) {
  if (history.acting().empty() || is_running(stand_at(history, Day::max()).state)) {
    return std::nullopt;
  }
  return std::ranges::max(history.acting(), {}, &ActingEvent::geldig_op).geldig_op;
}

bool is_one_of(const std::string& name, const std::vector<std::string>& names) {
  return names.empty() || std::ranges::find(names, name) != names.end();
}

}  // namespace

std::optional<CaseloadRow> caseload_row(const StreamId& stream, const History& history, Day op) {
  const Stand stand = stand_at(history, op);
  const State& state = stand.state;
  if (!is_running(state)) return std::nullopt;
  return CaseloadRow{
      .stream = stream,
      .versie = history.version(),
      .gemeente = std::string(state.gemeente),
      .werkcoach = std::string(state.werkcoach),
      .trede = state.traject == nullptr ? pb::TREDE_UNSPECIFIED : state.trede,
      .aangemeld = since(state.aangemeld),
      .wacht_op_start = since(state.wacht_op_start),
      .traject = since(state.traject),
      .in_trede = stand.in_trede,
      .diagnose = since(state.diagnose),
      .oponthoud = since(state.oponthoud),
      .dienstverband = since(state.dienstverband),
      .verzuim = since(state.verzuim),
      .voorzieningen = state.voorzieningen.size(),
      .plaatsingen = state.plaatsingen.size(),
      .laatste_contact = stand.laatste_contact,
      .termijnen = termijnen(history.acting(), op),
  };
}

Result<std::vector<CaseloadRow>> Caseloads::list(const CaseloadQuestion& question) {
  std::vector<StreamId> streams;
  const auto add = [&](const std::vector<StreamId>& more) {
    streams.insert(streams.end(), more.begin(), more.end());
  };
  for (const auto& werkcoach : question.werkcoaches) {
    add(kandidaten_.of_werkcoach(werkcoach, question.gemeenten));
  }
  if (question.werkcoaches.empty()) {
    for (const auto& gemeente : question.gemeenten) add(kandidaten_.of_gemeente(gemeente));
  }
  std::ranges::sort(streams);
  const auto twice = std::ranges::unique(streams);
  streams.erase(twice.begin(), twice.end());

  std::vector<CaseloadRow> out;
  for (const StreamId& stream : streams) {
    auto row = row_of(stream, question);
    if (!row) return row.error();
    if (*row) out.push_back(**std::move(row));
  }
  return out;
}

Result<std::vector<std::string>> Caseloads::werkcoaches(const CaseloadQuestion& question) {
  std::vector<std::string> out;
  for (std::string& name : kandidaten_.werkcoaches()) {
    if (!is_one_of(name, question.werkcoaches)) continue;
    CaseloadQuestion theirs = question;
    theirs.werkcoaches = {name};
    const auto streams = kandidaten_.of_werkcoach(name, question.gemeenten);
    for (const StreamId& stream : streams | std::views::reverse) {
      const auto row = row_of(stream, theirs);
      if (!row) return row.error();
      if (!*row) continue;
      out.push_back(std::move(name));
      break;
    }
  }
  return out;
}

Result<std::optional<CaseloadRow>> Caseloads::row_of(const StreamId& stream,
                                                     const CaseloadQuestion& question) const {
  const auto over = is_over(stream, question);
  if (!over) return over.error();
  if (*over) return std::optional<CaseloadRow>();
  const auto history = load_history(log_, stream, question.known);
  if (!history) return history.error();
  auto row = caseload_row(stream, *history, question.op);
  if (!row && !history->events().empty()) {
    if (const auto from = ended_on(*history)) {
      const std::lock_guard lock(ended_mutex_);
      ended_[stream] = {history->version(), recorded_of(*history->events().back()).position, *from};
    }
  }
  if (row && is_one_of(row->werkcoach, question.werkcoaches) &&
      is_one_of(row->gemeente, question.gemeenten)) {
    return row;
  }
  return std::optional<CaseloadRow>();
}

Result<bool> Caseloads::is_over(const StreamId& stream, const CaseloadQuestion& question) const {
  std::optional<Ended> ended;
  {
    const std::lock_guard lock(ended_mutex_);
    const auto found = ended_.find(stream);
    if (found != ended_.end()) ended = found->second;
  }
  if (!ended || question.op < ended->from || question.known < ended->known) return false;
  const auto version = log_.version_of(stream);
  if (!version) return version.error();
  return *version == ended->version;
}

}  // namespace trede
