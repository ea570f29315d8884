#include "tools/trede/person/vault_access.h"

#include <cstdlib>

#include "engine/vault/master_key.h"
#include "tools/trede/text.h"

namespace trede::tool {

namespace {

constexpr const char* kKeyVariable = "TREDE_MASTER_KEY";
constexpr const char* kFileVariable = "TREDE_MASTER_KEY_FILE";

std::optional<std::string> from_environment(const char* name) {
  const char* const value = std::getenv(name);
  if (value == nullptr || *value == '\0') return std::nullopt;
  return value;
}

}  // namespace

Outcome<MasterKeySource> MasterKeySource::find(const std::optional<std::string>& option) {
  if (option) return MasterKeySource{option, std::nullopt};
  MasterKeySource found{from_environment(kFileVariable), from_environment(kKeyVariable)};
  if (found.file && found.digits) {
    return wrong_input(std::string(kKeyVariable) + " and " + kFileVariable +
                       ": both are set, expected one of them");
  }
  if (found.file || found.digits) return found;
  return wrong_input(std::string("no master key, expected --master-key FILE, ") + kFileVariable +
                     " or " + kKeyVariable);
}

Outcome<SecretKey> MasterKeySource::load() const {
  auto key = file ? load_master_key(*file) : parse_master_key(*digits);
  if (key) return std::move(*key);
  return wrong_input((file ? "" : std::string(kKeyVariable) + ": ") + key.error().message);
}

Failure vault_failure(const Error& error) {
  const bool is_input = error.code == ErrorCode::kInvalid || error.code == ErrorCode::kRefused ||
                        error.code == ErrorCode::kNotFound;
  return {is_input ? Exit::kInput : Exit::kSystem, error.message};
}

void VaultOptions::bind(Options& options) {
  bind_data(options, &data_);
  options.value("--master-key", &master_key_,
                "FILE: the master key (left out: TREDE_MASTER_KEY_FILE or TREDE_MASTER_KEY)");
  options.value("--actor", &actor_, "who does it: an opaque id, never a name");
}

Outcome<OpenVault> VaultOptions::open(bool writes, Context& context) const {
  const auto source = MasterKeySource::find(master_key_);
  if (!source) return source.error();
  const auto master = source->load();
  if (!master) return master.error();
  auto folder = open_folder(data_, OpenMode::kRead, context);
  if (!folder) return folder.error();
  auto vault = Vault::open({data_, (*folder)->log().identity()}, *master, context.random);
  if (!vault) return vault_failure(vault.error());
  auto accountable = writes ? Accountable::writer(**folder, actor_, context)
                            : Accountable::reader(**folder, actor_, context);
  if (!accountable) return accountable.error();
  return OpenVault{std::move(*folder), std::move(*vault), std::move(*accountable)};
}

Outcome<std::optional<StreamId>> find_dossier(const std::string& option, const std::string& text,
                                              const KeyDirectory& keys) {
  const auto name = parse_stream_name(text);
  if (!name) return wrong_input(option + ": " + name.error().message);
  if (name->kind != StreamKind::kDossier) {
    return wrong_input(option + ": not a dossier, expected dossier/KEY");
  }
  auto stream = keys.find_stream(name->kind, name->key);
  if (!stream) return Failure(stream.error());
  return *stream;
}

Outcome<StreamId> load_dossier(const std::string& text, TrailAction action, DataFolder& folder,
                               Accountable& accountable, bool writes) {
  const auto stream = find_dossier("DOSSIER", text, folder.keys());
  if (!stream) return stream.error();
  if (*stream) return **stream;
  const TrailEntry entry{.action = action,
                         .object = object_of_unknown(StreamKind::kDossier),
                         .outcome = TrailOutcome::kNietGevonden};
  if (writes) {
    TREDE_RETURN_IF_ERROR(accountable.note_written({entry}));
  } else {
    accountable.note_read({entry});
  }
  return wrong_input("DOSSIER: there is no " + printable(text, 80) +
                     ", expected the KEY of a dossier in the log");
}

Outcome<std::string> dossier_names(const std::vector<StreamId>& dossiers,
                                   const KeyDirectory& keys) {
  std::vector<std::string> names;
  for (const StreamId& dossier : dossiers) {
    const auto name = stream_text(keys, dossier);
    if (!name) return Failure(name.error());
    names.push_back(*name);
  }
  return joined(names, ", ");
}

}  // namespace trede::tool
