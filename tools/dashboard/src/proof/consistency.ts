// Whether a log continues what it was, by the hashes of its tree. Source: RFC 9162, 2.1.4.2.
import { isSame, sha256 } from "./note";

const kNode = Uint8Array.of(1);

function nodeOf(left: Uint8Array, right: Uint8Array): Promise<Uint8Array> {
  return sha256(kNode, left, right);
}

export interface Head {
  size: number;
  root: Uint8Array;
}

/** Whether `path` proves that the log of `now` begins with that of `then`. */
export async function continues(then: Head, now: Head,
                                path: readonly Uint8Array[]): Promise<boolean> {
  if (then.size > now.size) return false;
  if (then.size === now.size) return path.length === 0 && isSame(then.root, now.root);
  if (then.size === 0) return path.length === 0;
  // A size that is a power of two is the first node itself.
  const isPower = Number.isInteger(Math.log2(then.size));
  const [first, ...rest] = isPower ? [then.root, ...path] : path;
  if (first === undefined) return false;
  let fn = then.size - 1;
  let sn = now.size - 1;
  while (fn % 2 === 1) {
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  let before = first;
  let after = first;
  for (const node of rest) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      before = await nodeOf(node, before);
      after = await nodeOf(node, after);
      while (fn % 2 === 0 && fn !== 0) {
        fn = Math.floor(fn / 2);
        sn = Math.floor(sn / 2);
      }
    } else {
      after = await nodeOf(after, node);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && isSame(before, then.root) && isSame(after, now.root);
}
