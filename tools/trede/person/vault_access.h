// What every command about persons needs: the folder, its vault with the master key, and who asks.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "engine/vault/vault.h"
#include "tools/trede/accountable.h"
#include "tools/trede/folder.h"
#include "tools/trede/rows/stream_names.h"

namespace trede::tool {

// Where the master key comes from: the option, else the environment.
// TREDE_MASTER_KEY_FILE names a file, TREDE_MASTER_KEY holds the 64 digits.
struct MasterKeySource {
  std::optional<std::string> file;
  std::optional<std::string> digits;

  // Errors: exit status 2 when there is none, or both variables are set.
  static Outcome<MasterKeySource> find(const std::optional<std::string>& option);
  // Errors: exit status 2 when it is no good.
  Outcome<SecretKey> load() const;
};

// A folder with its vault open.
struct OpenVault {
  std::unique_ptr<DataFolder> folder;
  std::unique_ptr<Vault> vault;
  Accountable accountable;
};

class VaultOptions {
 public:
  void bind(Options& options);
  // Opens the folder to read; whoever writes events may go on. `writes`: the trail must take it.
  Outcome<OpenVault> open(bool writes, Context& context) const;

  const std::string& data() const { return data_; }
  const std::optional<std::string>& actor() const { return actor_; }
  const std::optional<std::string>& master_key() const { return master_key_; }

 private:
  std::string data_;
  std::optional<std::string> master_key_;
  std::optional<std::string> actor_;
};

// A master key that is wrong is wrong input; all else is the system's.
Failure vault_failure(const Error& error);

// The dossier that `text` names; absent when nobody has that KEY.
// Errors: exit status 2 for what is no `dossier/KEY`; `option` says where it stood.
Outcome<std::optional<StreamId>> find_dossier(const std::string& option, const std::string& text,
                                              const KeyDirectory& keys);
// The same of one that must be there: notes in the trail that it is not.
Outcome<StreamId> load_dossier(const std::string& text, TrailAction action, DataFolder& folder,
                               Accountable& accountable, bool writes);

// `dossier/K1, dossier/K2`.
Outcome<std::string> dossier_names(const std::vector<StreamId>& dossiers, const KeyDirectory& keys);

}  // namespace trede::tool
