// From the organisation's own names of streams (`dossier/KEY`) to the random ids of the log, and
// back.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/clock.h"
#include "engine/base/index_table.h"
#include "engine/log/key_directory.h"

namespace trede::tool {

// A stream as a person writes it. The views are parts of what was parsed.
struct StreamName {
  StreamKind kind = StreamKind::kOrganisatie;
  std::string_view key;  // empty for the organisation
};

// `organisatie`, `dossier/KEY` or `werkgever/KEY`. Errors: kInvalid, also for a KEY that may be a
// BSN; the message does not repeat it.
Result<StreamName> parse_stream_name(std::string_view text);

// Gives a stream for every name, a new one where the organisation has none yet. New ones are known
// to this object alone until `assign_new`. Threads: one. `keys` and `random` must outlive it.
class StreamNames {
 public:
  StreamNames(KeyDirectory& keys, RandomSource& random) : keys_(keys), random_(random) {}

  Result<StreamId> find_or_make(const StreamName& name);
  // The stream that a file says the name has. Errors: kInvalid when it has another one.
  Status adopt(const StreamName& name, const StreamId& stream);
  bool has_new() const { return !new_.empty(); }
  // Records the new ones. Durable: on return. Errors: those of KeyDirectory::assign.
  Status assign_new() { return keys_.assign(new_); }

 private:
  // Flat, because a large file names hundreds of thousands of them, in any order.
  class StreamsOfKeys {
   public:
    std::optional<StreamId> find(std::string_view key) const;
    // Requires: a key that is not there.
    void add(std::string_view key, const StreamId& stream);

   private:
    IndexTable index_;
    std::vector<std::pair<std::string, StreamId>> entries_;
  };

  StreamsOfKeys& of(StreamKind kind) {
    return kind == StreamKind::kDossier ? dossiers_ : werkgevers_;
  }

  KeyDirectory& keys_;
  RandomSource& random_;
  StreamsOfKeys dossiers_;
  StreamsOfKeys werkgevers_;
  std::vector<KeyEntry> new_;
};

// `dossier/KEY`; without a KEY (erased, or not of this organisation) the id of the stream.
Result<std::string> stream_text(const KeyDirectory& keys, const StreamId& stream);

}  // namespace trede::tool
