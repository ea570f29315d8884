// To whom dossiers go: one of the colleagues with a caseload here, or another by a code.
import { useState } from "preact/hooks";

import type { Werkcoaches } from "../../api/client";
import { Choice, Field } from "../../parts/field";
import { Waiting } from "../../parts/notice";
import type { Answered } from "../../use_answer";

const kOther = " "; // no code of anybody

interface ColleagueProps {
  answered: Answered<Werkcoaches>;
  own: string;
  code: string;
  error: string;
  onChange: (code: string) => void;
}

/** Without an answer one types the code: who knows it need not wait for a list. */
export function Colleague({ answered, own, code, error, onChange }: ColleagueProps) {
  const [isOther, setIsOther] = useState(false);
  if (answered.value === null && answered.isWaiting) return <Waiting what="De lijst van collega's" />;
  const colleagues = (answered.value?.werkcoaches ?? []).filter((one) => one !== own);
  const isTyped = isOther || colleagues.length === 0;
  const choose = (value: string) => {
    setIsOther(value === kOther);
    onChange(value.trim());
  };
  return (
    <>
      {colleagues.length > 0 && (
        <Choice label="Uw collega" name="collega" value={isOther ? kOther : code}
                error={isTyped ? "" : error} onChoice={choose}
                options={[["", "Kies een collega"], ...colleagues.map((one) => [one, one] as const),
                          [kOther, "Iemand anders"]]} />
      )}
      {isTyped && (
        <Field label="Code van uw collega" error={error}
               hint={isOther ? "Wie nog geen dossiers heeft staat niet in de lijst." : undefined}
               input={{ name: "code", value: code, autocomplete: "off",
                        onInput: (event) => onChange(event.currentTarget.value) }} />
      )}
    </>
  );
}
