#include "projections/reports/definition.h"

#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/util/message_differencer.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <utility>

#include "projections/reports/check.h"
#include "projections/reports/scope.h"

namespace trede {

namespace {

namespace gp = google::protobuf;
namespace fs = std::filesystem;

constexpr const char* kExtension = ".textproto";
// Expressions within one another; so deep nobody can follow any more.
constexpr int kDeepest = 64;

Error invalid(std::string message) { return {ErrorCode::kInvalid, std::move(message)}; }

class FirstError final : public gp::io::ErrorCollector {
 public:
  void AddError(int line, int, const std::string& message) override {
    if (flaws.empty()) flaws.push_back({line + 1, message});
  }
  void AddWarning(int, int, const std::string&) override {}

  std::vector<DefinitionFlaw> flaws;
};

// A message names what stands in the file, whatever that is; it stays one line that can be shown.
std::vector<DefinitionFlaw> on_one_line(std::vector<DefinitionFlaw> flaws) {
  for (DefinitionFlaw& flaw : flaws) {
    const auto is_control = [](char c) {
      return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    };
    std::ranges::replace_if(flaw.message, is_control, '?');
  }
  return flaws;
}

Error first_of(std::string_view file, const std::vector<DefinitionFlaw>& flaws) {
  return invalid(std::string(file) + ":" + std::to_string(flaws.front().line) + ": " +
                 flaws.front().message);
}

bool is_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

// A definition comes from outside too, and a report is for people to read.
constexpr std::size_t kMostBytes = 256 * 1024;
constexpr int kMostSections = 200;
constexpr std::size_t kMostCells = 100'000;

void check_size(const pb::ReportDefinition& definition, const Place& place,
                std::vector<DefinitionFlaw>& flaws) {
  std::size_t cells = 0;
  for (int s = 0; s < definition.section_size(); ++s) {
    for (const pb::Table& table : definition.section(s).table()) {
      cells += columns_of(definition, table).size() * static_cast<std::size_t>(table.row_size());
    }
    if (cells <= kMostCells) continue;
    flaws.push_back({place.nested("section", s).line(),
                     "more cells than " + std::to_string(kMostCells) + ", up to and with this"});
    return;
  }
}

template <typename Items>
const pb::Section* find_section(const Items& sections, const std::string& id) {
  for (const pb::Section& section : sections) {
    if (section.id() == id) return &section;
  }
  return nullptr;
}

}  // namespace

// Reads one definition, with the sections that it takes from others.
class DefinitionLibrary::Reader {
 public:
  explicit Reader(const DefinitionLibrary& library) : library_(library) {}

  // `definition` is filled as far as it could be read.
  std::vector<DefinitionFlaw> read(std::string_view text, pb::ReportDefinition& definition) {
    if (text.size() > kMostBytes) {
      return {{1, "longer than " + std::to_string(kMostBytes / 1024) + " KiB, expected a report"}};
    }
    gp::TextFormat::ParseInfoTree tree;
    FirstError errors;
    gp::TextFormat::Parser parser;
    parser.RecordErrorsTo(&errors);
    parser.WriteLocationsTo(&tree);
    parser.SetRecursionLimit(kDeepest);
    if (!parser.ParseFromString(std::string(text), &definition)) {
      if (errors.flaws.empty()) errors.flaws.push_back({1, "not a textproto of a report"});
      return on_one_line(std::move(errors.flaws));
    }
    const Place place(tree, *pb::ReportDefinition::descriptor());
    std::vector<DefinitionFlaw> flaws;
    if (definition.section_size() > kMostSections) {
      return {{place.nested("section", kMostSections).line(),
               "more sections than " + std::to_string(kMostSections)}};
    }
    for (int i = 0; i < definition.controle_size(); ++i) {
      const auto there = library_.source(definition.controle(i));
      if (!there) flaws.push_back({place.line("controle", i), there.error().message});
    }
    if (!definition.volgt().empty()) {
      const auto there = library_.source(definition.volgt());
      if (!there) flaws.push_back({place.line("volgt"), there.error().message});
    }
    being_read_.push_back(definition.name());
    for (int i = 0; i < definition.section_size(); ++i) {
      if (definition.section(i).uit().empty()) continue;
      const auto taken = take(definition, i);
      if (!taken) flaws.push_back({place.nested("section", i).line("uit"), taken.error().message});
    }
    being_read_.pop_back();
    if (flaws.empty()) check_size(definition, place, flaws);
    if (flaws.empty()) check_layout(definition, place, flaws);
    if (flaws.empty()) check_cells(definition, place, flaws);
    std::ranges::stable_sort(flaws, {}, &DefinitionFlaw::line);
    return on_one_line(std::move(flaws));
  }

 private:
  // Puts the tables of another's section into section `i`.
  Status take(pb::ReportDefinition& definition, int i) {
    pb::Section& section = *definition.mutable_section(i);
    const std::string& name = section.uit();
    if (!section.table().empty()) return invalid("tables beside those of '" + name + "'");
    if (std::ranges::find(being_read_, name) != being_read_.end()) {
      return invalid("a circle: report '" + name + "' takes sections of this one");
    }
    const auto [known, fresh] = others_.try_emplace(name);
    if (fresh) {
      const auto source = library_.source(name);
      if (!source) {
        known->second.flaw = source.error().message;
      } else if (const auto flaws = read(source->text, known->second.definition); !flaws.empty()) {
        known->second.flaw = first_of(source->file, flaws).message;
      }
    }
    if (!known->second.flaw.empty()) return invalid(known->second.flaw);
    const pb::ReportDefinition& other = known->second.definition;
    const pb::Section* found = find_section(other.section(), section.id());
    if (found == nullptr) {
      return invalid("report '" + name + "' has no section '" + section.id() + "'");
    }
    if (section.title().empty()) section.set_title(found->title());
    if (section.tekst().empty()) section.set_tekst(found->tekst());
    *section.mutable_table() = found->table();
    return add_sets(definition, other);
  }

  static Status add_sets(pb::ReportDefinition& definition, const pb::ReportDefinition& other) {
    for (const pb::ColumnSet& set : other.columns()) {
      const auto same = std::ranges::find(definition.columns(), set.id(), &pb::ColumnSet::id);
      if (same == definition.columns().end()) {
        *definition.add_columns() = set;
      } else if (!gp::util::MessageDifferencer::Equals(*same, set)) {
        return invalid("columns '" + set.id() + "' are others in report '" + other.name() +
                       "', expected the same or another id");
      }
    }
    return {};
  }

  // One whose sections were taken, read once.
  struct Other {
    pb::ReportDefinition definition;
    std::string flaw;
  };

  const DefinitionLibrary& library_;
  std::vector<std::string> being_read_;
  std::map<std::string, Other> others_;
};

std::vector<std::string> DefinitionLibrary::names() const {
  std::set<std::string> out;
  for (const ShippedDefinition& shipped : shipped_definitions()) out.emplace(shipped.name);
  std::error_code failed;
  for (fs::directory_iterator at(folder_, failed), end; !failed && at != end;
       at.increment(failed)) {
    if (at->path().extension() == kExtension) out.insert(at->path().stem().string());
  }
  return {out.begin(), out.end()};
}

Result<DefinitionLibrary::Source> DefinitionLibrary::source(std::string_view name) const {
  const std::string file = std::string(name) + kExtension;
  std::error_code failed;
  const fs::path path = folder_ / file;
  if (!folder_.empty() && is_name(name) && fs::exists(path, failed)) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) return Error{ErrorCode::kIo, path.string() + ": cannot be read"};
    return Source{path.string(), std::move(text).str(), false};
  }
  for (const ShippedDefinition& shipped : shipped_definitions()) {
    if (shipped.name == name) return Source{file, std::string(shipped.text), true};
  }
  std::string all;
  for (const std::string& one : names()) all += (all.empty() ? "" : ", ") + one;
  return invalid("there is no report '" + std::string(name) + "'; allowed: " + all);
}

std::vector<ListedDefinition> DefinitionLibrary::list() const {
  std::vector<ListedDefinition> out;
  for (const std::string& name : names()) {
    ListedDefinition one;
    one.name = name;
    const auto from = source(name);
    if (!from) {
      one.flaw = from.error().message;
    } else {
      pb::ReportDefinition definition;
      const auto flaws = Reader(*this).read(from->text, definition);
      if (!flaws.empty()) one.flaw = first_of(from->file, flaws).message;
      one.title = definition.title();
      one.version = definition.version();
      one.omschrijving = definition.omschrijving();
      if (!from->shipped) one.origin = from->file;
    }
    out.push_back(std::move(one));
  }
  return out;
}

std::vector<DefinitionFlaw> DefinitionLibrary::find_flaws(std::string_view text) const {
  pb::ReportDefinition definition;
  return Reader(*this).read(text, definition);
}

Result<pb::ReportDefinition> DefinitionLibrary::parse(std::string_view file,
                                                      std::string_view text) const {
  pb::ReportDefinition definition;
  const auto flaws = Reader(*this).read(text, definition);
  if (!flaws.empty()) return first_of(file, flaws);
  return definition;
}

Result<pb::ReportDefinition> DefinitionLibrary::load(std::string_view name) const {
  const auto from = source(name);
  if (!from) return std::unexpected(from.error());
  auto out = parse(from->file, from->text);
  if (out && out->name() != name) {
    return invalid(from->file + ":1: the report in it is called '" + out->name() +
                   "', expected the name of the file");
  }
  return out;
}

}  // namespace trede
