// A note, sealed in the vault, apart from the event it belongs to: it goes after it, under the
// number of that event, so that sending it again adds nothing.
import { ask, type Outcome, type Sessie } from "../api/client";

export const kNoteHint = "Voor wie dit dossier begeleidt: de notitie staat verzegeld en komt in geen "
  + "rapport. Geen BSN, en van ziekte geen oorzaak.";

export function putNote(session: Sessie, dossier: string, id: string,
                        tekst: string): Promise<Outcome<void>> {
  return ask<void>(`/v1/dossiers/${dossier}/notities/${id}`, {
    method: "PUT", csrf: session.csrfToken, body: { tekst } });
}

/** Under which a note that is not sealed yet is kept. */
export function noteDraft(dossier: string, id: string): string {
  return `${dossier}/notitie/${id}`;
}
/** Where one goes on with it. */
export function notePlace(dossier: string, id: string): string {
  return `/dossiers/${dossier}/notitie?gebeurtenis=${id}`;
}
