// What stands around every page: skip link, name, navigation, and who is logged in.
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import { followLinks, useAddress } from "../address";
import { ask, type Sessie } from "../api/client";
import { menuOf } from "../places";
import { Notice } from "./notice";

interface FrameProps {
  session: Sessie | null;
  title: string;
  /** The path of the page that is in sight; another while that is fetched. */
  arrived: string;
  children: ComponentChildren;
  onLoggedOut: () => void;
  onEnded: () => void;
}

export function Frame({ session, title, arrived, children, onLoggedOut, onEnded }: FrameProps) {
  const main = useRef<HTMLElement>(null);
  const { path } = useAddress();
  const before = useRef(arrived);
  useEffect(() => {
    document.title = title === "Trede" ? title : `${title} · Trede`;
  }, [title]);
  // Another page: who cannot see it hears its heading, and Tab goes on from there.
  useEffect(() => {
    if (before.current === arrived) return;
    before.current = arrived;
    const field = main.current?.querySelector<HTMLElement>("[data-first]");
    (field ?? main.current?.querySelector<HTMLElement>("h1"))?.focus();
    scrollTo(0, 0);
  }, [arrived, title]);
  return (
    <div onClick={followLinks}>
      <a class="utrecht-skip-link utrecht-skip-link--visible-on-focus" href="#inhoud"
         onClick={(event) => {
           event.preventDefault();
           main.current?.focus();
         }}>
        Naar de inhoud
      </a>
      <header class="top">
        <div class="top__line">
          <span class="top__name">Trede</span>
          {session !== null && !session.moetWachtwoordWijzigen
            && <Navigation session={session} path={path} />}
          {session !== null
            && <Who session={session} onLoggedOut={onLoggedOut} onEnded={onEnded} />}
        </div>
      </header>
      <main id="inhoud" class="page" tabIndex={-1} ref={main}>{children}</main>
      <footer class="foot">
        <ul>
          <li><a class="utrecht-link" href="/toegankelijkheid">Toegankelijkheid</a></li>
          <li><a class="utrecht-link" href="/licenties.txt" target="_blank">Licenties</a></li>
          <li><a class="utrecht-link" href="/v1/openapi.json">Over de API</a></li>
        </ul>
      </footer>
    </div>
  );
}

function Navigation({ session, path }: { session: Sessie; path: string }) {
  return (
    <nav aria-label="Hoofdmenu" class="top__links">
      <ul>
        {menuOf(session).map(([to, words]) => (
          <li key={to}>
            <a class="top__link" href={to} data-words={words}
               aria-current={to === path ? "page" : undefined}>
              {words}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

type WhoProps = Pick<FrameProps, "onLoggedOut" | "onEnded"> & { session: Sessie };

function Who({ session, onLoggedOut, onEnded }: WhoProps) {
  const [isBusy, setIsBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const leave = async () => {
    if (isBusy) return;
    setIsBusy(true);
    const outcome = await ask("/v1/sessies/huidige", { method: "DELETE",
                                                       csrf: session.csrfToken });
    setIsBusy(false);
    setFailed(outcome.kind === "no_server" || outcome.kind === "refused");
    if (outcome.kind === "answer") onLoggedOut();
    if (outcome.kind === "no_session") onEnded();
  };
  return (
    <div class="top__who">
      <span>Ingelogd als <strong>{session.actor}</strong></span>
      <button type="button" class="utrecht-button utrecht-button--secondary-action"
              aria-disabled={isBusy} onClick={leave}>
        Uitloggen
      </button>
      {failed && (
        <Notice kind="error">
          Uitloggen is niet gelukt: de server is niet bereikbaar. U bent nog ingelogd. Probeer het
          opnieuw, of sluit de browser als u weggaat.
        </Notice>
      )}
    </div>
  );
}
