// Where something is done about a problem. The engine names the place; here it is said where that is in the window.

import type { Place, Problem } from "../backend/types";

export const placeWords: Record<Place, string> = {
  credential: "You do that in the step Credential.",
  permissions: "You do that in the step Credential.",
  vault: "You do that in the step Credential.",
  users: "You do that in the step Users.",
  webhooks: "You do that in the step Webhooks.",
  mapping: "You do that in the step Mapping.",
  set_up: "The list of steps says which.",
  review: "You do that in the step Review.",
  people: "You do that on the page People.",
  sending: "You do that on the page Overview.",
  support: "The file for support is under Help.",
};

/** What to do about a problem, and where. */
export function whatNow(problem: Problem): string {
  return problem.place === null ? problem.now : `${problem.now} ${placeWords[problem.place]}`;
}
