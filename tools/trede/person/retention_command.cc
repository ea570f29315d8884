#include "engine/erasure/retention.h"
#include "tools/trede/listing.h"
#include "tools/trede/person/accounted_erasure.h"
#include "tools/trede/person/person_commands.h"
#include "tools/trede/person/vault_access.h"

namespace trede::tool {

namespace {

std::string_view words_for(ErasedPart part) {
  return part == ErasedPart::kDossier ? "dossier" : "verzuimnotities";
}

class RetentionCommand final : public Command {
 public:
  Help help() const override {
    return {"retention", "Lists what may be destroyed because its term is over, and destroys it.",
            "  trede retention --data werk                       # prints the list and its code\n"
            "  trede retention --data werk --op 2031-01-01\n"
            "  trede retention --data werk --vernietig 8c1f0a2b3d4e5f60\n"
            "A dossier may go 10 years after it was closed, notes about verzuim 2 years after the\n"
            "dienstverband; DATA/bewaartermijnen.textproto may say otherwise. Events stay; they\n"
            "are anonymous then. It needs no master key.\n"};
  }

  void bind(Options& options) override {
    bind_data(options, &data_);
    options.value("--op", &op_, "DAY: what may be destroyed on that day (left out: today)");
    options.value("--vernietig", &code_, "CODE: destroys the list that has this code");
    options.value("--format", &format_, "table (default), csv or json");
    options.value("--actor", &actor_, "who does it: an opaque id, never a name");
  }

  Outcome<> run(Context& context) override {
    const auto format = parse_format(format_.value_or("table"));
    if (!format) return format.error();
    const Day today = civil_day(context.clock.now());
    Day op = today;
    if (op_) {
      const auto day = parse_day(*op_);
      if (!day) return wrong_input("--op: " + day.error().message);
      op = *day;
    }
    if (code_ && op > today) {
      return wrong_input("--op: ligt in de toekomst; vernietigen kan alleen wat nu al mag.");
    }
    const auto terms = RetentionTerms::load(data_);
    if (!terms) return Failure(terms.error());
    auto folder = open_folder(data_, code_ ? OpenMode::kWrite : OpenMode::kRead, context);
    if (!folder) return folder.error();
    auto accountable = code_ ? Accountable::writer(**folder, actor_, context)
                             : Accountable::reader(**folder, actor_, context);
    if (!accountable) return accountable.error();
    const auto expired = find_expired(**folder, *terms, op);
    if (!expired) return Failure(expired.error());
    const std::string code = list_code(*expired, (*folder)->log().identity());
    if (!code_) return show(*expired, code, op, *format, **folder, *accountable, context);
    const auto destroyed = destroy(*expired, code, **folder, *accountable, context);
    const Status closed = (*folder)->close();
    if (!destroyed) return destroyed.error();
    if (!closed) return system_failed(closed.error().message);
    return {};
  }

 private:
  static Outcome<> show(const std::vector<Expired>& expired, const std::string& code, Day op,
                        Format format, DataFolder& folder, Accountable& accountable,
                        Context& context) {
    Listing listing{.columns = {{"dossier", false},
                                {"wat", false},
                                {"geëindigd", false},
                                {"termijn_jaren", true},
                                {"mag_sinds", false}},
                    .rows = {}};
    for (const Expired& one : expired) {
      const auto name = dossier_names({one.dossier}, folder.keys());
      if (!name) return name.error();
      listing.rows.push_back({*name, std::string(words_for(one.part)), format_day(one.ended),
                              std::to_string(one.term.years), format_day(one.over)});
    }
    accountable.note_read({{.action = TrailAction::kBewaartermijnTonen,
                            .object = std::string(kAllPersons),
                            .count = expired.size()}});
    context.out.write(listing.text(format));
    Output& beside = format == Format::kTable ? context.out : context.err;
    if (expired.empty()) {
      beside.line("Op " + format_day(op) + " mag niets vernietigd worden.");
      return {};
    }
    beside.line(
        "Vernietigd worden KEY, persoon en notities. De gebeurtenissen blijven en zijn dan "
        "anoniem; cijfers en bewijzen veranderen niet.");
    beside.line("Een persoon met nog een ander dossier blijft; dan gaan alleen KEY en notities.");
    beside.line("Vernietig deze lijst met --vernietig " + code);
    return {};
  }

  Outcome<> destroy(const std::vector<Expired>& expired, const std::string& code,
                    DataFolder& folder, Accountable& accountable, Context& context) const {
    // What an earlier run began is completed first: its dossiers are in no list any more.
    const auto completed = complete_erasures(TrailAction::kBewaartermijnVernietigen, folder,
                                             accountable, context.clock);
    if (!completed) return completed.error();
    const bool any = completed->dossiers + completed->verzuim > 0;
    if (any) context.out.line("Afgemaakt: een vernietiging die eerder werd afgebroken.");
    if (*code_ != code || expired.empty()) {
      if (any) return {};
      TREDE_RETURN_IF_ERROR(
          accountable.note_written({{.action = TrailAction::kBewaartermijnVernietigen,
                                     .object = std::string(kAllPersons),
                                     .outcome = TrailOutcome::kGeweigerd}}));
      return wrong_input(
          "--vernietig: de lijst is een andere dan die met deze code; vraag haar opnieuw op.");
    }
    std::vector<TrailEntry> entries;
    for (const Expired& one : expired) {
      entries.push_back({.action = TrailAction::kBewaartermijnVernietigen,
                         .object = object_of(one.dossier),
                         .count = 1,
                         .about = std::string(words_for(one.part))});
    }
    TREDE_RETURN_IF_ERROR(accountable.note_begun(entries));
    const auto erased = erase(folder, request_of(expired), context.clock);
    TREDE_RETURN_IF_ERROR(note_erased(erased, std::move(entries), accountable));
    if (!erased) return Failure(erased.error());
    for (const CopyOutcome& copy : erased->copies) {
      if (copy.why_not.empty()) continue;
      context.out.line("Nog niet vernietigd in " + copy.place.path.string() + ": " + copy.why_not +
                       ". Dat gebeurt zodra die plek weer bereikbaar is.");
    }
    context.out.line("Vernietigd: " + std::to_string(erased->dossiers) + " dossiers, van " +
                     std::to_string(erased->verzuim) +
                     " de verzuimnotities. De gebeurtenissen "
                     "blijven, anoniem.");
    return {};
  }

  std::string data_;
  std::optional<std::string> op_;
  std::optional<std::string> code_;
  std::optional<std::string> format_;
  std::optional<std::string> actor_;
};

}  // namespace

std::unique_ptr<Command> make_retention_command() { return std::make_unique<RetentionCommand>(); }

}  // namespace trede::tool
