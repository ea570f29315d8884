// A file of events: first what is wrong with it, then all of it or nothing.
import { useRef, useState } from "preact/hooks";

import { sendFile, type Ingelezenbestand, type Refusal } from "../../api/client";
import { useFlawFocus } from "../../parts/attention";
import { Field } from "../../parts/field";
import { ExportButtons } from "../../parts/export_buttons";
import { Notice } from "../../parts/notice";
import { Rows, type Column } from "../../parts/rows";
import type { PageProps } from "../../places";
import { today } from "../../figures/view";
import { capital, count, number, wordsOf } from "../../words";

type Failure = { refusal: Refusal } | "away" | null;
type Fault = Ingelezenbestand["fouten"][number];

/** A file that begins with an object is a lossless export; any other is CSV. */
async function mediaTypeOf(file: File): Promise<string> {
  const begin = await file.slice(0, 8).text();
  return begin.replace(/^\uFEFF/, "").startsWith("{") ? "application/x-ndjson" : "text/csv";
}

export function ImportPage({ session, onEnded, look }: PageProps) {
  const [file, setFile] = useState<File | null>(null);
  const [checked, setChecked] = useState<Ingelezenbestand | null>(null);
  const [done, setDone] = useState<Ingelezenbestand | null>(null);
  const [failure, setFailure] = useState<Failure>(null);
  const [busy, setBusy] = useState("");
  const [isMissing, setIsMissing] = useState(false);
  const { form, look: lookAtFlaw } = useFlawFocus();
  const inSight = useRef<File | null>(null);

  const choose = (chosen: File | null) => {
    inSight.current = chosen;
    setBusy("");
    setFile(chosen);
    setChecked(null);
    setDone(null);
    setFailure(null);
    setIsMissing(false);
  };
  const send = async (isTrial: boolean) => {
    if (busy !== "") return;
    if (file === null) {
      setIsMissing(true);
      return lookAtFlaw();
    }
    setBusy(isTrial ? "check" : "record");
    setFailure(null);
    const outcome = await sendFile<Ingelezenbestand>(
      `/v1/invoerbestanden${isTrial ? "?proef=true" : ""}`, file, await mediaTypeOf(file),
      session.csrfToken);
    if (outcome.kind === "no_session") return onEnded();
    // What was said of another file says nothing of this one; what was recorded is told.
    if (file !== inSight.current && isTrial) return;
    setBusy("");
    if (outcome.kind === "no_server") setFailure("away");
    if (outcome.kind === "refused") setFailure({ refusal: outcome });
    if (outcome.kind !== "answer") return;
    const isGood = outcome.value.foutenAantal === "0";
    if (isTrial || !isGood) setChecked(outcome.value);
    else {
      setDone(outcome.value);
      await look(); // there is something now
    }
  };
  const isGood = checked !== null && checked.foutenAantal === "0";
  return (
    <>
      <h1 tabIndex={-1}>Bestand inlezen</h1>
      <p>
        Een bestand met gebeurtenissen (CSV, of wat <code>trede export</code> schreef) wordt in zijn geheel
        ingelezen of helemaal niet. Eerst wordt het nagegaan; daarbij wordt niets vastgelegd.
      </p>
      <form ref={form} class="narrow" noValidate onSubmit={(event) => {
        event.preventDefault();
        void send(true);
      }}>
        <Field label="Bestand" error={isMissing ? "Kies eerst een bestand." : undefined}
               input={{ type: "file", accept: ".csv,.ndjson,.txt,text/csv", disabled: busy === "record",
                        onChange: (event) => choose(event.currentTarget.files?.[0] ?? null) }} />
        <button class="utrecht-button utrecht-button--primary-action" type="submit"
                aria-disabled={busy !== ""}>
          {busy === "check" ? "Bezig met nagaan…" : "Ga na"}
        </button>
      </form>
      <Failed failure={failure} />
      {done !== null && (
        <Notice kind="ok">
          {Number(done.gebeurtenissen) === 0
            ? "Er is niets nieuws: alles uit dit bestand stond er al."
            : `Ingelezen: ${count(Number(done.gebeurtenissen), "gebeurtenis", "gebeurtenissen")}, tot en met `
              + `gebeurtenis ${number(Number(done.positie ?? 0))}.`}
        </Notice>
      )}
      {done === null && checked !== null && !isGood && (
        <Faults name={file?.name ?? "bestand"} checked={checked} />
      )}
      {done === null && isGood && (
        <Good checked={checked} isBusy={busy === "record"} record={() => void send(false)} />
      )}
    </>
  );
}

function Failed({ failure }: { failure: Failure }) {
  if (failure === null) return null;
  if (failure === "away") {
    return (
      <Notice kind="error">
        De server is niet bereikbaar, of het duurde te lang. Ga het bestand nog eens na: stond het er toch in,
        dan blijkt dat vanzelf.
      </Notice>
    );
  }
  const { refusal } = failure;
  return (
    <Notice kind="error">
      {refusal.status === 413
        ? "Dit bestand is te groot voor deze server. Deel het op, of laat de beheerder `limits.body_bytes` verhogen."
        : refusal.status >= 500 ? "De server kan dit nu niet. Er is niets ingelezen."
          : refusal.status === 409 ? refusal.detail : "Dit bestand kan niet worden gelezen. Kies een CSV-bestand."}
    </Notice>
  );
}

const kFaults: readonly Column<Fault>[] = [
  { key: "regel", title: "Regel", isNumber: true, show: ({ regel }) => number(Number(regel)) },
  { key: "kolom", title: "Kolom", show: ({ kolom }) => kolom },
  { key: "melding", title: "Wat er mis is", show: ({ melding }) => melding },
];

function Faults({ name, checked }: { name: string; checked: Ingelezenbestand }) {
  const all = Number(checked.foutenAantal);
  const exported = { title: `Fouten in ${name}`,
                     asked: [["Fouten", number(all)]] as const,
                     columns: ["Regel", "Kolom", "Wat er mis is"],
                     rows: checked.fouten.map((one) => [Number(one.regel), one.kolom, one.melding]) };
  return (
    <section aria-labelledby="fouten">
      <h2 id="fouten">Dit bestand kan zo niet worden ingelezen</h2>
      <p role="alert">
        {count(all, "regel klopt", "regels kloppen")} niet; er is niets vastgelegd. Verbeter het bestand en ga het
        opnieuw na.{all > checked.fouten.length
          && ` Hieronder staan de eerste ${number(checked.fouten.length)}.`}
      </p>
      <Rows caption="Wat er mis is" columns={kFaults} rows={checked.fouten}
            rowKey={(one) => `${one.regel} ${one.kolom} ${one.melding}`} />
      <ExportButtons exported={exported} day={today()} />
    </section>
  );
}

interface GoodProps {
  checked: Ingelezenbestand;
  isBusy: boolean;
  record: () => void;
}

function Good({ checked, isBusy, record }: GoodProps) {
  const all = Number(checked.gebeurtenissen);
  const columns: Column<Ingelezenbestand["soorten"][number]>[] = [
    { key: "soort", title: "Soort", show: ({ soort }) => capital(wordsOf(soort)) },
    { key: "aantal", title: "Aantal", isNumber: true, show: ({ aantal }) => number(Number(aantal)) },
  ];
  return (
    <section aria-labelledby="goed">
      <h2 id="goed">Het bestand klopt</h2>
      <p role="status">
        {all === 0 ? "Er staat niets nieuws in." : `Er staan ${count(all, "nieuwe gebeurtenis",
          "nieuwe gebeurtenissen")} in.`}
        {Number(checked.overgeslagen) > 0
          && ` ${number(Number(checked.overgeslagen))} stonden er al en worden overgeslagen.`}
      </p>
      {all > 0 && (
        <>
          <Rows caption="Wat er wordt vastgelegd" columns={columns} rows={checked.soorten}
                rowKey={({ soort }) => soort} />
          <p>
            Wat is ingelezen, kan niet worden verwijderd; een gebeurtenis kan daarna wel worden gecorrigeerd of
            ingetrokken. Terwijl het bestand wordt ingelezen, wacht wat anderen vastleggen even.
          </p>
          <button type="button" class="utrecht-button utrecht-button--primary-action"
                  aria-disabled={isBusy} onClick={record}>
            {isBusy ? "Bezig met inlezen…" : "Lees dit bestand in"}
          </button>
        </>
      )}
    </section>
  );
}
