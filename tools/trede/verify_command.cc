#include <chrono>

#include "engine/erasure/erasure.h"
#include "engine/log/scrubber.h"
#include "engine/log/verify.h"
#include "tools/trede/command.h"
#include "tools/trede/flaws.h"
#include "tools/trede/folder.h"
#include "tools/trede/number_option.h"
#include "tools/trede/person/vault_access.h"
#include "tools/trede/progress.h"
#include "tools/trede/text.h"

namespace trede::tool {

namespace {

using namespace std::chrono_literals;
using Watch = std::chrono::steady_clock;

// A share of the log takes a tenth of a second, more on a slow disk.
constexpr std::uint64_t kShare = 8192;
constexpr auto kSaveEvery = 1min;

class VerifyCommand final : public Command {
 public:
  Help help() const override {
    return {
        "verify",
        "Checks the log, its dossiers, the vault, the projections and the reports that were laid "
        "down; names what is wrong.",
        "  trede verify --data werk\n"
        "  trede verify --data /mnt/backup/werk || echo 'the backup is damaged'\n"
        "  trede verify --seconds 600 --data werk    # each night a part of the log\n"};
  }

  void bind(Options& options) override {
    bind_data(options, &data_);
    options.value("--seconds", &seconds_,
                  "N: reads the log and the KEYs on from where the last such run stopped, for N "
                  "seconds or to the end of the round; keeps its place in the folder (left out: "
                  "all of it, and dossiers, vault and projections)");
    options.value("--master-key", &master_key_,
                  "FILE: also opens everything in the vault (left out: what shows without a key)");
  }

  Outcome<> run(Context& context) override {
    std::uint32_t seconds = 0;
    TREDE_RETURN_IF_ERROR(take_number("--seconds", seconds_, seconds));
    if (seconds_ && master_key_) {
      return wrong_input("--seconds and --master-key: given both, expected one");
    }
    const auto folder = open_folder(data_, OpenMode::kRead, context);
    if (!folder) return folder.error();
    return seconds_ ? scrub(**folder, std::chrono::seconds(seconds), context)
                    : verify_all(**folder, context);
  }

 private:
  Outcome<> verify_all(DataFolder& folder, Context& context) const {
    const Position last = folder.log().last_position();
    const auto findings = verify_folder(folder, context);
    if (!findings) return findings.error();
    for (const auto& finding : *findings) context.out.line(finding);
    const auto epochs = folder.log().epochs();
    if (!epochs) return system_failed(epochs.error().message);
    for (const Epoch& epoch : *epochs) context.out.line(data_ + ": " + epoch_text(epoch));
    if (!findings->empty()) {
      return system_failed(data_ + ": " + counted(findings->size(), "finding") +
                           "; restore a backup, but when only the projections are wrong run "
                           "`trede rebuild`, and an erasure that was not ended is completed by "
                           "the next one");
    }
    context.out.line(data_ + ": all is well, " + std::to_string(last.value) + " events");
    return {};
  }

  Outcome<> scrub(DataFolder& folder, std::chrono::seconds time, Context& context) const {
    const auto opened = Scrubber::open(folder, context.clock);
    if (!opened) return system_failed(opened.error().message);
    Scrubber& scrubber = **opened;
    TREDE_RETURN_IF_ERROR(scrubber.save());  // who cannot keep a place would never come further
    const std::uint64_t round = scrubber.standing().round;
    TREDE_RETURN_IF_ERROR(read_on(scrubber, time, context));
    const ScrubStanding now = scrubber.standing();
    const std::string name = data_ + ": round " + std::to_string(round);
    context.out.line(now.round == round ? name + " goes on: " + place_of(now) : name + " ended");
    context.out.line(data_ + ": " +
                     (now.round_ended
                          ? "the last whole round ended at " + format_moment(*now.round_ended)
                          : "no round has ended yet"));
    for (const auto& finding : now.findings) context.out.line("log: " + finding);
    if (now.findings.empty()) return {};
    return system_failed(data_ + ": " + counted(now.findings.size(), "finding") +
                         "; restore a backup");
  }

  // One share at least, and no further than the end of the round.
  static Status read_on(Scrubber& scrubber, std::chrono::seconds time, Context& context) {
    ProgressBar bar(context, "log");
    const auto until = Watch::now() + time;
    auto saved = Watch::now();
    const std::uint64_t round = scrubber.standing().round;
    for (bool goes_on = true; goes_on;) {
      scrubber.step(kShare);
      const ScrubStanding standing = scrubber.standing();
      bar.show(standing.done, standing.of);
      goes_on = standing.round == round && Watch::now() < until;
      if (goes_on && Watch::now() - saved > kSaveEvery) {
        TREDE_RETURN_IF_ERROR(scrubber.save());
        saved = Watch::now();
      }
    }
    return scrubber.save();
  }

  static std::string place_of(const ScrubStanding& standing) {
    if (standing.of == 0) return standing.part;
    return standing.part + ", " + std::to_string(standing.done) + " of " +
           std::to_string(standing.of);
  }

  Outcome<std::vector<std::string>> verify_folder(DataFolder& folder, Context& context) const {
    std::vector<std::string> all;
    {
      ProgressBar bar(context, "log");
      const auto found = verify_log(folder, bar.reporter());
      if (!found) return Failure(found.error());
      for (const auto& finding : *found) all.push_back("log: " + finding);
    }
    {
      ProgressBar bar(context, "dossiers");
      const auto found = find_dossier_flaws(folder.log(), bar.reporter());
      if (!found) return Failure(found.error());
      for (const auto& finding : *found) all.push_back("dossiers: " + finding);
    }
    TREDE_RETURN_IF_ERROR(verify_vault(folder, context, all));
    ProgressBar bar(context, "projections");
    const auto projections = open_projections(folder);
    if (!projections) return projections.error();
    const auto found = (*projections)->verify(bar.reporter());
    if (!found) return Failure(found.error());
    for (const auto& finding : *found) all.push_back("projections: " + finding);
    const auto unreadable = find_report_flaws(folder.log(), **projections);
    if (!unreadable) return Failure(unreadable.error());
    for (const auto& finding : *unreadable) all.push_back("reports: " + finding);
    return all;
  }

  // What can be seen without the master key, and with it whether everything opens.
  Outcome<> verify_vault(DataFolder& folder, Context& context,
                         std::vector<std::string>& all) const {
    const auto found = find_person_flaws(folder);
    if (!found) return Failure(found.error());
    for (const auto& finding : *found) all.push_back("vault: " + finding);
    if (!master_key_ || !found->empty()) return {};
    const auto source = MasterKeySource::find(master_key_);
    if (!source) return source.error();
    const auto master = source->load();
    if (!master) return master.error();
    const auto vault =
        Vault::open({folder.path(), folder.log().identity()}, *master, context.random);
    if (!vault) return vault_failure(vault.error());
    const auto opened = (*vault)->verify();
    if (!opened) return vault_failure(opened.error());
    for (const auto& finding : *opened) all.push_back("vault: " + finding);
    return {};
  }

  std::string data_;
  std::optional<std::string> seconds_;
  std::optional<std::string> master_key_;
};

}  // namespace

std::unique_ptr<Command> make_verify_command() { return std::make_unique<VerifyCommand>(); }

}  // namespace trede::tool
