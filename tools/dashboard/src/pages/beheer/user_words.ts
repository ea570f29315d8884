// What is said of a user.
import type { Gebruiker, Sessie } from "../../api/client";

export const kRoles = ["werkcoach", "intaker", "klantmanager", "gemeente", "verzuimadviseur",
                       "controller", "auditor", "beheerder"] as const;
const kOfGemeenten = new Set<string>(["werkcoach", "intaker", "klantmanager", "gemeente"]);

export function needsGemeente(roles: readonly string[]): boolean {
  return roles.some((one) => kOfGemeenten.has(one));
}

export const kNameRefused = "Deze naam kan niet: hij is of was van een ander, of heeft andere tekens "
  + "dan letters, cijfers en . _ @ -. Was de server net even weg, kijk dan in de lijst of hij er al "
  + "staat.";

const kRights: Readonly<Record<string, string>> = {
  dossier_lezen: "dossiers lezen",
  dossier_vastleggen: "in dossiers vastleggen",
  verzuim_lezen: "verzuim lezen",
  verzuim_vastleggen: "verzuim vastleggen",
  caseload_lezen: "caseloads lezen",
  organisatie_vastleggen: "van de organisatie vastleggen",
  werkgever_vastleggen: "van werkgevers vastleggen",
  cijfers_lezen: "cijfers lezen",
  cijfers_verklaren: "gebeurtenissen achter cijfers lezen",
  bewoners_lezen: "bewoners achter cijfers lezen",
  rapporten_lezen: "rapporten lezen",
  rapport_vaststellen: "rapporten vaststellen",
  log_volgen: "alle gebeurtenissen volgen",
  auditspoor_lezen: "het auditspoor lezen",
  gebruikers_beheren: "gebruikers beheren",
  importeren: "bestanden inlezen en reservekopieën maken",
  kluis_lezen: "namen en notities lezen",
  kluis_vastleggen: "namen en notities vastleggen",
  bewijs_lezen: "het bewijs van het log lezen",
  beheer_lezen: "de toestand van de server lezen",
};

export function rightWords(right: string): string {
  return kRights[right] ?? right.replaceAll("_", " ");
}

export function stateWords(user: Gebruiker): string {
  if (user.geblokkeerd) return "Geblokkeerd";
  return user.moetWachtwoordWijzigen ? "Moet het wachtwoord nog wijzigen" : "Kan inloggen";
}

export function isOneself(user: Gebruiker, session: Sessie): boolean {
  return user.naam === session.actor;
}
