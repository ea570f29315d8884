// Who is logged in, and what that lets them see.
import type { Sessie } from "./api/client";

function hasRole(session: Sessie, ...roles: string[]): boolean {
  return session.rollen.some((role) => roles.includes(role));
}
/** A caseload of their own. */
export function isWerkcoach(session: Sessie): boolean {
  return hasRole(session, "werkcoach");
}
/** Every caseload: those choose one. */
export function seesAllCaseloads(session: Sessie): boolean {
  return hasRole(session, "auditor");
}
export function seesCaseload(session: Sessie): boolean {
  return isWerkcoach(session) || seesAllCaseloads(session);
}
