// What the vault has for a dossier: who it is, and what was noted.
import type { Gebeurtenis, Notities, Notitie, Persoonsgegevens, Sessie } from "../../api/client";
import { AnswerNotice } from "../../parts/notice";
import { writesPersons } from "../../session";
import { useAnswer } from "../../use_answer";
import { count, longDay, moment, shortDay, wordsOf } from "../../words";

interface PersonProps {
  id: string;
  session: Sessie;
  onEnded: () => void;
}

export function KnownPerson({ id, session, onEnded }: PersonProps) {
  const known = useAnswer<Persoonsgegevens>(`/v1/dossiers/${id}/persoon`, onEnded);
  const person = known.value;
  const facts: [string, string | undefined][] = person === null ? [] : [
    ["Naam", person.naam],
    ["Geboortedatum", person.geboortedatum && longDay(person.geboortedatum)],
    ["Adres", person.adres],
    ["Telefoon", person.telefoon],
    ["E-mail", person.email],
  ];
  const shown = facts.filter(([, value]) => value !== undefined);
  return (
    <section class="person" aria-label="Wie het is">
      <AnswerNotice answered={known} />
      {shown.length > 0 && (
        <dl class="facts">
          {shown.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}
        </dl>
      )}
      {person !== null && (
        <p>
          {shown.length === 0 && "Van wie dit dossier is, staat niet in de kluis. "}
          {writesPersons(session) && (
            <a class="utrecht-link" href={`/dossiers/${id}/persoon`}>
              {shown.length === 0 ? "Vul in wie het is" : "Wijzig deze gegevens"}
            </a>
          )}
        </p>
      )}
    </section>
  );
}

interface NotesProps extends PersonProps {
  events: readonly Gebeurtenis[];
}

export function KnownNotes({ id, session, events, onEnded }: NotesProps) {
  const known = useAnswer<Notities>(`/v1/dossiers/${id}/notities`, onEnded);
  const notes = [...(known.value?.notities ?? [])].reverse();
  return (
    <section aria-labelledby="notities">
      <h2 id="notities">Notities</h2>
      <AnswerNotice answered={known} />
      <p>
        {known.value !== null && (notes.length === 0 ? "Er is niets genoteerd. "
          : `${count(notes.length, "notitie", "notities")}, de nieuwste eerst. `)}
        {writesPersons(session) && (
          <a class="utrecht-link" href={`/dossiers/${id}/notitie`}>Schrijf een notitie</a>
        )}
      </p>
      {notes.length > 0 && (
        <ol class="notes">
          {notes.map((note) => (
            <li key={note.id}>
              <p class="notes__head">{moment(note.moment ?? "")} door {note.actor}{aboutWords(note, events)}</p>
              <p class="notes__text">{note.tekst}</p>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function aboutWords(note: Notitie, events: readonly Gebeurtenis[]): string {
  const about = events.find((one) => one.eventId === note.id);
  const kind = note.categorie === "verzuim" ? ", over verzuim" : "";
  if (about === undefined) return kind;
  const gone = about.ingetrokken === true ? ", dat is ingetrokken" : "";
  return `${kind}, bij ${wordsOf(about.soort)} van ${shortDay(about.geldigOp ?? "")}${gone}`;
}
