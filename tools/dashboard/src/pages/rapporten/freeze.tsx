// Laying a report down: first what it would be and what stands in its way, then once and for ever.
import "../../style/reports.css";

import { useEffect, useMemo, useState } from "preact/hooks";

import { goTo } from "../../address";
import { ask, type Refusal, type Vastgesteld } from "../../api/client";
import { tellDone } from "../../parts/done";
import { Away, Notice, Waiting } from "../../parts/notice";
import { SendingNotice, useSending } from "../../parts/sending";
import type { PageProps } from "../../places";
import { list, longDay, moment, number } from "../../words";
import { filterWords } from "../cijfers/question";
import { reportPlace, reportViewOf } from "./report_view";

type Judged = { good: Vastgesteld } | { refusal: Refusal } | "away" | null;

export function FreezePage({ parts, session, address, onEnded }: PageProps) {
  const name = parts.naam ?? "";
  const view = useMemo(() => reportViewOf(name, address), [name, address]);
  const path = `/v1/rapporten/${encodeURIComponent(name)}/vaststellingen`;
  const body = { van: view.van, tm: view.tm, waar: view.waar };
  const [judged, setJudged] = useState<Judged>(null);
  const [turn, setTurn] = useState(0);
  const sending = useSending(session, onEnded);
  useEffect(() => {
    setJudged(null);
    void ask<Vastgesteld>(`${path}?proef=true`, { method: "POST", csrf: session.csrfToken, body })
      .then((outcome) => {
        if (outcome.kind === "no_session") onEnded();
        if (outcome.kind === "answer") setJudged({ good: outcome.value });
        if (outcome.kind === "refused") setJudged({ refusal: outcome });
        if (outcome.kind === "no_server") setJudged("away");
      });
  }, [turn]);
  const layDown = async () => {
    const done = await sending.send<Vastgesteld>("POST", path, body);
    if (done === null) return setTurn(turn + (sending.isBusy ? 0 : 1));
    tellDone("Het rapport is vastgesteld. De cijfers blijven zoals ze nu zijn.");
    return goTo(reportPlace(view));
  };
  return (
    <div class="narrow">
      <p class="back"><a class="utrecht-link" href={reportPlace(view)}>Terug naar het rapport</a></p>
      <h1 tabIndex={-1}>Rapport vaststellen</h1>
      <p>
        Het rapport <strong>{name}</strong> over {longDay(view.van)} tot en met {longDay(view.tm)}
        {view.waar.length === 0 ? "" : `, ${list(view.waar.map(filterWords))}`}.
      </p>
      {judged === null && <Waiting what="Wat er zou worden vastgesteld" />}
      {judged === "away" && <Away again={() => setTurn(turn + 1)} />}
      {judged !== null && judged !== "away" && "refusal" in judged && (
        <Objections refusal={judged.refusal} />
      )}
      {judged !== null && judged !== "away" && "good" in judged && (
        <>
          <Notice kind="info">
            <p>Alle controles kloppen. Als u vaststelt:</p>
            <ul>
              <li>
                liggen de cijfers vast zoals nu bekend
                {judged.good.bekendOp ? ` (${moment(judged.good.bekendOp)}` : " ("}, tot en met gebeurtenis
                {" "}{number(Number(judged.good.positie))});
              </li>
              <li>ziet iedereen die het rapport opvraagt voortaan deze cijfers;</li>
              <li>kan het rapport over deze periode niet nog eens worden vastgesteld;</li>
              <li>blijft wat later bekend wordt zichtbaar als verschil, met de gebeurtenissen erachter.</li>
            </ul>
          </Notice>
          <SendingNotice sending={sending} />
          <button type="button" class="utrecht-button utrecht-button--primary-action"
                  aria-disabled={sending.isBusy} onClick={() => void layDown()}>
            {sending.isBusy ? "Bezig met vaststellen…" : "Stel vast"}
          </button>
        </>
      )}
    </div>
  );
}

function Objections({ refusal }: { refusal: Refusal }) {
  return (
    <Notice kind="error">
      <p>{refusal.status >= 500 ? "De server kan dit nu niet nagaan. Probeer het over een minuut."
        : refusal.detail}</p>
      {refusal.messages.length > 0 && refusal.rule === "controles" && (
        <ul>{refusal.messages.map((one) => <li key={one}>{one}</li>)}</ul>
      )}
    </Notice>
  );
}
