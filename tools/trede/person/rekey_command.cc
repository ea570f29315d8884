#include <filesystem>

#include "engine/vault/master_key.h"
#include "tools/trede/person/person_commands.h"
#include "tools/trede/person/vault_access.h"

namespace trede::tool {

namespace {

class PersonRekeyCommand final : public Command {
 public:
  Help help() const override {
    return {"person rekey", "Wraps every key with another master key, all at once.",
            "  trede person rekey --data werk --master-key oud --new-master-key nieuw\n"
            "The new file is made when it is not there. Keep the old key as long as there are "
            "copies of\nthe keys that it wrapped.\n"};
  }

  void bind(Options& options) override {
    access_.bind(options);
    options.required_value("--new-master-key", &next_, "FILE: the master key from now on");
  }

  Outcome<> run(Context& context) override {
    auto open = access_.open(true, context);
    if (!open) return open.error();
    std::error_code unknown;
    if (!std::filesystem::exists(next_, unknown)) {
      const Status made = make_master_key_file(next_, context.random);
      if (!made) return vault_failure(made.error());
      context.out.line("a new master key in " + next_);
    }
    const auto next = load_master_key(next_);
    if (!next) return vault_failure(next.error());
    TrailEntry entry{.action = TrailAction::kPersoonWijzigen,
                     .object = std::string(kAllPersons),
                     .about = "rekey"};
    TREDE_RETURN_IF_ERROR(open->accountable.note_begun({entry}));
    const Status changed = open->vault->change_master_key(*next);
    entry.outcome = changed ? TrailOutcome::kGelukt : TrailOutcome::kMislukt;
    TREDE_RETURN_IF_ERROR(open->accountable.note_written({entry}));
    if (!changed) return vault_failure(changed.error());
    context.out.line("the vault in " + access_.data() + " opens with " + next_ + " only");
    return {};
  }

 private:
  VaultOptions access_;
  std::string next_;
};

}  // namespace

std::unique_ptr<Command> make_person_rekey_command() {
  return std::make_unique<PersonRekeyCommand>();
}

}  // namespace trede::tool
