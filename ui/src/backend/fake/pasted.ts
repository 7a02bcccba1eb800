// What is seen in what was pasted, for the stand-in: less than the engine sees.

import type { Gives, Problem, Takes } from "../types";
import { problem } from "./problems";

const MISSING: Partial<Record<Takes<"look_at_pasted">["field"], string>> = {
  client_id: "Paste the client ID that Greenhouse shows beside the secret",
  client_secret: "Paste the client secret; if it is lost, create another in Greenhouse",
  api_key: "Paste the API key",
};

/** A text without what pasting put around it. */
export function bare(text: string): string {
  return text.replace(/^[\s"']+|[\s"']+$/g, "");
}

export function pasted(field: Takes<"look_at_pasted">["field"], text: string): Gives<"look_at_pasted"> {
  return { is_decorated: bare(text) !== text, problem: fault(field, bare(text)) };
}

function fault(field: Takes<"look_at_pasted">["field"], text: string): Problem | null {
  const missing = MISSING[field];
  if (missing === undefined) {
    const here = /^http:\/\/(?:127\.0\.0\.1|localhost)(?::|\/|$)/.test(text);
    if (/^https?:\/\/[^/]*@/.test(text)) return problem("address_not_allowed", { field, detail: "Leave out the user name, the password and what follows a #: it is kept as it stands" });
    return /^https:\/\/./.test(text) || here ? null : problem("address_not_allowed", { field, detail: "Greenhouse calls public https addresses only" });
  }
  return text === "" ? problem("credential_malformed", { field, detail: missing }) : null;
}
