// Setting right what was recorded: another content, taken back, or put into another dossier. What
// stood there stays in the log.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

import { goTo } from "../../address";
import type { Codelijsten, Gebeurtenis, NieuweGebeurtenis, Tijdlijn } from "../../api/client";
import { tellDone } from "../../parts/done";
import { Choice, Field } from "../../parts/field";
import { AnswerNotice, Notice, Waiting } from "../../parts/notice";
import type { PageProps } from "../../places";
import { EventForm, flawsOf } from "../../record/event_form";
import { recordedDay } from "../../record/form_values";
import { changesBetween, countingOf, valuesOf, whatItIs } from "../../record/replacing";
import { kOrganisation, streamPage, streamPath, type Part } from "../../record/recording";
import { useRecording } from "../../record/use_recording";
import { useAnswer } from "../../use_answer";
import { capital, moment, shortId, wordsOf } from "../../words";

interface Found {
  line: Tijdlijn;
  event: Gebeurtenis;
  codes: Codelijsten;
}

interface ReplacingProps extends PageProps {
  title: string;
  /** What this does, before one begins. */
  lead: ComponentChildren;
  show: (found: Found) => ComponentChildren;
}

function ReplacingPage({ parts, address, onEnded, title, lead, show }: ReplacingProps) {
  const id = parts.id ?? kOrganisation;
  const wanted = address.query.get("gebeurtenis") ?? "";
  const line = useAnswer<Tijdlijn>(`${streamPath(id)}/tijdlijn`, onEnded);
  const codes = useAnswer<Codelijsten>("/v1/codelijsten", onEnded);
  const event = line.value?.gebeurtenissen.find((one) => one.eventId === wanted);
  const isReplaceable = event !== undefined && event.ingetrokken !== true
    && event.soort !== "correctie" && event.soort !== "intrekking";
  return (
    <>
      <p class="back">
        <a class="utrecht-link" href={streamPage(id)}>
          {id === kOrganisation ? "Naar de organisatie" : `Naar het dossier ${shortId(id)}`}
        </a>
      </p>
      <h1 tabIndex={-1}>{title}</h1>
      <AnswerNotice answered={line.refusal === null && !line.isAway ? codes : line} />
      {line.value === null && line.isWaiting && <Waiting what="Het dossier" />}
      {line.value !== null && codes.value !== null && !isReplaceable && (
        <p>
          Dit is er niet, is al ingetrokken, of is zelf een correctie. Kijk wat er staat.
        </p>
      )}
      {line.value !== null && codes.value !== null && event !== undefined && isReplaceable && (
        <>
          <p>
            Nu geldt: <strong>{whatItIs(countingOf(event, line.value.gebeurtenissen))}</strong>,
            vastgelegd door {event.actor} op {moment(event.vastgelegdOp ?? "")}.
          </p>
          <p>{lead}</p>
          {show({ line: line.value, event, codes: codes.value })}
        </>
      )}
    </>
  );
}

const kStays = "Wat er stond blijft in het log te zien, met wie het vastlegde en wanneer.";

export function CorrectPage(props: PageProps) {
  const { session, parts, onEnded } = props;
  const id = parts.id ?? kOrganisation;
  return (
    <ReplacingPage {...props} title="Corrigeren"
                   lead={`Vul in hoe het had moeten zijn. ${kStays}`}
                   show={({ line, event, codes }) => {
      const before = countingOf(event, line.gebeurtenissen);
      const soort = codes.soorten.find((one) => one.code === event.soort);
      if (soort === undefined) return null;
      return (
        <EventForm session={session} dossier={id} version={line.versie} soort={soort} codes={codes}
                   possibility={null} first={valuesOf(before)} vervangt={event.eventId}
                   onEnded={onEnded}
                   consequence={(values) => {
                     const changes = changesBetween(before, recordedDay(soort.code, values), values,
                                                    soort);
                     return changes.length === 0 ? <p>U hebt nog niets veranderd.</p> : (
                       <>
                         <p>Dit verandert:</p>
                         <ul>{changes.map((one) => <li key={one}>{one}</li>)}</ul>
                       </>
                     );
                   }}
                   onRecorded={() => {
                     tellDone("Gecorrigeerd. Nu telt wat u invulde.");
                     goTo(streamPage(id));
                   }} />
      );
    }} />
  );
}

export function WithdrawPage(props: PageProps) {
  return (
    <ReplacingPage {...props} title="Intrekken"
                   lead={`Intrekken betekent: dit is nooit gebeurd. ${kStays}`}
                   show={(found) => <Withdrawing {...props} {...found} />} />
  );
}

export function MovePage(props: PageProps) {
  return (
    <ReplacingPage {...props} title="In het verkeerde dossier"
                   lead="Dit wordt hier ingetrokken en in het andere dossier vastgelegd: allebei, of
                         geen van beide."
                   show={(found) => <Moving {...props} {...found} />} />
  );
}

const kAsked: ReadonlySet<string> = new Set(["dag", "na_afsluiting"]);

interface SendingProps extends PageProps {
  sent: readonly Part[] | null;
  kind: string;
  name: string; // of what is done to which event
  words: string; // of the button
  done: string; // what is told afterwards
  children: (flaws: Readonly<Record<string, string>>) => ComponentChildren;
}

/** What is sent without more than a choice: judged, said what stands in its way, recorded once. */
function Sending({ session, parts, onEnded, sent, kind, name, words, done, children }: SendingProps) {
  const state = useRecording({ session, name, parts: sent, onEnded, onRecorded: (_, isThere) => {
    if (!isThere()) return;
    tellDone(done);
    goTo(streamPage(parts.id ?? kOrganisation));
  } });
  const flaws = state.refusal === null ? {} : flawsOf(state.refusal, kind, kAsked);
  const inTheWay = flaws.dag ?? flaws[""] ?? "";
  return (
    <form class="narrow" noValidate onSubmit={(event) => {
      event.preventDefault();
      void state.record();
    }}>
      {state.failure === "no_server" && (
        <Notice kind="error">
          De server is niet bereikbaar. Probeer het opnieuw: wat al was aangekomen, wordt geen
          tweede keer vastgelegd.
        </Notice>
      )}
      {state.failure === "outdated" && (
        <Notice kind="warning">
          Intussen heeft een ander iets vastgelegd. Er is nog niets van u vastgelegd.{" "}
          <button type="button" class="utrecht-button utrecht-button--secondary-action"
                  onClick={() => location.reload()}>
            Lees het dossier opnieuw
          </button>
        </Notice>
      )}
      {children(flaws)}
      {inTheWay !== "" && state.failure !== "outdated" && <Notice kind="error">{inTheWay}</Notice>}
      <p class="judged" role="status">
        {state.isGood === true && "Wat er overblijft klopt met elkaar."}
        {state.isGood === false && "Zo kan dit niet: wat er overblijft zou niet met elkaar kloppen."}
      </p>
      <button class="utrecht-button utrecht-button--primary-action" type="submit"
              aria-disabled={state.isBusy || sent === null}>
        {state.isBusy ? "Bezig met vastleggen…" : words}
      </button>
    </form>
  );
}

function withdrawal(event: Gebeurtenis, reden: string, closed: string): NieuweGebeurtenis {
  return { soort: "intrekking", vervangt: event.eventId, attributen: { reden },
           ...(closed === "" ? {} : { naAfsluiting: closed }) };
}

interface ClosedProps {
  codes: Codelijsten;
  flaws: Readonly<Record<string, string>>;
  value: string;
  onChoice: (value: string) => void;
}

/** Asked for when what is replaced lies in a period that was closed. */
function AfterClosing({ codes, flaws, value, onChoice }: ClosedProps) {
  if (value === "" && flaws.na_afsluiting === undefined) return null;
  return (
    <Choice label="Waarom na de afsluiting" value={value} error={flaws.na_afsluiting}
            options={[["", "Kies"], ...codes.naAfsluiting.map((one) =>
              [one, capital(wordsOf(one))] as const)]}
            onChoice={onChoice} />
  );
}

function Withdrawing(props: PageProps & Found) {
  const { parts, line, event, codes } = props;
  const [reden, setReden] = useState("foutief");
  const [closed, setClosed] = useState("");
  return (
    <Sending {...props} kind={event.soort} name={`intrekken/${event.eventId}`} words="Intrekken"
             done="Ingetrokken. Dit telt niet meer mee."
             sent={[{ dossier: parts.id ?? kOrganisation, version: line.versie,
                        events: [withdrawal(event, reden, closed)] }]}>
      {(flaws) => (
        <>
          <Choice label="Waarom" value={reden} onChoice={setReden}
                  options={[["foutief", "Het klopt niet"],
                            ["dubbel", "Het staat er twee keer"],
                            ...(parts.id === undefined ? []
                              : [["verkeerd_dossier", "Het hoort in een ander dossier"] as const])]} />
          {reden === "verkeerd_dossier" && (
            <p>
              Wilt u het meteen in het andere dossier zetten?{" "}
              <a class="utrecht-link"
                 href={`/dossiers/${parts.id}/verplaatsen?gebeurtenis=${event.eventId}`}>
                Verplaats het
              </a>
            </p>
          )}
          <AfterClosing codes={codes} flaws={flaws} value={closed} onChoice={setClosed} />
        </>
      )}
    </Sending>
  );
}

const kUuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;

function Moving(props: PageProps & Found) {
  const { parts, line, event, codes, onEnded } = props;
  const [typed, setTyped] = useState("");
  const [closed, setClosed] = useState("");
  const other = kUuid.exec(typed.toLowerCase())?.[0] ?? "";
  const isOther = other !== "" && other !== parts.id;
  const theirs = useAnswer<Tijdlijn>(isOther ? `/v1/dossiers/${other}/tijdlijn` : null, onEnded);
  const counts = countingOf(event, line.gebeurtenissen);
  const copy: NieuweGebeurtenis = { soort: counts.kind, geldigOp: counts.day,
                                    attributen: { ...counts.attributes },
                                    ...(closed === "" ? {} : { naAfsluiting: closed }) };
  const isFound = isOther && theirs.value !== null && theirs.value.stream.endsWith(other);
  const both = !isFound || theirs.value === null ? null
    : [{ dossier: parts.id ?? "", version: line.versie,
         events: [withdrawal(event, "verkeerd_dossier", closed)] },
       { dossier: other, version: theirs.value.versie, events: [copy] }];
  const error = other === parts.id ? "Dit is het dossier waarin het nu staat."
    : theirs.refusal !== null && isOther ? "Dit dossier is er niet, of u mag het niet inzien."
      : undefined;
  return (
    <Sending {...props} kind={event.soort} name={`verplaatsen/${event.eventId}/${other}`} sent={both}
             words="Verplaatsen"
             done={`Verplaatst naar dossier ${shortId(other)}.`}>
      {(flaws) => (
        <>
          <Field label="Nummer of adres van het goede dossier" error={error}
                 hint="Kopieer het volledige nummer van de pagina van dat dossier."
                 input={{ name: "dossier", value: typed, autocomplete: "off",
                          onInput: (one) => setTyped(one.currentTarget.value) }} />
          <AfterClosing codes={codes} flaws={flaws} value={closed} onChoice={setClosed} />
        </>
      )}
    </Sending>
  );
}
