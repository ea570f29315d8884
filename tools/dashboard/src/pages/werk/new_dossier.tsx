// A dossier begins with an aanmelding. A werkcoach becomes its werkcoach in the same step: else it
// would be nobody's.
import { useState } from "preact/hooks";

import { goTo } from "../../address";
import type { Codelijsten, NieuweGebeurtenis } from "../../api/client";
import { tellDone } from "../../parts/done";
import { Notice, AnswerNotice, Waiting } from "../../parts/notice";
import type { PageProps } from "../../places";
import { EventForm } from "../../record/event_form";
import { firstValues, recordedDay, type Values } from "../../record/form_values";
import { newUuid } from "../../record/recording";
import { isWerkcoach, writesPersons } from "../../session";
import { today } from "../../figures/view";
import { useAnswer } from "../../use_answer";

// The same form until it is recorded: what was typed is found again by it.
let begun = newUuid();

export function NewDossierPage({ session, onEnded }: PageProps) {
  const codes = useAnswer<Codelijsten>("/v1/codelijsten", onEnded);
  const [id] = useState(begun);
  const soort = codes.value?.soorten.find(({ code }) => code === "aanmelding");
  const [own] = session.werkcoaches;
  const isTheirs = isWerkcoach(session) && own !== undefined;
  const assigned = (values: Values): NieuweGebeurtenis[] => (isTheirs
    ? [{ soort: "werkcoach_toegewezen", geldigOp: recordedDay("aanmelding", values),
         attributen: { werkcoach: own } }] : []);
  // Elsewhere nothing of theirs may be recorded.
  const gemeenten = codes.value?.gemeenten.filter((one) => session.gemeenten.includes(one)) ?? [];
  const first: Values = soort === undefined ? {} : {
    ...firstValues(soort, null, today()),
    ...(gemeenten.length === 1 ? { gemeente: gemeenten[0] ?? "" } : {}) };
  return (
    <>
      <h1 tabIndex={-1}>Nieuw dossier</h1>
      <p>
        Een dossier begint met een aanmelding.
        {isTheirs && ` U (${own}) wordt de werkcoach.`} Kijk eerst of deze persoon al een dossier heeft.
      </p>
      <AnswerNotice answered={codes} />
      {codes.value === null && codes.isWaiting && <Waiting what="Het formulier" />}
      {codes.value !== null && gemeenten.length === 0 && (
        <Notice kind="warning">Geen van uw gemeenten neemt vandaag deel. Vraag uw beheerder.</Notice>
      )}
      {codes.value !== null && soort !== undefined && gemeenten.length > 0 && (
        <EventForm session={session} dossier={id} version={0} soort={soort}
                   codes={{ ...codes.value, gemeenten }} possibility={null} first={first}
                   together={assigned} onEnded={onEnded}
                   onRecorded={() => {
                     begun = newUuid();
                     tellDone("Het dossier is begonnen.");
                     goTo(writesPersons(session) ? `/dossiers/${id}/persoon?nieuw=ja`
                       : `/dossiers/${id}`);
                   }} />
      )}
    </>
  );
}
