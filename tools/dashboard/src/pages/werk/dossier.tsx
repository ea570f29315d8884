import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";

import { changed, type Address } from "../../address";
import { withQuery, type Dossier, type Gebeurtenis, type Sessie,
         type Tijdlijn } from "../../api/client";
import { DayChoice, KnownThen, NotNow, dayOf, knownOf } from "../../parts/day_choice";
import { Done } from "../../parts/done";
import { AnswerNotice, Waiting } from "../../parts/notice";
import { Rows, type Column } from "../../parts/rows";
import { TimelineDrawing, periodWords } from "../../parts/timeline_drawing";
import type { PageProps } from "../../places";
import { isWerkcoach, readsPersons, recordsInDossiers, seesCaseload } from "../../session";
import { actingEvents, periodsOf, type Period } from "../../timeline";
import { statusWords } from "../../record/replacing";
import { useAnswer } from "../../use_answer";
import { attributesText, capital, count, days, daysBetween, list, longDay, moment, shortDay, shortId,
         tredeWords, wordsOf } from "../../words";
import { KnownNotes, KnownPerson } from "./known_person";

export function DossierPage({ parts, session, address, onEnded }: PageProps) {
  const id = parts.id ?? "";
  const op = dayOf(address);
  const bekendOp = knownOf(address);
  const stand = useAnswer<Dossier, string>(withQuery(`/v1/dossiers/${id}`, { op, bekendOp }), onEnded,
                                           bekendOp);
  // The whole of it, whatever the day: of what lies before the day something later may say more.
  const line = useAnswer<Tijdlijn>(withQuery(`/v1/dossiers/${id}/tijdlijn`, { bekendOp }), onEnded);
  const dossier = stand.value;
  const known = stand.about ?? bekendOp;
  const wasNotThere = known !== "" && line.value?.gebeurtenissen.length === 0;
  return (
    <>
      {seesCaseload(session) && (
        <p class="back">
          <a class="utrecht-link" href={withQuery("/caseload", { op, bekendOp })}>
            {isWerkcoach(session) ? "Naar mijn caseload" : "Naar de caseloads"}
          </a>
        </p>
      )}
      <div class="head">
        <div>
          <h1 tabIndex={-1}>Dossier {shortId(id)}</h1>
          <p class="whole-id">Volledig nummer: <code>{id}</code></p>
        </div>
        <div>
          <DayChoice address={address} shown={dossier?.geldigOp ?? ""} />
          <KnownThen address={address} />
        </div>
      </div>
      <Done />
      <NotNow address={address} shown={dossier?.geldigOp ?? ""} known={known} isOld={stand.isAway} />
      <AnswerNotice answered={stand.refusal === null && !stand.isAway ? line : stand} />
      {wasNotThere && <p>Van dit dossier was toen nog niets bekend.</p>}
      {dossier === null && stand.isWaiting && <Waiting what="Het dossier" />}
      {dossier !== null && known === "" && recordsInDossiers(session) && (
        <p>
          <a class="utrecht-button utrecht-button--primary-action" href={`/dossiers/${id}/vastleggen`}>
            Iets vastleggen
          </a>
        </p>
      )}
      {dossier !== null && readsPersons(session) && (
        <KnownPerson id={id} session={session} onEnded={onEnded} />
      )}
      {dossier !== null && !wasNotThere && <Stand dossier={dossier} />}
      {dossier !== null && line.value !== null && !wasNotThere && (
        <History line={line.value} op={dossier.geldigOp} id={id} session={session}
                 address={address}>
          {readsPersons(session) && (
            <KnownNotes id={id} session={session} events={line.value.gebeurtenissen}
                        onEnded={onEnded} />
          )}
        </History>
      )}
    </>
  );
}

function Stand({ dossier }: { dossier: Dossier }) {
  const facts: [string, string][] = [
    ["Trede", dossier.trede === undefined ? "Geen traject" : capital(tredeWords(dossier.trede))],
    ["Gemeente", dossier.gemeente ?? "Onbekend"],
    ["Werkcoach", dossier.werkcoach ?? "Geen"],
    ["Regeling", dossier.regeling === undefined ? "Onbekend" : wordsOf(dossier.regeling)],
    ["Doelgroepen", dossier.doelgroepen.length === 0 ? "Geen"
      : capital(list(dossier.doelgroepen.map(wordsOf)))],
  ];
  const running = dossier.toestand.filter((one) => one.sinds !== undefined);
  return (
    <section aria-labelledby="nu">
      <h2 id="nu">Wat er geldt op {longDay(dossier.geldigOp)}</h2>
      <dl class="facts">
        {facts.map(([name, value]) => (
          <div key={name}><dt>{name}</dt><dd>{value}</dd></div>
        ))}
      </dl>
      {running.length === 0 ? <p>Er loopt niets in dit dossier.</p> : (
        <ul class="running">
          {running.map((one) => (
            <li key={`${one.wat} ${one.sinds} ${one.bijzonderheden}`}>
              <strong>{capital(wordsOf(one.wat))}</strong> sinds {shortDay(one.sinds ?? "")}
              {" "}({days(daysBetween(one.sinds ?? "", dossier.geldigOp))}){detailsOf(one)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** `voorziening=jobcoaching naam="Jobcoaching licht"` as the words of events. */
function detailsOf({ bijzonderheden }: { bijzonderheden: string }): string {
  const found = [...bijzonderheden.matchAll(/(\w+)=("[^"]*"|.*?)(?=\s\w+=|$)/g)];
  const attributes = found.map(([, name, value]) => [name ?? "", (value ?? "").replaceAll('"', "")]);
  const words = attributesText(Object.fromEntries(attributes));
  return words === "" ? "" : `: ${words}`;
}

interface HistoryProps extends RecordedProps {
  op: string;
  children: ComponentChildren;
}

function History({ line, op, id, session, address, children }: HistoryProps) {
  const acting = useMemo(() => actingEvents(line.gebeurtenissen).filter((one) => one.day <= op),
                         [line, op]);
  const periods = useMemo(() => periodsOf(acting), [acting]);
  return (
    <>
      <section aria-labelledby="lijn">
        <h2 id="lijn">Tijdlijn</h2>
        <TimelineDrawing periods={periods} events={acting} op={op} />
        {periods.length > 0 && (
          <Rows caption="Perioden, de laatste eerst" columns={periodColumns(op)}
                rows={[...periods].reverse()}
                rowKey={(one) => `${one.what} ${one.from} ${one.key} ${one.to}`} />
        )}
      </section>
      {children}
      <Recorded line={line} id={id} session={session} address={address} />
    </>
  );
}

function periodColumns(op: string): Column<Period>[] {
  const end = (one: Period) => (one.to !== null && one.to <= op ? one.to : null);
  return [
    { key: "wat", title: "Wat", show: periodWords },
    { key: "van", title: "Vanaf", show: (one) => shortDay(one.from) },
    { key: "tot", title: "Tot", show: (one) => {
      const to = end(one);
      return to === null ? "Loopt" : shortDay(to);
    } },
    { key: "duur", title: "Duur", isNumber: true,
      show: (one) => days(daysBetween(one.from, end(one) ?? op)) },
  ];
}

function kindWords(event: Gebeurtenis): string {
  if (event.soort !== "correctie" || event.door === undefined) return capital(wordsOf(event.soort));
  return `Correctie van ${wordsOf(event.door)}`;
}

/** What may be set right of it, by who may record such an event. */
function Mending({ event, id }: { event: Gebeurtenis; id: string }) {
  const to = (what: string) => `/dossiers/${id}/${what}?gebeurtenis=${event.eventId}`;
  const about = `${kindWords(event)} van ${shortDay(event.geldigOp ?? "")}`;
  return (
    <span class="mending">
      <a class="utrecht-link" href={to("corrigeren")} aria-label={`Corrigeren: ${about}`}>
        Corrigeren
      </a>{" "}
      <a class="utrecht-link" href={to("intrekken")} aria-label={`Intrekken: ${about}`}>Intrekken</a>
    </span>
  );
}

function eventColumns({ line, id, session, address }: RecordedProps): Column<Gebeurtenis>[] {
  const all = line.gebeurtenissen;
  // What is set right is what is known now.
  const isTheirs = (one: Gebeurtenis) => one.ingetrokken !== true && knownOf(address) === ""
    && session.soorten.includes(one.soort);
  const mending: Column<Gebeurtenis> = {
    key: "recht", title: "Rechtzetten",
    show: (one) => (isTheirs(one) ? <Mending event={one} id={id} /> : "") };
  return [
    { key: "wat", title: "Wat", show: kindWords },
    { key: "dag", title: "Geldig op", isShort: true,
      show: (one) => (one.geldigOp === undefined ? "n.v.t." : shortDay(one.geldigOp)) },
    { key: "meer", title: "Bijzonderheden",
      show: (one) => attributesText(one.attributen) || "Geen" },
    { key: "vast", title: "Vastgelegd op", isShort: true, show: (one) => moment(one.vastgelegdOp ?? "") },
    { key: "door", title: "Door", isShort: true, show: (one) => one.actor },
    { key: "stand", title: "Stand", show: (one) => statusWords(one, all) },
    ...(all.some(isTheirs) ? [mending] : []),
  ];
}

interface RecordedProps {
  line: Tijdlijn;
  id: string;
  session: Sessie;
  address: Address;
}

function Recorded(props: RecordedProps) {
  const { line, address } = props;
  const isOldFirst = address.query.get("volgorde") === "oud";
  const all = line.gebeurtenissen;
  const rows = isOldFirst ? all : [...all].reverse();
  return (
    <section aria-labelledby="alles">
      <h2 id="alles">Alles wat is vastgelegd</h2>
      <p>
        {count(all.length, "gebeurtenis", "gebeurtenissen")}
        {dayOf(address) === "" ? "" : ", ook van na de peildatum"}, de {isOldFirst ? "oudste" : "nieuwste"}
        {" "}eerst.{" "}
        <a class="utrecht-link" href={changed(address, { volgorde: isOldFirst ? "" : "oud" })}>
          {isOldFirst ? "Nieuwste eerst" : "Oudste eerst"}
        </a>
      </p>
      <Rows caption="Gebeurtenissen, met wie ze vastlegde en wanneer" columns={eventColumns(props)}
            rows={rows} rowKey={(one) => one.eventId}
            rowClass={(one) => (one.ingetrokken || one.gecorrigeerdDoor ? "row--gone" : "")} />
    </section>
  );
}
