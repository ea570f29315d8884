import "../../style/reports.css";

import { useMemo } from "preact/hooks";

import { changed } from "../../address";
import type { Codelijsten, Rapporten } from "../../api/client";
import { Done } from "../../parts/done";
import { Downloads, type Form } from "../../parts/download";
import { AnswerNotice, Notice, Waiting } from "../../parts/notice";
import type { PageProps } from "../../places";
import { may } from "../../session";
import { useAnswer, type Answered } from "../../use_answer";
import { choice, list, longDay, moment, number } from "../../words";
import { ReportChoice } from "./choice";
import { Differences } from "./differences";
import { printedIn, type Report } from "./report_data";
import { explainPlace, reportPath, reportPlace, reportViewOf, titleAhead, type ReportView } from "./report_view";
import { ReportTables } from "./tables";

const kForms: readonly Form[] = [
  { words: "Opslaan als Excel",
    mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    extension: "xlsx" },
  { words: "Opslaan als CSV", mediaType: "text/csv", extension: "csv" },
  { words: "Opslaan als webpagina", mediaType: "text/html", extension: "html" },
  { words: "Opslaan als tekst", mediaType: "text/plain", extension: "txt" },
];
const kBundle: readonly Form[] = [
  { words: "Bewijsbundel opslaan", mediaType: "application/zip", extension: "zip" }];

export function ReportPage({ parts, session, address, onEnded }: PageProps) {
  const name = parts.naam ?? "";
  const listed = useAnswer<Rapporten>("/v1/rapporten", onEnded);
  const codes = useAnswer<Codelijsten>("/v1/codelijsten", onEnded);
  const which = listed.value?.rapporten.find(({ naam }) => naam === name) ?? null;
  const view = useMemo(() => reportViewOf(name, address, which?.maanden), [name, address, which]);
  // Over which period it may be, and what is to be chosen, is known with the list.
  const isChosen = which === null ? listed.value !== null : which.kies.every(
    (dimension) => view.waar.some((one) => one.startsWith(`${dimension}=`))
      || (dimension === "gemeente" && session.gemeenten.length === 1));
  const answered = useAnswer<Report, ReportView>(isChosen ? reportPath(view) : null, onEnded, view);
  // Under the box that says that small counts are left out, none is in sight, nor can be saved.
  const isWhole = answered.value !== null && !answered.value.onderdrukt;
  const report = isChosen && !(view.suppressed && isWhole) ? answered.value : null;
  // What is in sight is told as what it is about, also when something else is asked by now.
  const shown = { ...answered.about ?? view, besideNow: view.besideNow };
  // Beside what: as it was laid down or known then.
  const isThen = report !== null && (report.vastgesteld !== null || shown.bekendOp !== "");
  // What differs shows single events, and is not for who publishes.
  const besides = isThen && shown.besideNow && !shown.suppressed;
  const changes = useAnswer<Report>(besides ? reportPath(shown, { below: "/verschillen" }) : null,
                                    onEnded);
  const found = changes.isCurrent ? changes.value : null;
  const now = useAnswer<Report>(found !== null
    ? reportPath(shown, { positie: String(found.positie) }) : null, onEnded);
  const reportNow = now.isCurrent ? now.value : null;
  const printedNow = useMemo(() => (reportNow === null ? null : printedIn(reportNow)), [reportNow]);
  return (
    <>
      <p class="back"><a class="utrecht-link" href="/rapporten">Naar alle rapporten</a></p>
      <h1 tabIndex={-1}>
        {report?.titel ?? titleAhead(which, view, session.gemeenten) ?? `Rapport ${name}`}
      </h1>
      <Done />
      {which === null && listed.isWaiting && <Waiting what="Het rapport" />}
      <ReportChoice address={address} view={view} session={session} codes={codes.value}
                    listed={which} />
      {!isChosen && which !== null && <p>Kies waar het rapport over gaat.</p>}
      {which === null && <AnswerNotice answered={listed} />}
      {isChosen && <Refused answered={answered} maanden={which?.maanden ?? []} />}
      {which !== null && report === null && isChosen && answered.isWaiting
        && <Waiting what="Het rapport" />}
      {report !== null && (
        <div class="report" aria-busy={!answered.isCurrent}>
          <Status report={report} view={shown} besideHref={changed(address, {
            naast: shown.besideNow ? "" : "nu" })} />
          <Downloads label={`Meenemen: ${report.titel}`} path={reportPath(shown)} onEnded={onEnded}
                     name={`${name}-${shown.van}-${shown.tm}${shown.suppressed ? "-publicatie" : ""}`}
                     forms={kForms} />
          {may(session, "bewijs_lezen") && may(session, "log_volgen") && (
            <Downloads label="Bewijs" onEnded={onEnded} forms={kBundle}
                       path={reportPath({ ...shown, suppressed: false }, { below: "/bewijsbundel" })}
                       name={`bewijs-${name}-${shown.van}-${shown.tm}`} />
          )}
          {may(session, "rapport_vaststellen") && isConcept(report, shown) && (
            <p>
              <a class="utrecht-button utrecht-button--primary-action"
                 href={reportPlace(shown, "/vaststellen")}>
                Stel dit rapport vast
              </a>
            </p>
          )}
          {besides && <AnswerNotice answered={found === null ? changes : now} />}
          {besides && reportNow === null && (changes.isWaiting || now.isWaiting)
            && <Waiting what="Wat er nu anders is" />}
          {found !== null && (
            <Differences report={found} mayOpen={may(session, "dossier_lezen")} />
          )}
          <ReportTables report={report} now={printedNow} explainAt={
            session.soorten.includes("toelichting_vastgelegd") && isConcept(report, shown)
              ? (rij) => explainPlace(shown, rij, report.waar) : null} />
          <Source report={report} />
        </div>
      )}
    </>
  );
}

/** As it may still be laid down. */
function isConcept(report: Report, view: ReportView): boolean {
  return report.vastgesteld === null && view.bekendOp === "" && !view.suppressed;
}

function monthsWords(maanden: readonly number[]): string {
  return maanden.length === 0 ? ""
    : `Het gaat over de eerste ${choice(maanden.map(String))} maanden van een jaar. `;
}

/** What the server says of a report that it cannot make stands there in its own words. */
function Refused({ answered, maanden }: { answered: Answered<Report>; maanden: readonly number[] }) {
  const { refusal } = answered;
  if (refusal !== null && (refusal.status === 400 || refusal.status === 403)) {
    return (
      <Notice kind="error">
        <p>{refusal.status === 403 ? refusal.detail
          : `Dit rapport kan zo niet worden gemaakt. ${monthsWords(maanden)}Kijk de periode en de keuze na.`}</p>
      </Notice>
    );
  }
  return <AnswerNotice answered={answered} />;
}

const kLeftOut = "Om te publiceren: aantallen van 1 tot en met 4 zijn weggelaten (< 5), en wat die "
  + "zou verraden ook (x).";

interface StatusProps {
  report: Report;
  view: ReportView;
  besideHref: string;
}

function Status({ report, view, besideHref }: StatusProps) {
  const laidDown = report.vastgesteld;
  const isThen = laidDown !== null || view.bekendOp !== "";
  const about = view.waar.map((one) => one.slice(one.indexOf("=") + 1));
  const words = `${longDay(report.van)} tot en met ${longDay(report.tm)}`
    + `${about.length === 0 ? "" : `, ${list(about)}`}`;
  return (
    <Notice kind={isThen ? "warning" : "info"}>
      <p>
        {laidDown !== null && (
          <>
            <strong>Vastgesteld op {moment(laidDown.moment)}.</strong> U ziet de cijfers over {words},
            zoals zij toen zijn vastgesteld.
          </>
        )}
        {laidDown === null && view.bekendOp !== "" && (
          <>
            Over {words}: <strong>zoals bekend op {moment(view.bekendOp)}</strong>, niet zoals nu bekend.
          </>
        )}
        {!isThen && (
          <>
            <strong>Concept</strong>, met alles wat nu bekend is over {words}.
          </>
        )}
      </p>
      {report.onderdrukt && <p>{kLeftOut}</p>}
      {isThen && !view.suppressed && (
        <p class="onward">
          <a class="utrecht-link" href={besideHref}>
            {view.besideNow ? "Toon alleen hoe het toen was" : "Leg dit naast wat nu bekend is"}
          </a>
        </p>
      )}
    </Notice>
  );
}

function Source({ report }: { report: Report }) {
  const known = Number.isNaN(Date.parse(report.bekend_op)) ? report.bekend_op : moment(report.bekend_op);
  const lines: [string, string][] = [
    ["Bekend op", known],
    ["Tot en met gebeurtenis", number(report.positie)],
    ["Versie van de definitie", report.definitie],
    ["Versie van de maten", report.catalogus],
    ["Vingerafdruk van het log", report.boomkop],
  ];
  return (
    <section aria-labelledby="herkomst">
      <h2 id="herkomst">Herkomst</h2>
      <dl class="facts">
        {lines.filter(([, value]) => value !== "").map(([what, value]) => (
          <div key={what}><dt>{what}</dt><dd class="whole">{value}</dd></div>
        ))}
      </dl>
    </section>
  );
}
