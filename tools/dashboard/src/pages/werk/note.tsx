// A note beside what was recorded, or of its own.
import { useState } from "preact/hooks";

import { goTo } from "../../address";
import type { Tijdlijn } from "../../api/client";
import { tellDone, Done } from "../../parts/done";
import { LongText } from "../../parts/field";
import { AnswerNotice } from "../../parts/notice";
import { SendingNotice, useSending } from "../../parts/sending";
import type { PageProps } from "../../places";
import { draftOf, dropDraft, keepDraft } from "../../record/drafts";
import type { Values } from "../../record/form_values";
import { kindTitle } from "../../record/kinds";
import { kNoteHint, noteDraft } from "../../record/note";
import { newUuid } from "../../record/recording";
import { useAnswer } from "../../use_answer";
import { shortDay, shortId } from "../../words";

export function NotePage({ parts, session, address, onEnded }: PageProps) {
  const dossier = parts.id ?? "";
  const event = address.query.get("gebeurtenis") ?? "";
  const [own] = useState(newUuid); // of a note that belongs to no event
  const id = event === "" ? own : event;
  const draft = noteDraft(dossier, event);
  const line = useAnswer<Tijdlijn>(event === "" ? null : `/v1/dossiers/${dossier}/tijdlijn`, onEnded);
  const about = line.value?.gebeurtenissen.find((one) => one.eventId === event);
  const [text, setText] = useState(draftOf<Values>(session.actor, draft)?.notitie ?? "");
  const [wasEmpty, setWasEmpty] = useState(false);
  const sending = useSending(session, onEnded);
  const write = (notitie: string) => {
    setText(notitie);
    keepDraft(session.actor, draft, { notitie });
  };
  const save = async (submitted: Event) => {
    submitted.preventDefault();
    setWasEmpty(text.trim() === "");
    if (text.trim() === "") return;
    const path = `/v1/dossiers/${dossier}/notities/${id}`;
    if (await sending.send("PUT", path, { tekst: text }) === null) return;
    dropDraft(session.actor, draft);
    tellDone("De notitie is verzegeld en bewaard.");
    goTo(`/dossiers/${dossier}`);
  };
  return (
    <div class="narrow">
      <p class="back">
        <a class="utrecht-link" href={`/dossiers/${dossier}`}>Naar het dossier {shortId(dossier)}</a>
      </p>
      <h1 tabIndex={-1}>Notitie</h1>
      <Done />
      <AnswerNotice answered={line} />
      {about !== undefined && (
        <p>Bij: {kindTitle(about.soort).toLowerCase()} van {shortDay(about.geldigOp ?? "")}.</p>
      )}
      <SendingNotice sending={sending} atFields={["tekst"]} />
      <form onSubmit={save} noValidate>
        <LongText label="Notitie" name="notitie" value={text} hint={kNoteHint} onInput={write}
                  error={wasEmpty ? "Schrijf eerst iets op."
                    : sending.refusal?.fields.has("tekst")
                      ? "Dit is te lang, of er staan tekens in die hier niet kunnen." : undefined} />
        <button class="utrecht-button utrecht-button--primary-action" type="submit"
                aria-disabled={sending.isBusy}>
          {sending.isBusy ? "Bezig met bewaren…" : "Notitie bewaren"}
        </button>
      </form>
    </div>
  );
}
