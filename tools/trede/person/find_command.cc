#include "tools/trede/listing.h"
#include "tools/trede/person/person_commands.h"
#include "tools/trede/person/person_fields.h"
#include "tools/trede/person/vault_access.h"
#include "tools/trede/record_input.h"

namespace trede::tool {

namespace {

class PersonFindCommand final : public Command {
 public:
  Help help() const override {
    return {"person find", "Finds persons by BSN, by a part of the name, or by day of birth.",
            "  echo '{\"bsn\": \"111222333\"}' | trede person find --data werk --json -\n"
            "  trede person find --data werk --naam jansen --geboortedatum 1990-02-03\n"
            "A BSN is looked up in an index; without one everybody's data are opened. What is\n"
            "given must all agree. It prints dossiers only; `person show` shows who it is.\n"};
  }

  void bind(Options& options) override {
    options.value("--bsn", &bsn_, "8 or 9 digits");
    options.value("--naam", &naam_, "a part of the name, in small or capital letters");
    options.value("--geboortedatum", &geboortedatum_, "YYYY-MM-DD");
    options.value("--json", &json_, "TEXT, FILE or -: the same as JSON");
    options.value("--format", &format_, "table (default), csv or json");
    access_.bind(options);
  }

  Outcome<> run(Context& context) override {
    const auto format = parse_format(format_.value_or("table"));
    if (!format) return format.error();
    const auto query = read_query(context);
    if (!query) return query.error();
    auto open = access_.open(false, context);
    if (!open) return open.error();
    const auto found = open->vault->find(*query);
    if (!found) return vault_failure(found.error());
    Listing listing{.columns = {{"persoon", false}, {"dossier", false}}, .rows = {}};
    std::vector<TrailEntry> entries;
    for (const FoundPerson& person : *found) {
      entries.push_back({.action = TrailAction::kPersoonZoeken,
                         .object = object_of_person(person.id),
                         .count = person.dossiers.size()});
      for (const StreamId& dossier : person.dossiers) {
        const auto name = dossier_names({dossier}, open->folder->keys());
        if (!name) return name.error();
        listing.rows.push_back({person.id.text(), *name});
      }
    }
    if (entries.empty()) {
      entries.push_back({.action = TrailAction::kPersoonZoeken,
                         .object = std::string(kUnknownPerson),
                         .outcome = TrailOutcome::kNietGevonden});
    }
    open->accountable.note_read(std::move(entries));
    context.out.write(listing.text(*format));
    return {};
  }

 private:
  Outcome<PersonQuery> read_query(Context& context) const {
    NamedTexts given;
    if (bsn_) given.emplace_back("bsn", *bsn_);
    if (naam_) given.emplace_back("naam", *naam_);
    if (geboortedatum_) given.emplace_back("geboortedatum", *geboortedatum_);
    if (json_) {
      if (!given.empty()) return wrong_input("--json: given together with other options");
      auto read = read_json_events(*json_, context, JsonOf::kPersons);
      if (!read) return read.error();
      given = std::move(read->front());
    }
    PersonData sought;
    for (const auto& [name, text] : given) {
      const auto field = find_person_field(name);
      if (!field || (*field != PersonField::kBsn && *field != PersonField::kNaam &&
                     *field != PersonField::kGeboortedatum)) {
        return wrong_input(shown_name(name) + ": unknown, expected bsn, naam or geboortedatum");
      }
      const Status good = set_person_field(sought, *field, text);
      if (!good) return wrong_input(name + ": " + good.error().message);
    }
    PersonQuery query{sought.bsn, sought.naam, sought.geboortedatum};
    if (query.bsn.empty() && query.naam.empty() && !query.geboortedatum) {
      return wrong_input("nothing to look for, expected bsn, naam or geboortedatum");
    }
    return query;
  }

  std::optional<std::string> bsn_;
  std::optional<std::string> naam_;
  std::optional<std::string> geboortedatum_;
  std::optional<std::string> json_;
  std::optional<std::string> format_;
  VaultOptions access_;
};

}  // namespace

std::unique_ptr<Command> make_person_find_command() {
  return std::make_unique<PersonFindCommand>();
}

}  // namespace trede::tool
