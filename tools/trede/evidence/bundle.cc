#include "tools/trede/evidence/bundle.h"

#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/text_format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "engine/event/bytes_text.h"
#include "projections/evidence/cells.h"
#include "tools/render/render.h"
#include "tools/trede/evidence/gzip.h"
#include "tools/trede/evidence/plain_zip.h"
#include "tools/trede/evidence/readme_text.h"
#include "tools/trede/rows/event_json.h"
#include "tools/trede/text.h"

namespace trede::tool {

namespace {

constexpr std::string_view kForm = "trede bewijsbundel 1\n";
constexpr std::size_t kLineMax = 16 << 20;  // as of an export
constexpr std::size_t kPathMax = 64;        // a tree of more leaves cannot be counted

// The files, in order. The table of contents stands before them.
constexpr std::string_view kContents = "INHOUD.txt";
constexpr std::string_view kReadme = "LEESMIJ.txt";
constexpr std::string_view kText = "rapport.txt";
constexpr std::string_view kCsv = "rapport.csv";
constexpr std::string_view kFigures = "rapport.pb";
constexpr std::string_view kDefinition = "definitie.textproto";
constexpr std::string_view kAbout = "bundel.textproto";
constexpr std::string_view kEvents = "gebeurtenissen.ndjson.gz";
constexpr std::string_view kProofs = "bewijzen.txt.gz";
constexpr std::string_view kCheckpoint = "checkpoint.txt";
constexpr std::string_view kKey = "sleutel.pub";

class Silent final : public google::protobuf::io::ErrorCollector {
 public:
  void AddError(int, google::protobuf::io::ColumnNumber, const std::string&) override {}
};

Error wrong_file(std::string_view name, const std::string& what) {
  return {ErrorCode::kInvalid, std::string(name) + ": " + what};
}

// ---- the files of one piece of evidence

struct Texts {
  std::string readme;
  std::string text;
  std::string csv;
};

// When it was laid down, by the event that did it; what is wrong with that event is found later.
std::optional<Vaststelling> vaststelling_in(const Evidence& evidence) {
  const Position position{evidence.about.vastgesteld_positie()};
  const auto found = std::ranges::find(evidence.events, position, &StoredEvent::position);
  if (found == evidence.events.end()) return std::nullopt;
  const auto event = decode_any(found->bytes);
  if (!event) return std::nullopt;
  return Vaststelling{position, Moment{std::chrono::microseconds{event->vastgelegd_op()}}};
}

// What people read; it follows from the rest. Errors: those of decode_frozen, parse_checkpoint.
Result<Texts> texts_of(const Evidence& evidence) {
  const auto frozen = decode_frozen(evidence.report);
  if (!frozen) return wrong_file(kFigures, frozen.error().message);
  const auto note = unverified_text(evidence.checkpoint);
  if (!note) return wrong_file(kCheckpoint, note.error().message);
  const auto checkpoint = parse_checkpoint(*note);
  if (!checkpoint) return wrong_file(kCheckpoint, checkpoint.error().message);
  const auto& cells = evidence.about.cijfer();
  Report shown =
      cells.empty() ? frozen->report : only_cells(frozen->report, {cells.begin(), cells.end()});
  shown.vastgesteld = vaststelling_in(evidence);
  return Texts{readme_text(evidence, *checkpoint),
               render::report_text(shown, {evidence.about.bekend_op()}), render::report_csv(shown)};
}

Result<std::string> events_file(const Evidence& evidence) {
  GzipText out;
  for (const StoredEvent& stored : evidence.events) {
    const auto event = decode_any(stored.bytes);
    if (!event) return event.error();
    out.add(event_json_line(stored.bytes, *event, ""));
  }
  return out.finish();
}

std::string path_text(const ProofPath& path) {
  std::string text;
  for (const Hash& hash : path) text += " " + base64_text(hash_view(hash));
  return text;
}

std::string proofs_file(const Evidence& evidence) {
  GzipText out;
  out.add("bekend" + path_text(evidence.known_consistency) + "\n");
  for (std::size_t i = 0; i < evidence.inclusion.size(); ++i) {
    out.add(std::to_string(evidence.events[i].position.value) + path_text(evidence.inclusion[i]) +
            "\n");
  }
  return out.finish();
}

std::string contents_text(const std::string& origin, const std::vector<ZipEntry>& entries) {
  std::string text = std::string(kForm) + origin + "\n";
  for (const ZipEntry& entry : entries) {
    text += hash_text(sha256({entry.bytes})) + " " + std::to_string(entry.bytes.size()) + " " +
            entry.name + "\n";
  }
  return text;
}

// ---- reading

// The files of an archive, once their table of contents is known to be right.
class Files {
 public:
  static Result<Files> open(std::string_view zip, const std::optional<VerifierKey>& key) {
    auto entries = read_zip(zip);
    if (!entries) return std::move(entries).error();
    if (entries->empty() || entries->front().name != kContents) {
      return wrong_file(kContents, "is not the first file");
    }
    Files files;
    files.contents_ = std::move(entries->front().bytes);
    entries->erase(entries->begin());
    files.entries_ = std::move(*entries);
    TREDE_RETURN_IF_ERROR(files.find_key(key));
    TREDE_RETURN_IF_ERROR(files.check_contents(key ? *key : *files.own_key_));
    return files;
  }

  const VerifierKey& own_key() const { return *own_key_; }
  Result<std::string_view> get(std::string_view name) const {
    const ZipEntry* const entry = find(name);
    if (entry == nullptr) return wrong_file(name, "is missing");
    return std::string_view(entry->bytes);
  }
  // Those that a bundle has, in the order in which it has them, and none beside them.
  Status check_names(bool has_proofs) const {
    std::vector<std::string_view> expected = {kReadme,     kText,  kCsv,   kFigures,
                                              kDefinition, kAbout, kEvents};
    if (has_proofs) expected.push_back(kProofs);
    expected.insert(expected.end(), {kCheckpoint, kKey});
    for (const ZipEntry& entry : entries_) {
      if (std::ranges::find(expected, entry.name) == expected.end()) {
        return std::unexpected(wrong_file(entry.name, "does not belong in this bundle"));
      }
    }
    if (std::ranges::equal(entries_, expected, {}, &ZipEntry::name)) return {};
    return std::unexpected(wrong_file(kContents, "names other files than a bundle has"));
  }

 private:
  const ZipEntry* find(std::string_view name) const {
    const auto found = std::ranges::find(entries_, name, &ZipEntry::name);
    return found == entries_.end() ? nullptr : &*found;
  }

  Status find_key(const std::optional<VerifierKey>& asked) {
    const auto text = get(kKey);
    if (!text) return std::unexpected(text.error());
    auto key = VerifierKey::parse(*text);
    if (!key) return std::unexpected(wrong_file(kKey, key.error().message));
    if (*text != key->text() + "\n") return std::unexpected(wrong_file(kKey, "was altered"));
    if (asked && *asked != *key) {
      return std::unexpected(wrong_file(kKey, "the bundle is signed with the key " + key->name() +
                                                  "+" + hex_text(key->hash()) + ", not with " +
                                                  asked->name() + "+" + hex_text(asked->hash())));
    }
    own_key_ = std::move(*key);
    return {};
  }

  // One signature and nothing beside it, over the files as they are.
  Status check_contents(const VerifierKey& key) const {
    const auto text = open_note(contents_, key);
    if (!text) return std::unexpected(wrong_file(kContents, text.error().message));
    const std::string_view below = std::string_view(contents_).substr(text->size() + 1);
    if (std::ranges::count(below, '\n') != 1) {
      return std::unexpected(wrong_file(kContents, "has more than one signature"));
    }
    if (*text == contents_text(key.name(), entries_)) return {};
    for (const ZipEntry& entry : entries_) {
      const std::string line = hash_text(sha256({entry.bytes})) + " " +
                               std::to_string(entry.bytes.size()) + " " + entry.name + "\n";
      if (text->find(line) == text->npos) {
        return std::unexpected(wrong_file(entry.name, "was altered: it is not what was signed"));
      }
    }
    return std::unexpected(wrong_file(kContents, "is not of the files that are there"));
  }

  std::string contents_;
  std::vector<ZipEntry> entries_;
  std::optional<VerifierKey> own_key_;
};

Result<pb::EvidenceBundle> read_about(std::string_view text) {
  pb::EvidenceBundle about;
  google::protobuf::TextFormat::Parser parser;
  Silent silent;
  parser.RecordErrorsTo(&silent);
  if (!parser.ParseFromString(std::string(text), &about)) {
    return wrong_file(kAbout, "cannot be read");
  }
  return about;
}

// What events of a bundle must be like: in order, so that a small file cannot take much memory, and
// written as this program writes them, so that what people read is what `bytes` says.
struct EventLines {
  std::uint64_t last;      // what the checkpoint is over
  bool is_whole;           // every position is there
  bool is_of_our_version;  // another one may write other members
};

Status read_events(std::string_view file, const EventLines& lines,
                   std::vector<StoredEvent>& events) {
  return read_gzip_lines(file, kLineMax, [&](std::string_view line) -> Status {
    auto event = parse_event_json(line);
    if (const auto* flaw = std::get_if<ColumnFlaw>(&event)) {
      return wrong_file(kEvents, "line " + std::to_string(events.size() + 1) + ": " + flaw->column +
                                     ": " + flaw->message);
    }
    auto& read = std::get<JsonEvent>(event);
    const std::uint64_t position = position_of(read.event).value;
    const std::uint64_t before = events.empty() ? 0 : events.back().position.value;
    if (position <= before || position > lines.last || (lines.is_whole && position != before + 1)) {
      return wrong_file(
          kEvents, "the event at positie " + std::to_string(position) + " stands out of order");
    }
    const bool says_more = lines.is_of_our_version ? event_json_line(read.bytes, read.event, "") !=
                                                         std::string(line) + "\n"
                                                   : !read.key.empty();
    if (says_more) {
      return wrong_file(kEvents, "the line of positie " + std::to_string(position) +
                                     " is not what its bytes say");
    }
    events.push_back({position_of(read.event), std::move(read.bytes)});
    return {};
  });
}

Result<ProofPath> parse_path(std::string_view text) {
  ProofPath path;
  while (!text.empty()) {
    text.remove_prefix(1);
    const std::string_view word = text.substr(0, text.find(' '));
    const auto bytes = parse_base64(word);
    Hash hash;
    if (!bytes || bytes->size() != hash.size() || path.size() == kPathMax) {
      return wrong_file(kProofs, "a hash is none, or there are too many");
    }
    std::copy(bytes->begin(), bytes->end(), hash.begin());
    path.push_back(hash);
    text.remove_prefix(word.size());
  }
  return path;
}

Status read_proofs(std::string_view file, Evidence& evidence) {
  bool is_first = true;
  return read_gzip_lines(file, kLineMax, [&](std::string_view line) -> Status {
    const std::string_view word = line.substr(0, line.find(' '));
    auto path = parse_path(line.substr(word.size()));
    if (!path) return std::unexpected(path.error());
    if (std::exchange(is_first, false)) {
      evidence.known_consistency = std::move(*path);
      return word == "bekend" ? Status() : wrong_file(kProofs, "does not begin as it should");
    }
    const std::size_t at = evidence.inclusion.size();
    if (at == evidence.events.size() ||
        word != std::to_string(evidence.events[at].position.value)) {
      return wrong_file(kProofs, "is not about the events that are there");
    }
    evidence.inclusion.push_back(std::move(*path));
    return {};
  });
}

Status check_texts(const Files& files, const Evidence& evidence) {
  const auto texts = texts_of(evidence);
  if (!texts) return std::unexpected(texts.error());
  for (const auto& [name, expected] :
       {std::pair(kReadme, &texts->readme), std::pair(kText, &texts->text),
        std::pair(kCsv, &texts->csv)}) {
    const auto text = files.get(name);
    if (!text) return std::unexpected(text.error());
    if (*text != *expected) {
      return std::unexpected(wrong_file(name, "does not say what the figures say"));
    }
  }
  return {};
}

}  // namespace

Report shown_report(const Evidence& evidence, const Report& report) {
  const auto& cells = evidence.about.cijfer();
  Report shown = cells.empty() ? report : only_cells(report, {cells.begin(), cells.end()});
  shown.vastgesteld = vaststelling_in(evidence);
  return shown;
}

Result<std::string> write_bundle(const Evidence& evidence, const SigningKey& key) {
  auto texts = texts_of(evidence);
  if (!texts) return std::move(texts).error();
  auto events = events_file(evidence);
  if (!events) return events;
  std::string about;
  if (!google::protobuf::TextFormat::PrintToString(evidence.about, &about)) {
    return wrong_file(kAbout, "cannot be written");
  }
  std::vector<ZipEntry> entries = {
      {std::string(kReadme), std::move(texts->readme)},
      {std::string(kText), std::move(texts->text)},
      {std::string(kCsv), std::move(texts->csv)},
      {std::string(kFigures), evidence.report},
      {std::string(kDefinition), evidence.definition},
      {std::string(kAbout), std::move(about)},
      {std::string(kEvents), std::move(*events)},
  };
  if (!evidence.about.cijfer().empty()) {
    entries.push_back({std::string(kProofs), proofs_file(evidence)});
  }
  entries.push_back({std::string(kCheckpoint), evidence.checkpoint});
  entries.push_back({std::string(kKey), key.verifier().text() + "\n"});
  std::string contents = sign_note(contents_text(key.verifier().name(), entries), key);
  entries.insert(entries.begin(), {std::string(kContents), std::move(contents)});
  return write_zip(entries);
}

Result<Bundle> read_bundle(std::string_view zip, const std::optional<VerifierKey>& key) {
  const auto files = Files::open(zip, key);
  if (!files) return files.error();
  Evidence evidence;
  const std::pair<std::string_view, std::string*> texts[] = {{kFigures, &evidence.report},
                                                             {kDefinition, &evidence.definition},
                                                             {kCheckpoint, &evidence.checkpoint}};
  for (const auto& [name, into] : texts) {
    const auto text = files->get(name);
    if (!text) return text.error();
    *into = std::string(*text);
  }
  const auto about_file = files->get(kAbout);
  if (!about_file) return about_file.error();
  auto about = read_about(*about_file);
  if (!about) return about.error();
  evidence.about = std::move(*about);
  TREDE_RETURN_IF_ERROR(files->check_names(!evidence.about.cijfer().empty()));
  const auto checkpoint = open_checkpoint(evidence.checkpoint, files->own_key());
  if (!checkpoint) return wrong_file(kCheckpoint, checkpoint.error().message);
  const auto events = files->get(kEvents);
  if (!events) return events.error();
  const bool has_our_texts = evidence.about.programma() == TREDE_VERSION;
  const EventLines lines{checkpoint->head.size, evidence.about.cijfer().empty(), has_our_texts};
  TREDE_RETURN_IF_ERROR(read_events(*events, lines, evidence.events));
  if (!evidence.about.cijfer().empty()) {
    const auto proofs = files->get(kProofs);
    if (!proofs) return proofs.error();
    TREDE_RETURN_IF_ERROR(read_proofs(*proofs, evidence));
  }
  if (has_our_texts) TREDE_RETURN_IF_ERROR(check_texts(*files, evidence));
  return Bundle{std::move(evidence), files->own_key(), has_our_texts};
}

}  // namespace trede::tool
