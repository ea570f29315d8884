import type { Sessie } from "../api/client";
import { list, wordsOf } from "../words";

/** For who has no caseload. What cannot be done here is said, and nothing leads nowhere. */
export function WelcomePage({ session }: { session: Sessie }) {
  return (
    <div class="narrow">
      <h1 tabIndex={-1}>Welkom</h1>
      <p>
        U bent ingelogd als {session.actor}, met de rol {list(session.rollen.map(wordsOf))}. In deze
        pagina's staat de caseload van werkcoaches; die hoort niet bij uw rol.
      </p>
      <p>
        Wat uw rol wel mag, kan met het programma <code>trede</code> en over de API. Het adres daarvan
        heeft uw beheerder. Hier kunt u uw{" "}
        <a class="utrecht-link" href="/wachtwoord">wachtwoord wijzigen</a>.
      </p>
    </div>
  );
}
