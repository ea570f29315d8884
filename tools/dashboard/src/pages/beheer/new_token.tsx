// A token that a program comes in with from now on.
import { useState } from "preact/hooks";

import type { Bevoegdheden, EenmaligToken, Rollen } from "../../api/client";
import { today } from "../../figures/view";
import { Attention, useFlawFocus } from "../../parts/attention";
import { Field, Many } from "../../parts/field";
import { AnswerNotice, Notice } from "../../parts/notice";
import { SendingNotice, useSending } from "../../parts/sending";
import type { PageProps } from "../../places";
import { useDraft } from "../../record/drafts";
import { useAnswer } from "../../use_answer";
import { addDays, capital } from "../../words";
import { flawsOf, GrantsForm, hasFlaw, kNoFlaws, sentGrants } from "./grants_form";
import { kNameRefused, rightWords } from "./user_words";

const kNothing: Bevoegdheden = { rollen: [], gemeenten: [] };
const kUsual = 90; // days
const kMost = 366;
const kNoMore = { naam: "", mag: "", tm: "" };

export function NewTokenPage({ session, onEnded }: PageProps) {
  const roles = useAnswer<Rollen>("/v1/rollen", onEnded);
  const [typed, setTyped, drop] = useDraft(session.actor, "token", {
    name: "", grants: kNothing, chosen: [] as readonly string[], tm: addDays(today(), kUsual) });
  const { name, grants, chosen, tm } = typed;
  const { form, look } = useFlawFocus();
  const [flaws, setFlaws] = useState({ ...kNoFlaws, ...kNoMore });
  const [made, setMade] = useState<EenmaligToken | null>(null);
  const sending = useSending(session, onEnded);
  const theirs = new Set((roles.value?.rollen ?? []).filter((one) => grants.rollen.includes(one.naam))
    .flatMap(({ rechten }) => rechten));
  const mag = chosen.filter((one) => theirs.has(one));
  const add = async (submitted: Event) => {
    submitted.preventDefault();
    const isGood = tm >= today() && tm <= addDays(today(), kMost);
    const found = { ...flawsOf(grants), naam: name.trim() === "" ? "Vul een naam in." : "",
                    mag: mag.length === 0 ? "Kies een of meer rechten." : "",
                    tm: isGood ? "" : `Kies vandaag of een dag daarna, hoogstens ${kMost} dagen vooruit.` };
    setFlaws(found);
    setMade(null);
    if (hasFlaw(found)) return look();
    const { totalen: _, ...sent } = sentGrants(grants);
    const done = await sending.send<EenmaligToken>(
      "POST", "/v1/tokens", { naam: name.trim(), ...sent, mag, tm });
    if (done === null) return look();
    setMade(done.value);
    drop();
  };
  return (
    <div class="narrow">
      <p class="back"><a class="utrecht-link" href="/beheer/tokens">Naar de tokens</a></p>
      <h1 tabIndex={-1}>Token maken</h1>
      {made !== null && <Secret made={made} />}
      <AnswerNotice answered={roles} />
      <form ref={form} onSubmit={add} noValidate>
        <SendingNotice sending={sending} atFields={["naam"]} />
        <Field label="Naam van het programma"
               error={flaws.naam || (sending.refusal?.fields.has("naam") ? kNameRefused : "")}
               hint="Zo heet het bij alles wat het vastlegt en leest. Een naam wordt maar één keer uitgegeven."
               input={{ name: "naam", value: name, autocomplete: "off", maxLength: 64,
                        onInput: (event) => setTyped({ ...typed, name: event.currentTarget.value }) }} />
        <GrantsForm grants={grants} flaws={flaws} onEnded={onEnded} isOfProgram
                    onChange={(next) => setTyped({ ...typed, grants: next })} />
        {theirs.size > 0 && (
          <Many label="Mag" values={mag} error={flaws.mag}
                onChange={(next) => setTyped({ ...typed, chosen: next })}
                hint="Zo weinig als het programma nodig heeft."
                options={[...theirs].map((one) => [one, capital(rightWords(one))] as const)} />
        )}
        <Field label="Tot en met" error={flaws.tm}
               input={{ name: "tm", type: "date", value: tm, min: today(),
                        max: addDays(today(), kMost),
                        onInput: (event) => setTyped({ ...typed, tm: event.currentTarget.value }) }} />
        <button class="utrecht-button utrecht-button--primary-action" type="submit"
                aria-disabled={sending.isBusy}>
          {sending.isBusy ? "Bezig met maken…" : "Token maken"}
        </button>
      </form>
    </div>
  );
}

function Secret({ made }: { made: EenmaligToken }) {
  return (
    <Attention>
      <Notice kind="ok">
      <p>Het token van {made.naam}: <code class="once">{made.token}</code></p>
      <p>
        Zet het nu in het programma. Het staat nergens anders en is hierna niet meer te zien; raakt het
        kwijt of lekt het uit, trek het dan in en maak een nieuw.
      </p>
      </Notice>
    </Attention>
  );
}
