// A figure taken apart along one dimension, with the sum that adds up to it.
import type { Address } from "../../address";
import type { Cijfers, Maat, Rij, Sessie } from "../../api/client";
import { ExportButtons } from "../../parts/export_buttons";
import { AnswerNotice, Waiting } from "../../parts/notice";
import { Rows, type Column } from "../../parts/rows";
import { useAnswer } from "../../use_answer";
import { capital, codeWords, wordsOf } from "../../words";
import { askedAt, askedWords, exact, exactIn, exportTitle, isRatio, plain, sumOf, valueWords, wholeOf,
         type Question } from "./question";

export interface About {
  maat: Maat;
  question: Question;
  address: Address;
  session: Sessie;
  onEnded: () => void;
}

/** As sumOf writes it. */
function plainSum(value: string | undefined): string {
  return sumOf([{ codes: [], waarde: value ?? "0" }], "waarde");
}

/** The same question of one code alone. */
function narrowedTo(address: Address, per: string, code: string): string {
  const query = new URLSearchParams(address.query);
  query.append("waar", `${per}=${code}`);
  query.delete("per");
  return `${address.path}?${query}`;
}

export function SubCounts({ maat, question, address, onEnded, whole }: About & { whole: Cijfers }) {
  const { per } = question;
  const parts = useAnswer<Cijfers, Question>(askedAt(maat, question, "", { per }), onEnded, question);
  const figures = parts.value;
  const asked = parts.about ?? question;
  const isOfThis = figures !== null && figures.per[0] === per;
  const total = wholeOf(maat, whole);
  const title = `${maat.titel} per ${wordsOf(per)}`;
  const rows = isOfThis ? figures.rijen : [];
  // Of a ratio the parts above and below the line add up, not the ratios. Where something belongs to
  // more than one row, or moved between them, they are no sum of the whole, and none is given.
  const sum: Rij = { ...total, codes: ["\0"] };
  const addsUp = parts.isCurrent && (isRatio(maat)
    ? sumOf(rows, "teller") === plainSum(total.teller)
      && sumOf(rows, "noemer") === plainSum(total.noemer)
    : sumOf(rows, "waarde") === plainSum(total.waarde));
  const shown = addsUp ? [...rows, sum] : rows;
  const isSum = (row: Rij) => row.codes[0] === "\0";
  const isFixed = question.waar.some((one) => one.startsWith(`${per}=`));
  const columns: Column<Rij>[] = [
    { key: "code", title: capital(wordsOf(per)), show: (row) => {
      const code = row.codes[0] ?? "";
      const words = isSum(row) ? "Samen" : capital(codeWords(per, code));
      return isSum(row) || isFixed || code === "" || /[,=]/.test(code) ? words
        : <a class="utrecht-link" href={narrowedTo(address, per, code)}>{words}</a>;
    } },
    ...(isRatio(maat) ? [
      { key: "teller", title: "Deel", isNumber: true, show: (row: Rij) => plain(row.teller) },
      { key: "noemer", title: "Op", isNumber: true, show: (row: Rij) => plain(row.noemer) }] : []),
    { key: "waarde", title: maat.titel, isNumber: true,
      show: (row) => valueWords(maat, row.waarde) },
  ];
  const cells = (row: Rij) => [
    isSum(row) ? "Samen" : capital(codeWords(per, row.codes[0] ?? "")),
    ...(isRatio(maat) ? [exact(row.teller), exact(row.noemer)] : []),
    exactIn(maat, row.waarde)];
  return (
    <section>
      <h2>Uitgesplitst naar {wordsOf(per)}</h2>
      <AnswerNotice answered={parts} />
      {figures === null && parts.isWaiting && <Waiting what="De uitsplitsing" />}
      {isOfThis && rows.length === 0 && <p>Er is niets geteld, dus ook niets uit te splitsen.</p>}
      {rows.length > 0 && figures !== null && (
        <>
          <Rows caption={title} columns={columns} rows={shown} isBusy={parts.isWaiting}
                rowKey={(row) => row.codes[0] ?? ""} rowClass={(row) => (isSum(row) ? "sum" : "")} />
          {!addsUp && parts.isCurrent && (
            <p>
              De rijen tellen niet op tot het geheel ({valueWords(maat, total.waarde)}): wat bij meer dan
              een rij hoort of ertussen wisselde, telt in elk daarvan.
            </p>
          )}
          <ExportButtons day={asked.op}
                         exported={{ title, asked: askedWords(maat, asked, figures),
                                     columns: columns.map((one) => (one.key === "waarde"
                                       ? exportTitle(maat, one.title) : one.title)),
                                     rows: shown.map(cells) }} />
        </>
      )}
    </section>
  );
}
