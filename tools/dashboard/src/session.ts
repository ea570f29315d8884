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
/** Whether they give dossiers of their own caseload to a colleague. */
export function handsOver(session: Sessie): boolean {
  return isWerkcoach(session) && session.soorten.includes("werkcoach_toegewezen");
}
export function seesCaseload(session: Sessie): boolean {
  return may(session, "caseload_lezen");
}
export function readsFigures(session: Sessie): boolean {
  return may(session, "cijfers_lezen");
}
