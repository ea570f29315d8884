// Whether the log is what it was: its signed head of now, one that was kept, and all of it read anew.
import { useEffect, useRef, useState } from "preact/hooks";

import { useFlawFocus } from "../../parts/attention";
import { save } from "../../parts/export";
import { Field, LongText } from "../../parts/field";
import { Away, Notice, Waiting } from "../../parts/notice";
import type { PageProps } from "../../places";
import { findNow, judge, type FoundNow, type Now, type Verdict } from "../../proof/judge";
import { count, moment, number } from "../../words";
import { ReadAgain } from "./read_again";

export function VerifyPage({ session, onEnded }: PageProps) {
  const [found, setFound] = useState<FoundNow | null>(null);
  const look = () => {
    setFound(null);
    void findNow().then((now) => {
      if ("kind" in now && now.kind === "no_session") onEnded();
      setFound(now);
    });
  };
  useEffect(look, []);
  return (
    <>
      <h1 tabIndex={-1}>Klopt het log nog?</h1>
      <p>
        Alles wat is vastgelegd, staat achter elkaar in een log dat alleen groeit. Een controlepunt is een
        vingerafdruk van het hele log, ondertekend. Wie er een bewaart, buiten deze organisatie, kan
        later nagaan dat niets van wat er toen stond is veranderd of weggehaald.
      </p>
      {found === null && <Waiting what="Het controlepunt" />}
      {found !== null && "kind" in found && <NoHead found={found} again={look} />}
      {found !== null && !("kind" in found) && (
        <>
          <Head now={found} />
          <Kept now={found} onEnded={onEnded} />
        </>
      )}
      <ReadAgain session={session} onEnded={onEnded} />
    </>
  );
}

function NoHead({ found, again }: { found: { kind: string }; again: () => void }) {
  if (found.kind === "no_server") return <Away again={again} />;
  if (found.kind === "no_key") {
    return (
      <Notice kind="warning">
        Deze server heeft geen sleutel om mee te ondertekenen. De beheerder zet hem terug, of maakt er
        een met <code>trede checkpoint --new-key</code>.
      </Notice>
    );
  }
  return (
    <Notice kind="error">
      De handtekening onder het controlepunt van nu klopt niet. Geloof de cijfers niet voor dit is
      uitgezocht: vraag de beheerder om <code>trede verify</code> te draaien.
    </Notice>
  );
}

function printOf(root: Uint8Array): string {
  const digits = Array.from(root, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/(.{8})(?!$)/g, "$1 ");
}

function Head({ now }: { now: Now }) {
  const { checkpoint, key, note } = now;
  const facts: [string, string][] = [
    ["Gebeurtenissen", number(checkpoint.size)],
    ["De laatste vastgelegd op", checkpoint.moment === "" ? "Nog geen" : moment(checkpoint.moment)],
    ["Regels in het auditspoor", checkpoint.trail === null ? "Geen" : number(checkpoint.trail.count)],
    ["Ondertekend door", key.name],
  ];
  const name = `controlepunt-${checkpoint.size}`;
  return (
    <section aria-labelledby="nu">
      <h2 id="nu">Het log van nu</h2>
      <dl class="facts">
        {facts.map(([what, value]) => <div key={what}><dt>{what}</dt><dd class="whole">{value}</dd></div>)}
      </dl>
      <p>Vingerafdruk: <code class="whole">{printOf(checkpoint.root)}</code></p>
      <p>
        Uw browser heeft de handtekening zelf nagerekend: zij klopt. Bewaar het controlepunt en de sleutel
        op een plaats waar de beheerder van deze server niet bij kan.
      </p>
      <div class="export" role="group" aria-label="Bewaren">
        <button type="button" class="utrecht-button utrecht-button--primary-action"
                onClick={() => save(new Blob([note], { type: "text/plain" }), `${name}.txt`)}>
          Controlepunt bewaren
        </button>
        <button type="button" class="utrecht-button utrecht-button--secondary-action"
                onClick={() => save(new Blob([`${key.text}\n`], { type: "text/plain" }), "sleutel.pub")}>
          Sleutel bewaren
        </button>
      </div>
    </section>
  );
}

interface KeptProps {
  now: Now;
  onEnded: () => void;
}

function Kept({ now, onEnded }: KeptProps) {
  const [note, setNote] = useState("");
  const [key, setKey] = useState("");
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const asked = useRef(0);
  const { form, look } = useFlawFocus();
  // What was said of another text says nothing of this one.
  const fill = (set: (text: string) => void) => (text: string) => {
    ++asked.current;
    set(text);
    setVerdict(null);
    setIsBusy(false);
  };
  const check = async (event: Event) => {
    event.preventDefault();
    if (isBusy) return;
    const turn = ++asked.current;
    setIsBusy(true);
    setVerdict(null);
    const found = await judge(note, key, now);
    if (turn !== asked.current) return;
    setIsBusy(false);
    if (found.kind === "no_session") onEnded();
    setVerdict(found);
    look();
  };
  return (
    <section aria-labelledby="toen">
      <h2 id="toen">Houd het tegen een controlepunt dat u bewaarde</h2>
      <form ref={form} onSubmit={check} noValidate class="narrow">
        <Field label="Bestand met het controlepunt (of plak de tekst hieronder)"
               input={{ type: "file", accept: ".txt,.checkpoint,text/plain",
                        onChange: (event) => void event.currentTarget.files?.[0]?.text().then(fill(setNote)) }} />
        <LongText label="Tekst van het controlepunt" name="controlepunt" value={note} onInput={fill(setNote)}
                  error={verdict?.kind === "not_a_checkpoint" ? "Dit is geen controlepunt." : undefined} />
        <Field label="Sleutel die u bewaarde (mag leeg blijven)"
               hint="Zonder geldt de sleutel die de server nu geeft."
               error={verdict?.kind === "not_a_key" ? "Dit is geen sleutel." : undefined}
               input={{ value: key, autocomplete: "off", spellcheck: false,
                        onInput: (event) => fill(setKey)(event.currentTarget.value) }} />
        <button class="utrecht-button utrecht-button--primary-action" type="submit"
                aria-disabled={isBusy}>
          {isBusy ? "Bezig met narekenen…" : "Reken na"}
        </button>
      </form>
      {verdict !== null && <Judged verdict={verdict} />}
    </section>
  );
}

function Judged({ verdict }: { verdict: Verdict }) {
  switch (verdict.kind) {
    case "same": {
      const more = verdict.now.size - verdict.kept.size;
      return (
        <Notice kind="ok">
          <p>
            <strong>Er is niets veranderd.</strong> De {count(verdict.kept.size, "gebeurtenis",
                                                              "gebeurtenissen")} van toen
            {verdict.kept.moment === "" ? "" : ` (tot ${moment(verdict.kept.moment)})`} staan er nog precies
            zo{more === 0 ? ", en er kwam niets bij." : `; ${count(more, "gebeurtenis", "gebeurtenissen")} `
              + `${more === 1 ? "kwam" : "kwamen"} erbij.`}
            {verdict.kept.trail !== null && " Ook het auditspoor gaat verder op wat er toen stond."}
          </p>
          <p>
            Uw browser rekende dit zelf na, met hashes en handtekeningen.{" "}
            {verdict.isOwnKey ? "De sleutel was die van u."
              : verdict.isNewKey ? "Let op: de server ondertekent nu met een andere sleutel dan die u "
                + "bewaarde. Vraag wie hem heeft vervangen, en bewaar de nieuwe."
              : "De sleutel kwam van de server; met een sleutel die u zelf bewaarde is het bewijs sterker."}
            {verdict.kept.trail !== null && " Over het auditspoor is dit wat de server zegt."}
          </p>
        </Notice>
      );
    }
    case "altered":
      return (
        <Alarm what="Het log is veranderd.">
          Van de {number(verdict.kept.size)} gebeurtenissen die er toen stonden, is er minstens een
          gewijzigd of weggehaald.
        </Alarm>
      );
    case "shorter":
      return (
        <Alarm what="Het log is korter dan het was.">
          Er stonden {number(verdict.kept.size)} gebeurtenissen, en nu minder. Na het terugzetten van een
          reservekopie kan dat; het moet dan zijn gemeld.
        </Alarm>
      );
    case "trail_altered":
      return (
        <Alarm what="De gebeurtenissen staan er nog, maar het auditspoor is niet meer wat het was.">
          Wie wat inzag of wijzigde, is niet meer zeker.
        </Alarm>
      );
    case "bad_signature":
      return (
        <Alarm what="De handtekening onder dit controlepunt klopt niet.">
          De tekst is veranderd, of hij is met een andere sleutel ondertekend. Vul de sleutel in die u
          toen bewaarde.
        </Alarm>
      );
    case "server_lies":
      return (
        <Alarm what="De server geeft geen bewijs dat klopt.">
          Wat hij stuurde, is onderweg veranderd of hoort niet bij dit log.
        </Alarm>
      );
    case "other_log":
      return (
        <Notice kind="warning">
          Dit controlepunt is van een ander log: {verdict.kept.origin}. Hier staat
          {" "}{verdict.now.origin}. Er is niets mee nagegaan.
        </Notice>
      );
    case "no_server":
      return <Notice kind="error">De server is niet bereikbaar. Probeer het opnieuw.</Notice>;
    default:
      return null;
  }
}

function Alarm({ what, children }: { what: string; children: preact.ComponentChildren }) {
  return (
    <Notice kind="error">
      <p><strong>{what}</strong> {children}</p>
      <p>
        Wat nu: bewaar dit controlepunt, laat niemand iets aan de server veranderen, en laat een ander dan
        de beheerder op de server zelf nagaan wat er is gebeurd met <code>trede audit --since</code>.
      </p>
    </Notice>
  );
}
