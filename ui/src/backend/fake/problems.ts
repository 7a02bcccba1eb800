// A few problems as the engine words them, for the stand-in.

import type { Code, Place, Problem } from "../types";

const WORDS: Partial<Record<Code, [string, string, string, string]>> = {
  credential_rejected: [
    "HG-201",
    "Greenhouse does not accept this credential",
    "The client id and secret do not belong together, or the credential was revoked.",
    "Copy both again from Configure › Dev Center › API Credentials, or create a new credential there. The secret is shown only once.",
  ],
  offline: [
    "HG-301",
    "Greenhouse cannot be reached",
    "This computer is offline, or something between it and Greenhouse blocks the way.",
    "Check the network and try again. Nothing is lost; the app goes on by itself when the way is free.",
  ],
  acting_user_deactivated: [
    "HG-207",
    "This Greenhouse user is deactivated",
    "They can no longer log in, so nothing can be done on their behalf.",
    "Reactivate them in Greenhouse, or choose another account.",
  ],
  webhook_unreachable: [
    "HG-401",
    "The address does not lead to this app",
    "We called it from here and the call did not come in.",
    "Check that the tunnel or proxy is running and forwards to the address shown, then try again.",
  ],
  signature_mismatch: [
    "HG-402",
    "A webhook arrived with a wrong signature",
    "The secret key in Greenhouse's form is not the one shown here, or somebody else is calling.",
    "Copy the secret key again into the webhook in Greenhouse and save it there.",
  ],
  file_wrong_kind: [
    "HG-502",
    "This is another kind of file",
    "It was recognised, and it is not what is wanted here.",
    "Hand over the file that is asked for.",
  ],
  file_protected: [
    "HG-503",
    "This file is protected by a password",
    "It is encrypted, so it cannot be read.",
    "Open it in Excel, remove the password, save it, and hand it over again.",
  ],
  rows_invalid: ["HG-507", "Some rows were not understood", "The rest was taken in.", "Correct the rows that are named and hand the file over again."],
  export_partial: [
    "HG-508",
    "This export seems to lack people",
    "It holds no Site Admin. An export made by a Job Admin leaves them out, and so does a filter on the page.",
    "Ask a Site Admin to make the export, without a filter; or go on with what there is.",
  ],
  mapping_twice: [
    "HG-602",
    "Two people share one Greenhouse account",
    "Their work would appear under one name.",
    "Choose another account for one of them, or confirm both if that is meant.",
  ],
  conflict: [
    "HG-603",
    "A person has to decide",
    "Headhuntr and Greenhouse do not agree, and guessing could do harm.",
    "Look at the person and decide.",
  ],
  keychain_unavailable: [
    "HG-701",
    "There is no place to keep secrets",
    "This computer's keychain does not answer or refuses. Secrets are never written to disk in the clear.",
    "Unlock or install a keychain (on Linux: GNOME Keyring or KWallet), or choose an encrypted vault file.",
  ],
  vault_locked: ["HG-702", "The vault does not open", "The passphrase is not the one it was made with.", "Type the passphrase again."],
  not_ready: ["HG-704", "The set-up is not far enough for this", "A step that comes before is not done.", "Finish the steps that are open, then come back."],
  not_found: ["HG-806", "This is not there any more", "It was removed or changed meanwhile.", "Look at the list again."],
};

const PLACES: Partial<Record<Code, Place>> = {
  credential_rejected: "credential",
  acting_user_deactivated: "mapping",
  webhook_unreachable: "webhooks",
  signature_mismatch: "webhooks",
  export_partial: "users",
  mapping_twice: "mapping",
  conflict: "people",
  keychain_unavailable: "vault",
  vault_locked: "vault",
  not_ready: "set_up",
};

/** The standard words for a code, with what is more exact here. */
export function problem(code: Code, exact: Partial<Problem> = {}): Problem {
  const [number, title, why, now] = WORDS[code] ?? ["HG-901", "Something unexpected happened", "This is a fault of the app.", "Try again."];
  return { code, number, title, why, now, place: PLACES[code] ?? null, detail: "", field: null, ...exact };
}
