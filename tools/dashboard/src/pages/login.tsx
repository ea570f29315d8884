import { useRef, useState } from "preact/hooks";

import { ask, type GeopendeSessie, type Refusal } from "../api/client";
import { Field } from "../parts/field";
import { Notice } from "../parts/notice";
import { count } from "../words";

interface LoginProps {
  wasEnded: boolean;
  /** Whether there is a session now. */
  onLoggedIn: () => Promise<boolean>;
}

/** 30 seconden, 2 minuten: rounded up, so that who waits that long has waited long enough. */
export function waitWords(seconds: number): string {
  if (seconds <= 90) return count(Math.max(seconds, 1), "seconde", "seconden");
  return count(Math.ceil(seconds / 60), "minuut", "minuten");
}

function refusalWords(refusal: Refusal): string {
  if (refusal.status === 401) {
    return "Naam of wachtwoord klopt niet. Kijk of Caps Lock uit staat, en probeer het opnieuw.";
  }
  if (refusal.status === 429) {
    return `Er is te vaak een verkeerd wachtwoord ingevuld. Wacht ${waitWords(refusal.waitSeconds)}`
      + " en probeer het dan opnieuw. Bent u uw wachtwoord kwijt? Uw beheerder maakt een nieuw.";
  }
  if (refusal.status === 404) return "Op deze server kan niemand inloggen. Vraag het uw beheerder.";
  if (refusal.status >= 500) return "Inloggen lukt nu niet. Probeer het over een minuut opnieuw.";
  return "De server begrijpt niet wat er is ingevuld. Kijk het na, en probeer het opnieuw.";
}

const kAway = "De server is niet bereikbaar. Wat u invulde staat er nog: kijk of u verbinding heeft, "
  + "en probeer het opnieuw.";

const kNoSession = "Uw naam en wachtwoord kloppen, maar uw browser bewaart de sessie niet. Sta cookies "
  + "van deze website toe, en open haar met https.";

export function LoginPage({ wasEnded, onLoggedIn }: LoginProps) {
  const [actor, setActor] = useState("");
  const [password, setPassword] = useState("");
  const [error, setError] = useState("");
  const [missing, setMissing] = useState({ actor: "", password: "" });
  const [isBusy, setIsBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  const logIn = async (event: Event) => {
    event.preventDefault();
    if (isBusy) return;
    const flaws = { actor: actor.trim() === "" ? "Vul uw gebruikersnaam in." : "",
                    password: password === "" ? "Vul uw wachtwoord in." : "" };
    setMissing(flaws);
    setError("");
    if (flaws.actor || flaws.password) {
      const name = flaws.actor ? "username" : "password";
      form.current?.querySelector<HTMLInputElement>(`[name=${name}]`)?.focus();
      return;
    }
    setIsBusy(true);
    const outcome = await ask<GeopendeSessie>("/v1/sessies", {
      method: "POST", body: { actor: actor.trim(), wachtwoord: password } });
    if (outcome.kind === "answer" && !await onLoggedIn()) setError(kNoSession);
    if (outcome.kind === "refused") setError(refusalWords(outcome));
    if (outcome.kind === "no_server") setError(kAway);
    setIsBusy(false);
  };

  return (
    <div class="narrow">
      <h1 tabIndex={-1}>Inloggen</h1>
      {wasEnded && error === "" && (
        <Notice kind="warning">
          Uw sessie is beëindigd, omdat u een tijd niets deed of de dag om is. Log opnieuw in: daarna
          gaat u verder waar u was.
        </Notice>
      )}
      {error !== "" && <Notice kind="error">{error}</Notice>}
      <form ref={form} onSubmit={logIn} noValidate>
        <Field label="Gebruikersnaam" error={missing.actor} isFirst
               input={{ name: "username", autocomplete: "username", autocapitalize: "none",
                        spellcheck: false, value: actor,
                        onInput: (event) => setActor(event.currentTarget.value) }} />
        <Field label="Wachtwoord" error={missing.password}
               input={{ name: "password", type: "password", autocomplete: "current-password",
                        value: password,
                        onInput: (event) => setPassword(event.currentTarget.value) }} />
        <button class="utrecht-button utrecht-button--primary-action" type="submit"
                aria-disabled={isBusy}>
          {isBusy ? "Bezig met inloggen…" : "Inloggen"}
        </button>
      </form>
    </div>
  );
}
