// A home that has been running for a while, to look at: runs of a day, and people in every stage.

import { problem } from "./problems";
import { madeUpPeople, type World } from "./world";

const STAGES: [string, number][] = [
  ["Prospect", 54],
  ["Application Review", 31],
  ["Interviewing", 19],
  ["Offer", 5],
  ["Hired", 7],
  ["Rejected", 12],
];
const QUARTER = 15 * 60_000;

/** Fills the world with what a week of use leaves behind. */
export function history(world: World): void {
  const now = world.now();
  const at = (ago: number): string => new Date(now - ago).toISOString();
  world.running = null;
  world.runs = Array.from({ length: 34 }, (_, index) => {
    const sent = index % 5 === 1 ? 3 : index % 7 === 2 ? 12 : 0;
    const pulled = [312, 41, 1204, 88, 17, 640, 9][index % 7] ?? 40;
    const started = 4 * 60_000 + index * QUARTER;
    return {
      run: 200 - index,
      kind: "sync" as const,
      started_at: at(started),
      pulled_at: at(started - 600 - pulled * 12),
      ended_at: at(started - 900 - pulled * 16),
      outcome: index === 9 ? ("failed" as const) : index % 7 === 2 ? ("needs_you" as const) : ("done" as const),
      pulled,
      sent,
      refused: 0,
      needs_you: index % 7 === 2 ? 1 : 0,
      requests: 12 + Math.round(pulled / 40) + sent * 4,
      problem: index === 9 ? problem("offline") : null,
    };
  });
  const base = madeUpPeople("priya.raman@example.com");
  let number = 0;
  world.people = STAGES.flatMap(([outcome, count]) =>
    Array.from({ length: count }, () => {
      number++;
      const like = base[number % base.length];
      if (like === undefined) throw problem("not_found");
      return {
        ...like,
        person: number,
        headhuntr_id: `hh-${3000 + number}`,
        state: "sent" as const,
        candidate: 880_000 + number,
        application: 990_000 + number,
        outcome,
        outcome_at: at(number * 3_600_000),
        sent: ["application", "résumé", "note"],
      };
    }),
  );
  trouble(world, 900, "Two people in Greenhouse share this e-mail", { kind: "twins", candidates: [880_123, 880_977] });
  trouble(world, 901, "Somebody of this name is in Greenhouse already", { kind: "name_only", candidates: [880_311] });
  trouble(world, 902, "This job is closed", { kind: "job_closed", job: 4412 });
  world.last_webhook = { at: at(38_000), what: "Candidate has changed stage" };
}

function trouble(world: World, person: number, title: string, conflict: NonNullable<World["people"][number]["conflict"]>): void {
  const like = madeUpPeople("tomas.kowalski@example.com")[person % 9];
  if (like === undefined) return;
  world.people.push({ ...like, person, headhuntr_id: `hh-${person}`, state: "needs_you", conflict, problem: problem("conflict", { title }) });
}
