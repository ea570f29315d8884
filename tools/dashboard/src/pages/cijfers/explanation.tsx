// What is behind one figure: sub-counts that add up to it, the events or the residents for who may
// see those, and what changed it since an earlier moment of knowing.
import { changed, goTo, type Address } from "../../address";
import type { Cijfers, Maat, Maten } from "../../api/client";
import { ExportButtons } from "../../parts/export_buttons";
import { Choice, Field } from "../../parts/field";
import { AnswerNotice, Notice, Waiting } from "../../parts/notice";
import { useTyped } from "../../parts/use_typed";
import { findPlace, type PageProps } from "../../places";
import { may } from "../../session";
import { useAnswer } from "../../use_answer";
import { capital, localMoment, moment, wordsOf } from "../../words";
import { Differences } from "./differences";
import { Events, Residents } from "./events";
import { askedAt, askedWords, exactIn, exportTitle, filterWords, isRatio, plain, questionOf,
         timeWords, unitWords, valueWords, wholeOf, type Question } from "./question";
import { SubCounts } from "./sub_counts";

export function ExplanationPage(props: PageProps) {
  const name = props.parts.maat ?? "";
  const maten = useAnswer<Maten>("/v1/maten", props.onEnded);
  const maat = maten.value?.maten.find((one) => one.naam === name);
  return (
    <>
      {findPlace("/cijfers") !== null && (
        <p class="back"><a class="utrecht-link" href={overview(props.address)}>Naar de cijfers</a></p>
      )}
      <h1 tabIndex={-1}>{maat?.titel ?? "Cijfer"}</h1>
      <AnswerNotice answered={maten} />
      {maten.value === null && maten.isWaiting && <Waiting what="Het cijfer" />}
      {maten.value !== null && maat === undefined && (
        <p>Dit cijfer is er niet. Kijk of het adres van de pagina klopt.</p>
      )}
      {maat !== undefined && <Explained {...props} maat={maat} key={maat.naam} />}
    </>
  );
}

/** The overview of the same day, as known at the same moment. */
function overview({ query }: Address): string {
  const kept = new URLSearchParams();
  for (const name of ["op", "bekendOp", "gemeente", "doelgroep", "maanden"]) {
    const value = query.get(name) ?? (name === "op" ? query.get("tm") : null);
    if (value) kept.set(name, value);
  }
  return kept.size === 0 ? "/cijfers" : `/cijfers?${kept}`;
}

function Explained({ maat, address, session, onEnded }: PageProps & { maat: Maat }) {
  const question = questionOf(address, maat);
  const whole = useAnswer<Cijfers, Question>(askedAt(maat, question, "", {}), onEnded, question);
  // What is in sight is told as what it is about, also when something else is asked by now.
  const shown = { ...whole.about ?? question, per: question.per, sinds: question.sinds };
  const about = { maat, question: shown, address, session, onEnded };
  return (
    <>
      <p>{maat.definitie}</p>
      <Asking maat={maat} question={question} address={address} />
      <Known question={shown} address={address} />
      <AnswerNotice answered={whole} />
      {whole.value !== null && (
        <>
          <Figure maat={maat} question={shown} figures={whole.value} />
          <Narrowed question={shown} address={address} />
          {shown.per !== "" && <SubCounts {...about} whole={whole.value} />}
          {shown.per === "" && (
            <ExportButtons day={shown.op}
                           exported={{ title: maat.titel, columns: [exportTitle(maat, maat.titel)],
                                       asked: askedWords(maat, shown, whole.value),
                                       rows: [[exactIn(maat, wholeOf(maat, whole.value).waarde)]] }} />
          )}
          {may(session, "cijfers_verklaren") && <Events {...about} whole={whole.value} />}
          {!may(session, "cijfers_verklaren") && may(session, "bewoners_lezen")
            && <Residents {...about} />}
          {may(session, "cijfers_verklaren") && <Differences {...about} />}
        </>
      )}
    </>
  );
}

function Figure({ maat, question, figures }: { maat: Maat; question: Question; figures: Cijfers }) {
  const row = wholeOf(maat, figures);
  return (
    <section aria-label="Het cijfer">
      <p class="figure">{valueWords(maat, row.waarde)} <small>{unitWords(maat)}</small></p>
      <p>
        {capital(timeWords(maat, question))}
        {figures.bekendOp !== undefined && `, zoals bekend op ${moment(figures.bekendOp)}`}
        {` (positie ${figures.positie}).`}
        {isRatio(maat) && row.noemer !== undefined
          && ` Dat is ${plain(row.teller)} op ${plain(row.noemer)}.`}
        {isRatio(maat) && row.waarde === undefined && " Er is niets om het over te berekenen."}
      </p>
    </section>
  );
}

interface AskingProps {
  maat: Maat;
  question: Question;
  address: Address;
}

function Asking({ maat, question, address }: AskingProps) {
  const asked = { van: question.van, op: question.op, bekendOp: localMoment(question.bekendOp) };
  const [typed, setTyped] = useTyped(asked);
  const set = (name: keyof typeof typed) => (event: { currentTarget: HTMLInputElement }) =>
    setTyped({ ...typed, [name]: event.currentTarget.value });
  const isBackward = !maat.opDag && typed.van > typed.op;
  const ask = (event: Event) => {
    event.preventDefault();
    if (isBackward || typed.op === "") return;
    const time = maat.opDag ? { op: typed.op, van: "", tm: "" }
      : { van: typed.van, tm: typed.op, op: "" };
    goTo(changed(address, {
      ...time, bekendOp: typed.bekendOp === "" ? "" : new Date(typed.bekendOp).toISOString() }));
  };
  const limits = { type: "date", min: "1950-01-01", max: "2100-12-31", required: true };
  return (
    <form class="question" onSubmit={ask}>
      {!maat.opDag && (
        <Field label="Van" error={isBackward ? "Kies een dag voor de laatste." : undefined}
               input={{ ...limits, name: "van", value: typed.van, onInput: set("van") }} />
      )}
      <Field label={maat.opDag ? "Peildatum" : "Tot en met"}
             input={{ ...limits, name: "op", value: typed.op, onInput: set("op") }} />
      <Field label="Zoals bekend op (leeg: nu)"
             input={{ type: "datetime-local", name: "bekendOp", value: typed.bekendOp,
                      onInput: set("bekendOp") }} />
      <button class="utrecht-button utrecht-button--secondary-action" type="submit">Toon</button>
      {maat.dimensies.length > 1 && (
        <Choice label="Uitgesplitst naar" value={question.per}
                options={maat.dimensies.map(({ naam }) => [naam, wordsOf(naam)] as const)}
                onChoice={(per) => goTo(changed(address, { per }))} />
      )}
    </form>
  );
}

function Known({ question, address }: { question: Question; address: Address }) {
  if (question.bekendOp === "") return null;
  return (
    <Notice kind="info">
      <p>
        U ziet wat er op <strong>{moment(question.bekendOp)}</strong> bekend was. Wat later is
        vastgelegd, telt hier niet mee.
      </p>
      <a class="utrecht-link" href={changed(address, { bekendOp: "" })}>Naar wat nu bekend is</a>
    </Notice>
  );
}

function Narrowed({ question, address }: { question: Question; address: Address }) {
  if (question.waar.length === 0) return null;
  return (
    <p class="narrowed">
      Alleen {question.waar.map(filterWords).join(", ")}.{" "}
      <a class="utrecht-link" href={changed(address, { waar: "", gemeente: "", doelgroep: "" })}>
        Alles tonen
      </a>
    </p>
  );
}
