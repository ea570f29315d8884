import { Done } from "../parts/done";
import type { PageProps } from "../places";
import { list, wordsOf } from "../words";

/** For who has no page of their own. What cannot be done here is said, and nothing leads nowhere. */
export function WelcomePage({ session }: PageProps) {
  return (
    <div class="narrow">
      <h1 tabIndex={-1}>Welkom</h1>
      <Done key={session.positie} />
      <p>
        U bent ingelogd als {session.actor}, met de rol {list(session.rollen.map(wordsOf))}. De pagina's
        over dossiers en cijfers horen niet bij uw rol.
      </p>
      <p>
        Wat uw rol wel mag, kan met het programma <code>trede</code> en over de API. Gebruikers maakt u
        met <code>trede user add</code>. Hier kunt u uw{" "}
        <a class="utrecht-link" href="/wachtwoord">wachtwoord wijzigen</a>.
      </p>
    </div>
  );
}
