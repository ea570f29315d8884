// Who read or changed what: the audit trail, the latest first.
import { useState } from "preact/hooks";

import { changed, goTo, type Address } from "../../address";
import { ask, withQuery, type Auditregel, type Auditspoor, type Spoorcontrole } from "../../api/client";
import { Choice, Field } from "../../parts/field";
import { AnswerNotice, Notice, Waiting } from "../../parts/notice";
import { Rows, type Column } from "../../parts/rows";
import { useTyped } from "../../parts/use_typed";
import type { PageProps } from "../../places";
import { useAnswer } from "../../use_answer";
import { count, moment, number, shortId } from "../../words";

const kActions: Readonly<Record<string, string>> = {
  tonen: "Dossier bekeken",
  verklaren: "Gebeurtenissen achter een cijfer bekeken",
  vergelijken: "Verschillen bekeken",
  exporteren: "Gebeurtenissen meegenomen",
  vastleggen: "Vastgelegd",
  importeren: "Bestand ingelezen",
  vaststellen: "Rapport vastgesteld",
  simuleren: "Voorbeeld gemaakt",
  reservekopie: "Reservekopie gemaakt",
  terugzetten: "Reservekopie teruggezet",
  persoon_tonen: "Persoonsgegevens bekeken",
  persoon_wijzigen: "Persoonsgegevens of notitie gewijzigd",
  persoon_zoeken: "Persoon gezocht",
  persoon_importeren: "Personen ingelezen",
  persoon_wissen: "Persoon gewist",
  bewaartermijn_tonen: "Bewaartermijnen bekeken",
  bewaartermijn_vernietigen: "Vernietigd na de bewaartermijn",
  toegang_inloggen: "Ingelogd",
  toegang_uitloggen: "Uitgelogd",
  toegang_vergrendelen: "Tijdelijk geweigerd na te veel pogingen",
  toegang_wachtwoord: "Wachtwoord gewijzigd",
  toegang_gebruiker: "Gebruiker gewijzigd",
  toegang_token: "Token gemaakt of ingetrokken",
};
const kOutcomes: Readonly<Record<string, string>> = {
  begonnen: "Begonnen",
  gelukt: "Gelukt",
  geweigerd: "Geweigerd",
  mislukt: "Mislukt",
  niet_gevonden: "Bestaat niet",
};

function filterOf({ query }: Address) {
  const said = (name: string) => query.get(name) ?? "";
  return { actor: said("actor"), actie: said("actie"), object: said("object"), van: said("van"),
           tm: said("tm"), onvoltooid: said("onvoltooid") === "ja" ? "true" : "" };
}

export function TrailPage({ address, onEnded }: PageProps) {
  const filter = filterOf(address);
  const path = withQuery("/v1/auditspoor", { ...filter, voor: address.query.get("voor") ?? "" });
  const answered = useAnswer<Auditspoor>(path, onEnded);
  const trail = answered.value;
  return (
    <>
      <h1 tabIndex={-1}>Auditspoor</h1>
      <p>
        Wie wat inzag of wijzigde, ook als dat werd geweigerd. Er staan nummers en codes in, geen namen of
        andere gegevens van personen.
      </p>
      <Filters address={address} />
      <AnswerNotice answered={answered} />
      {trail === null && answered.isWaiting && <Waiting what="Het auditspoor" />}
      {trail !== null && (
        <>
          <p class="summary" role="status">
            {count(trail.regels.length, "regel", "regels")} in beeld, de nieuwste eerst; het hele spoor telt er
            {" "}{number(Number(trail.aantal))}.
          </p>
          {trail.regels.length > 0 && (
            <Rows caption="Auditspoor" columns={kColumns} rows={trail.regels}
                  isBusy={answered.isWaiting} rowKey={({ nummer }) => nummer} />
          )}
          <p class="paging">
            {address.query.has("voor") && (
              <a class="utrecht-link" href={changed(address, { voor: "" })}>Naar de nieuwste</a>
            )}{" "}
            {trail.verder !== undefined && (
              <a class="utrecht-link" href={changed(address, { voor: trail.verder })}>Verder terug</a>
            )}
          </p>
        </>
      )}
      <Chain onEnded={onEnded} />
    </>
  );
}

function Filters({ address }: { address: Address }) {
  const at = filterOf(address);
  const [typed, setTyped] = useTyped({ actor: at.actor, object: at.object, van: at.van, tm: at.tm });
  const input = (name: keyof typeof typed, more = {}) => ({
    name, value: typed[name], autocomplete: "off", ...more,
    onInput: (event: { currentTarget: HTMLInputElement }) =>
      setTyped({ ...typed, [name]: event.currentTarget.value }) });
  const choose = (choice: Record<string, string>) => goTo(changed(address, { voor: "", ...choice }));
  // The number of a dossier alone is enough.
  const whole = (text: string) => (/^[0-9a-f-]{36}$/i.test(text) ? `dossier/${text.toLowerCase()}` : text);
  return (
    <form class="filters" role="search" aria-label="Regels kiezen" onSubmit={(event) => {
      event.preventDefault();
      choose({ ...typed, actor: typed.actor.trim(), object: whole(typed.object.trim()) });
    }}>
      <Field label="Door wie" input={input("actor")} />
      <Field label="Nummer van het dossier" input={input("object")} />
      <Field label="Vanaf" input={input("van", { type: "date" })} />
      <Field label="Tot en met" input={input("tm", { type: "date" })} />
      <Choice label="Wat" value={at.actie} onChoice={(actie) => choose({ actie })}
              options={[["", "Alles"], ...Object.entries(kActions)]} />
      <Choice label="Afloop" value={at.onvoltooid === "" ? "" : "ja"}
              onChoice={(onvoltooid) => choose({ onvoltooid })}
              options={[["", "Alle"], ["ja", "Begonnen, zonder einde"]]} />
      <div class="utrecht-form-field">
        <button class="utrecht-button utrecht-button--secondary-action" type="submit">Toon</button>
      </div>
    </form>
  );
}

function objectWords(object: string) {
  const [kind = "", id = ""] = object.split("/");
  if (kind === "dossier" && id !== "") {
    return <a class="utrecht-link" href={`/dossiers/${id}`}>Dossier {shortId(id)}</a>;
  }
  if (kind === "log") return <>Alle dossiers</>;
  if (kind === "organisatie") return <>De organisatie</>;
  return <span class="whole">{object}</span>;
}

const kColumns: readonly Column<Auditregel>[] = [
  { key: "nummer", title: "Nr.", isNumber: true, show: ({ nummer }) => number(Number(nummer)) },
  { key: "moment", title: "Wanneer", isShort: true, show: (one) => moment(one.moment ?? "") },
  { key: "actor", title: "Wie", show: ({ actor }) => actor },
  { key: "actie", title: "Wat", show: ({ actie }) => kActions[actie] ?? actie },
  { key: "object", title: "Waarvan", show: ({ object }) => objectWords(object) },
  { key: "uitkomst", title: "Afloop", show: ({ uitkomst }) => kOutcomes[uitkomst] ?? uitkomst },
  { key: "aantal", title: "Aantal", isNumber: true, show: ({ aantal }) => number(Number(aantal)) },
  { key: "herkomst", title: "Via",
    show: ({ herkomst }) => (herkomst === "cli" ? "Opdrachtregel" : "Pagina of API") },
  { key: "betreft", title: "Betreft", show: ({ betreft }) => <span class="whole">{betreft}</span> },
];

function Chain({ onEnded }: { onEnded: () => void }) {
  const [found, setFound] = useState<Spoorcontrole | "away" | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const check = async () => {
    if (isBusy) return;
    setIsBusy(true);
    const outcome = await ask<Spoorcontrole>("/v1/auditspoor/controle");
    setIsBusy(false);
    if (outcome.kind === "no_session") onEnded();
    setFound(outcome.kind === "answer" ? outcome.value : "away");
  };
  return (
    <section aria-labelledby="keten">
      <h2 id="keten">Is het spoor heel?</h2>
      <p>
        Elke regel draagt een vingerafdruk van alles ervoor. Is er een regel veranderd of weggehaald, dan past
        de volgende niet meer. Of er aan het einde iets af is, toont een{" "}
        <a class="utrecht-link" href="/controle">bewaard controlepunt</a>.
      </p>
      <p>
        <button type="button" class="utrecht-button utrecht-button--secondary-action"
                aria-disabled={isBusy} onClick={() => void check()}>
          {isBusy ? "Bezig met nagaan…" : "Ga na of het heel is"}
        </button>
      </p>
      {found === "away" && <Notice kind="error">Dat lukte nu niet. Probeer het opnieuw.</Notice>}
      {found !== null && found !== "away" && (found.heel ? (
        <Notice kind="ok">
          Het spoor is heel: {count(Number(found.aantal), "regel past", "regels passen")} op elkaar.
        </Notice>
      ) : (
        <Notice kind="error">
          <p><strong>Het spoor is niet heel.</strong> <code class="whole">{found.gebrek}</code></p>
        </Notice>
      ))}
    </section>
  );
}
