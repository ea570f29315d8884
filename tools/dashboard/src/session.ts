// Who is logged in, and what that lets them see and do. The server judges; these decide what is shown.
import type { Sessie } from "./api/client";

/** Whether the session may do `right` (`cijfers_lezen`) at least somewhere. */
export function may(session: Sessie, right: string): boolean {
  return session.rechten.includes(right);
}
export function hasRole(session: Sessie, ...roles: string[]): boolean {
  return session.rollen.some((role) => roles.includes(role));
}
/** A caseload of their own. */
export function isWerkcoach(session: Sessie): boolean {
  return hasRole(session, "werkcoach");
}
/** Whether anything of a dossier is theirs to record. */
export function recordsInDossiers(session: Sessie): boolean {
  return may(session, "dossier_vastleggen") || may(session, "verzuim_vastleggen");
}
/** Names and notes: in the vault, which not every server has the key of. */
export function readsPersons(session: Sessie): boolean {
  return may(session, "kluis_lezen");
}
export function writesPersons(session: Sessie): boolean {
  return may(session, "kluis_vastleggen");
}
/** Whether they give dossiers of their own caseload to a colleague. */
export function handsOver(session: Sessie): boolean {
  return isWerkcoach(session) && session.soorten.includes("werkcoach_toegewezen");
}
export function seesCaseload(session: Sessie): boolean {
  return may(session, "caseload_lezen");
}
export function readsReports(session: Sessie): boolean {
  return may(session, "rapporten_lezen");
}
/** Not only those about a gemeente of theirs. */
export function readsEveryReport(session: Sessie): boolean {
  return hasRole(session, "controller", "auditor");
}
export function recordsOrganisation(session: Sessie): boolean {
  return may(session, "organisatie_vastleggen");
}
export function readsOrganisation(session: Sessie): boolean {
  return may(session, "beheer_lezen") || recordsOrganisation(session);
}
export function readsFigures(session: Sessie): boolean {
  return may(session, "cijfers_lezen");
}
/** Who may log in, and what they may do. */
export function readsUsers(session: Sessie): boolean {
  return managesUsers(session) || may(session, "beheer_lezen");
}
export function managesUsers(session: Sessie): boolean {
  return may(session, "gebruikers_beheren");
}
