// From the session and the address to the page that is shown.
import { useCallback, useEffect, useState } from "preact/hooks";

import { changed, goTo, ownAddress, replaceAddress, useAddress } from "./address";
import { ask, type Sessie } from "./api/client";
import { AccessibilityPage } from "./pages/accessibility";
import { LoginPage } from "./pages/login";
import { NotFoundPage } from "./pages/not_found";
import { PasswordPage } from "./pages/password";
import { FirstRun, isFirstRun } from "./parts/first_run";
import { Frame } from "./parts/frame";
import { Loaded } from "./parts/loaded";
import { Away, Waiting } from "./parts/notice";
import { findPlace, homeOf } from "./places";

/** `null`: nobody is logged in; absent: not known yet. */
type Known = Sessie | null | undefined;

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
    return outcome.kind === "answer";
  }, []);
  useEffect(() => void look(), []);
  // In another tab somebody may have logged in anew, or somebody else, or out.
  useEffect(() => {
    const lookAgain = () => void ask<Sessie>("/v1/sessies/huidige").then((outcome) => {
      if (outcome.kind === "no_session") setSession((before) => (before ? null : before));
      if (outcome.kind !== "answer") return;
      const { actor, csrfToken } = outcome.value;
      setSession((before) => (before === undefined || (before?.actor === actor
        && before.csrfToken === csrfToken) ? before : outcome.value));
    });
    addEventListener("focus", lookAgain);
    return () => removeEventListener("focus", lookAgain);
  }, []);

  const onEnded = useCallback(() => {
    setWasEnded(true);
    setSession(null);
  }, []);
  const onLoggedIn = useCallback(async () => {
    setWasEnded(false);
    return look();
  }, []);
  const onLoggedOut = useCallback(() => {
    setSession(null);
    setWasEnded(false);
    goTo("/inloggen");
  }, []);

  const { path } = address;
  const [shown, setShown] = useState(path);
  const isLogin = path === "/inloggen";
  const isOpen = path === "/toegankelijkheid"; // for who is not logged in too
  const here = changed(address, {});
  useEffect(() => {
    if (session === undefined) return;
    if (session === null && !isLogin && !isOpen) {
      replaceAddress(path === "/" ? "/inloggen" : `/inloggen?${new URLSearchParams({ naar: here })}`);
    } else if (session !== null && isLogin) {
      replaceAddress(ownAddress(address.query.get("naar")));
    } else if (session !== null && path === "/") {
      replaceAddress(homeOf(session));
    }
  }, [session, here]);

  // Its head is another one: that of who is logged in may take more lines, and moves nothing by that.
  if (session === undefined) {
    return (
      <Frame key="nobody yet" session={null} title="Trede" arrived={path} onLoggedOut={onLoggedOut} onEnded={onEnded}>
        {isAway ? <Away again={look} /> : <Waiting what="Trede" />}
      </Frame>
    );
  }
  if (session === null && isOpen) {
    return (
      <Frame session={null} title="Toegankelijkheid" arrived={path} onLoggedOut={onLoggedOut}
             onEnded={onEnded}>
        <AccessibilityPage />
      </Frame>
    );
  }
  if (session === null) {
    return (
      <Frame session={null} title="Inloggen" arrived={path} onLoggedOut={onLoggedOut} onEnded={onEnded}>
        <LoginPage wasEnded={wasEnded} onLoggedIn={onLoggedIn} />
      </Frame>
    );
  }
  const doing = { session, address, onEnded, look };
  if (session.moetWachtwoordWijzigen) {
    return (
      <Frame session={session} title="Wachtwoord wijzigen" arrived={path}
             onLoggedOut={onLoggedOut} onEnded={onEnded}>
        <PasswordPage {...doing} parts={{}} />
      </Frame>
    );
  }
  const found = findPlace(path);
  const isThere = found !== null && found.isFor(session);
  return (
    <Frame session={session} title={isThere ? found.title : "Pagina niet gevonden"}
           arrived={isThere ? shown : path} onLoggedOut={onLoggedOut} onEnded={onEnded}>
      {isFirstRun(session) && <FirstRun session={session} onEnded={onEnded} look={look} />}
      {isThere ? (
        <Loaded key={`${session.actor} ${path} ${isFirstRun(session)}`} found={found} {...doing} parts={found.parts}
                onShown={() => setShown(path)} />
      ) : <NotFoundPage />}
    </Frame>
  );
}
