// Who the persons of dossiers are and what was noted about them, from the vault. A BSN does not
// come out here, and does not go in: nobody needs it on a page.
#include <algorithm>

#include "proto/api/persons.pb.h"
#include "tools/server/api/asking.h"
#include "tools/server/api/found_dossier.h"
#include "tools/server/api/moments.h"
#include "tools/server/api/noted_change.h"
#include "tools/server/api/sent_message.h"
#include "tools/server/api/vault_door.h"
#include "tools/server/api/wire.h"

namespace trede::server {

namespace {

constexpr int kMostNames = 500;

// What the vault says, for whoever asked. `place`: of what was sent.
Problem vault_problem(const Error& error, const std::string& place) {
  switch (error.code) {
    case ErrorCode::kInvalid: return invalid(place, error.message);
    case ErrorCode::kRefused: {
      Problem refused(ProblemCode::kRegel,
                      "Dit dossier is gewist: er kan niets persoonlijks meer bij.");
      refused.says.set_regel("gewist");
      return refused;
    }
    case ErrorCode::kLocked: {
      Problem busy(ProblemCode::kNietBeschikbaar, "De kluis is bezig; probeer het zo opnieuw.");
      busy.headers.set("Retry-After", "1");
      return busy;
    }
    default: return problem_of(error);
  }
}

OrProblem<std::unique_ptr<Vault>> open_vault(const Call& call) {
  const VaultDoor& door = call.services.vault;
  if (!door.is_there()) {
    return not_found("Deze server heeft geen toegang tot de kluis met persoonsgegevens.");
  }
  auto vault = door.open();
  if (vault) return *std::move(vault);
  const ErrorCode code = vault.error().code;
  if (code == ErrorCode::kLocked) return vault_problem(vault.error(), "");
  return Problem(ProblemCode::kStoring, "the vault of this server cannot be opened");
}

// The dossier of the path, when who asks reaches it by `permission`. Errors: 404, 403.
OrProblem<FoundDossier> reached_dossier(const Call& call, Permission permission,
                                        TrailAction action) {
  auto found = find_dossier(call, action);
  if (!found) return found;
  if (!found->is_reached(call.identity, permission)) return not_reached(found->stream, action);
  return found;
}

// ---- reading

// A field of the vault that is not known stays out of the message.
template <typename Set>
void set_known(const std::string& text, Set set) {
  if (!text.empty()) set(text);
}

api::Persoonsgegevens person_message(const PersonData& data) {
  api::Persoonsgegevens out;
  set_known(data.naam, [&](const std::string& text) { out.set_naam(text); });
  set_known(data.adres, [&](const std::string& text) { out.set_adres(text); });
  set_known(data.telefoon, [&](const std::string& text) { out.set_telefoon(text); });
  set_known(data.email, [&](const std::string& text) { out.set_email(text); });
  if (data.geboortedatum) out.set_geboortedatum(format_day(*data.geboortedatum));
  return out;
}

TrailEntry shown_entry(const StreamId& stream, std::uint64_t count) {
  return {.action = TrailAction::kPersoonTonen, .object = object_of(stream), .count = count};
}

OrProblem<Reply> read_person(Call& call) {
  const auto found = reached_dossier(call, Permission::kKluisLezen, TrailAction::kPersoonTonen);
  if (!found) return found.error();
  const auto vault = open_vault(call);
  if (!vault) return vault.error();
  const auto person = (*vault)->find_person(found->stream);
  if (!person) return vault_problem(person.error(), "");
  TrailEntry entry = shown_entry(found->stream, *person ? 1 : 0);
  if (*person) entry.about = object_of_person((*person)->id);
  Reply reply = reply_with(*person ? person_message((*person)->data) : api::Persoonsgegevens());
  reply.trail = {std::move(entry)};
  return reply;
}

OrProblem<Reply> read_notes(Call& call) {
  const auto found = reached_dossier(call, Permission::kKluisLezen, TrailAction::kPersoonTonen);
  if (!found) return found.error();
  const auto vault = open_vault(call);
  if (!vault) return vault.error();
  const bool shows_verzuim = found->is_reached(call.identity, Permission::kVerzuimLezen);
  const auto notes = (*vault)->notes(
      found->stream, shows_verzuim ? std::nullopt : std::optional(NoteCategory::kDossier));
  if (!notes) return vault_problem(notes.error(), "");
  api::Notities out;
  for (const Note& note : *notes) {
    auto& one = *out.add_notities();
    one.set_id(note.id.text());
    one.set_categorie(std::string(note_category_name(note.category)));
    set_moment(*one.mutable_moment(), note.moment);
    one.set_actor(note.actor);
    one.set_tekst(note.tekst);
  }
  Reply reply = reply_with(std::move(out));
  reply.trail = {shown_entry(found->stream, notes->size())};
  return reply;
}

Problem with_trail(Problem problem, std::vector<TrailEntry> entries) {
  std::ranges::move(entries, std::back_inserter(problem.trail));
  return problem;
}

// Those that were asked for and are reached. What is not there and what is another's are the same
// to who asks; the trail tells who tried.
OrProblem<std::vector<StreamId>> named_dossiers(const Call& call, const api::Naamopvraging& asked,
                                                std::vector<TrailEntry>& trail) {
  if (asked.dossiers_size() > kMostNames) {
    return invalid("dossiers", "expected at most " + std::to_string(kMostNames));
  }
  std::vector<StreamId> streams;
  for (int i = 0; i < asked.dossiers_size(); ++i) {
    const auto uuid = parse_uuid(asked.dossiers(i));
    if (!uuid) return invalid("dossiers[" + std::to_string(i) + "]", "expected a UUID");
    streams.push_back({StreamKind::kDossier, *uuid});
  }
  std::vector<StreamId> out;
  for (const StreamId& stream : streams) {
    const auto found = find_dossier(call, stream, TrailAction::kPersoonTonen);
    if (!found && found.error().status() != 404) return found.error();
    if (!found) continue;
    if (found->is_reached(call.identity, Permission::kKluisLezen)) {
      out.push_back(stream);
    } else {
      trail.push_back(not_reached(stream, TrailAction::kPersoonTonen).trail.front());
    }
  }
  std::ranges::sort(out);
  const auto twice = std::ranges::unique(out);
  out.erase(twice.begin(), twice.end());
  return out;
}

OrProblem<Reply> list_names(Call& call) {
  const auto asked = sent_message<api::Naamopvraging>(call);
  if (!asked) return asked.error();
  const auto vault = open_vault(call);
  if (!vault) return vault.error();
  // From here on what was tried is told to the trail, whatever comes of it.
  Reply reply;
  const auto dossiers = named_dossiers(call, *asked, reply.trail);
  if (!dossiers) return with_trail(dossiers.error(), std::move(reply.trail));
  auto out = std::make_shared<api::Namen>();
  for (const StreamId& stream : *dossiers) {
    const auto person = (*vault)->find_person(stream);
    if (!person) return with_trail(vault_problem(person.error(), ""), std::move(reply.trail));
    if (!*person) continue;
    const PersonData& data = (*person)->data;
    auto& one = *out->add_namen();
    one.set_dossier(stream.uuid.text());
    set_known(data.naam, [&](const std::string& text) { one.set_naam(text); });
    if (data.geboortedatum) one.set_geboortedatum(format_day(*data.geboortedatum));
    TrailEntry entry = shown_entry(stream, 1);
    entry.about = object_of_person((*person)->id);
    reply.trail.push_back(std::move(entry));
  }
  reply.body = std::move(out);
  return reply;
}

// ---- changing

using VaultChange = std::function<OrProblem<Changed>(Vault&)>;

// What is to become of a dossier's part of the vault.
PlannedChange planned(const Call& call, const StreamId& stream, std::string about,
                      VaultChange change) {
  auto make = [&call, change = std::move(change)]() -> OrProblem<Changed> {
    const auto vault = open_vault(call);
    if (!vault) return vault.error();
    return change(**vault);
  };
  return {{.action = TrailAction::kPersoonWijzigen,
           .object = object_of(stream),
           .about = std::move(about)},
          std::move(make)};
}

OrProblem<Changed> set_person(Vault& vault, const StreamId& stream, const PersonChange& change) {
  auto changes = vault.begin();
  if (!changes) return vault_problem(changes.error(), "");
  const auto outcome = changes->set(stream, change);
  if (!outcome) return vault_problem(outcome.error(), "");
  const bool is_other = outcome->what != PersonChanged::kUnchanged;
  const Status done = is_other ? changes->commit() : Status();
  if (!done) return vault_problem(done.error(), "");
  return Changed{.reply = {.status = 204},
                 .count = is_other ? 1U : 0U,
                 .about = object_of_person(outcome->person)};
}

// The same note once more is there already: who lost the answer sends it again.
OrProblem<Changed> put_note(Vault& vault, const StreamId& stream, const Note& note) {
  auto changes = vault.begin();
  if (!changes) return vault_problem(changes.error(), "");
  const auto there = vault.notes(stream);
  if (!there) return vault_problem(there.error(), "");
  const auto same = std::ranges::find(*there, note.id, &Note::id);
  if (same != there->end()) {
    if (same->tekst == note.tekst && same->category == note.category) {
      return Changed{.reply = {.status = 204}};
    }
    return Problem(ProblemCode::kAndereInhoud, "Deze notitie staat er al, met een andere tekst.");
  }
  const Status added = changes->add_note(stream, note);
  if (!added) return vault_problem(added.error(), "tekst");
  const Status done = changes->commit();
  if (!done) return vault_problem(done.error(), "");
  return Changed{.reply = {.status = 204}, .count = 1};
}

// What was sent, empty = no longer known; what was not stays, so that two who change another field
// do not undo each other. The BSN stays what it is.
PersonChange change_to(const api::Persoonsgegevens& sent) {
  PersonChange out;
  if (sent.has_naam()) out.fields.emplace_back(PersonField::kNaam, sent.naam());
  if (sent.has_geboortedatum()) {
    out.fields.emplace_back(PersonField::kGeboortedatum, sent.geboortedatum());
  }
  if (sent.has_adres()) out.fields.emplace_back(PersonField::kAdres, sent.adres());
  if (sent.has_telefoon()) out.fields.emplace_back(PersonField::kTelefoon, sent.telefoon());
  if (sent.has_email()) out.fields.emplace_back(PersonField::kEmail, sent.email());
  return out;
}

OrProblem<PlannedChange> plan_person(Call& call) {
  const auto found =
      reached_dossier(call, Permission::kKluisVastleggen, TrailAction::kPersoonWijzigen);
  if (!found) return found.error();
  const auto sent = sent_message<api::Persoonsgegevens>(call);
  if (!sent) return sent.error();
  const PersonChange change = change_to(*sent);
  PersonData judged;
  for (const auto& [field, text] : change.fields) {
    const Status good = set_person_field(judged, field, text);
    if (!good) return invalid(std::string(person_field_name(field)), good.error().message);
  }
  return planned(call, found->stream, "", [stream = found->stream, change](Vault& vault) {
    return set_person(vault, stream, change);
  });
}

OrProblem<NoteCategory> category_of(const api::NieuweNotitie& sent) {
  const std::string wanted = sent.has_categorie() ? sent.categorie() : "dossier";
  for (const NoteCategory one : kNoteCategories) {
    if (note_category_name(one) == wanted) return one;
  }
  return invalid("categorie", "expected dossier or verzuim");
}

OrProblem<Note> note_of(const Call& call, const FoundDossier& found) {
  const auto id = parse_uuid(call.path_value("notitie"));
  if (!id || id->is_nil()) return not_found("There is no such note: not a UUID.");
  auto sent = sent_message<api::NieuweNotitie>(call);
  if (!sent) return sent.error();
  const auto category = category_of(*sent);
  if (!category) return category.error();
  const bool is_verzuim = *category == NoteCategory::kVerzuim;
  if (is_verzuim && !found.is_reached(call.identity, Permission::kVerzuimVastleggen)) {
    return forbidden("Een notitie over verzuim is voor wie verzuim vastlegt.");
  }
  const Status good = check_note_text(sent->tekst());
  if (!good) return invalid("tekst", good.error().message);
  return Note{.id = *id,
              .category = *category,
              .moment = call.services.clock.now(),
              .actor = call.identity.actor,
              .tekst = std::move(*sent->mutable_tekst())};
}

OrProblem<PlannedChange> plan_note(Call& call) {
  const auto found =
      reached_dossier(call, Permission::kKluisVastleggen, TrailAction::kPersoonWijzigen);
  if (!found) return found.error();
  auto note = note_of(call, *found);
  if (!note) return note.error();
  std::string about = "notitie/" + note->id.text();
  return planned(call, found->stream, std::move(about),
                 [stream = found->stream, note = *std::move(note)](Vault& vault) {
                   return put_note(vault, stream, note);
                 });
}

Parameter dossier_parameter() {
  return {.name = "id",
          .kind = ValueKind::kUuid,
          .summary = "Het dossier",
          .example = "11111111-1111-4111-8111-111111111111",
          .place = Place::kPath};
}

Endpoint vault_endpoint(std::string method, std::string path, std::string operation,
                        std::string summary, Permission permission) {
  return {.method = std::move(method),
          .path = std::move(path),
          .operation = std::move(operation),
          .tag = "personen",
          .summary = std::move(summary),
          .permissions = {permission},
          .produces = {std::string(kJson), std::string(kProtobuf)},
          .problems = {ProblemCode::kNietGevonden}};
}

Endpoint reading_person() {
  Endpoint out = vault_endpoint("GET", "/v1/dossiers/{id}/persoon", "leesPersoon",
                                "Wie de persoon van een dossier is", Permission::kKluisLezen);
  out.parameters = {dossier_parameter()};
  out.response = api::Persoonsgegevens::descriptor();
  out.answer = read_person;
  return out;
}

Endpoint changing_person() {
  Endpoint out = vault_endpoint(
      "PUT", "/v1/dossiers/{id}/persoon", "wijzigPersoon",
      "Legt vast wie de persoon van een dossier is; wat ontbreekt is dan niet meer bekend",
      Permission::kKluisVastleggen);
  out.parameters = {dossier_parameter()};
  out.request = api::Persoonsgegevens::descriptor();
  out.produces = {};
  out.example = R"({"naam":"De Vries, B.","geboortedatum":"1980-02-29"})";
  out.problems.push_back(ProblemCode::kRegel);
  out.answer_later = change_noted<plan_person>;
  return out;
}

Endpoint reading_notes() {
  Endpoint out = vault_endpoint("GET", "/v1/dossiers/{id}/notities", "leesNotities",
                                "Wat over een dossier is genoteerd", Permission::kKluisLezen);
  out.parameters = {dossier_parameter()};
  out.response = api::Notities::descriptor();
  out.answer = read_notes;
  return out;
}

Endpoint adding_note() {
  Endpoint out = vault_endpoint("PUT", "/v1/dossiers/{id}/notities/{notitie}", "voegNotitieToe",
                                "Voegt een notitie toe; dezelfde nog eens doet niets",
                                Permission::kKluisVastleggen);
  out.parameters = {dossier_parameter(),
                    {.name = "notitie",
                     .kind = ValueKind::kUuid,
                     .summary = "Een nieuwe UUID, of die van de gebeurtenis waar zij bij hoort",
                     .example = "77777777-7777-4777-8777-777777777777",
                     .place = Place::kPath}};
  out.request = api::NieuweNotitie::descriptor();
  out.produces = {};
  out.example = R"({"tekst":"Belt liever niet voor tien uur."})";
  out.problems.insert(out.problems.end(), {ProblemCode::kRegel, ProblemCode::kAndereInhoud});
  out.answer_later = change_noted<plan_note>;
  return out;
}

Endpoint asking_names() {
  Endpoint out =
      vault_endpoint("POST", "/v1/naamopvragingen", "vraagNamenOp",
                     "De namen bij dossiers, van wie u mag zien", Permission::kKluisLezen);
  out.request = api::Naamopvraging::descriptor();
  out.response = api::Namen::descriptor();
  out.example = R"({"dossiers":["11111111-1111-4111-8111-111111111111"]})";
  out.only_reads = true;
  out.answer = list_names;
  return out;
}

}  // namespace

std::vector<Endpoint> person_endpoints() {
  return {reading_person(), changing_person(), reading_notes(), adding_note(), asking_names()};
}

}  // namespace trede::server
