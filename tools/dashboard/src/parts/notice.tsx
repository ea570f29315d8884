// What a page says beside its content: that something went wrong, is on its way, or is not there.
import type { ComponentChildren } from "preact";

import type { Refusal } from "../api/client";
import type { Answered } from "../use_answer";
import { clockTime } from "../words";

interface NoticeProps {
  kind: "info" | "ok" | "warning" | "error";
  children: ComponentChildren;
}

/** Read out when it appears: an error at once, the others when there is a pause. */
export function Notice({ kind, children }: NoticeProps) {
  return (
    <div class={`utrecht-alert utrecht-alert--${kind}`} role={kind === "error" ? "alert" : "status"}>
      <div class="utrecht-alert__content"><div>{children}</div></div>
    </div>
  );
}

export function Waiting({ what }: { what: string }) {
  return <p class="waiting" role="status">{what} wordt geladen…</p>;
}

function AgainButton({ again }: { again: () => void }) {
  return (
    <button type="button" class="utrecht-button utrecht-button--secondary-action" onClick={again}>
      Opnieuw proberen
    </button>
  );
}

export function Away({ again, since }: { again: () => void; since?: Date | null }) {
  return (
    <Notice kind="error">
      <p>
        De server is niet bereikbaar.{" "}
        {since ? `U ziet wat er om ${clockTime(since)} uur bekend was. ` : ""}
        Kijk of u verbinding heeft, en probeer het opnieuw. Blijft het zo, bel dan uw beheerder.
      </p>
      <AgainButton again={again} />
    </Notice>
  );
}

function refusalWords(refusal: Refusal): string {
  if (refusal.status === 403) return "U mag dit niet inzien. Het hoort niet bij uw rol of caseload.";
  if (refusal.status === 404) return "Dit is er niet.";
  if (refusal.status === 429) return "Er is te vaak iets gevraagd. Wacht even en probeer het opnieuw.";
  if (refusal.status >= 500) return "De server kan dit nu niet geven. Probeer het over een minuut.";
  return "De server begrijpt deze vraag niet. Kijk of het adres van de pagina klopt.";
}

/** What stands above the content of a page that asks the server for it. */
type Failing = Pick<Answered<unknown>, "isAway" | "refusal" | "at" | "again">;

export function AnswerNotice({ answered }: { answered: Failing }) {
  if (answered.isAway) return <Away again={answered.again} since={answered.at} />;
  if (answered.refusal === null) return null;
  return (
    <Notice kind="error">
      <p>{refusalWords(answered.refusal)}</p>
      {answered.refusal.status !== 403 && <AgainButton again={answered.again} />}
    </Notice>
  );
}
