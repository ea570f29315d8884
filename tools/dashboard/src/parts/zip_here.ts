// What stands in for `fflate` where spreadsheets are written: it zips at once, without a worker, as
// a worker of its kind would be a script from a blob.
import { strToU8, zipSync, type Zippable } from "fflate/browser";

export { strToU8, zipSync };

export function zip(files: Zippable,
                    done: (error: Error | null, bytes: Uint8Array) => void): void {
  done(null, zipSync(files));
}
