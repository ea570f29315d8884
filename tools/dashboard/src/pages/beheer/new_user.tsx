// Somebody who may log in from now on.
import { useState } from "preact/hooks";

import type { Bevoegdheden, EenmaligWachtwoord } from "../../api/client";
import { useFlawFocus } from "../../parts/attention";
import { Field } from "../../parts/field";
import { SendingNotice, useSending } from "../../parts/sending";
import type { PageProps } from "../../places";
import { useDraft } from "../../record/drafts";
import { flawsOf, GrantsForm, hasFlaw, kNoFlaws, sentGrants } from "./grants_form";
import { Once } from "./once";
import { kNameRefused } from "./user_words";

const kNothing: Bevoegdheden = { rollen: [], gemeenten: [], totalen: false };

export function NewUserPage({ session, onEnded }: PageProps) {
  const [typed, setTyped, drop] = useDraft(session.actor, "gebruiker", { name: "", grants: kNothing });
  const { name, grants } = typed;
  const { form, look } = useFlawFocus();
  const [nameFlaw, setNameFlaw] = useState("");
  const [flaws, setFlaws] = useState(kNoFlaws);
  const [made, setMade] = useState<EenmaligWachtwoord | null>(null);
  const sending = useSending(session, onEnded);
  const add = async (submitted: Event) => {
    submitted.preventDefault();
    const found = flawsOf(grants);
    const lacksName = name.trim() === "";
    setNameFlaw(lacksName ? "Vul een naam in." : "");
    setFlaws(found);
    if (lacksName || hasFlaw(found)) return look();
    const sent = await sending.send<EenmaligWachtwoord>(
      "POST", "/v1/gebruikers", { naam: name.trim(), ...sentGrants(grants) });
    if (sent === null) return look();
    setMade(sent.value);
    drop();
  };
  const refused = sending.refusal?.fields.has("naam") ? kNameRefused : "";
  return (
    <div class="narrow">
      <p class="back"><a class="utrecht-link" href="/beheer/gebruikers">Naar de gebruikers</a></p>
      <h1 tabIndex={-1}>Gebruiker toevoegen</h1>
      {made !== null && <Once made={made} />}
      <form ref={form} onSubmit={add} noValidate>
        <SendingNotice sending={sending} atFields={["naam"]} />
        <Field label="Naam om mee in te loggen" error={nameFlaw || refused}
               hint="Een code, nooit de naam van een persoon: hij staat bij alles wat iemand vastlegt. Een naam wordt maar één keer uitgegeven."
               input={{ name: "naam", value: name, autocomplete: "off", maxLength: 64,
                        onInput: (event) => setTyped({ ...typed, name: event.currentTarget.value }) }} />
        <GrantsForm grants={grants} flaws={flaws} onEnded={onEnded}
                    onChange={(next) => setTyped({ ...typed, grants: next })} />
        <button class="utrecht-button utrecht-button--primary-action" type="submit"
                aria-disabled={sending.isBusy}>
          {sending.isBusy ? "Bezig met toevoegen…" : "Toevoegen"}
        </button>
      </form>
    </div>
  );
}
