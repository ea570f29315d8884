import { useState } from "preact/hooks";

import { goTo } from "../../address";
import { withQuery, type Codelijsten, type Mogelijkheden, type Mogelijkheid } from "../../api/client";
import { tellDone } from "../../parts/done";
import { useArrival } from "../../parts/attention";
import { AnswerNotice, Waiting } from "../../parts/notice";
import type { PageProps } from "../../places";
import { EventForm } from "../../record/event_form";
import { firstValues, recordedDay } from "../../record/form_values";
import { asksLastDay, kGroups, kindTitle } from "../../record/kinds";
import { useAnswer } from "../../use_answer";
import { isDay, longDay, shortId } from "../../words";

export function RecordPage(props: PageProps) {
  const { parts, address, onEnded } = props;
  const id = parts.id ?? "";
  const kind = address.query.get("soort") ?? "";
  // Of the day that the form is about; the list is that of today.
  const [day, setDay] = useState("");
  const path = `/v1/dossiers/${id}/mogelijkheden`;
  const asked = day === "" || kind === "" ? "" : recordedDay(kind, { dag: day });
  const possible = useAnswer<Mogelijkheden>(withQuery(path, { op: asked }), onEnded);
  const codes = useAnswer<Codelijsten>("/v1/codelijsten", onEnded);
  const title = kind === "" ? "Wat wilt u vastleggen?" : kindTitle(kind);
  useArrival(title);
  const found = possible.value?.soorten.find((one) => one.soort === kind);
  return (
    <>
      <p class="back">
        <a class="utrecht-link" href={`/dossiers/${id}`}>Naar het dossier {shortId(id)}</a>
        {kind !== "" && (
          <> · <a class="utrecht-link" href={`/dossiers/${id}/vastleggen`}>Iets anders vastleggen</a></>
        )}
      </p>
      <h1 tabIndex={-1}>{title}</h1>
      <AnswerNotice answered={possible.refusal === null && !possible.isAway ? codes : possible} />
      {(possible.value === null || codes.value === null) && possible.isWaiting
        && <Waiting what="Wat er kan" />}
      {possible.value !== null && codes.value !== null && kind === "" && (
        <Kinds id={id} kinds={possible.value.soorten} />
      )}
      {possible.value !== null && codes.value !== null && kind !== "" && (
        <OfKind key={kind} {...props} kind={kind} possible={possible.value} found={found ?? null}
                codes={codes.value} onDay={setDay} />
      )}
    </>
  );
}

function Kinds({ id, kinds }: { id: string; kinds: readonly Mogelijkheid[] }) {
  const byCode = new Map(kinds.map((one) => [one.soort, one]));
  const groups = kGroups.map(({ title, kinds: codes }) => ({
    title, kinds: codes.flatMap((code) => byCode.get(code) ?? []) }));
  const impossible = kinds.filter((one) => !one.mogelijk);
  return (
    <>
      <div class="kinds">
        {groups.map(({ title, kinds: some }) => {
          const possible = some.filter((one) => one.mogelijk);
          return possible.length === 0 ? null : (
            <section key={title}>
              <h2>{title}</h2>
              <ul>
                {possible.map(({ soort }) => (
                  <li key={soort}>
                    <a class="utrecht-link" href={`/dossiers/${id}/vastleggen?soort=${soort}`}>
                      {kindTitle(soort)}
                    </a>
                  </li>
                ))}
              </ul>
            </section>
          );
        })}
      </div>
      {impossible.length > 0 && (
        <details>
          <summary>Wat vandaag niet kan, en waarom</summary>
          <dl class="reasons">
            {impossible.map(({ soort, melding }) => (
              <div key={soort}><dt>{kindTitle(soort)}</dt><dd>{melding}</dd></div>
            ))}
          </dl>
        </details>
      )}
    </>
  );
}

interface OfKindProps extends PageProps {
  kind: string;
  possible: Mogelijkheden;
  found: Mogelijkheid | null;
  codes: Codelijsten;
  onDay: (day: string) => void;
}

function OfKind(props: OfKindProps) {
  const { kind, possible, found, codes, parts, session, onEnded, onDay } = props;
  const id = parts.id ?? "";
  const soort = codes.soorten.find((one) => one.code === kind);
  const [today] = useState(possible.geldigOp);
  if (soort === undefined || found === null) {
    return <p>Dit kan hier niet worden vastgelegd, of niet door u.</p>;
  }
  return (
    <EventForm session={session} dossier={id} version={possible.versie} soort={soort} codes={codes}
               possibility={found} first={firstValues(soort, found, today)} onEnded={onEnded}
               onDayChanged={(day) => isDay(day) && onDay(day)}
               onRecorded={(what) => {
                 const day = what.gebeurtenissen[0]?.geldigOp ?? today;
                 tellDone(`Vastgelegd: ${kindTitle(kind)}, ${asksLastDay(kind)
                   ? `geldt niet meer vanaf ${longDay(day)}` : longDay(day)}.`);
                 goTo(`/dossiers/${id}`);
               }} />
  );
}
