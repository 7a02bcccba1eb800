// What people really paste: with spaces, line ends, quotes, a label or a scheme around it.

export interface Cleaned {
  value: string;
  /** Whether something was taken off. */
  changed: boolean;
}

const INVISIBLE = /[\u200B-\u200D\u2060\uFEFF\u00AD]/g;
const QUOTES = /^["'`“”‘’«»„]+|["'`“”‘’«»„,;]+$/g;
const LABEL = /^(?:client[ _-]?id|client[ _-]?secret|api[ _-]?key|secret|id|key)\s*[:=]\s*/i;
const SCHEME = /^(?:authorization\s*:\s*)?(?:basic|bearer)\s+/i;

/** Takes off what is around a pasted id, secret or key, and leaves what is inside as it is. */
export function clean(pasted: string): Cleaned {
  let value = pasted.replace(INVISIBLE, "").replace(/\u00A0/g, " ").trim();
  let before: string;
  do {
    before = value;
    value = value.replace(QUOTES, "").trim().replace(LABEL, "").trim().replace(SCHEME, "").trim();
  } while (value !== before);
  return { value, changed: value !== pasted };
}

export type Flaw = "empty" | "inside" | "masked";

/** Says what keeps a cleaned text from being an id, a secret or a key at all. */
export function flaw(value: string): Flaw | null {
  if (value === "") return "empty";
  if (/\s/.test(value)) return "inside";
  if (/^[•●*∙·.]+$/u.test(value)) return "masked";
  return null;
}

/** Whether an address may be given a secret: https, or this computer itself. */
export function allowed(address: string): boolean {
  try {
    const url = new URL(address.trim());
    const here = ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname);
    return url.protocol === "https:" || (url.protocol === "http:" && here);
  } catch {
    return false;
  }
}
