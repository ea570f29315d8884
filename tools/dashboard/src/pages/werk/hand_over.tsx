// Giving dossiers to a colleague: chosen from the caseload, one after the other, each of which is
// told. What failed can be sent again; what was given is given once.
import { useState } from "preact/hooks";

import type { Caseload, Werkcoaches } from "../../api/client";
import { shownDossier, type ShownDossier } from "../../caseload_view";
import { today } from "../../figures/view";
import { Check, Field } from "../../parts/field";
import { AnswerNotice, Notice, Waiting } from "../../parts/notice";
import { Rows } from "../../parts/rows";
import type { PageProps } from "../../places";
import { dropDraft, recordingOf } from "../../record/drafts";
import type { Recording } from "../../record/recording";
import { useAnswer } from "../../use_answer";
import { count, isDay, shortId } from "../../words";
import { Colleague } from "./colleague";

type Result = { isDone: true } | { isDone: false; why: string };

export function HandOverPage({ session, onEnded }: PageProps) {
  const answered = useAnswer<Caseload>("/v1/caseload", onEnded);
  const werkcoaches = useAnswer<Werkcoaches>("/v1/werkcoaches", onEnded);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [coach, setCoach] = useState("");
  const [day, setDay] = useState(today());
  const [flaws, setFlaws] = useState({ coach: "", day: "", chosen: "" });
  const [results, setResults] = useState<ReadonlyMap<string, Result>>(new Map());
  const [isBusy, setIsBusy] = useState(false);
  const caseload = answered.value;
  const [own] = session.werkcoaches;
  // Those of who one stands in for are not one's own to give away.
  const theirs = caseload?.dossiers.filter(({ werkcoach }) => werkcoach === own) ?? [];
  const rows = theirs.map((one) => shownDossier(one, caseload?.geldigOp ?? ""));
  const left = rows.filter(({ id }) => results.get(id)?.isDone !== true);

  const choose = (id: string, isOn: boolean) => {
    const next = new Set(chosen);
    if (isOn) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  const give = async (event: Event) => {
    event.preventDefault();
    if (isBusy || caseload === null) return;
    const to = coach.trim();
    const found = { coach: to === "" ? "Kies uw collega, of vul de code in." : "",
                    day: isDay(day) ? "" : "Vul een datum in.",
                    chosen: chosen.size === 0 ? "Kies eerst een of meer dossiers." : "" };
    setFlaws(found);
    if (found.coach || found.day || found.chosen) return;
    setIsBusy(true);
    const told = new Map(results);
    for (const dossier of theirs.filter(({ id }) => chosen.has(id))) {
      if (told.get(dossier.id)?.isDone) continue;
      // To somebody else, or on another day, is something else.
      const name = ["overdragen", dossier.id, to, day].join("/");
      const outcome = await recordingOf(session.actor, name).record(session, [{
        dossier: dossier.id, version: dossier.versie,
        events: [{ soort: "werkcoach_toegewezen", geldigOp: day, attributen: { werkcoach: to } }] }]);
      if (outcome.kind === "no_session") return onEnded();
      told.set(dossier.id, resultOf(outcome));
      setResults(new Map(told));
      if (outcome.kind === "answer") {
        dropDraft(session.actor, name);
        setChosen((before) => new Set([...before].filter((id) => id !== dossier.id)));
      }
      if (outcome.kind === "no_server") break; // the others would wait for nothing as well
    }
    setIsBusy(false);
  };
  const done = [...results.values()].filter(({ isDone }) => isDone).length;
  const failed = [...results].filter(([, one]) => !one.isDone);
  return (
    <>
      <p class="back"><a class="utrecht-link" href="/caseload">Naar mijn caseload</a></p>
      <h1 tabIndex={-1}>Dossiers overdragen</h1>
      <p>
        Vanaf de dag die u kiest is uw collega de werkcoach. Daarna ziet u deze dossiers zelf niet meer,
        tenzij u uw collega vervangt.
      </p>
      <AnswerNotice answered={answered} />
      {caseload === null && answered.isWaiting && <Waiting what="De caseload" />}
      {done > 0 && <Notice kind="ok">{count(done, "dossier", "dossiers")} overgedragen.</Notice>}
      {failed.length > 0 && (
        <Notice kind="error">
          <p>Niet overgedragen:</p>
          <ul>
            {failed.map(([id, one]) => (
              <li key={id}>{shortId(id)}: {one.isDone ? "" : one.why}</li>
            ))}
          </ul>
        </Notice>
      )}
      {caseload !== null && caseload.dossiers.length > theirs.length && (
        <p>Dossiers van wie u vervangt staan er niet bij: die blijven van uw collega.</p>
      )}
      {caseload !== null && left.length === 0 && <p>Er is geen dossier meer om over te dragen.</p>}
      {left.length > 0 && (
        <form onSubmit={give} noValidate>
          <div class="narrow">
            <Colleague answered={werkcoaches} own={session.werkcoaches[0] ?? ""} code={coach}
                       error={flaws.coach} onChange={setCoach} />
            <Field label="Vanaf" error={flaws.day}
                   input={{ name: "dag", type: "date", value: day, min: "1950-01-01",
                            max: "2100-12-31",
                            onInput: (event) => setDay(event.currentTarget.value) }} />
          </div>
          <p>
            <button type="button" class="utrecht-button utrecht-button--secondary-action"
                    onClick={() => setChosen(new Set(left.map(({ id }) => id)))}>
              Kies alle {left.length}
            </button>{" "}
            <button type="button" class="utrecht-button utrecht-button--subtle"
                    onClick={() => setChosen(new Set())}>
              Kies geen
            </button>
          </p>
          {flaws.chosen !== "" && <p class="field-error" role="alert">{flaws.chosen}</p>}
          <Rows caption="Dossiers in uw caseload" rows={left} rowKey={({ id }) => id} isBusy={isBusy}
                columns={[
            { key: "keuze", title: "Dossier", show: (row: ShownDossier) => (
              <Check label={shortId(row.id)} isOn={chosen.has(row.id)}
                     onChange={(isOn) => choose(row.id, isOn)} />
            ) },
            { key: "fase", title: "Trede of fase", show: ({ phase }) => phase },
            { key: "gemeente", title: "Gemeente", show: ({ gemeente }) => gemeente },
            { key: "termijn", title: "Eerstvolgende termijn", show: ({ nextWords }) => nextWords || "Geen" },
          ]} />
          <button class="utrecht-button utrecht-button--primary-action" type="submit"
                  aria-disabled={isBusy}>
            {isBusy ? "Bezig met overdragen…"
              : `Draag ${count(chosen.size, "dossier", "dossiers")} over`}
          </button>
        </form>
      )}
    </>
  );
}

function resultOf(outcome: Awaited<ReturnType<Recording["record"]>>): Result {
  if (outcome.kind === "answer") return { isDone: true };
  if (outcome.kind === "refused" && outcome.status === 412) {
    return { isDone: false, why: "een ander legde intussen iets vast; open de pagina opnieuw" };
  }
  if (outcome.kind === "refused" && outcome.status < 500) return { isDone: false, why: outcome.detail };
  return { isDone: false, why: "de server is niet bereikbaar; draag het opnieuw over, het gebeurt "
    + "nooit twee keer" };
}
