// What somebody may do: roles, and what those are within.
import type { Bevoegdheden, Codelijsten } from "../../api/client";
import { Choice, Field, Many } from "../../parts/field";
import { Waiting } from "../../parts/notice";
import { useAnswer } from "../../use_answer";
import { kRoles, needsGemeente } from "./user_words";

export interface Flaws {
  rollen: string;
  gemeenten: string;
  werkcoach: string;
}
export const kNoFlaws: Flaws = { rollen: "", gemeenten: "", werkcoach: "" };

export function flawsOf(grants: Bevoegdheden): Flaws {
  const lacksCode = grants.rollen.includes("werkcoach") && !grants.werkcoach?.trim();
  return {
    rollen: grants.rollen.length === 0 ? "Kies een of meer rollen." : "",
    gemeenten: needsGemeente(grants.rollen) && (grants.gemeenten ?? []).length === 0
      ? "Deze rol geldt binnen gemeenten: kies er een of meer." : "",
    werkcoach: lacksCode ? "Een werkcoach heeft een code nodig." : "",
  };
}
export function hasFlaw(flaws: Flaws): boolean {
  return Object.values<string>({ ...flaws }).some((one) => one !== "");
}
/** As it is sent: without a code that is empty. */
export function sentGrants(grants: Bevoegdheden): Bevoegdheden {
  const { werkcoach, ...others } = grants;
  const code = werkcoach?.trim() ?? "";
  return code === "" ? others : { ...others, werkcoach: code };
}

interface GrantsFormProps {
  grants: Bevoegdheden;
  flaws: Flaws;
  onChange: (grants: Bevoegdheden) => void;
  onEnded: () => void;
  isOfProgram?: boolean; // which never sees what belongs to no gemeente it has
}

export function GrantsForm({ grants, flaws, onChange, onEnded, isOfProgram }: GrantsFormProps) {
  const lists = useAnswer<Codelijsten>("/v1/codelijsten", onEnded);
  if (lists.value === null && lists.isWaiting) return <Waiting what="Het formulier" />;
  const own = grants.gemeenten ?? [];
  // One that no longer takes part can still be taken away.
  const gemeenten = [...new Set([...(lists.value?.gemeenten ?? []), ...own])].sort();
  return (
    <>
      <Many label="Rollen" values={grants.rollen} error={flaws.rollen}
            options={kRoles.map((one) => [one, one] as const)}
            onChange={(rollen) => onChange({ ...grants, rollen })} />
      <Many label="Gemeenten" values={own} error={flaws.gemeenten}
            hint="Voor werkcoach, intaker, klantmanager en gemeente: alleen deze."
            options={gemeenten.map((one) => [one, one] as const)}
            onChange={(chosen) => onChange({ ...grants, gemeenten: chosen })} />
      <Field label="Code van de werkcoach" error={flaws.werkcoach}
             hint="Zoals dossiers die hebben. Alleen voor een werkcoach."
             input={{ name: "werkcoach", value: grants.werkcoach ?? "", autocomplete: "off",
                      onInput: (event) => onChange(
                        { ...grants, werkcoach: event.currentTarget.value }) }} />
      {isOfProgram !== true && (
        <Choice label="Cijfers van alle gemeenten samen" name="totalen"
                value={grants.totalen === true ? "ja" : "nee"}
                options={[["nee", "Niet te zien"], ["ja", "Wel te zien"]]}
                onChoice={(value) => onChange({ ...grants, totalen: value === "ja" })} />
      )}
    </>
  );
}
