// What every command about users and tokens needs: the folder, the file of users, and who asks.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tools/server/access/access_store.h"
#include "tools/trede/accountable.h"
#include "tools/trede/folder.h"
#include "tools/trede/listing.h"
#include "tools/trede/text.h"

namespace trede::tool {

// A folder with its file of users open.
struct OpenAccess {
  std::unique_ptr<DataFolder> folder;
  std::unique_ptr<server::AccessStore> store;  // null: nobody was ever let in (to read only)
  Accountable accountable;
};

class AccessOptions {
 public:
  void bind(Options& options);
  // Opens the folder to read, beside whoever serves or records.
  Outcome<OpenAccess> open_to_read(Context& context) const;
  Outcome<OpenAccess> open_to_change(Context& context) const;

 private:
  Outcome<OpenAccess> open(server::StoreAccess access, Context& context) const;

  std::string data_;
  std::optional<std::string> actor_;
};

// A list of what is in the file of users, as `--format` says.
class AccessListing {
 public:
  void bind(Options& options);
  // Empty when nobody was ever let in. Errors: exit status 2 for a format that there is not; 1.
  Outcome<server::Accounts> load(Context& context);
  // Requires: `load` was good.
  void show(const Listing& listing, Context& context) const;

 private:
  AccessOptions access_;
  std::optional<std::string> format_;
  Format parsed_ = {};
};

// Whether `NAAM` can be the name of a user or token. Errors: exit status 2; does not repeat it.
Outcome<> check_name(const std::string& name);

// A name that is wrong, taken or not there is wrong input; all else is the system's.
Failure access_failure(const Error& error);

// Does `change` with a record before it and one after it.
Outcome<> noted(OpenAccess& open, TrailEntry entry, const std::function<Status()>& change);
// The same of what is done to the user `name`; `about` says what.
Outcome<> noted_of_user(OpenAccess& open, const std::string& name, const char* about,
                        const std::function<Status()>& change);
// The same in what was made of the folder otherwise.
Outcome<> noted(Accountable& accountable, TrailEntry entry, const std::function<Status()>& change);

// What somebody may do, as options.
class GrantOptions {
 public:
  void bind(Options& options);
  bool gives_any() const { return !roles_.empty() || !gemeenten_.empty() || werkcoach_; }
  // Puts what was given in the place of what `grants` has. Errors: exit status 2.
  Outcome<> apply(server::Grants& grants) const;

 private:
  std::vector<std::string> roles_;
  std::vector<std::string> gemeenten_;
  std::optional<std::string> werkcoach_;
};

// A password: of `--password-file FILE|-`, or a new one for one time.
class PasswordOption {
 public:
  void bind(Options& options);
  struct Chosen {
    std::string password;
    bool is_one_time;
  };
  // Errors: exit status 2 when it is not good enough for `actor`, or cannot be read.
  Outcome<Chosen> choose(std::string_view actor, Context& context) const;
  // Once, on stdout, and never what was given.
  static void show(const std::string& actor, const Chosen& chosen, Context& context);

 private:
  std::optional<std::string> file_;
};

}  // namespace trede::tool
