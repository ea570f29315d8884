#include "engine/vault/vault_flaws.h"

#include <algorithm>
#include <optional>

#include "engine/sqlite/sqlite_schema.h"
#include "engine/vault/erasures.h"
#include "engine/vault/vault_internal.h"

namespace trede {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kShown = 100;  // of one kind: where much is gone, that says enough

bool is_there(const fs::path& file) {
  std::error_code unknown;
  return fs::exists(file, unknown);
}

// A question whose every row is a finding about the id in its first column.
struct Question {
  const char* sql;
  const char* says;
};

constexpr Question kSealedQuestions[] = {
    {"SELECT dossier FROM dossier WHERE person NOT IN (SELECT person FROM person)",
     "a dossier whose person is not there"},
    {"SELECT person FROM person WHERE person NOT IN (SELECT person FROM dossier)",
     "a person without a dossier"},
    {"SELECT person FROM person WHERE length(bsn_tag) <> 32", "not a tag of a BSN, of a person"},
    {"SELECT dossier FROM note WHERE category NOT IN (1, 2)", "a note of an unknown category"},
};

constexpr Question kKeyQuestions[] = {
    {"SELECT person FROM person WHERE NOT EXISTS"
     "(SELECT 1 FROM keys.wrapped WHERE what=2 AND owner=person)",
     "a person whose key is not there"},
    {"SELECT owner FROM keys.wrapped WHERE what=2 AND owner NOT IN (SELECT person FROM person)",
     "a key of a person who is not there"},
    {"SELECT DISTINCT dossier FROM note WHERE NOT EXISTS"
     "(SELECT 1 FROM keys.wrapped WHERE what=2+category AND owner=dossier)",
     "notes of a dossier whose key is not there"},
    {"SELECT owner FROM keys.wrapped WHERE what IN (3, 4) AND NOT EXISTS"
     "(SELECT 1 FROM note WHERE dossier=owner AND category=what-2)",
     "a key of notes that are not there, of a dossier"},
    {"SELECT owner FROM keys.wrapped WHERE what NOT IN (2, 3, 4)", "a key of an unknown kind"},
};

class Flaws {
 public:
  Flaws(const fs::path& data, const Uuid& log) : data_(data), log_(log) {}

  // The register is read before the vault and after it: what was done before has to be gone, what
  // was begun since may be half.
  Result<std::vector<std::string>> find() {
    const auto before = load_register();
    if (!before) return before.error();
    TREDE_RETURN_IF_ERROR(judge(look_into_vault(*before)));
    const auto after = load_register();
    if (!after) return after.error();
    judge_register(*after);
    return said_but_of(*before, *after);
  }

 private:
  struct Finding {
    std::string text;
    Uuid about;
  };

  // Notes what is wrong as a finding, unless nothing can be said of the file at this moment.
  Status judge(const Status& status) {
    if (status || status.error().code == ErrorCode::kLocked ||
        status.error().code == ErrorCode::kIo) {
      return status;
    }
    if (std::ranges::none_of(
            findings_, [&](const Finding& one) { return one.text == status.error().message; })) {
      findings_.push_back({status.error().message, {}});
    }
    return {};
  }

  // Nothing when there is none, or it cannot be believed; that is noted then.
  Result<std::vector<ErasureEntry>> load_register() {
    auto entries = load_erasures(data_, log_);
    if (entries) return entries;
    TREDE_RETURN_IF_ERROR(judge(entries.error()));
    return std::vector<ErasureEntry>();
  }

  Status look_into_vault(const std::vector<ErasureEntry>& erased) {
    const bool has_keys = is_there(key_file(data_));
    if (!is_there(sealed_file(data_))) {
      return has_keys ? Error{ErrorCode::kCorrupt,
                              sealed_file(data_).string() + ": not there, and the keys are"}
                      : Status();
    }
    auto file = SqliteFile::open(sealed_file(data_), SqliteAccess::kWrite);
    if (!file) return file.error();
    TREDE_RETURN_IF_ERROR(check_vault_file(*file, "main", kSealedTables, log_));
    if (has_keys) TREDE_RETURN_IF_ERROR(attach_keys(*file));
    // Both files as they are at one moment.
    TREDE_RETURN_IF_ERROR(file->execute("BEGIN"));
    const auto damage = find_damage(*file);
    if (!damage) return damage.error();
    if (!damage->empty()) {
      return Error{ErrorCode::kCorrupt, "the files of the vault are damaged: " + *damage};
    }
    for (const Question& question : kSealedQuestions) {
      TREDE_RETURN_IF_ERROR(ask(*file, question));
    }
    TREDE_RETURN_IF_ERROR(has_keys ? look_at_keys(*file) : miss_keys(*file));
    return look_for_erased(*file, erased, has_keys);
  }

  Status attach_keys(SqliteFile& file) {
    auto attach = file.prepare("ATTACH ? AS keys");
    if (!attach) return attach.error();
    TREDE_RETURN_IF_ERROR(attach->bind_text(key_file(data_).string()).run());
    return check_vault_file(file, "keys", kKeyTables, log_);
  }

  Status look_at_keys(SqliteFile& file) {
    const auto index = file.ask_number("SELECT count(*) FROM keys.meta WHERE name='index_key'");
    if (!index) return index.error();
    if (*index == 0) note("the key of the index of BSNs is not there", {});
    for (const Question& question : kKeyQuestions) TREDE_RETURN_IF_ERROR(ask(file, question));
    return {};
  }

  Status miss_keys(SqliteFile& file) {
    const auto rows =
        file.ask_number("SELECT (SELECT count(*) FROM person) + (SELECT count(*) FROM note)");
    if (!rows) return rows.error();
    if (*rows == 0) return {};
    return Error{ErrorCode::kCorrupt, key_file(data_).string() +
                                          ": not there, and sealed data are; put back the copy of "
                                          "the keys that was kept apart"};
  }

  Status ask(SqliteFile& file, const Question& question) {
    auto rows = file.prepare(std::string(question.sql) + " LIMIT " + std::to_string(kShown));
    if (!rows) return rows.error();
    for (;;) {
      const auto row = rows->step();
      if (!row) return row.error();
      if (!*row) return {};
      const auto id = decode_uuid(rows->blob(0));
      note(std::string(question.says) + ": " + (id ? id->text() : "not an id"), id ? *id : Uuid());
    }
  }

  Status look_for_erased(SqliteFile& file, const std::vector<ErasureEntry>& erased, bool has_keys) {
    auto rows = file.prepare(
        "SELECT EXISTS(SELECT 1 FROM dossier WHERE dossier=?1) OR"
        " EXISTS(SELECT 1 FROM note WHERE dossier=?1) OR"
        " EXISTS(SELECT 1 FROM person WHERE person=?2)");
    if (!rows) return rows.error();
    auto keys = file.prepare(has_keys ? "SELECT EXISTS(SELECT 1 FROM keys.wrapped"
                                        " WHERE owner IN (?1, ?2))"
                                      : "SELECT 0 WHERE ?1 IS NOT ?2");
    if (!keys) return keys.error();
    for (const ErasureEntry& entry : erased) {
      if (!entry.is_done || entry.part != ErasedPart::kDossier) continue;
      for (SqliteStatement* const left : {&*rows, &*keys}) {
        left->reset();
        left->bind_blob(entry.dossier.uuid.view());
        entry.person ? left->bind_blob(entry.person->view()) : left->bind_null();
        const auto row = left->step();
        if (!row) return row.error();
        if (!*row || left->number(0) == 0) continue;
        note("erased, and something is left of " + entry.dossier.text(), {});
        break;
      }
    }
    return {};
  }

  void judge_register(const std::vector<ErasureEntry>& entries) {
    std::int64_t expected = 1;
    for (const ErasureEntry& entry : entries) {
      const std::string name = "erasure " + std::to_string(entry.number);
      if (entry.number != expected) {
        note("the register of erasures lacks number " + std::to_string(expected), {});
      }
      expected = entry.number + 1;
      if (entry.part != ErasedPart::kDossier && entry.part != ErasedPart::kVerzuim) {
        note(name + ": of an unknown part", {});
      }
      if (!entry.is_done) {
        note(name + ", of " + entry.dossier.text() +
                 ", was begun and not ended; `trede person erase`, of any dossier, completes it",
             {});
      }
    }
  }

  // What there is to say, but for what is being erased at this moment.
  std::vector<std::string> said_but_of(const std::vector<ErasureEntry>& before,
                                       const std::vector<ErasureEntry>& after) const {
    std::vector<Uuid> going;
    for (std::size_t i = 0; i < after.size(); ++i) {
      const bool was_done = i < before.size() && before[i].is_done;
      if (was_done) continue;
      going.push_back(after[i].dossier.uuid);
      if (after[i].person) going.push_back(*after[i].person);
    }
    std::vector<std::string> out;
    for (const Finding& finding : findings_) {
      if (std::ranges::find(going, finding.about) == going.end()) out.push_back(finding.text);
    }
    return out;
  }

  void note(std::string text, const Uuid& about) { findings_.push_back({std::move(text), about}); }

  const fs::path& data_;
  const Uuid& log_;
  std::vector<Finding> findings_;
};

}  // namespace

Result<std::vector<std::string>> find_vault_flaws(const fs::path& data, const Uuid& log) {
  return Flaws(data, log).find();
}

}  // namespace trede
