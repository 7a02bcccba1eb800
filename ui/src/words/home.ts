// Words of home and its pages.

import type { Code, Conflict, Decision, Interest, PersonRow, PersonState, RunKind, RunOutcome, RunRow } from "../backend/types";
import type { HomePage } from "../state/session.svelte";
import { counted, figure } from "./numbers";

export const homeTitle: Record<HomePage, string> = {
  overview: "Overview",
  people: "People",
  runs: "Runs",
  webhooks: "Webhooks",
  mapping: "Mapping",
  audit: "Audit",
  setup: "Set-up",
};

export const runWord: Record<RunKind, string> = {
  pull: "Pull",
  push: "Push",
  sync: "Sync",
};

export const outcomeWord: Record<RunOutcome, string> = {
  done: "Done",
  needs_you: "Needs you",
  cancelled: "Stopped",
  failed: "Failed",
  interrupted: "Cut off",
};

export const outcomeTone: Record<RunOutcome, "good" | "warn" | "bad" | "plain"> = {
  done: "good",
  needs_you: "warn",
  cancelled: "plain",
  failed: "bad",
  interrupted: "warn",
};

export const personStateWord: Record<PersonState, string> = {
  waiting: "Waiting",
  needs_you: "Needs you",
  sending: "On the way",
  sent: "In Greenhouse",
  left_out: "Left out",
};

export const personStateTone: Record<PersonState, "good" | "warn" | "plain" | "wait"> = {
  waiting: "wait",
  needs_you: "warn",
  sending: "wait",
  sent: "good",
  left_out: "plain",
};

export const interestWord: Record<Interest, string> = {
  potential: "Potential",
  qualified: "Qualified",
  interested: "Interested",
};

/** What a run did: "312 read · 3 sent · 1 needs you". */
export function runLine(run: RunRow): string {
  const parts = [`${figure(run.pulled)} read`];
  if (run.kind !== "pull") parts.push(run.sent === 0 ? "nothing to send" : `${figure(run.sent)} sent`);
  if (run.refused > 0) parts.push(`${figure(run.refused)} refused`);
  if (run.needs_you > 0) parts.push(run.needs_you === 1 ? "1 needs you" : `${figure(run.needs_you)} need you`);
  return parts.join(" · ");
}

/** The words on the button that goes on regardless. */
export function goOnWord(conflict: Conflict | null, code?: Code): string {
  if (conflict === null && code === "not_listed") return "Send without it";
  switch (conflict?.kind) {
    case "twins":
    case "name_only":
      return "Somebody else: add them";
    case "kept_theirs":
      return "Leave it as it is in Greenhouse";
    case "pool_not_found":
      return "Add them without a pool";
    case "source_not_found":
      return "Put this away";
    case "rejected_on_job":
      return "Add them again";
    case "resume_gone":
      return "Send without the résumé";
    default:
      return "Go on";
  }
}

/** What was decided, in a sentence. A few conflicts are only notes: to go on puts them away. */
export function decidedLine({ name, conflict }: Pick<PersonRow, "name" | "conflict">, { decide }: Decision): string {
  const isNote = conflict?.kind === "kept_theirs" || conflict?.kind === "source_not_found";
  return decide === "go_on" && isNote ? people.notePutAway(name) : people.decided[decide](name);
}

export const home = {
  pause: "Pause",
  resume: "Resume",
  syncNow: "Sync now",
  readNow: "Read now",
  stop: "Stop",
  connectedAs: "Connected as",
  nobody: "Not connected",
  lastPull: "Last pull",
  lastWebhook: "Last webhook",
  waiting: "Waiting to be sent",
  pulled: (records: number, took: string) => (records === 0 ? `Nothing new, looked in ${took}` : `${counted(records, "record", "records")} in ${took}`),
  left: (remaining: string, limit: string) => `${remaining} of ${limit} left`,
  timeLeft: (time: string) => `${time} left`,
  waits: (people: number, changes: number) =>
    people === 0 ? "Nothing waits" : changes === 0 ? "Planned in the next run" : counted(changes, "change", "changes"),
  budget: "Greenhouse’s limit",
  never: "Not yet",
  notKnown: "Not known now",
  noWebhooks: "None has arrived",
  loadingTitle: "Overview",
  funnel: (people: string, one: boolean) => (one ? `Where the ${people} you sent stands now` : `Where the ${people} you sent stand now`),
  funnelEmpty: "Where people stand",
  funnelNone: "Nobody has been sent yet",
  funnelEmptyLine: "When people from Headhuntr are in Greenhouse, you see here how far they have come.",
  ends: [
    { label: "Hired", tone: "hired" },
    { label: "Rejected", tone: "rejected" },
  ],
  needsYou: "Needs you",
  allOfThem: (count: number) => `All ${count}`,
  nothing: "Nothing needs you",
  nothingLine: "If something does, it stands here with what to do.",
  runs: "Latest runs",
  noRuns: "No run yet",
  allRuns: "All runs",
  mirror: "Kept on this computer",
  offline: "You see what was read last. The next run tries again by itself; nothing is lost.",
  inactive: "Sending is switched off",
  inactiveLine: "The app goes on reading. Nothing is sent to Greenhouse until you activate it.",
  deactivate: "Deactivate",
};

export const runs = {
  title: "Runs",
  lead: "Each run reads what changed in Greenhouse, then sends the people who wait.",
  readAll: "Read everything again",
  emptyLine: "The first one starts when you activate, or when you say so.",
  columns: ["When", "What it did", "Requests", "Took", "End"],
  underWay: "Under way",
  picture: (count: number) => `The latest ${count} runs: records read, people sent, and where somebody is needed`,
  scale: "Each line stands for 100 times as many",
  keys: { read: "read", sent: "sent", stuck: "needs you, or failed" },
};

export const whole = {
  title: "Is everything here?",
  complete: "Everything listed is kept",
  gaps: "Some records are missing",
  line: "When everything was last read, what Greenhouse listed was counted and laid beside what is kept here, list by list.",
  columns: ["List", "Read", "Listed", "Kept", "Left out on purpose", "Missing"],
  pages: (pages: number) => counted(pages, "page", "pages"),
};

export const audit = {
  title: "Audit log",
  lead: "Who did what, in whose name, and what came of it.",
  columns: ["When", "Who", "What", "On behalf of", "Result"],
  intact: "Unbroken",
  broken: "An entry was altered",
  brokenLine: "The seals of the log do not fit together. Somebody or something changed the file from outside.",
  empty: "Nothing has happened yet",
  about: (what: string, whose: string) => (whose === "" ? what : `${what} (${whose})`),
  user: (id: number) => `Greenhouse user ${id}`,
};

export const people = {
  title: "People",
  lead: "Everybody sourced in Headhuntr who was handed to this app, and where each stands.",
  search: "Search name, e-mail or job",
  filterLegend: "Which people",
  filters: { all: "All", needs_you: "Needs you", waiting: "Waiting", sent: "In Greenhouse" },
  dropTitle: "Drop sourced candidates anywhere on this window",
  dropLine: "CSV, Excel or JSON Lines from Headhuntr, or a folder with résumés beside it.",
  choose: "Choose file…",
  chooser: "Choose sourced candidates",
  columns: ["Person", "Job", "Owner", "Stands at", "State"],
  empty: "Nobody was handed over yet",
  emptyLine: "Drop a file from Headhuntr, watch a folder, or let a program hand people over (both under Set-up). The same person handed over twice stays one person.",
  noneFound: "Nobody matches",
  took: (files: string) => `Taken in from ${files}`,
  added: "New",
  changed: "Different",
  unchanged: "As before",
  troubles: (count: string) => `${count} not understood`,
  troublesNote: "Everything else was taken in",
  row: (file: string, row: number | null) => (row === null ? file : `${file}, row ${row}`),
  noJob: "No job",
  notSent: "Not sent yet",
  decide: "Your decision",
  link: (id: number) => `It is candidate ${id}`,
  leaveOut: "Leave out",
  decided: {
    link: (name) => `${name} is taken for the person you named.`,
    go_on: (name) => `${name} goes on with the next run.`,
    use_job: (name) => `The job for ${name} is chosen.`,
    try_again: (name) => `${name} is tried again with the next run.`,
    leave_out: (name) => `${name} is left out.`,
  } as Record<Decision["decide"], (name: string) => string>,
  notePutAway: (name: string) => `The note about ${name} is put away.`,
  tryAgain: "Try again",
  takeIn: "Take back in",
  goMapping: "Go to the mapping",
  jobLabel: "Job, by its ATS id",
  useJob: "Use this job",
  withoutJob: "Add without a job",
  jobWrong: "An ATS id is a whole number, as in the address of the job’s page in Greenhouse.",
  facts: { email: "E-mail", role: "Works as", interest: "In Headhuntr", job: "Job", headhuntr: "Headhuntr id", candidate: "In Greenhouse" },
  candidateIds: (candidate: number, application: number | null) =>
    application === null ? `Candidate ${candidate}` : `Candidate ${candidate}, application ${application}`,
  open: (name: string) => `Open ${name}`,
  journey: {
    label: "The way so far",
    found: "Found in Headhuntr",
    by: (who: string) => `by ${who}`,
    sent: (what: string) => (what === "" ? "" : `With ${what}`),
    held: {
      waiting: "Goes with the next run.",
      sending: "Greenhouse is being told.",
      needs_you: "Waits for your decision.",
      left_out: "Is not sent. Nothing in Greenhouse changes.",
    } as Partial<Record<PersonState, string>>,
    then: "Greenhouse",
    unknown: "Nothing heard yet",
  },
};

export const setup = {
  title: "Set-up",
  lead: "Every step stays open. Change what you like.",
  steps: "The steps",
  sending: "Sending to Greenhouse",
  on: "Sending is switched on",
  off: "Sending is switched off",
  onLine: "People are sent by themselves, each on behalf of the colleague who found them.",
  activate: "Activate…",
  kept: "What is kept",
  watch: "Watched folder",
  place: "On this computer",
  store: "Where everything is kept",
  version: "Version",
  support: "Support",
  practiceTitle: "Practice",
  practiceLine: "The whole app against a made-up Greenhouse, with a store of its own. Your set-up here stays as it is.",
  practise: "Practise",
  wipe: "Remove everything…",
  wipeTitle: "Remove everything from this computer?",
  wipeLine: "The set-up, everything that was read, the log and the secrets are removed. What is in Greenhouse stays there. This cannot be undone.",
  wipeWord: "remove",
  wipeLabel: "Type “remove” to go on",
  wipeWrong: "Type the word “remove” as it stands there.",
  wipeDo: "Remove everything",
};

export const kept = {
  line: "Some people and jobs may be seen by few in Greenhouse. They are not kept here unless you switch them on. What you switch off is removed at once.",
  candidates: "Keep private candidates",
  jobs: "Keep confidential jobs and their applications",
};

export const watch = {
  line: "Lists of people that are put into a folder you choose are taken in by themselves.",
  choose: "Choose a folder…",
  stop: "Stop watching",
  taken: (added: number, changed: number) => `${String(added)} new, ${String(changed)} changed`,
};

export const handover = {
  title: "Programs on this computer",
  note: "They can hand people over, and read where they stand",
  line: "A program here posts people to the first address and reads the second one, with the key. No other computer and no page in a browser is answered.",
  people: "People go to",
  outcomes: "Where they stand",
  key: "Key",
  notListening: "Not listening at the moment",
};

/** What was tried for one person. */
export const history = {
  title: "What was tried",
  none: "Nothing yet",
  state: {
    waiting: "waits",
    sending: "on the way",
    unknown: "being looked for",
    done: "done",
    wedged: "needs you",
    cancelled: "not wanted any more",
  } as Record<string, string>,
  found: "was there already",
  tries: (count: number) => (count === 1 ? "1 try" : `${count} tries`),
  made: (what: string, id: number) => `${what} ${id}`,
};

/** What was made in Greenhouse, to be removed there by hand. */
export const made = {
  open: "What was made…",
  title: "Made in Greenhouse",
  line: "This app may not delete anything. To undo something, remove it in Greenhouse; this list says where it is.",
  none: "Nothing was made yet",
  copy: "Copy all as a table",
  what: "Everything made in Greenhouse, for a spreadsheet",
  page: "Copy the address",
  more: (count: number) => `and ${count} more; the table has all of them`,
};

/** More people wait than are sent within an hour without asking. */
export const cap = {
  title: (people: string) => `Send ${people}?`,
  line: (sent: number, perHour: number) =>
    `${sent} were sent within the last hour. Beyond ${perHour} an hour a person is asked, so that a mistake stays small.`,
  look: "Look through them first",
  confirm: "Send them now",
};

/** The table of where people stand, for a spreadsheet. */
export const outcomeTable = {
  copy: "Copy as a table",
  what: "Where everybody stands, for a spreadsheet",
};
