#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/text_format.h>

#include <algorithm>
#include <functional>

#include "engine/event/bytes_text.h"
#include "engine/event/event.h"
#include "projections/evidence/cells.h"
#include "projections/evidence/evidence.h"
#include "projections/evidence/held_log.h"
#include "projections/reports/definition.h"
#include "projections/reports/desk.h"
#include "projections/reports/laid_down.h"

namespace trede {

namespace {

constexpr std::uint32_t kForm = 1;

Error wrong(std::string what) { return {ErrorCode::kInvalid, std::move(what)}; }

std::string hex_of(const Hash& hash) { return hex_text(hash_view(hash)); }

class Silent final : public google::protobuf::io::ErrorCollector {
 public:
  void AddError(int, google::protobuf::io::ColumnNumber, const std::string&) override {}
};

// Checks one bundle, step by step; a step rests on those before it. Lifetime: one call.
class Checker {
 public:
  Checker(const Evidence& evidence, const VerifierKey& key) : evidence_(evidence), key_(key) {}

  Result<CheckedEvidence> run() {
    TREDE_RETURN_IF_ERROR(read_about());
    TREDE_RETURN_IF_ERROR(read_checkpoint());
    TREDE_RETURN_IF_ERROR(read_report());
    TREDE_RETURN_IF_ERROR(hold_events());
    TREDE_RETURN_IF_ERROR(check_moment());
    TREDE_RETURN_IF_ERROR(check_laid_down());
    TREDE_RETURN_IF_ERROR(work_out_anew());
    return std::move(out_);
  }

 private:
  const pb::EvidenceBundle& about() const { return evidence_.about; }
  bool is_whole() const { return about().cijfer().empty(); }

  Status read_about() {
    if (about().vorm() != kForm) {
      return Error{ErrorCode::kNewer, "the bundle is of form " + std::to_string(about().vorm()) +
                                          ", this program knows form " + std::to_string(kForm)};
    }
    const auto van = parse_day(about().van());
    const auto tm = parse_day(about().tm());
    if (!van || !tm || *van > *tm) return wrong("the bundle does not say over which period it is");
    period_ = {*van, *tm};
    known_ = Position{about().positie()};
    const auto& cells = about().cijfer();
    if (std::ranges::adjacent_find(cells, std::greater_equal<>()) != cells.end()) {
      return wrong("the bundle names a cell twice, or not in order");
    }
    return {};
  }

  Status read_checkpoint() {
    auto checkpoint = open_checkpoint(evidence_.checkpoint, key_);
    if (!checkpoint) return std::unexpected(checkpoint.error());
    out_.checkpoint = std::move(*checkpoint);
    if (known_.value == 0 || known_.value > out_.checkpoint.head.size) {
      return wrong("the report is as known at positie " + std::to_string(known_.value) +
                   ", which the checkpoint does not reach");
    }
    return {};
  }

  Status hold_events() {
    const TreeHead& head = out_.checkpoint.head;
    constexpr std::string_view kOrigin = "trede/";
    const auto identity =
        parse_uuid(std::string_view(out_.checkpoint.origin)
                       .substr(std::min(kOrigin.size(), out_.checkpoint.origin.size())));
    if (!identity || origin_of(*identity) != out_.checkpoint.origin) {
      return wrong("the checkpoint is of no log of ours: " + out_.checkpoint.origin);
    }
    TREDE_RETURN_IF_ERROR(is_whole() ? check_all(head) : check_each(head));
    auto earlier = head;
    if (!is_whole()) {
      const auto known = check_known_head();
      if (!known) return std::unexpected(known.error());
      earlier = *known;
    }
    auto log = HeldLog::make(evidence_.events, *identity, head, earlier);
    if (!log) return std::unexpected(log.error());
    folder_ = std::make_unique<HeldFolder>(std::move(*log));
    return {};
  }

  Status check_all(const TreeHead& head) const {
    MerkleFrontier tree;
    for (const StoredEvent& event : evidence_.events) tree.push(leaf_hash(event.bytes));
    if (tree.size() == head.size && tree.root() == head.root) return {};
    return wrong("the " + std::to_string(tree.size()) +
                 " events do not give the tree head of the " + std::to_string(head.size) +
                 " that were signed");
  }

  Status check_each(const TreeHead& head) const {
    if (evidence_.inclusion.size() != evidence_.events.size()) {
      return wrong("not every event has its proof");
    }
    for (std::size_t i = 0; i < evidence_.events.size(); ++i) {
      const StoredEvent& event = evidence_.events[i];
      if (event.position.value == 0 ||
          !proves_inclusion(evidence_.inclusion[i], leaf_hash(event.bytes),
                            event.position.value - 1, head)) {
        return wrong("the event at positie " + std::to_string(event.position.value) +
                     " is not proved to stand in the log that was signed");
      }
    }
    return {};
  }

  Status read_report() {
    auto report = decode_frozen(evidence_.report);
    if (!report) return wrong("the figures cannot be read: " + report.error().message);
    const Report& about_it = report->report;
    if (about_it.name != about().rapport() || about_it.waar != about().waar() ||
        about_it.period.van != period_.van || about_it.period.tm != period_.tm ||
        about_it.known != known_) {
      return wrong("the figures are of another report than the bundle says");
    }
    out_.report = std::move(*report);
    return {};
  }

  Status check_moment() const {
    const auto stored = folder_->log().load(known_);
    if (!stored) return wrong("the last event that was known is not in the bundle");
    const auto event = decode_event(stored->bytes);
    if (!event) return std::unexpected(event.error());
    const auto settled = folder_->log().settle(known_);
    if (!settled) return std::unexpected(settled.error());
    if (*settled != known_) return wrong("nobody ever knew half of an append");
    const Moment moment{std::chrono::microseconds{event->vastgelegd_op()}};
    if (format_moment(moment) == about().bekend_op()) return {};
    return wrong("what was known was recorded at " + format_moment(moment) + ", not at " +
                 about().bekend_op());
  }

  Status check_laid_down() const {
    if (about().vastgesteld_positie() == 0) return {};
    const auto stored = folder_->log().load(Position{about().vastgesteld_positie()});
    if (!stored) return wrong("the event that laid the report down is not in the bundle");
    const auto event = decode_event(stored->bytes);
    if (!event) return std::unexpected(event.error());
    const auto& body = event->body().rapport_vastgesteld();
    if (!event->body().has_rapport_vastgesteld() || body.cijfers() != evidence_.report ||
        body.bekend_positie() != known_.value) {
      return wrong("the event that laid the report down has other figures");
    }
    return check_still_laid_down();
  }

  // It may have been withdrawn since, or laid down anew.
  Status check_still_laid_down() const {
    OrganisatieLog organisatie_log(folder_->log());
    const auto organisatie = organisatie_log.at(folder_->log().last_position());
    if (!organisatie) return std::unexpected(organisatie.error());
    const auto* const found = organisatie->verantwoording().find_rapport(
        RapportKey{about().rapport(), period_, about().waar()});
    if (found != nullptr && found->source.value == about().vastgesteld_positie()) return {};
    return wrong("what laid the report down does not hold any more in the log that was signed");
  }

  Status work_out_anew() {
    const auto definition = parse_alone(evidence_.definition);
    if (!definition) return std::unexpected(definition.error());
    out_.is_shipped_definition = is_shipped(evidence_);
    const auto chosen = parse_waar_text(about().waar());
    if (!chosen) return wrong("the bundle does not say what the report is about");
    TREDE_RETURN_IF_ERROR(count_laid_down());
    const auto projections = Projections::open(*folder_);
    if (!projections) return std::unexpected(projections.error());
    ReportDesk desk(folder_->log(), **projections);
    if (is_whole()) TREDE_RETURN_IF_ERROR(hold_kept(desk));
    return is_whole() ? compare_whole(desk, *definition, *chosen)
                      : compare_chosen(desk, *definition, *chosen);
  }

  // A figure that somebody typed into the log as one that was laid down follows from no events.
  Status hold_kept(ReportDesk& desk) {
    auto kept = desk.check_kept(known_);
    if (!kept) return std::unexpected(kept.error());
    if (!kept->differences.empty()) {
      const auto others = kept->differences.size() - 1;
      return wrong("a report that was laid down before keeps what the events do not give: " +
                   kept->differences.front().what +
                   (others == 0 ? "" : " (and " + std::to_string(others) + " more)"));
    }
    out_.kept = std::move(*kept);
    return {};
  }

  // What was laid down before is taken over by later reports as it was.
  Status count_laid_down() {
    OrganisatieLog organisatie_log(folder_->log());
    const auto organisatie = organisatie_log.at(known_);
    if (!organisatie) return std::unexpected(organisatie.error());
    out_.laid_down_before = organisatie->verantwoording().rapporten().size();
    return {};
  }

  // A definition without flaws that may name, as the one it follows, a report that nobody has here.
  static Result<pb::ReportDefinition> parse_alone(const std::string& text) {
    constexpr int kDeepest = 100;
    pb::ReportDefinition named;
    google::protobuf::TextFormat::Parser parser;
    parser.SetRecursionLimit(kDeepest);
    Silent silent;
    parser.RecordErrorsTo(&silent);
    if (!parser.ParseFromString(text, &named)) return wrong("the definition cannot be read");
    const std::string volgt = named.volgt();
    named.clear_volgt();
    std::string alone;
    if (!google::protobuf::TextFormat::PrintToString(named, &alone)) {
      return wrong("the definition cannot be written");
    }
    auto definition = DefinitionLibrary().parse("definitie", alone);
    if (definition && !volgt.empty()) definition->set_volgt(volgt);
    return definition;
  }

  Status compare_whole(ReportDesk& desk, const pb::ReportDefinition& definition,
                       const std::vector<Filter>& chosen) {
    const auto worked = desk.work_out(definition, {period_, known_, chosen});
    if (!worked) return std::unexpected(worked.error());
    std::vector<PublishedFigure> figures;
    for (const auto& [question, number] : worked->figures) figures.push_back({question, number});
    out_.cells = cells_by_name(worked->report).size();
    if (encode_frozen(worked->report, std::move(figures)) == evidence_.report) return {};
    const auto shown = cells_by_name(out_.report.report);
    for (const auto& [name, anew] : cells_by_name(worked->report)) {
      const auto found = shown.find(name);
      if (found == shown.end()) return wrong("the events give a cell that is not there: " + name);
      if (!say_the_same(found->second, anew)) return differs(name, anew);
    }
    return wrong("the events do not give this report");
  }

  Status compare_chosen(ReportDesk& desk, const pb::ReportDefinition& definition,
                        const std::vector<Filter>& chosen) {
    const auto worked = desk.work_out(definition, {period_, known_, chosen});
    if (!worked) return std::unexpected(worked.error());
    if (!have_same_front(out_.report.report, worked->report)) {
      return wrong(
          "the name, title, version or begrippen of the report are not those of its definition");
    }
    const auto shown = cells_by_name(out_.report.report);
    const auto anew = cells_by_name(worked->report);
    for (const std::string& name : about().cijfer()) {
      const auto was = shown.find(name);
      const auto is = anew.find(name);
      if (was == shown.end()) return wrong("the report has no cell " + name);
      if (is == anew.end()) return wrong("the events give no cell " + name);
      if (!say_the_same(was->second, is->second)) return differs(name, is->second);
      ++out_.cells;
    }
    // What people are shown of it, and nothing more: no row twice, no column beside.
    const std::vector<std::string> names(about().cijfer().begin(), about().cijfer().end());
    if (encode_frozen(only_cells(out_.report.report, names), {}) ==
        encode_frozen(only_cells(worked->report, names), {})) {
      return {};
    }
    return wrong("the chosen cells stand in another place, or more than once");
  }

  // The report names the tree head it was worked out on: that of the log as it was known.
  Result<TreeHead> check_known_head() const {
    const auto bytes = parse_hex(out_.report.report.boomkop);
    Hash root{};
    if (!bytes || bytes->size() != root.size()) return wrong("the report names no tree head");
    std::copy(bytes->begin(), bytes->end(), root.begin());
    const TreeHead known{known_.value, root};
    if (proves_consistency(evidence_.known_consistency, known, out_.checkpoint.head)) return known;
    return wrong("the log that was signed does not continue the one of the report, " +
                 hex_of(root));
  }

  static Error differs(const std::string& name, const NamedCell& anew) {
    const std::string number = anew.cell->text();
    return wrong("the events give another figure for " + name +
                 ", or other words around it: " + (number.empty() ? "none" : number) + " (" +
                 anew.row->title + ", " + anew.column->title + ")");
  }

  // What stands over a report whatever its cells: not for a bundle to make up.
  static bool have_same_front(const Report& one, const Report& other) {
    const auto same = [](const Begrip& a, const Begrip& b) {
      return a.name == b.name && a.title == b.title && a.definition == b.definition &&
             a.unit == b.unit;
    };
    return one.name == other.name && one.waar == other.waar && one.title == other.title &&
           one.version == other.version && one.catalogus == other.catalogus &&
           one.suppressed == other.suppressed &&
           std::ranges::equal(one.begrippen, other.begrippen, same);
  }

  const Evidence& evidence_;
  const VerifierKey& key_;
  Period period_{};
  Position known_;
  std::unique_ptr<HeldFolder> folder_;
  CheckedEvidence out_;
};

}  // namespace

bool is_shipped(const Evidence& evidence) {
  const auto shipped = DefinitionLibrary().load(evidence.about.rapport());
  return shipped && definition_text(*shipped) == evidence.definition;
}

Result<CheckedEvidence> check_evidence(const Evidence& evidence, const VerifierKey& key) {
  return Checker(evidence, key).run();
}

}  // namespace trede
