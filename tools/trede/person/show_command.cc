#include "tools/trede/listing.h"
#include "tools/trede/person/person_commands.h"
#include "tools/trede/person/vault_access.h"

namespace trede::tool {

namespace {

class PersonShowCommand final : public Command {
 public:
  Help help() const override {
    return {"person show", "Shows the person of a dossier, their other dossiers, and the notes.",
            "  trede person show dossier/K17 --data werk\n"
            "  trede person show dossier/K17 --data werk --format json\n"};
  }

  void bind(Options& options) override {
    options.required_word("DOSSIER", &dossier_, "dossier/KEY");
    options.value("--format", &format_, "table (default) or json");
    access_.bind(options);
  }

  Outcome<> run(Context& context) override {
    const auto format = parse_format(format_.value_or("table"));
    if (!format) return format.error();
    if (*format == Format::kCsv) return wrong_input("--format: csv, expected table or json");
    auto open = access_.open(false, context);
    if (!open) return open.error();
    const auto dossier =
        load_dossier(dossier_, TrailAction::kPersoonTonen, *open->folder, open->accountable, false);
    if (!dossier) return dossier.error();
    const auto person = open->vault->find_person(*dossier);
    if (!person) return vault_failure(person.error());
    const auto notes = open->vault->notes(*dossier);
    if (!notes) return vault_failure(notes.error());
    const Listing fields = field_listing(*person);
    Listing dossiers{.columns = {{"dossier", false}}, .rows = {}};
    for (const StreamId& one : *person ? (*person)->dossiers : std::vector<StreamId>()) {
      const auto name = dossier_names({one}, open->folder->keys());
      if (!name) return name.error();
      dossiers.rows.push_back({*name});
    }
    open->accountable.note_read({{.action = TrailAction::kPersoonTonen,
                                  .object = object_of(*dossier),
                                  .count = notes->size(),
                                  .about = *person ? object_of_person((*person)->id) : ""}});
    print(fields, dossiers, note_listing(*notes), *format, context);
    return {};
  }

 private:
  static Listing field_listing(const std::optional<Person>& person) {
    Listing out{.columns = {{"gegeven", false}, {"waarde", false}}, .rows = {}};
    if (!person) return out;
    for (std::size_t i = 0; i < kPersonFields; ++i) {
      const auto field = static_cast<PersonField>(i);
      const std::string text = person_field_text(person->data, field);
      if (!text.empty()) out.rows.push_back({std::string(person_field_name(field)), text});
    }
    return out;
  }

  static Listing note_listing(const std::vector<Note>& notes) {
    Listing out{
        .columns = {{"moment", false}, {"categorie", false}, {"actor", false}, {"notitie", false}},
        .rows = {}};
    for (const Note& note : notes) {
      out.rows.push_back({format_moment(note.moment),
                          std::string(note_category_name(note.category)), note.actor, note.tekst});
    }
    return out;
  }

  void print(const Listing& fields, const Listing& dossiers, const Listing& notes, Format format,
             Context& context) const {
    if (format == Format::kJson) {
      context.out.write("{\"dossier\":" + json_string(dossier_) + ",\"persoon\":" + fields.json() +
                        ",\"dossiers\":" + dossiers.json() + ",\"notities\":" + notes.json() +
                        "}\n");
      return;
    }
    context.out.write(dossier_ + "\n\n" + fields.table() + "\n" + dossiers.table() + "\n" +
                      notes.table());
  }

  std::string dossier_;
  std::optional<std::string> format_;
  VaultOptions access_;
};

}  // namespace

std::unique_ptr<Command> make_person_show_command() {
  return std::make_unique<PersonShowCommand>();
}

}  // namespace trede::tool
