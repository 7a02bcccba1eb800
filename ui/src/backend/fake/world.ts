// Made-up people and jobs, and what the stand-in remembers of the set-up.

import type {
  AcceptedCredential,
  AddressState,
  Delivery,
  Evidence,
  ImportDiff,
  Interest,
  MappingState,
  PersonRow,
  Proof,
  RunProgress,
  RunRow,
  SlotView,
  Step,
  UserRow,
  UsersImport,
} from "../types";

export interface Member {
  member: number;
  name: string;
  email: string;
  headhuntr_id: string | null;
  user: number | null;
  state: MappingState;
  evidence: Evidence | null;
  proof: Proof;
  proved_at: string | null;
}

export interface Entry {
  at: string;
  actor: string;
  what: string;
  acting: number | null;
  result: string;
}

/** Everything the stand-in remembers. */
export interface World {
  now: () => number;
  begun: boolean;
  current: Step;
  saved_at: string | null;
  confirmed: { api_credentials: boolean; webhooks: boolean };
  vault_ready: boolean;
  credential: AcceptedCredential | null;
  rejected: boolean;
  missing: string[];
  limits_accepted: boolean;
  users: UserRow[];
  applied: UsersImport | null;
  waiting: UsersImport | null;
  diff: ImportDiff | null;
  delivery: Delivery | null;
  address: string | null;
  address_state: AddressState;
  slots: SlotView[];
  secrets: Map<number, string>;
  team: Member[];
  undo: { words: string; team: Member[] } | null;
  approved: string | null;
  activated_at: string | null;
  deactivated: boolean;
  people: PersonRow[];
  runs: RunRow[];
  running: RunProgress | null;
  paused: boolean;
  last_webhook: { at: string; what: string } | null;
  audit: Entry[];
  faults: Set<string>;
}

export function emptyWorld(now: () => number): World {
  return {
    now,
    begun: false,
    current: "permissions",
    saved_at: null,
    confirmed: { api_credentials: false, webhooks: false },
    vault_ready: true,
    credential: null,
    rejected: false,
    missing: [],
    limits_accepted: false,
    users: [],
    applied: null,
    waiting: null,
    diff: null,
    delivery: null,
    address: null,
    address_state: "not_needed",
    slots: [],
    secrets: new Map(),
    team: [],
    undo: null,
    approved: null,
    activated_at: null,
    deactivated: false,
    people: [],
    runs: [],
    running: null,
    paused: false,
    last_webhook: null,
    audit: [],
    faults: new Set(),
  };
}

const FIRST = ["Priya", "Tomas", "Ines", "Kofi", "Mei", "Lars", "Amara", "Jonas", "Leila", "Oskar", "Nadia", "Ravi", "Sofia", "Emeka", "Hana", "Piotr", "Yuki", "Carla", "Idris", "Freya"];
const LAST = ["Raman", "Novak", "Duarte", "Mensah", "Lindqvist", "Okafor", "Haddad", "Kowalski", "Tanaka", "Moreau", "Vance", "Silva", "Berg", "Osei", "Keller"];

/** The `index`-th made-up user of Greenhouse. */
function user(index: number): UserRow {
  const first = FIRST[index % FIRST.length] ?? "Ana";
  const last = LAST[(index * 7 + Math.floor(index / FIRST.length)) % LAST.length] ?? "Diaz";
  return {
    id: 4_100_200 + index * 37,
    name: `${first} ${last}`,
    email: `${first}.${last}${index >= 60 ? index : ""}@example.com`.toLowerCase(),
    deactivated: index % 19 === 5,
    site_admin: index % 29 === 0,
    is_mapped: false,
  };
}

/** So many made-up users. */
export function madeUpUsers(count: number): UserRow[] {
  return Array.from({ length: count }, (_, index) => user(index));
}

/** A team of so many: most with the same e-mail, a few that a person has to look at. */
export function madeUpTeam(users: UserRow[], count: number): Member[] {
  const active = users.filter((row) => !row.deactivated);
  return Array.from({ length: Math.min(count, active.length) }, (_, index) => {
    const row = active[index] ?? user(index);
    const other = index % 7 === 3;
    const unknown = index % 11 === 6;
    return {
      member: index + 1,
      name: unknown ? "Sam Whitlock" : row.name,
      email: unknown ? `sam.whitlock${index}@example.org` : other ? (row.email ?? "").replace("@example.com", "@example.org") : (row.email ?? ""),
      headhuntr_id: String(1040 + index),
      user: unknown ? null : row.id,
      state: unknown ? "unmatched" : "proposed",
      evidence: unknown ? null : other ? "same_mailbox_other_domain" : "same_email",
      proof: "untried",
      proved_at: null,
    };
  });
}

const JOBS = ["Platform Engineer", "Product Designer", "Data Analyst", "Account Executive", "Field Nurse", null];
const SOURCED: [string, string, Interest][] = [
  ["Iris Vane", "Staff Engineer, Brightwater Labs", "interested"],
  ["Daniel Achterberg", "Engineer, Halden & Co", "qualified"],
  ["Noor El-Amin", "Product Designer, Papertrail", "interested"],
  ["Wanjiru Kamau", "Data Scientist, Tidewell", "potential"],
  ["Mateus Rocha", "Account Manager, Norvik", "qualified"],
  ["Elodie Garnier", "Nurse, St Anselm", "potential"],
  ["Tariq Rahmani", "Backend Engineer, Loomworks", "interested"],
  ["Signe Holm", "Analyst, Fjordbank", "qualified"],
  ["Bao Nguyen", "Designer, Studio Quince", "potential"],
];

/** The people of the sample file. */
export function madeUpPeople(owner: string): PersonRow[] {
  return SOURCED.map(([name, role, interest], index) => ({
    choices: [],
    person: index + 1,
    headhuntr_id: `hh-${3000 + index}`,
    name,
    email: `${name.toLowerCase().replace(/[^a-z]+/g, ".")}@example.org`,
    role,
    interest,
    job: interest === "potential" ? null : (JOBS[index % JOBS.length] ?? "Platform Engineer"),
    owner,
    state: "waiting",
    problem: null,
    conflict: null,
    candidate: null,
    application: null,
    outcome: null,
    outcome_at: null,
    sent: [],
  }));
}
