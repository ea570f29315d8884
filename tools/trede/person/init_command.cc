#include <filesystem>

#include "engine/vault/master_key.h"
#include "tools/trede/person/person_commands.h"
#include "tools/trede/person/vault_access.h"

namespace trede::tool {

namespace {

namespace fs = std::filesystem;

// Whether `file` would lie in `folder`, where it would go into every copy of it.
bool lies_in(const fs::path& file, const fs::path& folder) {
  std::error_code unknown;
  const fs::path place = fs::weakly_canonical(fs::absolute(file, unknown), unknown);
  const fs::path data = fs::weakly_canonical(fs::absolute(folder, unknown), unknown);
  const auto [at, end] = std::mismatch(data.begin(), data.end(), place.begin(), place.end());
  return at == data.end();
}

class PersonInitCommand final : public Command {
 public:
  Help help() const override {
    return {
        "person init", "Makes an empty vault, and the master key file when it is not there.",
        "  trede person init --data werk --master-key /etc/trede/sleutel\n"
        "Keep the master key apart from the data folder and its backups, and keep a copy of it:\n"
        "without it nobody can read the vault any more.\n"};
  }

  void bind(Options& options) override { access_.bind(options); }

  Outcome<> run(Context& context) override {
    const auto source = MasterKeySource::find(access_.master_key());
    if (!source) return source.error();
    if (source->file && lies_in(*source->file, access_.data())) {
      return wrong_input("--master-key: lies in the data folder, expected a place apart from it");
    }
    auto folder = open_folder(access_.data(), OpenMode::kRead, context);
    if (!folder) return folder.error();
    if (Vault::exists(access_.data())) {
      return wrong_input(access_.data() + ": has a vault already");
    }
    bool made = false;
    std::error_code unknown;
    if (source->file && !fs::exists(*source->file, unknown)) {
      const Status file = make_master_key_file(*source->file, context.random);
      if (!file) return vault_failure(file.error());
      made = true;
    }
    const auto master = source->load();
    if (!master) return master.error();
    const Status created =
        Vault::create({access_.data(), (*folder)->log().identity()}, *master, context.random);
    if (!created) return vault_failure(created.error());
    if (made) context.out.line("a new master key in " + *source->file);
    context.out.line("an empty vault in " + access_.data());
    return {};
  }

 private:
  VaultOptions access_;
};

}  // namespace

std::unique_ptr<Command> make_person_init_command() {
  return std::make_unique<PersonInitCommand>();
}

}  // namespace trede::tool
