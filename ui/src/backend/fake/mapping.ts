// Step 5 of the stand-in.

import type { MappingFilter, MappingPage, MappingRow, MappingView, PasteLine, PasteView, ProposalsView } from "../types";
import { problem } from "./problems";
import { broken } from "./steps";
import { madeUpTeam, type Member, type World } from "./world";

export function mappingView(world: World): MappingView {
  const count = (wanted: (m: Member) => boolean): number => world.team.filter(wanted).length;
  const certain = (m: Member): boolean => m.evidence === "same_email" || m.evidence === "by_hand";
  return {
    team: world.team.length,
    confirmed: count((m) => m.state === "confirmed"),
    certain: count((m) => m.state === "proposed" && certain(m)),
    likely: count((m) => m.state === "proposed" && !certain(m)),
    unmatched: count((m) => m.state === "unmatched"),
    left_out: count((m) => m.state === "left_out"),
    broken: broken(world),
    problems: [],
    undo: world.undo?.words ?? null,
  };
}

function row(world: World, m: Member): MappingRow {
  const user = world.users.find((user) => user.id === m.user);
  const twice = m.user !== null && world.team.some((other) => other !== m && other.user === m.user);
  return {
    ...m,
    user_name: user?.name ?? null,
    user_email: user?.email ?? null,
    reasons: m.evidence === null ? [] : [m.evidence === "same_email" ? "Same e-mail address" : "Same mailbox at another domain"],
    doubt: null,
    choices: 0,
    differences: [],
    problem:
      m.user !== null && user === undefined
        ? problem("not_found", { title: "Not in the list of users" })
        : user?.deactivated
          ? problem("acting_user_deactivated", { title: "Deactivated in Greenhouse" })
          : twice
            ? problem("mapping_twice", { title: "Used twice" })
            : null,
  };
}

const NEED: Record<Member["state"], number> = { unmatched: 0, proposed: 1, confirmed: 3, left_out: 4 };

export function listMapping(world: World, search: string, filter: MappingFilter, offset: number, limit: number): MappingPage {
  const wanted = search.toLowerCase();
  const rows = world.team
    .map((m) => row(world, m))
    .filter((r) => `${r.name} ${r.email} ${r.user} ${r.user_name}`.toLowerCase().includes(wanted))
    .filter((r) => filter === "all" || (filter === "confirmed") === (r.state === "confirmed" && r.problem === null))
    .filter((r) => filter !== "open" || r.state !== "left_out")
    .sort((a, b) => rank(a) - rank(b) || a.member - b.member);
  return { rows: rows.slice(offset, offset + limit), total: rows.length };
}

function rank(r: MappingRow): number {
  if (r.problem !== null && r.state !== "left_out") return 0;
  return r.state === "proposed" && r.evidence === "same_email" ? 2 : NEED[r.state];
}

/** Remembers the team as it was, then changes it. */
export function change(world: World, words: string, act: () => void): void {
  const before = world.team.map((m) => ({ ...m }));
  act();
  world.undo = { words, team: before };
}

export function importTeam(world: World, path: string): void {
  const file = path.split(/[\\/]/).at(-1) ?? path;
  if (!/team/i.test(file)) throw problem("file_wrong_kind", { detail: `“${file}” is not a Headhuntr team list.` });
  const count = /large/i.test(file) ? 5000 : 14;
  change(world, `The team was read from ${file}`, () => (world.team = madeUpTeam(world.users, count)));
}

export function addMember(world: World, name: string, email: string, user: number | null = null): void {
  const same = world.users.find((u) => !u.deactivated && u.email?.toLowerCase() === email.toLowerCase());
  const account = user ?? same?.id ?? null;
  world.team.push({
    member: 1 + Math.max(0, ...world.team.map((m) => m.member)),
    name,
    email,
    headhuntr_id: null,
    user: account,
    state: account === null ? "unmatched" : "proposed",
    evidence: account === null ? null : user === null ? "same_email" : "by_hand",
    proof: "untried",
    proved_at: null,
  });
}

export function setMapping(world: World, member: number, user: number | null): void {
  const m = world.team.find((m) => m.member === member);
  if (m === undefined) throw problem("not_found");
  change(world, user === null ? `${m.name}: the ATS id was taken away` : `${m.name}: the ATS id is now ${user}`, () => {
    Object.assign(m, { user, state: user === null ? "unmatched" : "proposed", evidence: user === null ? null : "by_hand", proof: "untried", proved_at: null });
  });
}

export function confirm(world: World, members: number[]): void {
  const chosen = world.team.filter((m) =>
    members.length === 0 ? m.state === "proposed" && (m.evidence === "same_email" || m.evidence === "by_hand") : members.includes(m.member),
  );
  const off = new Set(world.users.filter((user) => user.deactivated).map((user) => user.id));
  change(world, chosen.length === 1 ? `${chosen[0]?.name} was confirmed` : `${chosen.length} people were confirmed`, () => {
    for (const m of chosen) {
      if (m.user === null) continue;
      const works = !off.has(m.user);
      Object.assign(m, { state: "confirmed", proof: works ? "works" : "refused", proved_at: new Date(world.now()).toISOString() });
    }
  });
}

export function leaveOut(world: World, members: number[], out: boolean): void {
  const chosen = world.team.filter((m) => members.includes(m.member));
  const names = chosen.map((m) => m.name).join(", ");
  change(world, `${names}: ${out ? "left out" : "taken back in"}`, () => {
    for (const m of chosen) m.state = out ? "left_out" : m.user === null ? "unmatched" : "proposed";
  });
}

export function undo(world: World): void {
  if (world.undo === null) throw problem("not_found");
  world.team = world.undo.team;
  world.undo = null;
}

export function proposals(world: World, member: number): ProposalsView {
  const m = world.team.find((m) => m.member === member);
  const user = world.users.find((user) => user.id === m?.user);
  if (m === undefined || user === undefined || m.evidence === null) return { rows: [] };
  return { rows: [{ user: user.id, name: user.name, email: user.email, evidence: m.evidence, reasons: row(world, m).reasons }] };
}

export function confirmShared(world: World, member: number): void {
  confirm(world, [member]);
}

export function reset(world: World, members: number[]): void {
  const chosen = world.team.filter((m) => (members.length === 0 ? m.state === "confirmed" || m.evidence === "by_hand" : members.includes(m.member)));
  change(world, chosen.length === 1 ? "1 person begun anew" : `${chosen.length} people begun anew`, () => {
    for (const m of chosen) {
      const same = world.users.find((u) => !u.deactivated && u.email?.toLowerCase() === m.email.toLowerCase());
      Object.assign(m, {
        user: same?.id ?? null,
        state: same === undefined ? "unmatched" : "proposed",
        evidence: same === undefined ? null : "same_email",
        proof: "untried",
        proved_at: null,
      });
    }
  });
}

export function previewPaste(world: World, text: string, search: string, filter: MappingFilter, from: number | null): PasteView {
  const shown = from === null ? [] : listMapping(world, search, filter, from, 100_000).rows;
  const lines = text
    .trimEnd()
    .split("\n")
    .map((line, index): PasteLine => {
      const cells = line.split(/[\t;,]/).map((cell) => cell.trim());
      const email = cells.find((cell) => cell.includes("@")) ?? "";
      const id = Number(cells.filter((cell) => /^\d+$/.test(cell)).at(-1) ?? Number.NaN);
      const m = email === "" ? shown[index] : world.team.find((m) => m.email.toLowerCase() === email.toLowerCase());
      const user = Number.isNaN(id) ? null : id;
      const known = world.users.find((it) => it.id === user);
      const understood = email !== "" || (user !== null && m !== undefined);
      const name = cells.find((cell) => /\D/.test(cell) && cell !== email);
      const same = user === null || m?.user === user;
      return {
        member: m?.member ?? null,
        name: understood ? (name ?? m?.name ?? email) : line,
        email: m?.email ?? email,
        headhuntr_id: null,
        user,
        user_name: known?.name ?? null,
        what: !understood ? "not_understood" : m === undefined ? "add" : !same ? "set" : name !== undefined && name !== m.name ? "change" : "same",
        note: !understood
          ? "There is no ATS id in it: a whole number."
          : user !== null && known === undefined
            ? "This ATS id is not in the list of users."
            : "",
      };
    });
  const count = (what: PasteLine["what"]): number => lines.filter((line) => line.what === what).length;
  return { lines, set: count("set"), added: count("add"), changed: count("change"), same: count("same"), not_understood: count("not_understood") };
}

export function applyPaste(world: World, rows: { member: number | null; name: string; email: string; user: number | null }[]): void {
  change(world, `${rows.length} pasted`, () => {
    for (const { member, name, email, user } of rows) {
      const m = world.team.find((m) => m.member === member);
      if (m === undefined) addMember(world, name, email, user);
      else if (user === null) m.name = name;
      else Object.assign(m, { name, user, state: "proposed", evidence: "by_hand", proof: "untried", proved_at: null });
    }
  });
}
