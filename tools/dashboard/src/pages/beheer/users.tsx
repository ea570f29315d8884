// Who may log in, and what they may do.
import type { Gebruiker, Gebruikers } from "../../api/client";
import { Done } from "../../parts/done";
import { AnswerNotice, Waiting } from "../../parts/notice";
import { Rows } from "../../parts/rows";
import type { PageProps } from "../../places";
import { managesUsers } from "../../session";
import { useAnswer } from "../../use_answer";
import { list } from "../../words";
import { stateWords } from "./user_words";

export function UsersPage({ session, onEnded }: PageProps) {
  const users = useAnswer<Gebruikers>("/v1/gebruikers", onEnded);
  return (
    <>
      <h1 tabIndex={-1}>Gebruikers</h1>
      <Done />
      <p>
        Wie hier staat kan inloggen en doet en ziet wat bij de rol hoort, binnen de eigen gemeenten of
        caseload.{managesUsers(session) ? "" : " U leest mee en verandert hier niets."}
      </p>
      {managesUsers(session) && (
        <p><a class="utrecht-link" href="/beheer/gebruiker-toevoegen">Gebruiker toevoegen</a></p>
      )}
      <p><a class="utrecht-link" href="/beheer/tokens">Tokens van programma's</a></p>
      <AnswerNotice answered={users} />
      {users.value === null && users.isWaiting && <Waiting what="De lijst" />}
      {users.value?.gebruikers.length === 0 && <p>Er is nog geen gebruiker.</p>}
      {users.value !== null && users.value.gebruikers.length > 0 && (
        <Rows caption="Gebruikers" rows={users.value.gebruikers} rowKey={({ naam }) => naam}
              columns={[
          { key: "naam", title: "Naam", show: ({ naam }: Gebruiker) => (
            <a class="utrecht-link" href={`/beheer/gebruikers/${encodeURIComponent(naam)}`}>{naam}</a>
          ) },
          { key: "rollen", title: "Rollen", show: ({ rollen }) => list(rollen) },
          { key: "gemeenten", title: "Gemeenten",
            show: ({ gemeenten }) => (gemeenten.length === 0 ? "n.v.t." : list(gemeenten)) },
          { key: "werkcoach", title: "Code werkcoach", show: ({ werkcoach }) => werkcoach ?? "n.v.t." },
          { key: "staat", title: "Toegang", show: stateWords },
        ]} />
      )}
    </>
  );
}
