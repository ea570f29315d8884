// How the server stands, in words, with what to do about it; and the backup.
import { useState } from "preact/hooks";

import type { Reservekopie, Serverstand } from "../../api/client";
import { Done } from "../../parts/done";
import { AnswerNotice, Notice, Waiting } from "../../parts/notice";
import { SendingNotice, useSending } from "../../parts/sending";
import type { PageProps } from "../../places";
import { may } from "../../session";
import { useAnswer } from "../../use_answer";
import { count, moment, number } from "../../words";

interface Finding {
  what: string;
  words: string;
  /** What to do; absent = it is well. */
  advice?: string | undefined;
}

const kFewBytes = 5e9;
const kOldBackupMs = 2 * 24 * 3600 * 1000;

export function StandingPage({ session, onEnded }: PageProps) {
  const answered = useAnswer<Serverstand>("/v1/serverstand", onEnded);
  const stand = answered.value;
  const findings = stand === null ? [] : findingsOf(stand);
  const wrong = findings.filter(({ advice }) => advice !== undefined).length;
  return (
    <>
      <h1 tabIndex={-1}>Toestand van de server</h1>
      <Done />
      <AnswerNotice answered={answered} />
      {stand === null && answered.isWaiting && <Waiting what="De toestand" />}
      {stand !== null && (
        <>
          <Notice kind={wrong === 0 ? "ok" : "warning"}>
            {wrong === 0 ? "Alles in orde." : `${wrong === 1 ? "1 ding vraagt" : `${wrong} dingen vragen`} aandacht.`}
            {" "}Trede {stand.versie}, bekeken op {moment(stand.nu ?? "")}.
          </Notice>
          <dl class="reasons">
            {findings.map(({ what, words, advice }) => (
              <div key={what}>
                <dt>{what}</dt>
                <dd>{words}{advice !== undefined && <><br /><strong>Wat te doen:</strong> {advice}</>}</dd>
              </div>
            ))}
          </dl>
          <p>
            <button type="button" class="utrecht-button utrecht-button--secondary-action"
                    onClick={answered.again}>
              Kijk opnieuw
            </button>
          </p>
          {may(session, "importeren") && stand.reservekopie?.ingesteld === true && (
            <BackUp session={session} onEnded={onEnded} onDone={answered.again} />
          )}
        </>
      )}
    </>
  );
}

function gigabytes(bytes: string): string {
  return `${number(Math.round(Number(bytes) / 1e8) / 10)} GB`;
}

function backupFinding(stand: Serverstand): Finding {
  const what = "Reservekopie";
  const backup = stand.reservekopie;
  if (backup === undefined || !backup.ingesteld) {
    return { what, words: "Deze server maakt er geen.",
             advice: "Zet `backup.folder` in de instellingen van de server (op een andere schijf) en start "
               + "hem opnieuw, of laat `trede backup` elke nacht draaien." };
  }
  if (backup.bevinding !== "") {
    return { what, words: `Er klopt iets niet: ${backup.bevinding}.`,
             advice: "Laat `trede backup --verify` lopen; begin zo nodig een nieuwe in een lege map." };
  }
  if (backup.gemaakt === undefined) {
    return { what, words: "Er is er nog geen gemaakt.", advice: "Maak er nu een, hieronder." };
  }
  const isOld = Date.parse(stand.nu ?? "") - Date.parse(backup.gemaakt) > kOldBackupMs;
  const behind = Number(stand.gebeurtenissen) - Number(backup.positie);
  return { what, words: `Gemaakt op ${moment(backup.gemaakt)}; ${behind === 0 ? "niets is sindsdien vastgelegd"
    : `sindsdien vastgelegd: ${count(behind, "gebeurtenis", "gebeurtenissen")}`}.`,
           advice: isOld && behind > 0 ? "Maak er nu een, hieronder, en laat het elke nacht doen." : undefined };
}

function findingsOf(stand: Serverstand): Finding[] {
  const behind = Number(stand.gebeurtenissen) - Number(stand.geteld);
  return [
    { what: "Log", words: `${count(Number(stand.gebeurtenissen), "gebeurtenis", "gebeurtenissen")}${
      stand.laatstVastgelegd === undefined ? "" : `, de laatste op ${moment(stand.laatstVastgelegd)}`}.` },
    { what: "Tellingen",
      words: stand.tellenGestopt !== "" ? `Gestopt: ${stand.tellenGestopt}.`
        : behind === 0 ? "Bij." : `${count(behind, "gebeurtenis", "gebeurtenissen")} achter; dat wordt ingehaald.`,
      advice: stand.tellenGestopt === "" ? undefined
        : "Laat `trede verify` lopen, en bouw de tellingen opnieuw met `trede rebuild`. Vastleggen gaat door." },
    { what: "Auditspoor",
      words: stand.auditspoor ? `Wordt geschreven; ${count(Number(stand.auditregels), "regel", "regels")}.`
        : "Kan niet worden geschreven. Er wordt niets vastgelegd en geen dossier getoond.",
      advice: stand.auditspoor ? undefined : "Kijk of de schijf vol is, en in het logboek van de server." },
    { what: "Kluis met personen",
      words: !stand.kluis ? "Er is geen kluis: namen en notities zijn er niet."
        : stand.kluissleutel ? "Er is een kluis, en deze server kan haar openen."
          : "Er is een kluis, maar deze server heeft geen sleutel die past.",
      advice: stand.kluis && !stand.kluissleutel
        ? "Zet `vault.key_file` in de instellingen op het bestand met de hoofdsleutel." : undefined },
    { what: "Ondertekenen", words: stand.sleutel ? "De server kan controlepunten ondertekenen."
      : "De server heeft geen sleutel om controlepunten te ondertekenen.",
      advice: stand.sleutel ? undefined : "Zet hem terug, of maak er een met: trede checkpoint --new-key" },
    { what: "Schijf",
      words: stand.schijfTotaal === "0" ? "Hoe vol zij is, is niet te zien."
        : `${gigabytes(stand.schijfVrij)} vrij van ${gigabytes(stand.schijfTotaal)}.`,
      advice: stand.schijfTotaal !== "0" && Number(stand.schijfVrij) < kFewBytes
        ? "Maak ruimte. Is de schijf vol, dan wordt vastleggen geweigerd; wat er staat blijft heel." : undefined },
    backupFinding(stand),
  ];
}

interface BackUpProps {
  session: PageProps["session"];
  onEnded: () => void;
  onDone: () => void;
}

function BackUp({ session, onEnded, onDone }: BackUpProps) {
  const sending = useSending(session, onEnded);
  const [note, setNote] = useState("");
  const make = async () => {
    const made = await sending.send<Reservekopie>("POST", "/v1/reservekopieen", undefined, true);
    if (made === null) return;
    setNote(made.value.bevinding);
    onDone();
  };
  return (
    <section aria-labelledby="reservekopie">
      <h2 id="reservekopie">Reservekopie</h2>
      <p>Maken kan terwijl anderen doorwerken. Wat er al in staat, blijft staan; wat nieuw is komt erbij.</p>
      <SendingNotice sending={sending} />
      {note !== "" && (
        <Notice kind="warning">
          De reservekopie is gemaakt. Wat er niet bij kon, staat ook in het logboek van de server: {note}.
        </Notice>
      )}
      <button type="button" class="utrecht-button utrecht-button--primary-action"
              aria-disabled={sending.isBusy} onClick={() => void make()}>
        {sending.isBusy ? "Bezig met de reservekopie…" : "Maak nu een reservekopie"}
      </button>
    </section>
  );
}
