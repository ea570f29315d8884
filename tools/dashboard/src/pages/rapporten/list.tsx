import { changed } from "../../address";
import type { Rapport, Rapporten } from "../../api/client";
import { AnswerNotice, Waiting } from "../../parts/notice";
import { Rows, type Column } from "../../parts/rows";
import type { PageProps } from "../../places";
import { readsEveryReport } from "../../session";
import { useAnswer } from "../../use_answer";

export function ReportsPage({ session, onEnded }: PageProps) {
  const answered = useAnswer<Rapporten>("/v1/rapporten", onEnded);
  const all = answered.value?.rapporten ?? [];
  // Of one gemeente one reads what is about a gemeente.
  const theirs = all.filter(({ kies }) => readsEveryReport(session) || kies.includes("gemeente"));
  return (
    <>
      <h1 tabIndex={-1}>Rapporten</h1>
      <p>
        Een rapport wordt geteld uit wat is vastgelegd: over elke periode, zoals nu bekend of zoals
        bekend op een moment. Wat is vastgesteld, blijft zoals het toen was.
      </p>
      <AnswerNotice answered={answered} />
      {answered.value === null && answered.isWaiting && <Waiting what="De lijst" />}
      {answered.value !== null && (theirs.length === 0 ? <p>Er is geen rapport dat u mag lezen.</p> : (
        <Rows caption="Rapporten" columns={kColumns} rows={theirs} rowKey={({ naam }) => naam} />
      ))}
    </>
  );
}

const kColumns: readonly Column<Rapport>[] = [
  { key: "naam", title: "Rapport", show: (one) => (one.gebrek === undefined || one.gebrek === "" ? (
    <a class="utrecht-link" href={changed({ path: `/rapporten/${encodeURIComponent(one.naam)}`,
                                            query: new URLSearchParams() }, {})}>{one.naam}</a>
  ) : one.naam) },
  { key: "wat", title: "Wat erin staat", show: (one) => one.gebrek
    ? "De definitie is onbruikbaar. De beheerder kan zien waarom." : one.omschrijving },
  { key: "versie", title: "Versie", isNumber: true, show: (one) => one.versie },
  { key: "herkomst", title: "Van",
    show: (one) => (one.meegeleverd ? "Meegeleverd" : "Uw organisatie") },
];
