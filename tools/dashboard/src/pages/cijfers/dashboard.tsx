import "../../style/figures.css";

import { useEffect, useMemo } from "preact/hooks";

import { changed, goTo } from "../../address";
import type { Cijfervraag, Codelijsten } from "../../api/client";
import { useLive } from "../../figures/live";
import { useFigures, type KnownThen } from "../../figures/use_figures";
import { dayShown, explanationPath, isNow, monthSoFar, questionOf, viewOf, yearBefore, yearSoFar,
         type View } from "../../figures/view";
import type { Asked } from "../../parts/export";
import { ExportButtons } from "../../parts/export_buttons";
import { Choice } from "../../parts/field";
import { AnswerNotice, Waiting } from "../../parts/notice";
import type { PageProps } from "../../places";
import { useAnswer } from "../../use_answer";
import { capital, clockTime, longDay, moment, wordsOf } from "../../words";
import { Tiles, tileRows, tilesInWords, type TileFigures } from "./tiles";
import { NotNow, TimeChoice } from "./time_choice";
import { Flows, Split, Trends, type FlowFigures, type SplitFigures,
         type TrendFigures } from "./trends";

type PerGemeente = { [Name in keyof SplitFigures as `${Name}Gemeente`]: SplitFigures[Name] };
type PerDoelgroep = { [Name in keyof SplitFigures as `${Name}Doelgroep`]: SplitFigures[Name] };
type Shown = TileFigures & TrendFigures & FlowFigures & PerGemeente & PerDoelgroep;

/** Everything on the page, by name. */
function questionsOf(view: View): Record<keyof Shown, Cijfervraag> {
  const period = yearSoFar(view);
  const gemeente = view.gemeente === "" ? [] : [`gemeente=${view.gemeente}`];
  const doelgroep = view.doelgroep === "" ? [] : [`doelgroep=${view.doelgroep}`];
  const both = [...gemeente, ...doelgroep];
  const of = (measure: string, asking: Parameters<typeof questionOf>[2] = {}) =>
    questionOf(measure, view, { waar: both, ...asking });
  const month = { period: monthSoFar(view), months: view.months };
  const split = (per: string) => ({
    registered: of("aanmeldingen", { period, per }),
    running: of("trajecten", { per }),
    left: of("uitstroom", { period, per }),
  });
  const perGemeente = split("gemeente");
  const perDoelgroep = split("doelgroep");
  return {
    intakesInTime: of("intakes_binnen_4_weken", { period }),
    intakes: of("intakes", { period }),
    registered: of("aanmeldingen", { period }),
    registeredBefore: of("aanmeldingen", { period: yearBefore(view) }),
    left: of("uitstroom", { period, per: "reden" }),
    perTrede: of("trajecten", { per: "trede" }),
    sickness: questionOf("verzuimpercentage", view, { period, per: "dienstverband" }),
    sheltered: questionOf("dienstverbanden", view, {
      per: "gemeente", waar: [...gemeente, "dienstverband=beschut_werk"] }),
    tredeSeries: of("trajecten", { per: "trede", months: view.months }),
    registeredSeries: of("aanmeldingen", month),
    leftSeries: of("uitstroom", month),
    intakeSeries: of("intakes_binnen_4_weken", month),
    moved: questionOf("doorstroom", view, { period, per: "van,naar", waar: both }),
    begun: of("trajecten_bij", { period, per: "trede", waar: [...both, "reden=start"] }),
    ended: of("uitstroom", { period, per: "trede" }),
    registeredPerGemeente: perGemeente.registered,
    runningPerGemeente: perGemeente.running,
    leftPerGemeente: perGemeente.left,
    registeredPerDoelgroep: perDoelgroep.registered,
    runningPerDoelgroep: perDoelgroep.running,
    leftPerDoelgroep: perDoelgroep.left,
  };
}

export function DashboardPage({ session, address, onEnded }: PageProps) {
  const view = viewOf(address);
  const live = useLive(view.bekendOp === "", onEnded);
  const questions = useMemo(() => questionsOf(view), [address.query.toString(), view.today]);
  const answers = useFigures<Shown, View>({ questions, bekendOp: view.bekendOp, about: view,
                                            turn: live.turn, session, onNoSession: onEnded });
  const codes = useAnswer<Codelijsten>("/v1/codelijsten", onEnded);
  const figures = answers.value;
  useEffect(() => live.sees(answers.known?.positie), [figures]);
  // What is in sight is told as what it is about, also when something else is asked by now.
  const shown = answers.about ?? view;
  const behind = (name: keyof TileFigures) => explanationPath(questionsOf(shown)[name], shown);
  const asked = askedFor(shown, answers.known);
  const exported = { title: "Dashboard", asked, columns: ["Cijfer", "Uitsplitsing", "Waarde"],
                     rows: figures === null ? [] : tileRows(figures, shown) };
  const own = session.gemeenten.length > 0 && !session.totalen ? session.gemeenten
    : codes.value?.gemeenten ?? session.gemeenten;
  return (
    <>
      <h1 tabIndex={-1}>Dashboard</h1>
      <TimeChoice address={address} view={view} />
      <Filters address={address} view={view} gemeenten={own} codes={codes.value} />
      <NotNow address={address} view={shown} />
      <AnswerNotice answered={answers} />
      {figures === null && answers.isWaiting && <Waiting what="Het dashboard" />}
      {figures !== null && (
        <div aria-busy={answers.isWaiting}>
          <p class="summary">
            <span role="status">{capital(longDay(dayShown(shown)))}{tilesInWords(figures, shown)}.</span>
            {answers.at !== null && isNow(shown) && ` Bijgewerkt om ${clockTime(answers.at)} uur.`}
          </p>
          <ExportButtons exported={exported} day={dayShown(shown)} />
          <Tiles figures={figures} targets={answers.targets} view={shown} behind={behind}
                 own={session.totalen ? null : session.gemeenten} />
          <Trends figures={figures} asked={asked} day={dayShown(shown)} />
          <Flows figures={figures} asked={asked} day={dayShown(shown)} />
          <Split day={dayShown(shown)} title="Per gemeente" name={String} figures={pick(figures, "Gemeente")} />
          <Split day={dayShown(shown)} title="Per doelgroep" name={(code) => capital(wordsOf(code))}
                 figures={pick(figures, "Doelgroep")} />
        </div>
      )}
    </>
  );
}

/** What a file says above its table, so that it can be asked again. */
function askedFor(view: View, known: KnownThen | null): Asked {
  return [["Peildatum", longDay(dayShown(view))],
          ["Bekend op", known === null || known.bekendOp === null ? "nog niets bekend" : moment(known.bekendOp)],
          ["Positie", known?.positie ?? "0"],
          ["Gemeente", view.gemeente === "" ? "alle die u ziet" : view.gemeente],
          ["Doelgroep", view.doelgroep === "" ? "alle" : wordsOf(view.doelgroep)]];
}

function pick(figures: Partial<Shown>, per: "Gemeente" | "Doelgroep"): Partial<SplitFigures> {
  const found = { registeredPer: figures[`registeredPer${per}`],
                  runningPer: figures[`runningPer${per}`], leftPer: figures[`leftPer${per}`] };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

interface FiltersProps extends Pick<PageProps, "address"> {
  view: View;
  gemeenten: readonly string[];
  codes: Codelijsten | null;
}

function Filters({ address, view, gemeenten, codes }: FiltersProps) {
  const doelgroepen = codes?.soorten.find(({ code }) => code === "aanmelding")?.attributen
    .find(({ naam }) => naam === "doelgroepen")?.codes ?? [];
  const choose = (choice: Record<string, string>) => goTo(changed(address, choice));
  return (
    <div class="filters">
      <Choice label="Gemeente" value={view.gemeente} onChoice={(gemeente) => choose({ gemeente })}
              options={[["", gemeenten.length === 1 ? gemeenten[0] ?? "" : "Alle samen"],
                        ...(gemeenten.length === 1 ? [] : gemeenten.map((one) => [one, one] as const))]} />
      <Choice label="Doelgroep" value={view.doelgroep} onChoice={(doelgroep) => choose({ doelgroep })}
              options={[["", "Alle"],
                        ...doelgroepen.map((one) => [one, capital(wordsOf(one))] as const)]} />
      <Choice label="Trends over" value={String(view.months)}
              onChoice={(maanden) => choose({ maanden: maanden === "12" ? "" : maanden })}
              options={[["12", "12 maanden"], ["24", "24 maanden"], ["36", "36 maanden"]]} />
    </div>
  );
}
