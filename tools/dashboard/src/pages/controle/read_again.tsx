// All that is stored, read again by the server, part by part.
import { useEffect, useRef, useState } from "preact/hooks";

import { readLines, type Controledeel, type Sessie } from "../../api/client";
import { Notice } from "../../parts/notice";
import { count, number } from "../../words";

const kParts: readonly (readonly [string, string])[] = [
  ["log", "De gebeurtenissen: bytes, volgorde, hashes"],
  ["dossiers", "De dossiers: of de regels toelaten wat er staat"],
  ["kluis", "De kluis met personen, zonder haar te openen"],
  ["cijfers", "De cijfers: opnieuw geteld uit het log"],
  ["rapporten", "De vastgestelde rapporten"],
  ["auditspoor", "Het auditspoor: de hele keten"],
];
type Ended = "" | "whole" | "no_server" | "busy" | "cut";

export function ReadAgain({ onEnded }: { session: Sessie; onEnded: () => void }) {
  const [done, setDone] = useState<readonly Controledeel[]>([]);
  const [isBusy, setIsBusy] = useState(false);
  const [ended, setEnded] = useState<Ended>("");
  const stopping = useRef<AbortController | null>(null);
  useEffect(() => () => stopping.current?.abort(), []);
  const read = async () => {
    if (isBusy) return;
    stopping.current = new AbortController();
    setIsBusy(true);
    setEnded("");
    setDone([]);
    const seen: Controledeel[] = [];
    const outcome = await readLines<Controledeel>("/v1/logcontrole", (part) => {
      seen.push(part);
      setDone([...seen]);
    }, stopping.current.signal);
    setIsBusy(false);
    if (outcome.kind === "no_session") onEnded();
    if (outcome.kind === "refused") setEnded(outcome.status === 503 ? "busy" : "no_server");
    if (outcome.kind === "no_server") setEnded("no_server");
    if (outcome.kind === "answer") setEnded(seen.at(-1)?.klaar === true ? "whole" : "cut");
  };
  const findings = done.reduce((all, { bevindingen }) => all + bevindingen.length, 0);
  return (
    <section aria-labelledby="nalezen">
      <h2 id="nalezen">Lees alles na</h2>
      <p>
        De server leest alles wat is opgeslagen opnieuw en houdt het tegen elkaar. Bij een miljoen
        gebeurtenissen duurt dat enkele minuten; u kunt intussen doorwerken in een ander venster.
      </p>
      <div class="export">
        <button type="button" class="utrecht-button utrecht-button--secondary-action"
                aria-disabled={isBusy} onClick={() => void read()}>
          {isBusy ? "Bezig met nalezen…" : "Lees alles na"}
        </button>
        {isBusy && (
          <button type="button" class="utrecht-button utrecht-button--secondary-action"
                  onClick={() => stopping.current?.abort()}>
            Stop
          </button>
        )}
      </div>
      {(isBusy || done.length > 0) && (
        <ul class="reread">
          {kParts.map(([code, words], n) => (
            <Part key={code} words={words} part={done.find(({ deel }) => deel === code)}
                  isBusy={isBusy && n === done.length} />
          ))}
        </ul>
      )}
      {ended === "busy" && (
        <Notice kind="warning">Er wordt al nagelezen. Probeer het over een paar minuten.</Notice>
      )}
      {ended === "no_server" && (
        <Notice kind="error">Het nalezen is afgebroken: de server is niet bereikbaar.</Notice>
      )}
      {ended === "cut" && <Notice kind="warning">Het nalezen is gestopt voor het klaar was.</Notice>}
      {ended === "whole" && (findings === 0 ? (
        <Notice kind="ok">
          Alles klopt, tot en met gebeurtenis {number(Number(done.at(-1)?.positie ?? 0))}.
        </Notice>
      ) : (
        <Notice kind="error">
          <p>
            <strong>{count(findings, "ding klopt", "dingen kloppen")} niet.</strong> Zet een
            reservekopie terug; gaat het alleen om de cijfers, dan bouwt <code>trede rebuild</code> ze
            opnieuw uit het log.
          </p>
        </Notice>
      ))}
    </section>
  );
}

interface PartProps {
  words: string;
  part: Controledeel | undefined;
  isBusy: boolean;
}

function Part({ words, part, isBusy }: PartProps) {
  const state = part === undefined ? (isBusy ? "bezig…" : "nog niet")
    : part.bevindingen.length === 0 ? "klopt" : "klopt niet";
  return (
    <li>
      {words}: <strong>{state}</strong>
      {part !== undefined && part.bevindingen.length > 0 && (
        <ul>{part.bevindingen.map((one) => <li key={one}><code class="whole">{one}</code></li>)}</ul>
      )}
    </li>
  );
}
