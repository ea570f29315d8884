// Who the person of a dossier is, as the vault has it.
import { goTo } from "../../address";
import type { Persoonsgegevens } from "../../api/client";
import { useFlawFocus } from "../../parts/attention";
import { Done, tellDone } from "../../parts/done";
import { Field } from "../../parts/field";
import { AnswerNotice, Waiting } from "../../parts/notice";
import { SendingNotice, useSending } from "../../parts/sending";
import type { PageProps } from "../../places";
import { useDraft } from "../../record/drafts";
import { useAnswer } from "../../use_answer";
import { shortId } from "../../words";

interface PersonField {
  name: keyof Persoonsgegevens;
  label: string;
  type: string;
  flaw: string;
}
const kFields: readonly PersonField[] = [
  { name: "naam", label: "Naam", type: "text", flaw: "Dit past niet: hoogstens 200 tekens, op één regel." },
  { name: "geboortedatum", label: "Geboortedatum", type: "date", flaw: "Dit is geen geboortedatum." },
  { name: "adres", label: "Adres", type: "text", flaw: "Dit past niet: hoogstens 200 tekens, op één regel." },
  { name: "telefoon", label: "Telefoon", type: "tel", flaw: "Dit is geen telefoonnummer." },
  { name: "email", label: "E-mail", type: "email", flaw: "Dit is geen e-mailadres." },
];
const kNames = kFields.map(({ name }) => name);

export function PersonPage({ parts, session, address, onEnded }: PageProps) {
  const dossier = parts.id ?? "";
  const isNew = address.query.get("nieuw") === "ja";
  const path = `/v1/dossiers/${dossier}/persoon`;
  const known = useAnswer<Persoonsgegevens>(path, onEnded);
  const [typed, setTyped, drop] = useDraft<Persoonsgegevens | null>(
    session.actor, `persoon/${dossier}`, null);
  const values = known.value === null ? null : typed ?? known.value;
  const { form, look } = useFlawFocus();
  const sending = useSending(session, onEnded);
  const save = async (submitted: Event) => {
    submitted.preventDefault();
    if (values === null) return;
    // What is as it was is not sent: a colleague may have changed it meanwhile.
    const other = kNames.map((name) => [name, values[name]?.trim() ?? ""] as const)
      .filter(([name, text]) => text !== (known.value?.[name] ?? ""));
    if (await sending.send("PUT", path, Object.fromEntries(other)) === null) return look();
    drop();
    tellDone("De persoonsgegevens zijn bewaard.");
    goTo(`/dossiers/${dossier}`);
  };
  return (
    <div class="narrow">
      <p class="back">
        <a class="utrecht-link" href={`/dossiers/${dossier}`}>
          {isNew ? "Dit later invullen: naar het dossier" : "Naar het dossier"} {shortId(dossier)}
        </a>
      </p>
      <h1 tabIndex={-1}>Wie is het?</h1>
      <Done />
      <AnswerNotice answered={known} />
      {values === null && known.isWaiting && <Waiting what="Wat bekend is" />}
      {values !== null && (
        <form ref={form} onSubmit={save} noValidate>
          <p>
            Deze gegevens staan verzegeld in de kluis, apart van het dossier. Ze komen in geen cijfer en
            in geen rapport. Wat u leeg laat, is niet meer bekend.
          </p>
          <SendingNotice sending={sending} atFields={kNames} />
          {kFields.map(({ name, label, type, flaw }) => (
            <Field key={name} label={label}
                   error={sending.refusal?.fields.has(name) ? flaw : undefined}
                   input={{ type, name, value: values[name] ?? "", autocomplete: "off",
                            onInput: (event) => setTyped(
                              { ...values, [name]: event.currentTarget.value }) }} />
          ))}
          <button class="utrecht-button utrecht-button--primary-action" type="submit"
                  aria-disabled={sending.isBusy}>
            {sending.isBusy ? "Bezig met bewaren…" : "Bewaren"}
          </button>
        </form>
      )}
    </div>
  );
}
