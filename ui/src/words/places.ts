// Where something is done about a problem. The engine names the place; here it is said where that is in the window.

import type { Place, Problem, Step } from "../backend/types";
import type { HomePage, Place as Shown } from "../state/session.svelte";

export const placeWords: Record<Place, string> = {
  credential: "See the step Credential.",
  permissions: "See the step Credential.",
  vault: "See the step Credential.",
  users: "See the step Users.",
  webhooks: "See the step Webhooks.",
  mapping: "See the step Mapping.",
  set_up: "The list of steps says which.",
  review: "See the step Review.",
  people: "See the page People.",
  sending: "See the page Overview.",
  support: "The file for support is under Help.",
};

/** Where in the window each place is. */
const steps: Partial<Record<Place, Step>> = {
  credential: "credential",
  permissions: "credential",
  vault: "credential",
  users: "users",
  webhooks: "webhooks",
  mapping: "mapping",
  review: "review",
};
const pages: Partial<Record<Place, HomePage>> = { webhooks: "webhooks", mapping: "mapping", people: "people", sending: "overview" };

/** What to do about a problem, and where, unless the page that is shown is that place. */
export function whatNow({ now, place }: Problem, shown?: Shown): string {
  if (place === null) return now;
  const here = (shown?.at === "step" && steps[place] === shown.step) || (shown?.at === "home" && pages[place] === shown.page);
  return here ? now : `${now} ${placeWords[place]}`;
}
