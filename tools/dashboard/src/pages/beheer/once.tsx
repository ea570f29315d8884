// A password for one time: in sight until one goes on, and nowhere else.
import type { EenmaligWachtwoord } from "../../api/client";
import { Attention } from "../../parts/attention";
import { Notice } from "../../parts/notice";

export function Once({ made }: { made: EenmaligWachtwoord }) {
  return (
    <Attention>
      <Notice kind="ok">
        <p>
          Eenmalig wachtwoord van {made.naam}: <code class="once">{made.wachtwoord}</code>
        </p>
        <p>
          Geef het zelf door. Het staat nergens anders en is hierna niet meer te zien; bij het eerste
          inloggen kiest {made.naam} een eigen wachtwoord.
        </p>
      </Notice>
    </Attention>
  );
}
