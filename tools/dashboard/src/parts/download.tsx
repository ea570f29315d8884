// A file that the server makes, in one of its forms, saved under a name of its own.
import { useState } from "preact/hooks";

import { download } from "../api/client";
import { save } from "./export";
import { Notice } from "./notice";

export interface Form {
  words: string;
  mediaType: string;
  extension: string;
}

interface DownloadsProps {
  label: string;
  path: string;
  /** Without what comes behind the last point. */
  name: string;
  forms: readonly Form[];
  onEnded: () => void;
}

export function Downloads({ label, path, name, forms, onEnded }: DownloadsProps) {
  const [busy, setBusy] = useState("");
  const [failed, setFailed] = useState("");
  const fetchForm = async ({ words, mediaType, extension }: Form) => {
    if (busy !== "") return;
    setBusy(extension);
    setFailed("");
    const outcome = await download(path, mediaType);
    setBusy("");
    if (outcome.kind === "no_session") onEnded();
    else if (outcome.kind === "answer") save(outcome.value, `${name}.${extension}`);
    else setFailed(outcome.kind === "refused" && outcome.status < 500 ? outcome.detail
      : `${words} is niet gelukt. Probeer het opnieuw.`);
  };
  return (
    <div class="export" role="group" aria-label={label}>
      {forms.map((form) => (
        <button key={form.extension} type="button" onClick={() => void fetchForm(form)}
                class="utrecht-button utrecht-button--secondary-action"
                aria-disabled={busy !== ""}>
          {busy === form.extension ? "Bezig…" : form.words}
        </button>
      ))}
      {failed !== "" && <Notice kind="error">{failed}</Notice>}
    </div>
  );
}
