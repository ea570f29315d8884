// The vault: who the persons of the dossiers are. Everything personal is sealed with a key of its
// own per person and per kind of note; those keys stand in a file of their own, wrapped by the
// master key. Destroying a key destroys what it sealed, wherever a copy of that stands.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/base/clock.h"
#include "engine/vault/person.h"
#include "engine/vault/secret.h"

namespace trede {

// Which vault: that of the data folder `data` with the log `log`.
struct VaultPlace {
  std::filesystem::path data;
  Uuid log;
};

// What is to become of the person of a dossier.
struct PersonChange {
  // Field and text, as set_person_field reads them; a field that is not named stays.
  std::vector<std::pair<PersonField, std::string>> fields;
  // The dossier gets the person of this one; what that person lacks is taken from its own.
  std::optional<StreamId> same_as;
};

enum class PersonChanged {
  kMade,  // the dossier had no person
  kChanged,
  kUnchanged,  // it was so already
  // Refused, nothing changed:
  kBsnTaken,    // another person has that BSN
  kBsnDiffers,  // of the two that should be one person
  kNobody,      // `same_as` has no person
};
struct ChangeOutcome {
  PersonChanged what;
  Uuid person;
  std::vector<StreamId> dossiers;  // kBsnTaken: of the other person; kBsnDiffers: `same_as`
};

struct Person {
  Uuid id;
  PersonData data;
  std::vector<StreamId> dossiers;  // in order of id
};

struct FoundPerson {
  Uuid id;
  std::vector<StreamId> dossiers;
};

struct PersonQuery {
  std::string bsn;   // nine digits; found by the index
  std::string naam;  // a part of the name, as comparable_name; found by opening everybody
  std::optional<Day> geboortedatum;
};

// Owner: whoever opened it. Threads: one. Several processes may have one open: each change is one
// transaction over both files, and waits for another one up to 10 seconds (kLocked).
//
// Limits: at opening, the keys of the master key's level only are in memory.
class Vault {
 public:
  // Whether there is one: its file of keys.
  static bool exists(const std::filesystem::path& data);
  // Makes an empty one. Durable: on return.
  // Errors: kInvalid  there is one already;  kCorrupt  sealed data without keys lie there;  kIo.
  static Status create(const VaultPlace& place, const SecretKey& master, RandomSource& random);
  // Errors: kNotFound  there is none;  kInvalid  another master key; nothing touched;
  //         kCorrupt   of another log, or damaged;  kNewer;  kIo.
  static Result<std::unique_ptr<Vault>> open(const VaultPlace& place, const SecretKey& master,
                                             RandomSource& random);
  ~Vault();

  // Several changes as one, written by commit() and gone with the object without it. While one
  // lives, other processes wait. At most one at a time.
  class Changes {
   public:
    ~Changes();
    Changes(Changes&&) noexcept;
    // Makes one change. One that is refused may have been made in part: it is not to be committed.
    // Requires: a dossier. Errors: kInvalid for a bad field; kRefused when the
    // dossier was erased; kCorrupt, kIo: give up.
    Result<ChangeOutcome> set(const StreamId& dossier, const PersonChange& change);
    // Adds a note; a dossier without a person may have them. Errors: as set.
    Status add_note(const StreamId& dossier, const Note& note);
    // Durable: on return.
    Status commit();

   private:
    friend class Vault;
    struct Impl;
    explicit Changes(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
  };
  // Errors: kLocked, kIo.
  Result<Changes> begin();

  Result<std::optional<Person>> find_person(const StreamId& dossier) const;
  // In order of moment. `category` absent: all.
  Result<std::vector<Note>> notes(const StreamId& dossier,
                                  std::optional<NoteCategory> category = std::nullopt) const;
  // In order of id. Every field of the query that is given must agree. Without a BSN everybody's
  // data are opened, one after the other.
  Result<std::vector<FoundPerson>> find(const PersonQuery& query) const;

  // Wraps every key with another master key, in one transaction: afterwards only that one opens
  // the vault. What was sealed stays as it is. Durable: on return.
  Status change_master_key(const SecretKey& master);

  // What is wrong: sealed data that do not open, an index that does not lead to its person, data
  // without key. One line each, ids only.
  Result<std::vector<std::string>> verify() const;

 private:
  struct Impl;
  explicit Vault(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace trede
