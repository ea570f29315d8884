// Which page stands where: from the address and the session to what is shown.
import { useCallback, useEffect, useState } from "preact/hooks";

import { changed, goTo, ownAddress, replaceAddress, useAddress } from "./address";
import { ask, type Sessie } from "./api/client";
import { CaseloadPage } from "./pages/caseload";
import { DossierPage } from "./pages/dossier";
import { LoginPage } from "./pages/login";
import { NotFoundPage } from "./pages/not_found";
import { PasswordPage } from "./pages/password";
import { WelcomePage } from "./pages/welcome";
import { Frame } from "./parts/frame";
import { Away, Waiting } from "./parts/notice";
import { seesCaseload } from "./session";

/** `null`: nobody is logged in; absent: not known yet. */
type Known = Sessie | null | undefined;

const kDossier = /^\/dossiers\/([0-9a-f-]{36})$/;

export function App() {
  const address = useAddress();
  const [session, setSession] = useState<Known>(undefined);
  const [isAway, setIsAway] = useState(false);
  const [wasEnded, setWasEnded] = useState(false);

  const look = useCallback(async () => {
    const outcome = await ask<Sessie>("/v1/sessies/huidige");
    setIsAway(outcome.kind === "no_server" || outcome.kind === "refused");
    if (outcome.kind === "answer") setSession(outcome.value);
    if (outcome.kind === "no_session") setSession(null);
  }, []);
  useEffect(() => void look(), []);

  const onEnded = useCallback(() => {
    setWasEnded(true);
    setSession(null);
  }, []);
  const onLoggedIn = useCallback(async () => {
    setWasEnded(false);
    await look();
  }, []);
  const onLoggedOut = useCallback(() => {
    setSession(null);
    setWasEnded(false);
    goTo("/inloggen");
  }, []);

  const { path } = address;
  const isLogin = path === "/inloggen";
  const here = changed(address, {});
  useEffect(() => {
    if (session === undefined) return;
    if (session === null && !isLogin) {
      replaceAddress(path === "/" ? "/inloggen" : `/inloggen?${new URLSearchParams({ naar: here })}`);
    } else if (session !== null && isLogin) {
      replaceAddress(ownAddress(address.query.get("naar")));
    } else if (session !== null && path === "/" && seesCaseload(session)) {
      replaceAddress("/caseload");
    }
  }, [session, here]);

  if (session === undefined) {
    return (
      <Frame session={null} title="Trede" onLoggedOut={onLoggedOut} onEnded={onEnded}>
        {isAway ? <Away again={look} /> : <Waiting what="Trede" />}
      </Frame>
    );
  }
  if (session === null) {
    return (
      <Frame session={null} title="Inloggen" onLoggedOut={onLoggedOut} onEnded={onEnded}>
        <LoginPage wasEnded={wasEnded} onLoggedIn={onLoggedIn} />
      </Frame>
    );
  }
  const page = pageOf(session, address, { onEnded, look });
  return (
    <Frame session={session} title={page.title} onLoggedOut={onLoggedOut} onEnded={onEnded}>
      {page.shown}
    </Frame>
  );
}

interface Doing {
  onEnded: () => void;
  look: () => Promise<void>;
}

function pageOf(session: Sessie, address: ReturnType<typeof useAddress>, doing: Doing) {
  const { path } = address;
  if (session.moetWachtwoordWijzigen || path === "/wachtwoord") {
    return { title: "Wachtwoord wijzigen",
             shown: <PasswordPage session={session} {...doing} /> };
  }
  if (path === "/caseload" && seesCaseload(session)) {
    return { title: "Caseload",
             shown: <CaseloadPage session={session} address={address} {...doing} /> };
  }
  const dossier = kDossier.exec(path);
  if (dossier?.[1] !== undefined) {
    return { title: "Dossier",
             shown: <DossierPage key={dossier[1]} id={dossier[1]} session={session}
                                 address={address} {...doing} /> };
  }
  if (path === "/" || path === "/inloggen") {
    return { title: "Welkom", shown: <WelcomePage session={session} /> };
  }
  return { title: "Pagina niet gevonden", shown: <NotFoundPage /> };
}
