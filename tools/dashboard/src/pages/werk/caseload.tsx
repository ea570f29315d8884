import type { ComponentChildren } from "preact";
import { useMemo, useState } from "preact/hooks";

import { changed, goTo, type Address } from "../../address";
import { withQuery, type Caseload, type Codelijsten, type Sessie } from "../../api/client";
import { filtered, isDescending, isSortKey, kSortWords, phasesIn, shownDossier, sorted,
         type ShownDossier } from "../../caseload_view";
import { DayChoice, KnownThen, NotNow, dayOf, knownOf } from "../../parts/day_choice";
import { Done } from "../../parts/done";
import { Choice, Field } from "../../parts/field";
import { AnswerNotice, Waiting } from "../../parts/notice";
import { Rows, type Column } from "../../parts/rows";
import { useTyped } from "../../parts/use_typed";
import type { PageProps } from "../../places";
import { useDraft } from "../../record/drafts";
import { handsOver, isWerkcoach } from "../../session";
import { useAnswer } from "../../use_answer";
import { useNames, type Names } from "../../use_names";
import { count, longDay, number, shortDay, shortId } from "../../words";

const kStep = 200; // rows at once: more make a page slow to type in

export function CaseloadPage({ session, address, onEnded }: PageProps) {
  const isOwn = isWerkcoach(session);
  const { query } = address;
  const whose = { werkcoach: query.get("werkcoach") ?? "", gemeente: query.get("gemeente") ?? "" };
  const canAsk = isOwn || whose.werkcoach !== "" || whose.gemeente !== "";
  const bekendOp = knownOf(address);
  const path = canAsk ? withQuery("/v1/caseload", { op: dayOf(address), bekendOp, ...whose }) : null;
  const answered = useAnswer<Caseload, string>(path, onEnded, bekendOp);
  const known = answered.about ?? bekendOp;
  const codes = useAnswer<Codelijsten>(isOwn ? null : "/v1/codelijsten", onEnded);
  const names = useNames(canAsk ? answered.value : null, session, onEnded);
  const caseload = canAsk && names !== null ? answered.value : null;
  const gemeenten = isOwn ? session.gemeenten : codes.value?.gemeenten ?? [];
  const whoseChoice = (
    <WhoseChoice address={address} session={session} gemeenten={gemeenten} isOwn={isOwn} />
  );
  return (
    <>
      <div class="head">
        <h1 tabIndex={-1}>{isOwn ? "Mijn caseload" : "Caseloads"}</h1>
        <div>
          <DayChoice address={address} shown={caseload?.geldigOp ?? ""} />
          <KnownThen address={address} />
        </div>
      </div>
      <Done />
      {handsOver(session) && known === "" && (caseload?.dossiers.length ?? 0) > 0 && (
        <p class="onward"><a class="utrecht-link" href="/caseload/overdragen">Draag dossiers over aan een collega</a></p>
      )}
      <NotNow address={address} shown={caseload?.geldigOp ?? ""} known={known}
              isOld={answered.isAway} />
      <AnswerNotice answered={answered} />
      {!canAsk && <p>Kies een gemeente of een werkcoach om dossiers te zien.</p>}
      {!isOwn && <div class="filters">{whoseChoice}</div>}
      {caseload === null && canAsk && (answered.isWaiting || answered.value !== null) && <Waiting what="De caseload" />}
      {caseload !== null && names !== null && (
        <Listed caseload={caseload} names={names} address={address} session={session}
                isBusy={answered.isWaiting} whoseChoice={isOwn ? whoseChoice : null} />
      )}
    </>
  );
}

interface WhoseProps {
  address: Address;
  session: Sessie;
  gemeenten: readonly string[];
  isOwn: boolean;
}

/** Whose dossiers: of who has more than one gemeente or werkcoach, or may see them all. */
function WhoseChoice({ address, session, gemeenten, isOwn }: WhoseProps) {
  const { query } = address;
  const [coach, setCoach] = useTyped(query.get("werkcoach") ?? "");
  const choose = (choice: Record<string, string>) => goTo(changed(address, choice));
  const showsGemeente = gemeenten.length > 1 || !isOwn;
  if (!showsGemeente && session.werkcoaches.length < 2) return null;
  const every = isOwn ? "Alle gemeenten" : "Geen keuze";
  return (
    <>
      {showsGemeente && (
        <Choice label="Gemeente" value={query.get("gemeente") ?? ""}
                options={[["", every], ...gemeenten.map((one) => [one, one] as const)]}
                onChoice={(gemeente) => choose({ gemeente })} />
      )}
      {isOwn && session.werkcoaches.length > 1 && (
        <Choice label="Werkcoach" value={query.get("werkcoach") ?? ""}
                options={[["", "Ik en wie ik vervang"],
                          ...session.werkcoaches.map((one) => [one, one] as const)]}
                onChoice={(werkcoach) => choose({ werkcoach })} />
      )}
      {!isOwn && (
        <form class="inline" onSubmit={(event) => {
          event.preventDefault();
          choose({ werkcoach: coach.trim() });
        }}>
          <Field label="Code van de werkcoach"
                 input={{ value: coach, onInput: (event) => setCoach(event.currentTarget.value) }} />
          <button class="utrecht-button utrecht-button--secondary-action" type="submit">Zoek</button>
        </form>
      )}
    </>
  );
}

interface ListedProps {
  caseload: Caseload;
  names: Names;
  address: Address;
  session: Sessie;
  isBusy: boolean;
  whoseChoice: ComponentChildren;
}

function Listed({ caseload, names, address, session, isBusy, whoseChoice }: ListedProps) {
  const { query } = address;
  const all = useMemo(() => caseload.dossiers.map(
    (one) => shownDossier(one, caseload.geldigOp, names.get(one.id))), [caseload, names]);
  const asked = query.get("sorteer") ?? "";
  const key = isSortKey(asked) ? asked : "aandacht";
  const isReversed = query.get("omgekeerd") === "ja";
  // Names are sought for, so it has no place in an address, which is kept and sent along.
  const [search, setSearch] = useDraft(session.actor, "caseload/zoek", "");
  const filter = { phase: query.get("fase") ?? "", attention: query.get("aandacht") ?? "", search };
  const left = useMemo(() => sorted(filtered(all, filter), key, isReversed),
                       [all, filter.phase, filter.attention, filter.search, key, isReversed]);
  const [opened, setOpened] = useState({ of: all, most: kStep });
  const most = opened.of === all ? opened.most : kStep;
  const sortBy = (by: string) => goTo(changed(address, {
    sorteer: by === "aandacht" ? "" : by, omgekeerd: by === key && !isReversed ? "ja" : "" }));
  if (all.length === 0) {
    const isNarrowed = query.has("gemeente") || query.has("werkcoach") || dayOf(address) !== ""
      || knownOf(address) !== "";
    return <Empty session={session} op={caseload.geldigOp} isNarrowed={isNarrowed} />;
  }
  return (
    <>
      <Filters address={address} all={all} whoseChoice={whoseChoice} search={search}
               onSearch={setSearch} />
      <p class="summary" role="status">{summaryWords(all, left)}</p>
      {left.length === 0 ? <NothingLeft address={address} onAll={() => setSearch("")} /> : (
        <Rows caption={`Dossiers op ${longDay(caseload.geldigOp)}`} isBusy={isBusy}
              columns={columnsFor(all, address)} rows={left.slice(0, most)}
              rowKey={(row) => row.id} rowClass={(row) => `row--${row.attention}`}
              sorting={{ key, isDown: isDescending(key, isReversed), sortBy }} />
      )}
      {left.length > most && (
        <button type="button" class="utrecht-button utrecht-button--secondary-action"
                onClick={() => setOpened({ of: all, most: most + kStep })}>
          Toon er meer ({number(left.length - most)} nog niet in beeld)
        </button>
      )}
    </>
  );
}

function summaryWords(all: readonly ShownDossier[], left: readonly ShownDossier[]): string {
  const late = left.filter((one) => one.attention === "te_laat").length;
  const soon = left.filter((one) => one.attention === "binnenkort").length;
  const some = left.length === all.length ? count(all.length, "dossier", "dossiers")
    : `${number(left.length)} van ${count(all.length, "dossier", "dossiers")}`;
  return `${some}; in ${number(late)} is iets te laat, in ${number(soon)} binnen een week.`;
}

interface FiltersProps {
  address: Address;
  all: readonly ShownDossier[];
  whoseChoice: ComponentChildren;
  search: string;
  onSearch: (text: string) => void;
}

function Filters({ address, all, whoseChoice, search, onSearch }: FiltersProps) {
  const { query } = address;
  const choose = (choice: Record<string, string>) => goTo(changed(address, choice));
  return (
    <div class="filters" role="search" aria-label="Dossiers zoeken en kiezen">
      <Field label="Zoeken"
             input={{ type: "search", value: search,
                      onInput: (event) => onSearch(event.currentTarget.value) }} />
      {whoseChoice}
      <Choice label="Trede of fase" value={query.get("fase") ?? ""}
              options={[["", "Alle"], ...phasesIn(all)]}
              onChoice={(fase) => choose({ fase })} />
      <Choice label="Aandacht" value={query.get("aandacht") ?? ""}
              options={[["", "Alle"], ["te_laat", "Iets te laat"],
                        ["binnenkort", "Binnen een week"], ["geen", "Niets dringends"]]}
              onChoice={(aandacht) => choose({ aandacht })} />
      <Choice label="Volgorde" value={query.get("sorteer") ?? "aandacht"} options={kSortWords}
              onChoice={(sorteer) => choose({ sorteer: sorteer === "aandacht" ? "" : sorteer,
                                              omgekeerd: "" })} />
    </div>
  );
}

function columnsFor(all: readonly ShownDossier[], address: Address): Column<ShownDossier>[] {
  const moment = { op: dayOf(address), bekendOp: knownOf(address) };
  const hasCoaches = new Set(all.map((one) => one.werkcoach)).size > 1;
  const columns: Column<ShownDossier>[] = [
    { key: "dossier", title: "Dossier", canSort: true, show: (row) => (
      <>
        <a class="utrecht-link" href={withQuery(`/dossiers/${row.id}`, moment)}>
          {row.naam || shortId(row.id)}
        </a>
        {row.naam !== "" && <span class="beside">{shortId(row.id)}</span>}
      </>
    ) },
    { key: "aandacht", title: "Let op", canSort: true, show: (row) => <Warnings row={row} /> },
    { key: "fase", title: "Trede of fase", canSort: true, show: (row) => row.phase },
    { key: "dagen", title: "Dagen daarin", canSort: true, isNumber: true,
      show: (row) => (row.daysInPhase === null ? "n.v.t." : number(row.daysInPhase)) },
    { key: "termijn", title: "Eerstvolgende termijn", canSort: true,
      show: (row) => row.nextWords || "Geen" },
    { key: "contact", title: "Laatste contact", canSort: true,
      isShort: true,
      show: (row) => (row.lastContact ? shortDay(row.lastContact) : "Nog geen") },
    { key: "gemeente", title: "Gemeente", canSort: true, show: (row) => row.gemeente || "Onbekend" },
  ];
  if (hasCoaches) {
    columns.push({ key: "werkcoach", title: "Werkcoach", canSort: true,
                   show: (row) => row.werkcoach || "Geen" });
  }
  return columns;
}

function Warnings({ row }: { row: ShownDossier }) {
  if (row.warnings.length === 0) return <>Niets</>;
  return (
    <ul class="warnings">
      {row.warnings.map((one) => (
        <li key={one.text} class={`warning warning--${one.attention}`}>
          <span aria-hidden="true">{one.attention === "te_laat" ? "!" : "◷"}</span> {one.text}
        </li>
      ))}
    </ul>
  );
}

function NothingLeft({ address, onAll }: { address: Address; onAll: () => void }) {
  const all = changed(address, { fase: "", aandacht: "" });
  return (
    <p>
      Geen dossier past bij wat u zoekt en koos.{" "}
      <a class="utrecht-link" href={all} onClick={onAll}>Toon alle dossiers</a>.
    </p>
  );
}

interface EmptyProps {
  session: Sessie;
  op: string;
  isNarrowed: boolean;
}

/** Why there is nothing, and what to do about it. */
function Empty({ session, op, isNarrowed }: EmptyProps) {
  const own = session.werkcoaches[0];
  return (
    <section class="empty">
      <h2>Geen dossiers op {longDay(op)}</h2>
      {isWerkcoach(session) && own === undefined && (
        <p>Uw account heeft nog geen werkcoachcode. Vraag uw beheerder om die in te stellen.</p>
      )}
      {isWerkcoach(session) && session.gemeenten.length === 0 && (
        <p>Uw account heeft nog geen gemeente. Vraag uw beheerder om die in te stellen.</p>
      )}
      {own !== undefined && (
        <p>
          Een dossier komt hier te staan zodra het aan u ({own}) is toegewezen en er iets in loopt:
          een aanmelding, een traject of een dienstverband. Verwacht u een dossier? Vraag wie het nu
          heeft om het aan u over te dragen.
        </p>
      )}
      {isNarrowed && <p><a class="utrecht-link" href="/caseload">Begin opnieuw, met vandaag</a>.</p>}
    </section>
  );
}
