// What changed a figure between two moments of knowing: before, after, and the events between.
import { useState } from "preact/hooks";

import { changed, goTo, type Address } from "../../address";
import type { Verschillen } from "../../api/client";
import { Field } from "../../parts/field";
import { Rows } from "../../parts/rows";
import { useTyped } from "../../parts/use_typed";
import { useAnswer } from "../../use_answer";
import { dayOfMoment, isDay, moment } from "../../words";
import { eventColumns, kMost, More, Refused } from "./events";
import { askedAt, isRatio, plain, sumOf, valueWords, wholeOf, type Question } from "./question";
import type { About } from "./sub_counts";

export function Differences({ maat, question, address, session, onEnded }: About) {
  const until = question.bekendOp === "" ? {} : { enBekendOp: question.bekendOp };
  const path = question.sinds === "" ? null
    : askedAt(maat, question, "/verschillen", { ...until, bekendOp: question.sinds });
  const answered = useAnswer<Verschillen>(path, onEnded);
  const [most, setMost] = useState(kMost);
  const { eerst, daarna, bijdragen = [] } = path === null ? {} : answered.value ?? {};
  return (
    <section>
      <h2>Wat er sindsdien anders is</h2>
      <p>
        Kies een eerdere dag: u ziet wat dit cijfer volgens de kennis van toen was, en welke
        gebeurtenissen het sindsdien hebben veranderd.
      </p>
      <Since question={question} address={address} />
      <Refused answered={answered} />
      {eerst !== undefined && daarna !== undefined && (
        <>
          <p role="status">
            Zoals bekend op {eerst.bekendOp === undefined ? "dat moment" : moment(eerst.bekendOp)}:{" "}
            <strong>{valueWords(maat, wholeOf(maat, eerst).waarde)}</strong>. Zoals bekend op{" "}
            {daarna.bekendOp === undefined ? "dit moment" : moment(daarna.bekendOp)}:{" "}
            <strong>{valueWords(maat, wholeOf(maat, daarna).waarde)}</strong>.{" "}
            {bijdragen.length === 0 ? "Er is niets veranderd." : isRatio(maat)
              ? `De gebeurtenissen tellen op tot ${plain(sumOf(bijdragen, "teller"))} op `
                + `${plain(sumOf(bijdragen, "noemer"))}.`
              : `De gebeurtenissen tellen op tot ${valueWords(maat, sumOf(bijdragen, "waarde"))}.`}
          </p>
          {bijdragen.length > 0 && (
            <>
              <Rows caption={`${maat.titel}: wat anders is`} rows={bijdragen.slice(0, most)}
                    columns={eventColumns(maat, session)}
                    rowKey={(row) => `${row.positie} ${row.eventId} ${row.codes.join()}`} />
              <More total={bijdragen.length} most={most} show={() => setMost(most + kMost)} />
            </>
          )}
        </>
      )}
    </section>
  );
}

function Since({ question, address }: { question: Question; address: Address }) {
  const asked = question.sinds === "" ? "" : dayOfMoment(question.sinds);
  const [day, setDay] = useTyped(asked);
  const compare = (event: Event) => {
    event.preventDefault();
    if (isDay(day)) goTo(changed(address, { sinds: new Date(`${day}T23:59:59`).toISOString() }));
  };
  return (
    <form class="question" onSubmit={compare}>
      <Field label="Vergelijk met wat bekend was op"
             input={{ type: "date", name: "sinds", value: day, required: true, min: "1950-01-01",
                      max: "2100-12-31", onInput: (event) => setDay(event.currentTarget.value) }} />
      <button class="utrecht-button utrecht-button--secondary-action" type="submit">Vergelijk</button>
    </form>
  );
}
