// One user: what they may do, whether they come in, who they stand in for.
import { useState } from "preact/hooks";

import type { Bevoegdheden, EenmaligWachtwoord, Gebruiker, Gebruikers } from "../../api/client";
import { today } from "../../figures/view";
import { Attention, useFlawFocus } from "../../parts/attention";
import { Choice, Field } from "../../parts/field";
import { AnswerNotice, Notice, Waiting } from "../../parts/notice";
import { SendingNotice, useSending, type Sending } from "../../parts/sending";
import type { PageProps } from "../../places";
import { managesUsers } from "../../session";
import { useAnswer } from "../../use_answer";
import { isDay, list, longDay } from "../../words";
import { flawsOf, GrantsForm, hasFlaw, kNoFlaws, sentGrants } from "./grants_form";
import { Once } from "./once";
import { isOneself, stateWords } from "./user_words";

export function UserPage({ parts, session, onEnded }: PageProps) {
  const name = parts.naam ?? "";
  const users = useAnswer<Gebruikers>("/v1/gebruikers", onEnded);
  const sending = useSending(session, onEnded);
  const [said, setSaid] = useState("");
  const [made, setMade] = useState<EenmaligWachtwoord | null>(null);
  const user = users.value?.gebruikers.find(({ naam }) => naam === name);
  const path = `/v1/gebruikers/${encodeURIComponent(name)}`;
  const change: Change = async (method, rest, body, words) => {
    setSaid("");
    setMade(null);
    const sent = await sending.send<EenmaligWachtwoord | undefined>(method, path + rest, body);
    if (sent === null) return;
    setSaid(words);
    if (sent.value !== undefined) setMade(sent.value);
    users.again();
  };
  return (
    <div class="narrow">
      <p class="back"><a class="utrecht-link" href="/beheer/gebruikers">Naar de gebruikers</a></p>
      <h1 tabIndex={-1}>Gebruiker {name}</h1>
      {said !== "" && <Attention key={said}><Notice kind="ok">{said}</Notice></Attention>}
      {made !== null && <Once made={made} />}
      {sending.refusal !== null || sending.isAway
        ? <Attention><SendingNotice sending={sending} /></Attention> : null}
      <AnswerNotice answered={users} />
      {users.value === null && users.isWaiting && <Waiting what="De gebruiker" />}
      {users.value !== null && user === undefined && <p>Deze gebruiker is er niet.</p>}
      {user !== undefined && !managesUsers(session) && <Facts user={user} />}
      {user !== undefined && managesUsers(session) && (
        <>
          <Grants key={grantsKey(user)} user={user} sending={sending} change={change}
                  onEnded={onEnded} />
          <Access user={user} sending={sending} change={change}
                  isOwn={isOneself(user, session)} />
          <StandIns key={JSON.stringify(user.vervangingen)} user={user}
                    sending={sending} change={change} others={users.value?.gebruikers ?? []} />
        </>
      )}
    </div>
  );
}

/** What was typed of it goes when that changed, and not when something else of the user did. */
function grantsKey({ rollen, gemeenten, werkcoach, totalen }: Gebruiker): string {
  return JSON.stringify([rollen, gemeenten, werkcoach, totalen]);
}

type Change = (method: "POST" | "PUT" | "DELETE", rest: string, body: unknown, words: string) =>
  Promise<void>;
interface PartProps {
  user: Gebruiker;
  sending: Sending;
  change: Change;
}

function Facts({ user }: { user: Gebruiker }) {
  return (
    <dl class="facts">
      <div><dt>Rollen</dt><dd>{list(user.rollen)}</dd></div>
      <div><dt>Gemeenten</dt><dd>{list(user.gemeenten) || "n.v.t."}</dd></div>
      <div><dt>Code werkcoach</dt><dd>{user.werkcoach ?? "n.v.t."}</dd></div>
      <div><dt>Toegang</dt><dd>{stateWords(user)}</dd></div>
      <div>
        <dt>Cijfers van alle gemeenten samen</dt>
        <dd>{user.totalen ? "Wel te zien" : "Niet te zien"}</dd>
      </div>
      <div>
        <dt>Vervangt</dt>
        <dd>
          {list(user.vervangingen.map(({ voor, tm }) => `${voor} tot en met ${longDay(tm)}`))
            || "Niemand"}
        </dd>
      </div>
    </dl>
  );
}

function Grants({ user, sending, change, onEnded }: PartProps & { onEnded: () => void }) {
  const [grants, setGrants] = useState<Bevoegdheden>({
    rollen: user.rollen, gemeenten: user.gemeenten, totalen: user.totalen,
    ...(user.werkcoach === undefined ? {} : { werkcoach: user.werkcoach }) });
  const [flaws, setFlaws] = useState(kNoFlaws);
  const { form, look } = useFlawFocus();
  const save = (submitted: Event) => {
    submitted.preventDefault();
    const found = flawsOf(grants);
    setFlaws(found);
    if (hasFlaw(found)) return look();
    void change("PUT", "", sentGrants(grants), `Wat ${user.naam} mag is gewijzigd.`);
  };
  return (
    <form ref={form} onSubmit={save} noValidate>
      <h2>Wat deze gebruiker mag</h2>
      <GrantsForm grants={grants} flaws={flaws} onChange={setGrants} onEnded={onEnded} />
      <button class="utrecht-button utrecht-button--primary-action" type="submit"
              aria-disabled={sending.isBusy}>Bewaren</button>
    </form>
  );
}

function Access({ user, sending, change, isOwn }: PartProps & { isOwn: boolean }) {
  const block = () => change(
    "PUT", "/toegang", { geblokkeerd: !user.geblokkeerd },
    user.geblokkeerd ? `${user.naam} kan weer inloggen.` : `${user.naam} is geblokkeerd.`);
  const renew = () => change("POST", "/wachtwoorden", undefined,
                             `${user.naam} heeft een nieuw wachtwoord.`);
  return (
    <section aria-labelledby="toegang">
      <h2 id="toegang">Toegang</h2>
      <p>{stateWords(user)}.{isOwn ? " Dit bent u zelf." : ""}</p>
      <p class="hint">
        Wie geblokkeerd wordt of een nieuw wachtwoord krijgt, is meteen overal uitgelogd. Een blokkade
        is op te heffen; het oude wachtwoord komt niet terug.
      </p>
      <p>
        <button type="button" class="utrecht-button utrecht-button--secondary-action"
                aria-disabled={sending.isBusy} onClick={() => void block()}>
          {user.geblokkeerd ? "Weer toelaten" : "Blokkeren"}
        </button>{" "}
        {/* One's own is changed where one knows the old one. */}
        {!isOwn && (
          <button type="button" class="utrecht-button utrecht-button--secondary-action"
                  aria-disabled={sending.isBusy} onClick={() => void renew()}>
            Nieuw wachtwoord maken
          </button>
        )}
      </p>
    </section>
  );
}

function StandIns({ user, sending, change, others }: PartProps &
                  { others: readonly Gebruiker[] }) {
  const [voor, setVoor] = useState("");
  const [tm, setTm] = useState("");
  const [flaws, setFlaws] = useState({ voor: "", tm: "" });
  const { form, look } = useFlawFocus();
  if (!user.rollen.includes("werkcoach")) return null;
  const path = (other: string) => `/vervangingen/${encodeURIComponent(other)}`;
  const colleagues = others.filter(({ naam, rollen }) => naam !== user.naam
    && rollen.includes("werkcoach"));
  const put = (submitted: Event) => {
    submitted.preventDefault();
    const found = { voor: voor === "" ? "Kies wie wordt vervangen." : "",
                    tm: isDay(tm) && tm >= today() ? "" : "Kies vandaag of een dag daarna." };
    setFlaws(found);
    if (found.voor || found.tm) return look();
    void change("PUT", path(voor), { tm }, `${user.naam} vervangt ${voor} tot en met ${longDay(tm)}.`);
  };
  return (
    <section aria-labelledby="vervangen">
      <h2 id="vervangen">Vervangt</h2>
      {user.vervangingen.length === 0 && <p>Niemand.</p>}
      <ul>
        {user.vervangingen.map((one) => (
          <li key={one.voor}>
            {one.voor} tot en met {longDay(one.tm)}{" "}
            <button type="button" class="utrecht-button utrecht-button--subtle"
                    aria-disabled={sending.isBusy}
                    onClick={() => void change("DELETE", path(one.voor), undefined,
                                               `${user.naam} vervangt ${one.voor} niet meer.`)}>
              Beëindig vervanging van {one.voor}
            </button>
          </li>
        ))}
      </ul>
      {colleagues.length > 0 && (
        <form ref={form} onSubmit={put} noValidate>
          <Choice label="Collega" name="voor" value={voor} error={flaws.voor} onChoice={setVoor}
                  options={[["", "Kies een werkcoach"],
                            ...colleagues.map(({ naam }) => [naam, naam] as const)]} />
          <Field label="Tot en met" error={flaws.tm}
                 input={{ name: "tm", type: "date", value: tm, min: today(), max: "2100-12-31",
                          onInput: (event) => setTm(event.currentTarget.value) }} />
          <button class="utrecht-button utrecht-button--secondary-action" type="submit"
                  aria-disabled={sending.isBusy}>Laat vervangen</button>
        </form>
      )}
    </section>
  );
}
