// The names that belong to dossiers, from the vault, for who may see them.
import { useEffect, useState } from "preact/hooks";

import { ask, type Caseload, type Namen, type Sessie } from "./api/client";
import { readsPersons } from "./session";

/** By dossier; one that is not known is not in it. */
export type Names = ReadonlyMap<string, string>;

const kMost = 500; // in one question
const kNobody: Names = new Map();

/** Null while they are awaited. Without them a list has its numbers, and goes on. */
export function useNames(caseload: Caseload | null, session: Sessie,
                         onEnded: () => void): Names | null {
  const [known, setKnown] = useState<{ of: Caseload; names: Names } | null>(null);
  const asks = readsPersons(session);
  useEffect(() => {
    if (caseload === null || !asks) return undefined;
    const asking = new AbortController();
    namesOf(caseload.dossiers.map(({ id }) => id), session, onEnded, asking.signal).then(
      (names) => !asking.signal.aborted && setKnown({ of: caseload, names }), () => undefined);
    return () => asking.abort();
  }, [caseload]);
  if (!asks || caseload === null) return kNobody;
  return known === null ? null : known.names;
}

async function namesOf(ids: readonly string[], session: Sessie, onEnded: () => void,
                       signal: AbortSignal): Promise<Names> {
  const names = new Map<string, string>();
  for (let at = 0; at < ids.length; at += kMost) {
    const outcome = await ask<Namen>("/v1/naamopvragingen", {
      method: "POST", csrf: session.csrfToken, signal,
      body: { dossiers: ids.slice(at, at + kMost) } });
    if (outcome.kind === "no_session") onEnded();
    if (outcome.kind !== "answer") return names;
    for (const { dossier, naam } of outcome.value.namen) {
      if (naam !== undefined) names.set(dossier, naam);
    }
  }
  return names;
}
