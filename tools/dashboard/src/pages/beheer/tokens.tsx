// With which programs come in, and what those may do.
import { useState } from "preact/hooks";

import type { Token, Tokens } from "../../api/client";
import { Attention } from "../../parts/attention";
import { AnswerNotice, Notice, Waiting } from "../../parts/notice";
import { Rows, type Column } from "../../parts/rows";
import { SendingNotice, useSending, type Sending } from "../../parts/sending";
import type { PageProps } from "../../places";
import { managesUsers } from "../../session";
import { useAnswer } from "../../use_answer";
import { capital, list, moment, shortDay } from "../../words";
import { rightWords } from "./user_words";

export function TokensPage({ session, onEnded }: PageProps) {
  const tokens = useAnswer<Tokens>("/v1/tokens", onEnded);
  const sending = useSending(session, onEnded);
  const [asked, setAsked] = useState<Token | null>(null);
  const [said, setSaid] = useState("");
  const withdraw = async (token: Token) => {
    if (await sending.send("DELETE", `/v1/tokens/${token.id}`) === null) return;
    setAsked(null);
    setSaid(`Het token van ${token.naam} is ingetrokken.`);
    tokens.again();
  };
  const ask = (token: Token) => {
    setSaid("");
    sending.clear();
    setAsked(token);
  };
  const manages = managesUsers(session);
  return (
    <>
      <p class="back"><a class="utrecht-link" href="/beheer/gebruikers">Naar de gebruikers</a></p>
      <h1 tabIndex={-1}>Tokens</h1>
      <p>
        Met een token komt een programma binnen, zoals een koppeling of een scherm in de hal. Het doet
        en ziet waar het token voor is gemaakt.{manages ? "" : " U leest mee en verandert hier niets."}
      </p>
      {manages && <p><a class="utrecht-link" href="/beheer/token-maken">Token maken</a></p>}
      {said !== "" && <Attention key={said}><Notice kind="ok">{said}</Notice></Attention>}
      <SendingNotice sending={sending} />
      {asked !== null && (
        <Attention key={asked.id}>
          <Sure token={asked} sending={sending} onYes={() => void withdraw(asked)}
                onNo={() => setAsked(null)} />
        </Attention>
      )}
      <AnswerNotice answered={tokens} />
      {tokens.value === null && tokens.isWaiting && <Waiting what="De lijst" />}
      {tokens.value?.tokens.length === 0 && <p>Er is nog geen token.</p>}
      {tokens.value !== null && tokens.value.tokens.length > 0 && (
        <Rows caption="Tokens" rows={tokens.value.tokens} rowKey={({ id }) => id}
              rowClass={({ geldig }) => (geldig ? "" : "row--gone")}
              columns={columnsFor(manages ? ask : null)} />
      )}
    </>
  );
}

interface SureProps {
  token: Token;
  sending: Sending;
  onYes: () => void;
  onNo: () => void;
}

function Sure({ token, sending, onYes, onNo }: SureProps) {
  return (
    <Notice kind="warning">
      <p>
        Het token van <strong>{token.naam}</strong> intrekken? Het programma komt er meteen niet meer
        in. Dit token komt niet terug; u kunt wel een nieuw maken.
      </p>
      <button type="button" class="utrecht-button utrecht-button--primary-action"
              aria-disabled={sending.isBusy} onClick={onYes}>Ja, intrekken</button>{" "}
      <button type="button" class="utrecht-button utrecht-button--subtle" onClick={onNo}>
        Niet intrekken
      </button>
    </Notice>
  );
}

function columnsFor(ask: ((token: Token) => void) | null): Column<Token>[] {
  const withdrawing: Column<Token> = {
    key: "intrekken", title: "Intrekken", show: (one) => (one.ingetrokken ? "" : (
      <button type="button" class="utrecht-button utrecht-button--subtle"
              aria-label={`Intrekken: ${one.naam}`} onClick={() => ask?.(one)}>Intrekken</button>
    )) };
  return [
    { key: "naam", title: "Programma", show: ({ naam }) => naam },
    { key: "rollen", title: "Rollen", show: ({ rollen }) => list(rollen) },
    { key: "gemeenten", title: "Gemeenten",
      show: ({ gemeenten }) => (gemeenten.length === 0 ? "n.v.t." : list(gemeenten)) },
    { key: "mag", title: "Mag", show: ({ mag }) => capital(list(mag.map(rightWords))) },
    { key: "tm", title: "Tot en met", isShort: true, show: ({ tm }) => shortDay(tm) },
    { key: "gezien", title: "Laatst gebruikt", isShort: true,
      show: ({ gezien }) => (gezien === undefined ? "Nog niet" : moment(gezien)) },
    { key: "staat", title: "Staat", show: stateWords },
    ...(ask === null ? [] : [withdrawing]),
  ];
}

function stateWords({ ingetrokken, geldig }: Token): string {
  if (ingetrokken) return "Ingetrokken";
  return geldig ? "Geldig" : "Verlopen";
}
