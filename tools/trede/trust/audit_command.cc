#include <algorithm>
#include <iterator>
#include <utility>

#include "engine/log/held_to.h"
#include "tools/trede/command.h"
#include "tools/trede/folder.h"
#include "tools/trede/progress.h"
#include "tools/trede/text.h"
#include "tools/trede/trust/leaf_hashes.h"
#include "tools/trede/trust/notes.h"

namespace trede::tool {

namespace {

class AuditCommand final : public Command {
 public:
  Help help() const override {
    return {"audit", "Holds the log to checkpoints that were kept; says where history was altered.",
            "  trede audit --since 2021-Q1.checkpoint --key werk.pub --data werk\n"
            "  trede audit --since 2020.checkpoint --since 2021-Q1.checkpoint --data werk\n"
            "  trede audit --since 2021-Q1.checkpoint --hashes 2021-Q1.hashes --data werk\n"};
  }

  void bind(Options& options) override {
    options.values("--since", &since_,
                   "CHECKPOINT: a file with a checkpoint that was kept; of several the log is held "
                   "to each, so that an alteration is known to lie between two");
    options.value("--key", &key_,
                  "PUB: the public key to check with, or a file with it (left out: the folder's "
                  "own, which whoever altered the folder may have replaced)");
    options.value("--hashes", &hashes_,
                  "FILE: of `trede checkpoint --hashes`, beside the latest checkpoint; names the "
                  "events that were altered");
    bind_data(options, &data_);
  }

  Outcome<> run(Context& context) override {
    if (since_.empty()) return wrong_input("--since: expected a checkpoint that was kept");
    auto folder = open_folder(data_, OpenMode::kRead, context);
    if (!folder) return folder.error();
    const auto key = verifier_for(key_, **folder);
    if (!key) return key.error();
    auto kept = load_kept(*key);
    if (!kept) return kept.error();
    std::vector<Hash> hashes;
    if (hashes_) {
      auto loaded = load_leaf_hashes(*hashes_, kept->back().checkpoint.head);
      if (!loaded) return loaded.error();
      hashes = std::move(*loaded);
    }
    const EventLog& log = (*folder)->log();
    TREDE_RETURN_IF_ERROR(hold_to_each(log, *kept, context));
    if (std::ranges::all_of(*kept, [](const Kept& one) { return one.held == Held::kYes; })) {
      TREDE_RETURN_IF_ERROR(hold_trail(**folder, *kept, context));
      report_good(log, *kept, context);
      return {};
    }
    return report_bad(log, *kept, hashes, context);
  }

 private:
  struct Kept {
    std::string file;
    Checkpoint checkpoint;
    Held held = Held::kYes;
  };

  // In order of size, so that the last says most.
  Outcome<std::vector<Kept>> load_kept(const VerifierKey& key) const {
    std::vector<Kept> kept;
    for (const std::string& file : since_) {
      const auto note = load_note(file);
      if (!note) return note.error();
      auto checkpoint = open_checkpoint(*note, key);
      if (!checkpoint) return wrong_input(file + ": " + checkpoint.error().message);
      kept.push_back({file, std::move(*checkpoint)});
    }
    std::stable_sort(kept.begin(), kept.end(), [](const Kept& a, const Kept& b) {
      return a.checkpoint.head.size < b.checkpoint.head.size;
    });
    return kept;
  }

  static Outcome<> hold_to_each(const EventLog& log, std::vector<Kept>& kept, Context& context) {
    std::vector<Checkpoint> checkpoints;
    for (const Kept& one : kept) checkpoints.push_back(one.checkpoint);
    ProgressBar bar(context, "audit");
    const auto held = held_to(log, checkpoints, bar.reporter());
    if (!held && held.error().code == ErrorCode::kInvalid) {
      return wrong_input("--since: " + held.error().message);
    }
    if (!held) return Failure(held.error());
    for (std::size_t i = 0; i < kept.size(); ++i) kept[i].held = (*held)[i];
    return {};
  }

  // The audit trail too is held to the head of it that a checkpoint names.
  Outcome<> hold_trail(DataFolder& folder, const std::vector<Kept>& kept, Context& context) const {
    for (const Kept& one : kept) {
      const auto head = find_trail_head(one.checkpoint);
      if (!head) return wrong_input(one.file + ": " + head.error().line);
      if (*head) TREDE_RETURN_IF_ERROR(hold_trail_to(one.file, **head, folder, context));
    }
    return {};
  }

  Outcome<> hold_trail_to(const std::string& file, const TrailHead& head, DataFolder& folder,
                          Context& context) const {
    const Uuid identity = folder.log().identity();
    const auto trail = Trail::open(folder.path(), identity, TrailAccess::kRead, context.clock);
    if (!trail && trail.error().code == ErrorCode::kNotFound) {
      return system_failed(data_ + ": the audit trail is gone: " + file + " signed " +
                           counted(head.count, "record"));
    }
    if (!trail) return Failure(trail.error());
    const auto found = (*trail)->verify(head);
    if (!found) return Failure(found.error());
    if (found->empty()) return {};
    return system_failed(data_ +
                         ": the events are as they were, but the audit trail is not that of " +
                         file + ": " + *found);
  }

  static std::string size_text(const Kept& kept) {
    return counted(kept.checkpoint.head.size, "event");
  }

  void report_good(const EventLog& log, const std::vector<Kept>& kept, Context& context) const {
    const Kept& last = kept.back();
    const std::uint64_t more = log.last_position().value - last.checkpoint.head.size;
    context.out.line(data_ + ": nothing was altered: the log begins with the " + size_text(last) +
                     " of " + last.file + ", and has " + counted(more, "event") + " since");
  }

  Outcome<> report_bad(const EventLog& log, const std::vector<Kept>& kept,
                       const std::vector<Hash>& hashes, Context& context) const {
    for (const Kept& one : kept) context.out.line(one.file + ": " + verdict_on(one, log));
    const auto bad = std::find_if(kept.begin(), kept.end(),
                                  [](const Kept& one) { return one.held != Held::kYes; });
    const std::uint64_t good = bad == kept.begin() ? 0 : std::prev(bad)->checkpoint.head.size;
    const std::uint64_t size = bad->checkpoint.head.size;
    TREDE_RETURN_IF_ERROR(
        name_altered(log, std::min(size, log.last_position().value), hashes, context));
    TREDE_RETURN_IF_ERROR(name_epochs(log, good, size, context));
    if (bad->held == Held::kShorter) {
      return system_failed(data_ + ": acknowledged events are missing at the end: " +
                           std::to_string(size - log.last_position().value));
    }
    return system_failed(data_ + ": history was altered, between positie " +
                         std::to_string(good + 1) + " and " + std::to_string(size));
  }

  // What the log itself tells of being put back from a backup there.
  static Outcome<> name_epochs(const EventLog& log, std::uint64_t good, std::uint64_t size,
                               Context& context) {
    const auto epochs = log.epochs();
    if (!epochs) return Failure(epochs.error());
    for (const Epoch& epoch : *epochs) {
      if (epoch.begins.size >= good && epoch.begins.size < size) {
        context.out.line("the log was put back from a backup: " + epoch_text(epoch));
      }
    }
    return {};
  }

  static std::string verdict_on(const Kept& kept, const EventLog& log) {
    switch (kept.held) {
      case Held::kYes: return "holds, " + size_text(kept);
      case Held::kShorter:
        return "does not hold: it is over " + size_text(kept) + ", and the log ends at positie " +
               std::to_string(log.last_position().value);
      case Held::kAltered: return "does not hold: not the " + size_text(kept) + " it is over";
    }
    std::unreachable();
  }

  // The events up to `until` that are not those that were signed, as far as that can be told:
  // against the hashes that were kept, or else against those of the folder.
  static Outcome<> name_altered(const EventLog& log, std::uint64_t until,
                                const std::vector<Hash>& hashes, Context& context) {
    ProgressBar bar(context, "audit");
    const std::vector<Hash> kept(
        hashes.begin(), hashes.begin() + static_cast<std::ptrdiff_t>(
                                             std::min<std::uint64_t>(until, hashes.size())));
    const auto altered = hashes.empty() ? find_altered(log, Position{until}, bar.reporter())
                                        : find_altered(log, kept, bar.reporter());
    if (!altered) return Failure(altered.error());
    for (const Position position : *altered) {
      context.out.line("positie " + std::to_string(position.value) +
                       ": this is not the event that was signed");
    }
    if (altered->size() == kAlteredMax) context.out.line("and perhaps more");
    if (altered->empty() && hashes.empty()) {
      context.out.line(
          "the folder agrees with itself: which events they are, --hashes of a "
          "checkpoint that was kept can tell");
    }
    return {};
  }

  std::string data_;
  std::optional<std::string> key_;
  std::optional<std::string> hashes_;
  std::vector<std::string> since_;
};

}  // namespace

std::unique_ptr<Command> make_audit_command() { return std::make_unique<AuditCommand>(); }

}  // namespace trede::tool
