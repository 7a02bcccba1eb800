// Words of steps 6 and 7.

import type { FirstRun } from "../backend/types";
import { atLeast, counted, figure } from "./numbers";
import { about } from "./time";

export const review = {
  title: "Look it over once",
  lead: "This is everything you decided, and what the first run will do. Nothing has been sent yet.",
  leadActive: "This is everything you decided, and what the next run will do. Sending is switched on.",
  staleTitle: "Something changed since you approved this",
  staleLine: "Look it over again, then approve it as it is now.",
  approvedTitle: "You approved this",
  approvedLine: "If you change anything, this page asks again.",
  change: "Change",
  changeStep: (title: string) => `Change ${title}`,
  blocked: "Before it can be switched on",
  goTo: (title: string) => `Go to ${title}`,
  decided: "What you decided",
  firstRun: "What the first run will do",
  dryRun: "What will be sent",
  dryRunNote: (people: string, changes: string) => `${changes} for ${people}`,
  dryRunEmpty: "Nobody waits to be sent",
  dryRunEmptyLine: "Hand people over from Headhuntr: drop a file on this window, or watch a folder (under Set-up, once it is switched on). They are sent with the next run.",
  held: (count: string) => `${count} held back until you decide`,
  onBehalf: (who: string) => `on behalf of ${who}`,
  more: (count: string) => `Show ${count} more`,
  approve: "Approve and go on",
  reads: "Reads",
  sends: "Sends",
  takes: "Takes",
  users: "Users",
  jobs: "Jobs",
  candidates: "Candidates",
  leastNote: "Greenhouse tells no totals, so this is the least",
  inAll: (changes: string) => `${changes} in all`,
  unfinished: (title: string) => `${title} is not finished`,
  requests: (count: string, least: boolean) => `${least ? "At least" : "About"} ${count} requests`,
};

export const activate = {
  title: "Switch it on",
  lead: "One button. Everything is checked once more first; if anything fails, nothing is switched on.",
  whatTitle: "What will happen",
  button: "Activate",
  busy: "Checking everything once more…",
  doneTitle: "Headhuntr and Greenhouse are connected",
  doneLead: "From now on the sync runs by itself.",
  since: "Active since",
  deactivate: "Deactivate",
  deactivateTitle: "Switch sending off?",
  deactivateLine: "Nothing is sent to Greenhouse until you activate again. What was sent stays there, and nothing you set up is lost.",
  connected: "Connected",
  notConnected: "Not connected yet",
  goHome: "Go to the overview",
  undoLine: "You can switch it off at any time, here or on the page “Set-up”.",
  cannot: "Not yet: something has to come first",
};

/** What the first run reads, in a line. */
export function readsLine(run: FirstRun): string {
  const parts = [counted(run.users, "user", "users")];
  if (run.jobs !== null) parts.push(`${atLeast(run.jobs)} jobs`);
  if (run.candidates !== null) parts.push(`${atLeast(run.candidates)} candidates`);
  return parts.join(", ");
}

/** How many requests the first run takes, and how long. */
export function takesLine(run: FirstRun): string {
  const least = run.at_least ? "At least " : "About ";
  return `${least}${figure(run.requests)} requests, ${about(run.seconds)} at the pace Greenhouse allows`;
}

/** What happens on activation, in order. */
export function willHappen(run: FirstRun, changes: number): string[] {
  return [
    "The credential, the mapping and every right are checked once more.",
    `The app reads ${readsLine(run)} from Greenhouse: ${run.at_least ? "at least " : "about "}${figure(run.requests)} requests, ${about(run.seconds)}.`,
    run.people === 0
      ? "Nobody waits to be sent. Hand people over as a file, through a watched folder or by a program; they are sent as they come."
      : `${counted(run.people, "person is", "people are")} sent to Greenhouse, ${counted(changes, "change", "changes")} in all, each on behalf of the colleague who found them.`,
    "After that the sync runs by the clock. You can switch it off at any time.",
  ];
}
