// What to do when nothing was recorded yet: said on every page, with the button for who may press it.
import { useState } from "preact/hooks";

import { ask, type Schemas, type Sessie } from "../api/client";
import { may } from "../session";
import { count } from "../words";
import { tellDone } from "./done";
import { Notice } from "./notice";

interface FirstRunProps {
  session: Sessie;
  onEnded: () => void;
  /** Asks anew who is logged in, and with that whether there is something now. */
  look: () => Promise<unknown>;
}

export function isFirstRun(session: Sessie): boolean {
  return session.positie === "0";
}

export function FirstRun({ session, onEnded, look }: FirstRunProps) {
  const [isBusy, setIsBusy] = useState(false);
  const [failed, setFailed] = useState("");
  if (!may(session, "importeren")) {
    return (
      <Notice kind="info">
        Er is nog niets vastgelegd, dus deze pagina is leeg. Uw beheerder leest een bestand in of laadt
        een voorbeeld; daarna staat hier iets.
      </Notice>
    );
  }
  const load = async () => {
    if (isBusy) return;
    setIsBusy(true);
    setFailed("");
    const outcome = await ask<Schemas["Ingelezen"]>("/v1/voorbeelden", {
      method: "POST", csrf: session.csrfToken, isLong: true });
    setIsBusy(false);
    if (outcome.kind === "no_session") return onEnded();
    if (outcome.kind === "refused") return setFailed(outcome.detail);
    if (outcome.kind !== "answer") {
      return setFailed("De server is niet bereikbaar. Probeer het opnieuw: er komt nooit een half "
        + "voorbeeld in.");
    }
    tellDone(`Het voorbeeld is geladen: ${count(Number(outcome.value.gebeurtenissen), "gebeurtenis",
                                                 "gebeurtenissen")}.`);
    await look();
  };
  return (
    <Notice kind="info">
      <p><strong>Er is nog niets vastgelegd.</strong> U kunt op twee manieren beginnen:</p>
      <ul>
        <li>
          met uw eigen gegevens: <a class="utrecht-link" href="/beheer/invoer">lees een bestand in</a>,
          geheel of niet, met per regel wat er niet klopt;
        </li>
        <li>
          met een verzonnen organisatie om in rond te kijken: vier gemeenten, drie jaar, tot en met
          gisteren. Dat kan alleen nu er nog niets is, en gaat er niet meer uit. Doe het dus in een map
          die u daarna niet voor uw eigen gegevens gebruikt.
        </li>
      </ul>
      <button type="button" class="utrecht-button utrecht-button--primary-action"
              aria-disabled={isBusy} onClick={load}>
        {isBusy ? "Het voorbeeld wordt geladen…" : "Laad de voorbeeldorganisatie"}
      </button>
      {failed !== "" && <p class="field-error" role="alert">{failed}</p>}
    </Notice>
  );
}
