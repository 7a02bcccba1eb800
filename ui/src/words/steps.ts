// The seven steps in words: names, states and the reasons behind them.

import type { Reason, Step, StepState, StepView } from "../backend/types";
import { counted } from "./numbers";

export const STEPS: readonly Step[] = [
  "permissions",
  "credential",
  "users",
  "webhooks",
  "mapping",
  "review",
  "activate",
];

export const stepTitle: Record<Step, string> = {
  permissions: "Permissions",
  credential: "Credential",
  users: "Users",
  webhooks: "Webhooks",
  mapping: "Mapping",
  review: "Review",
  activate: "Activate",
};

export const stateWord: Record<StepState, string> = {
  cannot_start: "Cannot start yet",
  to_do: "To do",
  in_work: "In work",
  done: "Done",
  needs_attention: "Needs attention",
};

/** Why a step is not simply done, as a short phrase. */
export function reasonWords(reason: Reason): string {
  switch (reason.kind) {
    case "after":
      return `After ${stepTitle[reason.step]}`;
    case "permissions_missing":
      return `${counted(reason.count, "permission", "permissions")} missing`;
    case "core_permission_missing":
      return "A permission it cannot work without is missing";
    case "not_site_admin":
      return "The user behind it is not a Site Admin";
    case "credential_rejected":
      return "Greenhouse no longer accepts it";
    case "secret_gone":
      return "The secret is gone from the keychain";
    case "permission_unconfirmed":
      return "One of two confirmed";
    case "export_partial":
      return "Some people seem to be missing";
    case "webhooks_not_live":
      return `${reason.live} of ${reason.wanted} have arrived`;
    case "address_unproved":
      return "The address is not tested yet";
    case "team_unknown":
      return "Add your team";
    case "unmapped":
      return `${counted(reason.count, "person", "people")} to confirm`;
    case "mapping_broken":
      return reason.count === 1 ? "1 person stopped working" : `${reason.count} people stopped working`;
    case "changed_since_review":
      return "Something changed since";
    case "deactivated":
      return "Switched off";
  }
}

/** The step at which a reason is dealt with. */
export function placeOf(reason: Reason): Step {
  switch (reason.kind) {
    case "after":
      return reason.step;
    case "permission_unconfirmed":
      return "permissions";
    case "permissions_missing":
    case "core_permission_missing":
    case "not_site_admin":
    case "credential_rejected":
    case "secret_gone":
      return "credential";
    case "export_partial":
      return "users";
    case "webhooks_not_live":
    case "address_unproved":
      return "webhooks";
    case "team_unknown":
    case "unmapped":
    case "mapping_broken":
      return "mapping";
    case "changed_since_review":
      return "review";
    case "deactivated":
      return "activate";
  }
}

/** The line under a step's name: what is known of it, else why it waits, else its state. */
export function stepLine(view: StepView): string {
  const reason = view.reasons[0];
  if (view.state === "done") return view.summary || stateWord.done;
  if (view.state === "needs_attention" && reason !== undefined) return reasonWords(reason);
  if (view.summary !== "") return view.summary;
  return reason === undefined ? stateWord[view.state] : reasonWords(reason);
}

/** The step after this one, or nothing after the last. */
export function stepAfter(step: Step): Step | null {
  return STEPS[STEPS.indexOf(step) + 1] ?? null;
}

/** The step before this one, or nothing before the first. */
export function stepBefore(step: Step): Step | null {
  return STEPS[STEPS.indexOf(step) - 1] ?? null;
}
