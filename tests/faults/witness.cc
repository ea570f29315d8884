#include "tests/faults/witness.h"

#include <algorithm>

#include "engine/event/event.h"

namespace trede::test {

void Witness::saw_events(std::vector<EventId> events, Fate fate, std::optional<Position> first) {
  const std::lock_guard lock(mutex_);
  acts_.push_back({std::move(events), fate, first});
}

Witness::Key Witness::known(const StreamId& stream) const {
  const auto found = keys_.find(stream);
  return found == keys_.end() ? Key() : found->second;
}

void Witness::saw_keys(const std::vector<KeyEntry>& entries, Fate fate) {
  const std::lock_guard lock(mutex_);
  KeyAct act;
  for (const KeyEntry& entry : entries) {
    act.before[entry.stream] = known(entry.stream);
    act.after[entry.stream] = entry.key;
  }
  if (fate == Fate::kAcknowledged) {
    for (const auto& [stream, key] : act.after) keys_[stream] = key;
  } else if (fate == Fate::kUnknown) {
    uncertain_.push_back(std::move(act));
  }
}

void Witness::saw_erased(const StreamId& stream, Fate fate) {
  const std::lock_guard lock(mutex_);
  if (fate == Fate::kAcknowledged) {
    keys_[stream] = Key();
  } else if (fate == Fate::kUnknown) {
    uncertain_.push_back({{{stream, known(stream)}}, {{stream, Key()}}});
  }
}

std::vector<std::string> Witness::look(DataFolder& folder) {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> findings;
  look_at_events(folder.log(), findings);
  look_at_keys(folder.keys(), findings);
  return findings;
}

void Witness::look_at_events(EventLog& log, std::vector<std::string>& findings) {
  std::map<EventId, Position> there;
  const Status scanned = log.scan(Position{1}, log.last_position(),
                                  [&](Position at, std::string_view stored) -> Status {
                                    const auto event = decode_event(stored);
                                    if (!event) return event.error();
                                    there[id_of(*event)] = at;
                                    return {};
                                  });
  if (!scanned) findings.push_back(scanned.error().message);
  std::size_t expected = 0;
  for (Act& act : acts_) {
    const auto is_there = [&](const EventId& id) { return there.contains(id); };
    const auto count = static_cast<std::size_t>(std::ranges::count_if(act.events, is_there));
    const std::string what = "append of " + act.events.front().uuid.text() + " and " +
                             std::to_string(act.events.size() - 1) + " more";
    if (count != 0 && count != act.events.size())
      findings.push_back(what + ": half of it is there");
    if (act.fate == Fate::kAcknowledged && count == 0) findings.push_back(what + ": lost");
    if (act.fate == Fate::kRefused && count > 0) findings.push_back(what + ": refused, but there");
    if (act.first && count > 0 && there[act.events.front()] != *act.first) {
      findings.push_back(what + ": not where it was said to be");
    }
    if (act.fate == Fate::kUnknown) act.fate = count > 0 ? Fate::kAcknowledged : Fate::kRefused;
    expected += count;
  }
  if (there.size() != expected) findings.push_back("events nobody ever appended are there");
}

void Witness::look_at_keys(KeyDirectory& keys, std::vector<std::string>& findings) {
  std::map<StreamId, Key> there;
  const Status scanned = keys.scan([&](const KeyEntry& entry) -> Status {
    there[entry.stream] = entry.key;
    return {};
  });
  if (!scanned) findings.push_back(scanned.error().message);
  for (const KeyAct& act : uncertain_) {
    const auto is_as = [&](const std::map<StreamId, Key>& state) {
      return std::ranges::all_of(state,
                                 [&](const auto& one) { return there[one.first] == one.second; });
    };
    if (is_as(act.after)) {
      for (const auto& [stream, key] : act.after) keys_[stream] = key;
    } else if (!is_as(act.before)) {
      findings.push_back("a change of KEYs is there by half");
    }
  }
  uncertain_.clear();
  for (const auto& [stream, key] : keys_) {
    if (there[stream] != key) {
      findings.push_back(stream.text() +
                         (key ? ": its KEY is lost" : ": its KEY was erased, but is there"));
    }
  }
  for (const auto& [stream, key] : there) {
    if (key && !keys_.contains(stream))
      findings.push_back(stream.text() + ": has a KEY it was not given");
  }
}

std::uint64_t Witness::acknowledged() const {
  const std::lock_guard lock(mutex_);
  std::uint64_t count = 0;
  for (const Act& act : acts_) {
    if (act.fate == Fate::kAcknowledged) count += act.events.size();
  }
  return count;
}

}  // namespace trede::test
