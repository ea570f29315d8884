// Definitions of reports: which there are, what is wrong with one, and what it would print.
import "../../style/reports.css";

import { useRef, useState } from "preact/hooks";

import { sendFile, withQuery, type Definitieoordeel, type Rapport,
         type Rapporten } from "../../api/client";
import { Field, LongText } from "../../parts/field";
import { AnswerNotice, Notice, Waiting } from "../../parts/notice";
import { Rows, type Column } from "../../parts/rows";
import type { PageProps } from "../../places";
import { readsEveryReport } from "../../session";
import { useAnswer } from "../../use_answer";
import { count, number } from "../../words";
import type { Report } from "../rapporten/report_data";
import { usualPeriod } from "../rapporten/report_view";
import { ReportTables } from "../rapporten/tables";

type Said = { kind: "good" } | { kind: "flaws"; judged: Definitieoordeel } | { kind: "failed"; words: string };

export function DefinitionsPage({ session, onEnded }: PageProps) {
  const listed = useAnswer<Rapporten>(readsEveryReport(session) ? "/v1/rapporten" : null, onEnded);
  const [text, setText] = useState("");
  const [said, setSaid] = useState<Said | null>(null);
  const [report, setReport] = useState<Report | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const inSight = useRef("");
  const write = (next: string) => {
    inSight.current = next;
    setText(next);
    setSaid(null);
    setReport(null);
  };
  const send = async <T,>(path: string) => {
    setIsBusy(true);
    const outcome = await sendFile<T>(path, new Blob([text]), "text/plain", session.csrfToken);
    setIsBusy(false);
    if (text !== inSight.current) return null; // what is said of another text says nothing of this
    if (outcome.kind === "no_session") onEnded();
    if (outcome.kind === "answer") return outcome.value;
    setSaid({ kind: "failed", words: outcome.kind === "refused" && outcome.status === 400
      ? "Zo kan het rapport niet worden gemaakt. Ga de definitie eerst na."
      : "Dat lukte nu niet. Probeer het opnieuw." });
    return null;
  };
  const check = async () => {
    const judged = await send<Definitieoordeel>("/v1/rapportcontroles");
    if (judged === null) return null;
    setSaid(judged.gebreken.length === 0 ? { kind: "good" } : { kind: "flaws", judged });
    return judged;
  };
  // Over which period it may be is known when it is judged.
  const preview = async () => {
    const judged = await check();
    if (judged === null || judged.gebreken.length > 0) return;
    const { van, tm } = usualPeriod(judged.maanden);
    setReport(await send<Report>(withQuery("/v1/rapportproeven", { van, tm })));
  };
  return (
    <>
      <h1 tabIndex={-1}>Definities van rapporten</h1>
      <p>
        Een rapport wordt gemaakt volgens een definitie. Hier gaat u na of een eigen definitie klopt, en ziet
        u wat zij zou afdrukken. Er wordt niets bewaard: om haar te gebruiken zet de beheerder het bestand in de
        map <code>rapporten</code> van de gegevensmap, als <code>NAAM.textproto</code>.
      </p>
      <AnswerNotice answered={listed} />
      {listed.value === null && listed.isWaiting && <Waiting what="De lijst" />}
      {listed.value !== null && (
        <Rows caption="Definities die er zijn" columns={kColumns} rows={listed.value.rapporten}
              rowKey={({ naam }) => naam} />
      )}
      <h2>Ga een definitie na</h2>
      <form noValidate onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== "" && !isBusy) void check();
      }}>
        <div class="narrow">
          <Field label="Bestand (of plak de tekst hieronder)"
                 input={{ type: "file", accept: ".textproto,.txt,text/plain",
                          onChange: (event) => void event.currentTarget.files?.[0]?.text().then(write) }} />
        </div>
        <LongText label="Tekst van de definitie" name="definitie" value={text} onInput={write} />
        <div class="export">
          <button class="utrecht-button utrecht-button--primary-action" type="submit"
                  aria-disabled={isBusy}>
            {isBusy ? "Bezig…" : "Ga na"}
          </button>
          {said?.kind === "good" && readsEveryReport(session) && (
            <button type="button" class="utrecht-button utrecht-button--secondary-action"
                    aria-disabled={isBusy} onClick={() => void preview()}>
              Toon wat zij zou afdrukken
            </button>
          )}
        </div>
      </form>
      {said?.kind === "good" && <Notice kind="ok">Deze definitie klopt.</Notice>}
      {said?.kind === "failed" && <Notice kind="error">{said.words}</Notice>}
      {said?.kind === "flaws" && <Flaws judged={said.judged} />}
      {report !== null && (
        <section aria-labelledby="proef">
          <h2 id="proef">Proef: {report.titel}</h2>
          <ReportTables report={report} now={null} explainAt={null} />
        </section>
      )}
    </>
  );
}

const kColumns: readonly Column<Rapport>[] = [
  { key: "naam", title: "Naam", show: ({ naam }) => naam },
  { key: "wat", title: "Wat erin staat", show: ({ omschrijving }) => omschrijving },
  { key: "versie", title: "Versie", isNumber: true, show: ({ versie }) => versie },
  { key: "van", title: "Van", show: (one) => (one.meegeleverd ? "Meegeleverd" : "Uw organisatie") },
  { key: "stand", title: "Stand",
    show: ({ gebrek }) => (gebrek === undefined || gebrek === "" ? "Bruikbaar" : "Onbruikbaar") },
];

const kFlaws: readonly Column<Definitieoordeel["gebreken"][number]>[] = [
  { key: "regel", title: "Regel", isNumber: true, show: ({ regel }) => number(Number(regel)) },
  { key: "melding", title: "Wat er mis is", show: ({ melding }) => <code class="whole">{melding}</code> },
];

function Flaws({ judged }: { judged: Definitieoordeel }) {
  return (
    <>
      <Notice kind="error">
        {count(judged.gebreken.length, "ding klopt", "dingen kloppen")} niet in deze definitie.
      </Notice>
      <Rows caption="Wat er mis is" columns={kFlaws} rows={judged.gebreken}
            rowKey={(one) => `${one.regel} ${one.melding}`} />
    </>
  );
}
