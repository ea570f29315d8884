// Which page stands where, what it is called, who it is for, and what is fetched to show it.
import type { ComponentType } from "preact";

import type { Address } from "./address";
import type { Sessie } from "./api/client";
import titles from "./places.json";
import { handsOver, isWerkcoach, managesUsers, may, readsEveryReport, readsFigures,
         readsOrganisation, readsReports, readsUsers, recordsInDossiers, recordsOrganisation,
         seesCaseload, writesPersons } from "./session";

export interface PageProps {
  session: Sessie;
  address: Address;
  /** What stood in the address between the braces of the place. */
  parts: Readonly<Record<string, string>>;
  onEnded: () => void;
  /** Asks anew who is logged in. */
  look: () => Promise<unknown>;
}
export type Page = ComponentType<PageProps>;

// The server hands out the pages at these and at no other; `{id}` is one part of an address.
export type Place = keyof typeof titles;

interface Shown {
  isFor: (session: Sessie) => boolean;
  load: () => Promise<Page>;
}
const everybody = () => true;

const kShown: Readonly<Record<Place, Shown>> = {
  "/": { isFor: everybody, load: async () => (await import("./pages/welcome")).WelcomePage },
  "/inloggen": { isFor: everybody, load: async () => (await import("./pages/welcome")).WelcomePage },
  "/wachtwoord": { isFor: everybody,
                   load: async () => (await import("./pages/password")).PasswordPage },
  "/toegankelijkheid": {
    isFor: everybody,
    load: async () => (await import("./pages/accessibility")).AccessibilityPage },
  "/caseload": { isFor: seesCaseload,
                 load: async () => (await import("./pages/werk/caseload")).CaseloadPage },
  "/cijfers/{maat}": {
    isFor: readsFigures,
    load: async () => (await import("./pages/cijfers/explanation")).ExplanationPage },
  "/dossiers/nieuw": {
    isFor: (session) => session.soorten.includes("aanmelding"),
    load: async () => (await import("./pages/werk/new_dossier")).NewDossierPage },
  "/caseload/overdragen": {
    isFor: handsOver,
    load: async () => (await import("./pages/werk/hand_over")).HandOverPage },
  "/dossiers/{id}": { isFor: everybody,
                      load: async () => (await import("./pages/werk/dossier")).DossierPage },
  "/dossiers/{id}/vastleggen": {
    isFor: recordsInDossiers,
    load: async () => (await import("./pages/werk/record")).RecordPage },
  "/dossiers/{id}/persoon": {
    isFor: writesPersons,
    load: async () => (await import("./pages/werk/person")).PersonPage },
  "/dossiers/{id}/notitie": {
    isFor: writesPersons,
    load: async () => (await import("./pages/werk/note")).NotePage },
  "/dossiers/{id}/corrigeren": {
    isFor: recordsInDossiers,
    load: async () => (await import("./pages/werk/replace")).CorrectPage },
  "/dossiers/{id}/intrekken": {
    isFor: recordsInDossiers,
    load: async () => (await import("./pages/werk/replace")).WithdrawPage },
  "/dossiers/{id}/verplaatsen": {
    isFor: recordsInDossiers,
    load: async () => (await import("./pages/werk/replace")).MovePage },
  "/cijfers": { isFor: readsFigures,
                load: async () => (await import("./pages/cijfers/dashboard")).DashboardPage },
  "/controle": { isFor: (session) => may(session, "bewijs_lezen"),
                 load: async () => (await import("./pages/controle/verify")).VerifyPage },
  "/auditspoor": { isFor: (session) => may(session, "auditspoor_lezen"),
                   load: async () => (await import("./pages/controle/trail")).TrailPage },
  "/beheer/toestand": {
    isFor: (session) => may(session, "beheer_lezen"),
    load: async () => (await import("./pages/beheer/standing")).StandingPage },
  "/beheer/organisatie": {
    isFor: readsOrganisation,
    load: async () => (await import("./pages/beheer/organisation")).OrganisationPage },
  "/beheer/organisatie/vastleggen": {
    isFor: recordsOrganisation,
    load: async () => (await import("./pages/beheer/organisation")).RecordOrganisationPage },
  "/beheer/organisatie/corrigeren": {
    isFor: recordsOrganisation,
    load: async () => (await import("./pages/werk/replace")).CorrectPage },
  "/beheer/organisatie/intrekken": {
    isFor: recordsOrganisation,
    load: async () => (await import("./pages/werk/replace")).WithdrawPage },
  "/beheer/invoer": {
    isFor: (session) => may(session, "importeren"),
    load: async () => (await import("./pages/beheer/import")).ImportPage },
  "/beheer/rapporten": {
    isFor: (session) => may(session, "beheer_lezen") || readsEveryReport(session),
    load: async () => (await import("./pages/beheer/definitions")).DefinitionsPage },
  "/rapporten": { isFor: readsReports,
                  load: async () => (await import("./pages/rapporten/list")).ReportsPage },
  "/rapporten/{naam}": {
    isFor: readsReports,
    load: async () => (await import("./pages/rapporten/report")).ReportPage },
  "/rapporten/{naam}/vaststellen": {
    isFor: (session) => may(session, "rapport_vaststellen"),
    load: async () => (await import("./pages/rapporten/freeze")).FreezePage },
  "/beheer/gebruikers": { isFor: readsUsers,
                          load: async () => (await import("./pages/beheer/users")).UsersPage },
  "/beheer/gebruikers/{naam}": {
    isFor: readsUsers,
    load: async () => (await import("./pages/beheer/user")).UserPage },
  "/beheer/gebruiker-toevoegen": {
    isFor: managesUsers,
    load: async () => (await import("./pages/beheer/new_user")).NewUserPage },
  "/beheer/tokens": { isFor: readsUsers,
                      load: async () => (await import("./pages/beheer/tokens")).TokensPage },
  "/beheer/token-maken": {
    isFor: managesUsers,
    load: async () => (await import("./pages/beheer/new_token")).NewTokenPage },
};

/** What stands in the menu, in this order, for whom the page is. */
const kMenu: readonly (readonly [Place, (session: Sessie) => string])[] = [
  ["/caseload", (session) => (isWerkcoach(session) ? "Mijn caseload" : "Caseloads")],
  ["/dossiers/nieuw", () => "Nieuw dossier"],
  ["/cijfers", () => "Dashboard"],
  ["/rapporten", () => "Rapporten"],
  ["/controle", () => "Controle"],
  ["/auditspoor", () => "Auditspoor"],
  ["/beheer/toestand", () => "Toestand"],
  ["/beheer/organisatie", () => "Organisatie"],
  ["/beheer/invoer", () => "Inlezen"],
  ["/beheer/rapporten", () => "Definities"],
  ["/beheer/gebruikers", () => "Gebruikers"],
  ["/wachtwoord", () => "Wachtwoord"],
];

export function menuOf(session: Sessie): [Place, string][] {
  return kMenu.filter(([place]) => kShown[place].isFor(session))
    .map(([place, words]) => [place, words(session)]);
}

const kNoHome = new Set<Place>(["/wachtwoord", "/beheer/gebruikers"]);

/** Where somebody begins: the first page that is theirs to work in. */
export function homeOf(session: Sessie): Place {
  const [first] = menuOf(session);
  return first === undefined || kNoHome.has(first[0]) ? "/" : first[0];
}

export interface Found extends Shown {
  place: Place;
  title: string;
  parts: Readonly<Record<string, string>>;
}

const kPlaces = Object.keys(titles) as Place[];

/** The place of an address; one without braces goes before one with. */
export function findPlace(path: string): Found | null {
  const sought = path.split("/");
  let found: Found | null = null;
  for (const place of kPlaces) {
    const parts = partsOf(place.split("/"), sought);
    if (parts === null) continue;
    if (found === null || Object.keys(parts).length < Object.keys(found.parts).length) {
      found = { ...kShown[place], place, title: titles[place], parts };
    }
  }
  return found;
}

function partsOf(place: readonly string[], path: readonly string[]): Record<string, string> | null {
  if (place.length !== path.length) return null;
  const parts: Record<string, string> = {};
  for (const [n, expected] of place.entries()) {
    const given = path[n] ?? "";
    const name = /^\{(\w+)\}$/.exec(expected)?.[1];
    if (name === undefined ? given !== expected : given === "") return null;
    if (name !== undefined) parts[name] = decoded(given);
  }
  return parts;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
