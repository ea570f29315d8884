// The form of one event, new or in place of another: filled in, judged while one types, recorded
// once. What cannot be recorded says so at the field it is about.
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import { ask, type Codelijsten, type Gebeurtenis, type Mogelijkheid,
         type NieuweGebeurtenis, type Refusal, type Sessie, type Soort, type Tijdlijn,
         type Vastgelegd } from "../api/client";
import { goTo } from "../address";
import { tellDone } from "../parts/done";
import { LongText } from "../parts/field";
import { Notice } from "../parts/notice";
import { writesPersons } from "../session";
import { count, moment, shortDay } from "../words";
import { draftOf, dropDraft, keepDraft } from "./drafts";
import { EventFields } from "./event_fields";
import { eventOf, missingIn, type Flaws, type Values } from "./form_values";
import { fieldOfRule, kindTitle } from "./kinds";
import { kNoteHint, noteDraft, notePlace, putNote } from "./note";
import { kOrganisation, streamPath, type Part } from "./recording";
import { useRecording } from "./use_recording";

const kWithNote = new Set(["contactmoment", "intake", "traject_start"]);

interface EventFormProps {
  session: Sessie;
  dossier: string;
  version: number;
  soort: Soort;
  codes: Codelijsten;
  possibility: Mogelijkheid | null;
  first: Values;
  /** Of a correctie: the event that it stands in for. */
  vervangt?: string;
  /** What it is about, where one kind has a form for each of several things. */
  subject?: string;
  /** What is recorded with it, in one: all of it or nothing. */
  together?: (values: Values) => readonly NieuweGebeurtenis[];
  /** What is said before the button, of what is filled in now. */
  consequence?: (values: Values) => ComponentChildren;
  onDayChanged?: (day: string) => void;
  onEnded: () => void;
  onRecorded: (what: Vastgelegd) => void;
}

/** What a refusal says of which field of `fields`; what is about none of them is under "". */
export function flawsOf(refusal: Refusal, kind: string, fields: ReadonlySet<string>): Flaws {
  const flaws: Record<string, string> = {};
  for (const [place, says] of refusal.fields) {
    const name = /attributen\.(\w+)$/.exec(place)?.[1]
      ?? (place.endsWith("geldigOp") ? "dag" : place.endsWith("naAfsluiting") ? "na_afsluiting" : "");
    flaws[name] = name === "" ? says : "Dit is niet goed geschreven. Kijk het na.";
  }
  if (refusal.rule !== "") {
    const field = fieldOfRule(refusal.rule, kind);
    flaws[fields.has(field) ? field : ""] = refusal.detail;
  }
  // Somebody who may record here, and not on that day.
  if (refusal.status === 403) flaws.dag = refusal.detail;
  if (Object.keys(flaws).length === 0) flaws[""] = refusal.detail;
  return flaws;
}

/** Those that a form of that kind has. */
function fieldsOf(soort: Soort): ReadonlySet<string> {
  return new Set(["dag", "na_afsluiting", ...soort.attributen.map(({ naam }) => naam)]);
}

export function EventForm(props: EventFormProps) {
  const { session, dossier, soort, codes, possibility, vervangt, onEnded } = props;
  const name = [dossier, soort.code, vervangt ?? "", props.subject ?? ""].join("/");
  const [values, setValues] = useState<Values>(() => draftOf<Values>(session.actor, name)
    ?? props.first);
  const [isTakenUp, setIsTakenUp] = useState(() => draftOf(session.actor, name) !== null);
  const [version, setVersion] = useState(props.version);
  const [wasSent, setWasSent] = useState(false);
  const [news, setNews] = useState<readonly Gebeurtenis[]>([]);
  const form = useRef<HTMLFormElement>(null);
  const missing = missingIn(soort, values, possibility);
  const isWhole = Object.keys(missing).length === 0;
  const parts: Part[] | null = isWhole
    ? [{ dossier, version,
         events: [eventOf(soort.code, values, vervangt), ...(props.together?.(values) ?? [])] }]
    : null;
  const takesNote = kWithNote.has(soort.code) && vervangt === undefined && writesPersons(session);
  const state = useRecording({
    session, name, parts, onEnded,
    onRecorded: async (what, isThere) => {
      const [event] = what.gebeurtenissen;
      const text = takesNote ? (values.notitie ?? "").trim() : "";
      const told = () => { if (isThere()) props.onRecorded(what); };
      if (event === undefined || text === "") return told();
      keepDraft(session.actor, noteDraft(dossier, event.eventId), { notitie: text });
      const sealed = await putNote(session, dossier, event.eventId, text);
      if (sealed.kind === "answer") {
        dropDraft(session.actor, noteDraft(dossier, event.eventId));
        return told();
      }
      if (!isThere()) return;
      tellDone("De gebeurtenis is vastgelegd, de notitie nog niet. Bewaar haar hier.");
      goTo(notePlace(dossier, event.eventId));
      if (sealed.kind === "no_session") onEnded();
    } });
  const told = state.refusal === null || state.failure === "outdated"
    || state.failure === "other_content" ? {} : flawsOf(state.refusal, soort.code, fieldsOf(soort));
  const flaws: Flaws = { ...told, ...(wasSent ? missing : {}) };
  const isClosed = state.refusal?.rule === "periode_afgesloten" || (values.na_afsluiting ?? "") !== "";

  const change = (field: string, value: string) => {
    // Another measure has other things to be about.
    const next = { ...values, [field]: value, ...(field === "maat" ? { waar: "" } : {}) };
    setValues(next);
    keepDraft(session.actor, name, next);
    if (field === "dag") props.onDayChanged?.(value);
  };
  const send = async (event: Event) => {
    event.preventDefault();
    setWasSent(true);
    if (!isWhole) {
      const [field] = Object.keys(missing);
      form.current?.querySelector<HTMLElement>(`[name="${field}"]`)?.focus();
      return;
    }
    await state.record();
  };
  // Somebody else recorded in this dossier: what, so that one can judge whether this still holds.
  useEffect(() => {
    if (state.failure !== "outdated") return;
    void ask<Tijdlijn>(`${streamPath(dossier)}/tijdlijn`).then((outcome) => {
      if (outcome.kind !== "answer") return;
      setNews(outcome.value.gebeurtenissen.filter((one) => one.versie > version));
      setVersion(outcome.value.versie);
    });
  }, [state.failure]);
  useEffect(() => {
    if (wasSent && state.failure === "refused") {
      form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
    }
  }, [state.failure, state.refusal]);

  return (
    <form ref={form} onSubmit={send} noValidate class="narrow">
      {isTakenUp && (
        <Notice kind="info">
          <p>U was dit eerder aan het invullen, en het is nog niet vastgelegd.</p>
          <button type="button" class="utrecht-button utrecht-button--secondary-action"
                  onClick={() => {
                    dropDraft(session.actor, name);
                    setValues(props.first);
                    setIsTakenUp(false);
                  }}>
            Begin opnieuw
          </button>
        </Notice>
      )}
      {news.length > 0 && <News news={news} />}
      {state.failure === "no_server" && (
        <Notice kind="error">
          De server is niet bereikbaar. Wat u invulde staat er nog. Kijk of u verbinding heeft en
          probeer het opnieuw: wat al was aangekomen, wordt geen tweede keer vastgelegd.
        </Notice>
      )}
      {state.failure === "other_content" && (
        <Notice kind="error">
          Een eerdere poging is wel aangekomen, met andere inhoud dan er nu staat. Kijk in het
          dossier wat er is vastgelegd, en corrigeer dat zo nodig.
        </Notice>
      )}
      {flaws[""] && <Notice kind="error">{flaws[""]}</Notice>}
      <EventFields soort={soort} codes={codes} possibility={possibility} values={values}
                   flaws={flaws} isClosed={isClosed} onChange={change} />
      {takesNote && (
        <LongText label="Notitie (mag leeg blijven)" name="notitie" value={values.notitie ?? ""}
                  hint={kNoteHint} onInput={(text) => change("notitie", text)} />
      )}
      {props.consequence?.(values)}
      <p class="judged" role="status">
        {state.isGood === true && (dossier === kOrganisation ? "Dit past bij wat er staat."
          : "Dit past in het dossier.")}
        {state.isGood === false && "Zo kan dit niet worden vastgelegd."}
      </p>
      <button class="utrecht-button utrecht-button--primary-action" type="submit"
              aria-disabled={state.isBusy}>
        {state.isBusy ? "Bezig met vastleggen…" : "Vastleggen"}
      </button>
    </form>
  );
}

function News({ news }: { news: readonly Gebeurtenis[] }) {
  return (
    <Notice kind="warning">
      <p>
        Intussen is hier {count(news.length, "gebeurtenis", "gebeurtenissen")} vastgelegd
        door een ander. Er is nog niets van u vastgelegd. Kijk of wat u invulde nog klopt, en leg het
        dan vast.
      </p>
      <ul>
        {news.map((one) => (
          <li key={one.eventId}>
            {kindTitle(one.soort)}{one.geldigOp === undefined ? "" : ` op ${shortDay(one.geldigOp)}`},
            {" "}door {one.actor} op {moment(one.vastgelegdOp ?? "")}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
