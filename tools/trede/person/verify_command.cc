#include "tools/trede/person/person_commands.h"
#include "tools/trede/person/vault_access.h"
#include "tools/trede/text.h"

namespace trede::tool {

namespace {

class PersonVerifyCommand final : public Command {
 public:
  Help help() const override {
    return {"person verify", "Opens everything in the vault; one line per finding, ids only.",
            "  trede person verify --data werk --master-key /etc/trede/sleutel\n"};
  }

  void bind(Options& options) override { access_.bind(options); }

  Outcome<> run(Context& context) override {
    auto open = access_.open(false, context);
    if (!open) return open.error();
    const auto findings = open->vault->verify();
    if (!findings) return vault_failure(findings.error());
    for (const auto& finding : *findings) context.out.line(access_.data() + ": " + finding);
    if (!findings->empty()) return system_failed(counted(findings->size(), "finding"));
    context.out.line("the vault of " + access_.data() + " is good");
    return {};
  }

 private:
  VaultOptions access_;
};

}  // namespace

std::unique_ptr<Command> make_person_verify_command() {
  return std::make_unique<PersonVerifyCommand>();
}

}  // namespace trede::tool
