// Takes along what is on the screen.
import { useState } from "preact/hooks";

import { Notice } from "./notice";
import { fileName, saveCsv, saveSpreadsheet, type Exported } from "./export";

interface ExportButtonsProps {
  exported: Exported;
  day: string;
}

export function ExportButtons({ exported, day }: ExportButtonsProps) {
  const [failed, setFailed] = useState(false);
  const name = (kind: string) => fileName(exported.title, day, kind);
  const spreadsheet = () => {
    setFailed(false);
    saveSpreadsheet(exported, name("xlsx")).catch(() => setFailed(true));
  };
  const form = "utrecht-button utrecht-button--secondary-action";
  return (
    <div class="export" role="group" aria-label={`Meenemen: ${exported.title}`}>
      <button type="button" class={form} onClick={() => saveCsv(exported, name("csv"))}>
        Opslaan als CSV
      </button>
      <button type="button" class={form} onClick={spreadsheet}>Opslaan als Excel</button>
      <button type="button" class={form} onClick={() => print()}>Afdrukken</button>
      {failed && (
        <Notice kind="error">Opslaan als Excel is niet gelukt. Probeer het opnieuw, of neem CSV.</Notice>
      )}
    </div>
  );
}
