// The review, the runs and the people of the stand-in.

import type {
  Attention,
  Bar,
  CandidatesImport,
  Completeness,
  Decision,
  HomeView,
  MadePage,
  MadeRow,
  OutcomesPage,
  PeopleFilter,
  PeoplePage,
  PersonHistory,
  PersonRow,
  ReviewView,
  RunKind,
  RunProgress,
  SupportFile,
  Topic,
} from "../types";
import { stepLine } from "../../words/steps";
import { recognise } from "./setup";
import { problem } from "./problems";
import { blockers, fingerprint, steps } from "./steps";
import { choices } from "./choices";
import { madeUpPeople, type World } from "./world";

const at = (world: World): string => new Date(world.now()).toISOString();
const STREAMS: [string, number][] = [
  ["Users", 148],
  ["Jobs", 42],
  ["Job stages", 231],
  ["Candidates", 1840],
  ["Applications", 2210],
  ["People sent", 9],
];

const changesOf = (person: PersonRow): string[] => [
  person.job === null ? "Adds a prospect" : person.interest === "interested" ? `Adds a candidate on ${person.job}` : `Adds a prospect on ${person.job}`,
  "attaches the résumé",
  "adds a note",
];

export function reviewView(world: World): ReviewView {
  const all = steps(world);
  const summary = (step: string): string => {
    const found = all.find((s) => s.step === step);
    return found === undefined ? "–" : stepLine(found);
  };
  const sendable = world.people.filter((p) => p.state === "waiting" || p.state === "needs_you");
  const rows = sendable.map((p) => ({
    person: p.person,
    name: p.name,
    changes: p.problem === null ? changesOf(p) : [],
    on_behalf_of: "Priya Raman",
    problem: p.problem,
  }));
  const mark = fingerprint(world);
  return {
    sections: [
      {
        step: "credential",
        title: "Credential",
        items: [
          { label: "Organisation", value: world.credential?.organisation ?? "–" },
          { label: "Acting as", value: `${world.credential?.acting_as ?? "–"}, Site Admin` },
          { label: "Permissions", value: world.missing.length === 0 ? "All that are needed" : `${world.missing.length} missing, accepted` },
        ],
        problem: null,
      },
      { step: "users", title: "Users", items: [{ label: "Greenhouse users", value: summary("users") }], problem: null },
      {
        step: "webhooks",
        title: "Webhooks",
        items: [
          { label: "Messages arrive", value: summary("webhooks") },
          ...(world.address === null ? [] : [{ label: "Address", value: world.address }]),
        ],
        problem: null,
      },
      { step: "mapping", title: "Mapping", items: [{ label: "Team", value: summary("mapping") }], problem: null },
    ],
    first_run: {
      users: world.applied?.total ?? 0,
      jobs: { value: 42, or_more: false },
      candidates: { value: 500, or_more: true },
      requests: 38 + rows.length * 4,
      at_least: true,
      seconds: 46,
      people: rows.filter((row) => row.problem === null).length,
    },
    dry_run: {
      changes: rows.reduce((sum, row) => sum + row.changes.length, 0),
      people: rows.filter((row) => row.problem === null).length,
      held: rows.filter((row) => row.problem !== null).length,
      rows,
    },
    fingerprint: mark,
    approved: world.approved === mark,
    blockers: blockers(world),
    activated_at: world.activated_at,
  };
}

function funnel(world: World): Bar[] {
  const sent = world.people.filter((p) => p.candidate !== null);
  const count = (label: string): number => sent.filter((p) => p.outcome === label).length;
  return [
    { label: "Prospect", count: count("Prospect"), tone: "active" },
    { label: "Application Review", count: count("Application Review"), tone: "active" },
    { label: "Interviewing", count: count("Interviewing"), tone: "active" },
    { label: "Offer", count: count("Offer"), tone: "active" },
    { label: "Hired", count: count("Hired"), tone: "hired" },
    { label: "Rejected", count: count("Rejected"), tone: "rejected" },
  ];
}

function attention(world: World): Attention[] {
  return world.people
    .filter((p) => p.state === "needs_you" && p.problem !== null)
    .map((p) => ({
      problem: p.problem ?? problem("conflict"),
      place: `person:${p.person}`,
      action: "Choose…",
      count: 1,
      who: p.name,
    }));
}

function calm(waiting: number): string {
  if (waiting === 0) return "Everything is in step";
  return waiting === 1 ? "1 person is waiting to be sent" : `${waiting} people are waiting to be sent`;
}

export function homeView(world: World): HomeView {
  const pull = world.runs.find((run) => run.ended_at !== null);
  const waiting = world.people.filter((p) => p.state === "waiting").length;
  const needs = attention(world);
  const next = new Date(world.now() + 11 * 60_000).toISOString();
  const quiet = needs.length === 0 && !world.faults.has("offline");
  return {
    headline: world.running ? "The sync is under way" : quiet ? calm(waiting) : needs.length === 1 ? "One thing needs you" : `${needs.length} things need you`,
    subline: world.paused ? "Runs by the clock are paused." : "Next run in 11 minutes. You can leave this window open or minimise it.",
    organisation: world.credential?.organisation ?? null,
    connected_as: world.credential?.acting_as ?? null,
    connected_note: world.missing.length === 0 ? "Site Admin, all permissions" : `Site Admin, ${world.missing.length} missing`,
    online: !world.faults.has("offline"),
    last_pull_at: pull?.ended_at ?? null,
    last_pull_count: pull?.pulled ?? 0,
    last_pull_ms: pull === undefined ? 0 : Date.parse(pull.ended_at ?? "") - Date.parse(pull.started_at),
    last_webhook_at: world.last_webhook?.at ?? null,
    last_webhook: world.last_webhook?.what ?? null,
    waiting,
    waiting_changes: waiting * 3,
    budget: { remaining: 61, limit: 75 },
    needs_you: needs,
    funnel: funnel(world),
    sent_people: world.people.filter((p) => p.candidate !== null).length,
    runs: world.runs.slice(0, 20),
    running: world.running,
    next_run_at: world.paused ? null : next,
    paused: world.paused,
    active: world.activated_at !== null,
    mirror: STREAMS.slice(0, 5),
    cap: { per_hour: 250, sent: world.people.filter((p) => p.state === "sent").length, waiting, holds: false },
  };
}

/** The file for support, as short as it gets. */
export function supportFile(world: World): SupportFile {
  const looked = ["The store", "The audit log", "The secrets", "The credential", "The set-up", "The mapping", "Webhooks", "The last run"];
  const offline = world.faults.has("offline");
  return {
    name: "headhuntr-support-2026-11-25.json",
    checks: looked.map((name) => ({ name, found: "as it should be", problem: offline && name === "The credential" ? problem("offline") : null, open: false })),
    text: JSON.stringify({ version: "0.1.0", steps: steps(world).map((it) => ({ step: it.step, state: it.state })), runs: world.runs.length }, null, 2),
  };
}

export function importCandidates(world: World, paths: string[]): CandidatesImport {
  const refused = paths
    .map((path) => recognise(path))
    .filter((verdict) => verdict.kind !== "candidates" && verdict.kind !== "folder")
    .map((verdict) => ({ file: verdict.file, row: null, problem: verdict.problem ?? problem("file_wrong_kind") }));
  const owner = world.team.find((m) => m.state === "confirmed")?.email ?? "priya.raman@example.com";
  const fresh = madeUpPeople(owner).filter((p) => !world.people.some((old) => old.headhuntr_id === p.headhuntr_id));
  const files = paths.length - refused.length;
  if (files > 0) world.people.push(...fresh);
  const added = files > 0 ? fresh.length : 0;
  return { files, added, changed: 0, unchanged: files > 0 ? 9 - added : 0, problems: [], refused };
}

export function listPeople(world: World, search: string, filter: PeopleFilter, offset: number, limit: number): PeoplePage {
  const order = { needs_you: 0, sending: 1, waiting: 2, sent: 3, left_out: 4 };
  const rows = world.people
    .filter((p) => `${p.name} ${p.email} ${p.job}`.toLowerCase().includes(search.toLowerCase()))
    .filter((p) => filter === "all" || p.state === filter)
    .sort((a, b) => order[a.state] - order[b.state] || a.person - b.person);
  const shown = rows.slice(offset, offset + limit).map((p) => ({ ...p, choices: choices(p.state, p.conflict, p.problem?.code) }));
  return { rows: shown, total: rows.length };
}

export function outcomes(world: World, offset: number, limit: number): OutcomesPage {
  const rows = world.people.flatMap((p) =>
    p.candidate === null
      ? []
      : [
          {
            headhuntr_id: p.headhuntr_id,
            name: p.name,
            owner: p.owner ?? "",
            candidate: p.candidate,
            merged_from: null,
            application: p.application,
            job: null,
            job_name: p.job,
            standing: p.outcome === "Hired" ? "hired" : p.outcome === "Rejected" ? "rejected" : "active",
            stage: p.outcome,
            pool: null,
            rejected_at: p.outcome === "Rejected" ? p.outcome_at : null,
            reason: null,
            heard_at: p.outcome_at,
          },
        ],
  );
  return { outcomes: rows.slice(offset, offset + limit), total: rows.length };
}

/** Everything that was listed when everything was last read, and all of it kept. */
export function completeness(world: World): Completeness {
  const last = world.runs.find((run) => run.pulled_at !== null);
  if (last?.pulled_at == null) return { complete: true, lists: [] };
  const read_at = last.pulled_at;
  const lists = STREAMS.filter(([name]) => name !== "People sent").map(([title, records]) => {
    const counts = { listed: records, kept: records, unwanted: 0 };
    const windows = [{ from: null, to: read_at, pages: Math.max(1, Math.ceil(records / 500)), ...counts }];
    return { list: title.toLowerCase().replaceAll(" ", "_"), title, read_at, ...counts, gone: 0, unlisted: 0, missing: [], windows };
  });
  return { complete: true, lists };
}

export function decide(world: World, person: number, decision: Decision): void {
  const found = world.people.find((p) => p.person === person);
  if (found === undefined) throw problem("not_found");
  if (decision.decide === "link") found.candidate = decision.candidate;
  found.state = decision.decide === "leave_out" ? "left_out" : "waiting";
  found.problem = null;
  found.conflict = null;
}

/** What was tried for somebody: everything that was sent, at the first try. */
export function personHistory(world: World, person: number): PersonHistory {
  const found = world.people.find((p) => p.person === person);
  if (found === undefined) throw problem("not_found");
  const started = found.outcome_at ?? at(world);
  const changes = found.sent.map((what) => ({
    what,
    state: "done",
    acting: 4_100_200,
    problem: null,
    attempts: [{ started_at: started, ended_at: started, request: what, outcome: "done", status: null, request_id: "req-1" }],
    receipt: madeRow(found, what, started),
  }));
  return { person, name: found.name, changes };
}

/** What was made in Greenhouse, person by person. */
export function listMade(world: World, offset: number, limit: number): MadePage {
  const rows = world.people.flatMap((p) => (p.candidate === null ? [] : p.sent.map((what) => madeRow(p, what, p.outcome_at ?? at(world)))));
  return { rows: rows.slice(offset, offset + limit), total: rows.length };
}

function madeRow(p: World["people"][number], what: string, when: string): MadeRow {
  return {
    person: p.person,
    headhuntr_id: p.headhuntr_id,
    name: p.name,
    what,
    found: false,
    joined: false,
    candidate: p.candidate,
    application: p.application,
    made: 770_000 + p.person,
    ids: `candidate ${String(p.candidate)}, application ${String(p.application)}, ${what} ${770_000 + p.person}`,
    acting: 4_100_200,
    at: when,
    link: p.candidate === null ? null : `https://app.greenhouse.io/people/${p.candidate}`,
  };
}

/** What becomes of the people who wait, once they are sent. */
function send(world: World): number {
  const places = ["Application Review", "Prospect", "Interviewing"];
  let sent = 0;
  for (const person of world.people.filter((p) => p.state === "waiting")) {
    if (person.person === 4 && person.candidate === null) {
      person.state = "needs_you";
      person.conflict = { kind: "twins", candidates: [880_123, 880_977] };
      person.problem = problem("conflict", {
        title: "Two people in Greenhouse share this e-mail",
        why: "The address alone does not tell which of them is meant.",
        now: "Choose the one it is, or leave the person out.",
      });
      continue;
    }
    Object.assign(person, {
      state: "sent",
      candidate: person.candidate ?? 880_000 + person.person,
      application: person.job === null ? null : 990_000 + person.person,
      outcome: person.job === null ? "Prospect" : places[person.person % places.length],
      outcome_at: at(world),
      sent: ["application", "résumé", "note"],
    });
    sent++;
  }
  return sent;
}

/** Starts a run that goes on in steps of `beat` milliseconds, or ends at once where it is zero. */
export function startRun(world: World, kind: RunKind, beat: number, tell: (topics: Topic[], run?: RunProgress) => void): void {
  if (world.running !== null) return;
  const number = 1 + Math.max(0, ...world.runs.map((run) => run.run));
  const streams = STREAMS.map(([name, total]) => ({ name, done: 0, total, finished: false }));
  const run: RunProgress = {
    run: number,
    kind,
    started_at: at(world),
    doing: "Reading users",
    streams,
    fraction: 0,
    seconds_left: null,
    wait: null,
    outcome: null,
  };
  world.running = run;
  const BEATS = 60;
  let beats = 0;
  const step = (): void => {
    if (world.running !== run) return;
    beats++;
    advance(world, run, beats / BEATS);
    if (beats < BEATS) {
      tell([], run);
      if (beat > 0) setTimeout(step, beat);
    } else {
      finish(world, run, "done");
      tell(["home", "runs", "people", "overview", "audit"], run);
    }
  };
  if (beat > 0) setTimeout(step, beat);
  else while (world.running === run) step();
}

function advance(world: World, run: RunProgress, fraction: number): void {
  const place = fraction * run.streams.length;
  run.streams.forEach((stream, index) => {
    const part = Math.min(1, Math.max(0, place - index));
    stream.done = Math.round((stream.total ?? 0) * part);
    stream.finished = part >= 1;
  });
  const current = run.streams.find((stream) => !stream.finished);
  run.doing = current === undefined ? "Finishing" : current.name === "People sent" ? "Sending people" : `Reading ${current.name.toLowerCase()}`;
  run.fraction = fraction;
  run.seconds_left = fraction < 0.2 ? null : Math.ceil((1 - fraction) * 24);
  run.wait =
    fraction > 0.45 && fraction < 0.6
      ? { reason: "Waiting for Greenhouse's limit", until: new Date(world.now() + 4000).toISOString() }
      : null;
}

export function finish(world: World, run: RunProgress, outcome: "done" | "cancelled"): void {
  const sent = outcome === "done" && run.kind !== "pull" && world.activated_at !== null ? send(world) : 0;
  const needs = world.people.filter((p) => p.state === "needs_you").length;
  run.outcome = outcome === "cancelled" ? "cancelled" : needs > 0 ? "needs_you" : "done";
  world.running = null;
  world.runs.unshift({
    run: run.run,
    kind: run.kind,
    started_at: run.started_at,
    pulled_at: outcome === "done" && run.kind !== "push" ? at(world) : null,
    ended_at: at(world),
    outcome: run.outcome,
    pulled: run.streams.slice(0, 5).reduce((sum, stream) => sum + stream.done, 0),
    sent,
    refused: 0,
    needs_you: needs,
    requests: 44,
    problem: null,
  });
}
