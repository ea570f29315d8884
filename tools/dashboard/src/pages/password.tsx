import { useRef, useState } from "preact/hooks";

import { ask, type Refusal } from "../api/client";
import { Field } from "../parts/field";
import { Notice } from "../parts/notice";
import type { PageProps } from "../places";
import { waitWords } from "./login";

interface Flaws {
  old: string;
  fresh: string;
  again: string;
}
const kNone: Flaws = { old: "", fresh: "", again: "" };
const kShortest = 12;

function flawsOf(old: string, fresh: string, again: string): Flaws {
  return {
    old: old === "" ? "Vul uw huidige wachtwoord in." : "",
    fresh: [...fresh].length < kShortest ? `Kies minstens ${kShortest} tekens.` : "",
    again: fresh === again ? "" : "Dit is niet hetzelfde als het nieuwe wachtwoord.",
  };
}

/** A flaw at its field; empty when the refusal is of none. */
function flawsOfRefusal(refusal: Refusal): Flaws {
  return { ...kNone,
           old: refusal.fields.has("oud") ? "Dit is niet uw huidige wachtwoord." : "",
           fresh: refusal.fields.get("nieuw") ?? "" };
}

function failureWords(refusal: Refusal): string {
  if (refusal.status !== 429) return "Het wachtwoord is niet gewijzigd. Probeer het later opnieuw.";
  return `Er is te vaak een verkeerd wachtwoord ingevuld. Wacht ${waitWords(refusal.waitSeconds)} `
    + "en probeer het dan opnieuw.";
}

export function PasswordPage({ session, onEnded, look }: PageProps) {
  const [old, setOld] = useState("");
  const [fresh, setFresh] = useState("");
  const [again, setAgain] = useState("");
  const [flaws, setFlaws] = useState(kNone);
  const [error, setError] = useState("");
  const [isDone, setIsDone] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  const show = (found: Flaws) => {
    setFlaws(found);
    const name = found.old ? "old" : found.fresh ? "fresh" : found.again ? "again" : "";
    if (name) form.current?.querySelector<HTMLInputElement>(`[name=${name}]`)?.focus();
    return name !== "";
  };
  const change = async (event: Event) => {
    event.preventDefault();
    if (isBusy) return;
    setError("");
    setIsDone(false);
    if (show(flawsOf(old, fresh, again))) return;
    setIsBusy(true);
    const outcome = await ask("/v1/sessies/huidige/wachtwoord", {
      method: "PUT", csrf: session.csrfToken, body: { oud: old, nieuw: fresh } });
    setIsBusy(false);
    if (outcome.kind === "no_session") onEnded();
    if (outcome.kind === "no_server") {
      setError("De server is niet bereikbaar. Wat u invulde staat er nog: probeer het opnieuw.");
    }
    if (outcome.kind === "refused" && !show(flawsOfRefusal(outcome))) {
      setError(failureWords(outcome));
    }
    if (outcome.kind === "answer") {
      setOld("");
      setFresh("");
      setAgain("");
      setIsDone(true);
      await look();
    }
  };

  return (
    <div class="narrow">
      <h1 tabIndex={-1}>Wachtwoord wijzigen</h1>
      {session.moetWachtwoordWijzigen && (
        <Notice kind="info">
          Uw wachtwoord is door een ander gemaakt. Kies nu een eigen wachtwoord; daarna kunt u aan
          het werk.
        </Notice>
      )}
      {isDone && (
        <Notice kind="info">
          Uw wachtwoord is gewijzigd. Op andere plaatsen waar u was ingelogd, bent u nu uitgelogd.
        </Notice>
      )}
      {error !== "" && <Notice kind="error">{error}</Notice>}
      <form ref={form} onSubmit={change} noValidate>
        <input class="hidden-name" type="text" name="username" autocomplete="username" readOnly
               value={session.actor} tabIndex={-1} aria-hidden="true" />
        <Field label="Huidig wachtwoord" error={flaws.old} isFirst
               input={{ name: "old", type: "password", autocomplete: "current-password", value: old,
                        onInput: (event) => setOld(event.currentTarget.value) }} />
        <Field label="Nieuw wachtwoord" error={flaws.fresh}
               hint={`Minstens ${kShortest} tekens. Een zin van een paar woorden onthoudt u het beste.`}
               input={{ name: "fresh", type: "password", autocomplete: "new-password",
                        value: fresh, onInput: (event) => setFresh(event.currentTarget.value) }} />
        <Field label="Nieuw wachtwoord, nog een keer" error={flaws.again}
               input={{ name: "again", type: "password", autocomplete: "new-password",
                        value: again, onInput: (event) => setAgain(event.currentTarget.value) }} />
        <button class="utrecht-button utrecht-button--primary-action" type="submit"
                aria-disabled={isBusy}>
          {isBusy ? "Bezig…" : "Wachtwoord wijzigen"}
        </button>
      </form>
    </div>
  );
}
