// The events behind a figure, or for who sees no events the residents it is about.
import { useState } from "preact/hooks";

import type { Bewoners, Bijdrage, Cijfers, Maat, Rij, Sessie, Verklaring } from "../../api/client";
import { ExportButtons } from "../../parts/export_buttons";
import { AnswerNotice, Notice, Waiting } from "../../parts/notice";
import { Rows, type Column } from "../../parts/rows";
import { may } from "../../session";
import { useAnswer, type Answered } from "../../use_answer";
import { capital, count, moment, shortDay, shortId, wordsOf } from "../../words";
import { askedAt, askedWords, exact, exactIn, exportTitle, isRatio, plain, sumOf, valueWords,
         wholeOf, type Question } from "./question";
import type { About } from "./sub_counts";

export const kMost = 25; // rows at once

/** `dossier/UUID`: a link for who may read it, and never more than its beginning in sight. */
export function Stream({ stream, session }: { stream: string; session: Sessie }) {
  const [kind = "", id = ""] = stream.split("/");
  const words = `${wordsOf(kind)} ${shortId(id)}`;
  return kind === "dossier" && may(session, "dossier_lezen")
    ? <a class="utrecht-link" href={`/dossiers/${id}`}>{words}</a> : <>{words}</>;
}

export function eventColumns(maat: Maat, session: Sessie): Column<Bijdrage>[] {
  const numbers: Column<Bijdrage>[] = isRatio(maat)
    ? [{ key: "teller", title: "Deel", isNumber: true, show: (row) => plain(row.teller) },
       { key: "noemer", title: "Op", isNumber: true, show: (row) => plain(row.noemer) }]
    : [{ key: "waarde", title: "Telt mee voor", isNumber: true,
         show: (row) => valueWords(maat, row.waarde) }];
  return [
    { key: "soort", title: "Gebeurtenis", show: (row) => capital(wordsOf(row.soort)) },
    { key: "dossier", title: "Waarvan", isShort: true,
      show: (row) => <Stream stream={row.stream} session={session} /> },
    { key: "geldig", title: "Geldt op", isShort: true,
      show: (row) => (row.geldigOp === undefined ? "n.v.t." : shortDay(row.geldigOp)) },
    { key: "vastgelegd", title: "Vastgelegd op", isShort: true,
      show: (row) => (row.vastgelegdOp === undefined ? "n.v.t." : moment(row.vastgelegdOp)) },
    { key: "positie", title: "Positie", isNumber: true, show: (row) => row.positie },
    ...numbers,
  ];
}

/** A row of a file. Streams stay whole there: they are what finds an event again. */
export function eventCells(maat: Maat, row: Bijdrage) {
  return [capital(wordsOf(row.soort)), row.stream, row.geldigOp ?? "", row.vastgelegdOp ?? "",
          Number(row.positie),
          ...(isRatio(maat) ? [exact(row.teller), exact(row.noemer)] : [exactIn(maat, row.waarde)])];
}

/** What may not be seen is said as the server says it. */
export function Refused({ answered }: { answered: Answered<unknown> }) {
  if (answered.refusal?.status !== 403) return <AnswerNotice answered={answered} />;
  return <Notice kind="info">{answered.refusal.detail}</Notice>;
}

const kMany = 2_000;

/** Whether it stands on so many events that one waits for them, and is asked first. */
function isMany(maat: Maat, row: Rij): boolean {
  if (maat.eenheid === "eurocent") return false;
  return Number(isRatio(maat) ? row.noemer : row.waarde) > kMany;
}

export function Events({ maat, question, session, onEnded, whole }: About & { whole: Cijfers }) {
  const path = askedAt(maat, question, "/verklaring", {});
  const [wanted, setWanted] = useState("");
  const isAsked = wanted === path || !isMany(maat, wholeOf(maat, whole));
  const answered = useAnswer<Verklaring, Question>(isAsked ? path : null, onEnded, question);
  const asked = answered.about ?? question;
  const [most, setMost] = useState(kMost);
  const rows = answered.value?.bijdragen ?? [];
  const figures = answered.value?.cijfers;
  const title = `${maat.titel}: gebeurtenissen`;
  const columns = eventColumns(maat, session);
  const words = isRatio(maat)
    ? `${plain(sumOf(rows, "teller"))} op ${plain(sumOf(rows, "noemer"))}`
    : valueWords(maat, sumOf(rows, "waarde"));
  return (
    <section>
      <h2>De gebeurtenissen erachter</h2>
      {!isAsked && (
        <>
          <p>Achter dit cijfer staan duizenden gebeurtenissen. Ze bij elkaar zoeken duurt even.</p>
          <button type="button" class="utrecht-button utrecht-button--secondary-action"
                  onClick={() => setWanted(path)}>
            Toon de gebeurtenissen
          </button>
        </>
      )}
      {isAsked && <Refused answered={answered} />}
      {isAsked && answered.value === null && answered.isWaiting && <Waiting what="De verklaring" />}
      {isAsked && answered.value !== null && rows.length === 0 && <p>Er staan geen gebeurtenissen achter.</p>}
      {isAsked && rows.length > 0 && figures !== undefined && (
        <>
          <p>{count(rows.length, "gebeurtenis telt", "gebeurtenissen tellen")} op tot {words}.</p>
          <Rows caption={title} columns={columns} rows={rows.slice(0, most)}
                isBusy={answered.isWaiting}
                rowKey={(row) => `${row.positie} ${row.eventId} ${row.codes.join()}`} />
          <More total={rows.length} most={most} show={() => setMost(most + kMost)} />
          <ExportButtons day={asked.op}
                         exported={{ title, asked: askedWords(maat, asked, figures),
                                     columns: columns.map((one) => (one.key === "waarde"
                                       ? exportTitle(maat, one.title) : one.title)),
                                     rows: rows.map((row) => eventCells(maat, row)) }} />
        </>
      )}
    </section>
  );
}

/** Of a long table: the next of its rows. */
export function More({ total, most, show }: { total: number; most: number; show: () => void }) {
  if (total <= most) return null;
  return (
    <button type="button" class="utrecht-button utrecht-button--secondary-action" onClick={show}>
      Toon er meer ({total - most} nog niet in beeld)
    </button>
  );
}

export function Residents({ maat, question, session, onEnded }: About) {
  const answered = useAnswer<Bewoners>(askedAt(maat, question, "/bewoners", {}), onEnded);
  const [most, setMost] = useState(kMost);
  const rows = answered.value?.bewoners ?? [];
  return (
    <section>
      <h2>De bewoners erachter</h2>
      <Refused answered={answered} />
      {answered.value !== null && rows.length === 0 && <p>Er staan geen bewoners achter.</p>}
      {rows.length > 0 && (
        <>
          <p>{count(rows.length, "bewoner", "bewoners")} van uw gemeente.</p>
          <Rows caption={`${maat.titel}: bewoners`} rows={rows.slice(0, most)}
                rowKey={(row) => `${row.stream} ${row.codes.join()}`}
                columns={[
                  { key: "dossier", title: "Bewoner",
                    show: (row) => <Stream stream={row.stream} session={session} /> },
                  { key: "waarde", title: "Telt mee voor", isNumber: true,
                    show: (row) => (isRatio(maat) ? `${plain(row.teller)} op ${plain(row.noemer)}`
                      : valueWords(maat, row.waarde)) }]} />
          <More total={rows.length} most={most} show={() => setMost(most + kMost)} />
        </>
      )}
    </section>
  );
}
