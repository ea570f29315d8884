// What holds for people with a disability, and what does not hold yet: said as it was looked at.
import { useEffect, useState } from "preact/hooks";

interface Contact {
  name?: string;
  email?: string;
  url?: string;
}

/** Who answers for this installation, as its server says. */
function useContact(): Contact | null {
  const [contact, setContact] = useState<Contact | null>(null);
  useEffect(() => {
    fetch("/v1/openapi.json").then(async (answer) => {
      const document = await answer.json() as { info?: { contact?: Contact } };
      setContact(document.info?.contact ?? null);
    }).catch(() => undefined); // the page says whom to ask without it too
  }, []);
  return contact;
}

export function AccessibilityPage() {
  const contact = useContact();
  return (
    <div class="narrow">
      <h1 tabIndex={-1}>Toegankelijkheid</h1>
      <p>
        Deze pagina's horen voor iedereen te gebruiken te zijn. De maatstaf is WCAG 2.1, niveau A en AA,
        zoals EN 301 549 die vraagt. <strong>Zij voldoen gedeeltelijk</strong>: wat wij weten dat nog
        niet goed is staat hieronder.
      </p>
      <h2>Wat is onderzocht</h2>
      <ul>
        <li>Elke pagina, in elke stand, met de regels van axe-core, op brede en smalle schermen.</li>
        <li>Inloggen, dossiers lezen en vastleggen met alleen het toetsenbord.</li>
        <li>Vergroten tot 400%: niets loopt buiten het scherm.</li>
        <li>Van elke tekening staat hetzelfde in woorden en in een tabel.</li>
        <li>Nergens zegt een kleur iets dat er niet ook in woorden staat.</li>
        <li>Wie minder beweging vraagt, krijgt tekeningen die stilstaan.</li>
      </ul>
      <h2>Wat nog niet goed is, of niet is onderzocht</h2>
      <ul>
        <li>Er is nog geen onderzoek gedaan door mensen die een schermlezer of spraakbediening
            gebruiken.</li>
        <li>Datumvelden volgen de taal van uw browser. In een Engelse browser staat de maand voor de
            dag.</li>
        <li>In de tekeningen zelf kan men niet met het toetsenbord rondgaan; de tabel eronder zegt
            hetzelfde.</li>
        <li>Meldingen over de vorm van een vraag aan de server zijn in het Engels; gewone bediening
            brengt ze niet teweeg.</li>
      </ul>
      <h2>Loopt u ergens tegenaan?</h2>
      <p>
        Meld het aan {contact?.name ?? "de beheerder van uw organisatie"}
        {contact?.email !== undefined && (
          <>: <a class="utrecht-link" href={`mailto:${contact.email}`}>{contact.email}</a></>
        )}. Zeg op welke pagina het was en wat u wilde doen.
      </p>
      <p>Deze verklaring is van 23 november 2026.</p>
    </div>
  );
}
