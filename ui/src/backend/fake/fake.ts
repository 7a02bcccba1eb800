// A stand-in for the whole app: walks the set-up and the sync in memory. For tests, and for the page in a browser.

import type { AppMode, Backend, ChooseFile, Drop, PracticeRequest, PracticeView, SaveText } from "../backend";
import type { CallName, Event, Gives, RunProgress, Step, Takes, Topic } from "../types";
import * as mapping from "./mapping";
import * as setup from "./setup";
import * as sync from "./sync";
import * as webhooks from "./webhooks";
import { fingerprint, overview } from "./steps";
import { blockers } from "./steps";
import { bare, pasted } from "./pasted";
import { problem } from "./problems";
import { emptyWorld, type World } from "./world";

export interface FakeOptions {
  practice?: boolean;
  /** How long an answer takes, in milliseconds. */
  delay?: number;
  /** How long one of the sixty steps of a run takes; zero ends it at once. */
  beat?: number;
  now?: () => number;
}

type Answers = { [N in CallName]: (takes: Takes<N>) => Gives<N> };

const FAULTS: PracticeView["faults"] = [
  { fault: "offline", on: false, words: "Greenhouse cannot be reached" },
  { fault: "revoke_scope", on: false, words: "Take the permission for notes away" },
  { fault: "deactivate_user", on: false, words: "Deactivate somebody of the team" },
  { fault: "rate_limit", on: false, words: "Use up Greenhouse’s limit" },
  { fault: "server_errors", on: false, words: "Answer every third request with an error" },
];

const JOBS = [
  { job: 4410, name: "Backend Engineer", requisition_id: "ENG-12", status: "open" },
  { job: 4411, name: "Product Designer", requisition_id: null, status: "open" },
  { job: 4412, name: "Office Manager", requisition_id: "OPS-3", status: "closed" },
];

/** Rows as the engine sets them out for a spreadsheet, more or less: how they are written is its own to know. */
function asTable(rows: object[]): string {
  const columns = Object.keys(rows[0] ?? {}).join("\t");
  return [columns, ...rows.map((row) => Object.values(row).map(String).join("\t"))].join("\n");
}

const CREDENTIAL = { client_id: "practice-client", client_secret: "practice-secret-7f3a9c" };

export class Fake implements Backend {
  world: World;
  copied: string[] = [];
  opened: string[] = [];
  saved: SaveText[] = [];
  /** What the next file chooser returns. */
  chosen: string | null = "/samples/greenhouse-users.xlsx";
  readonly options: Required<FakeOptions>;
  readonly #events = new Set<(event: Event) => void>();
  #playing: PracticeView["playing"] = [];
  #lastFault = 0;
  readonly #drops = new Set<(drop: Drop) => void>();

  constructor(options: FakeOptions = {}) {
    this.options = { practice: false, delay: 0, beat: 0, now: () => Date.now(), ...options };
    this.world = emptyWorld(this.options.now);
  }

  async call<N extends CallName>(name: N, takes: Takes<N>): Promise<Gives<N>> {
    await this.#pause();
    const answer = this.#answers[name] as (takes: Takes<N>) => Gives<N>;
    return structuredClone(answer(takes));
  }

  readonly #answers: Answers = {
    overview: () => overview(this.world),
    visit: ({ step }) => {
      this.world.begun = true;
      this.world.current = step;
      return overview(this.world);
    },
    recognise_file: ({ path }) => setup.recognise(path),
    permissions: () => setup.permissionsView(this.world),
    confirm_permissions: (takes) => this.#write(["overview"], () => (this.world.confirmed = takes), setup.permissionsView),
    credential: () => setup.credentialView(this.world),
    look_at_pasted: ({ field, text }) => pasted(field, text),
    submit_credential: (t) =>
      this.#write(["credential", "users"], () => setup.submit(this.world, bare(t.client_id), bare(t.client_secret), t.harvest_url), setup.credentialView, "Kept a credential"),
    submit_api_key: (t) =>
      this.#write(["credential", "users"], () => setup.submit(this.world, null, bare(t.api_key), t.harvest_url), setup.credentialView, "Kept a credential"),
    check_credential: () =>
      this.#write(["credential"], () => {
        if (this.world.faults.has("offline")) throw problem("offline");
        if (this.world.credential) this.world.credential.checked_at = new Date(this.world.now()).toISOString();
      }, setup.credentialView),
    accept_limits: () => this.#write(["credential"], () => (this.world.limits_accepted = true), setup.credentialView),
    open_vault: ({ passphrase }) =>
      this.#write(["credential"], () => {
        if (/wrong/.test(passphrase)) throw problem("vault_locked", { field: "passphrase" });
        this.world.vault_ready = true;
      }, setup.credentialView),
    users: () => setup.usersView(this.world),
    import_users: ({ path }) => this.#write(["users", "mapping"], () => setup.takeUsers(this.world, "export", path, 148), setup.usersView, "Read a user export"),
    read_users_live: () => this.#write(["users", "mapping"], () => setup.takeUsers(this.world, "live", "", 151), setup.usersView, "Read the users from Greenhouse"),
    apply_users: () => this.#write(["users", "mapping"], () => setup.applyUsers(this.world), setup.usersView),
    discard_users: () => this.#write(["users"], () => Object.assign(this.world, { waiting: null, diff: null }), setup.usersView),
    list_users: (t) => setup.listUsers(this.world, t.search, t.offset, t.limit),
    webhooks: () => webhooks.webhooksView(this.world),
    choose_delivery: (t) => this.#write(["webhooks"], () => webhooks.choose(this.world, t.delivery, t.address), webhooks.webhooksView),
    prove_address: () =>
      this.#write(["webhooks"], () => (this.world.address_state = /fail/.test(this.world.address ?? "") ? "failing" : "proved"), webhooks.webhooksView),
    add_webhook: ({ action }) => this.#write(["webhooks"], () => webhooks.add(this.world, action), webhooks.webhooksView),
    save_webhook: (t) => this.#write(["webhooks"], () => Object.assign(this.#slot(t.slot), t, { state: t.disabled ? "off" : "waiting" }), webhooks.webhooksView),
    remove_webhook: ({ slot }) => this.#write(["webhooks"], () => (this.world.slots = this.world.slots.filter((s) => s.slot !== slot)), webhooks.webhooksView),
    renew_webhook_secret: ({ slot }) => this.#write(["webhooks"], () => webhooks.renew(this.world, slot), webhooks.webhooksView),
    webhook_secret: ({ slot }) => ({ secret: this.world.secrets.get(slot) ?? "" }),
    mapping: () => mapping.mappingView(this.world),
    list_mapping: (t) => mapping.listMapping(this.world, t.search, t.filter, t.offset, t.limit),
    import_team: ({ path }) => this.#map(() => mapping.importTeam(this.world, path)),
    add_member: (t) => this.#map(() => mapping.change(this.world, `${t.name} was added`, () => mapping.addMember(this.world, t.name, t.email))),
    add_members_from_users: ({ users }) =>
      this.#map(() =>
        mapping.change(this.world, `${users.length} added`, () => {
          for (const user of this.world.users.filter((u) => users.includes(u.id))) mapping.addMember(this.world, user.name, user.email ?? "", user.id);
        }),
      ),
    remove_member: ({ member }) =>
      this.#map(() => mapping.change(this.world, "Somebody was removed", () => (this.world.team = this.world.team.filter((m) => m.member !== member)))),
    set_mapping: (t) => this.#map(() => mapping.setMapping(this.world, t.member, t.user)),
    confirm_mapping: ({ members }) => this.#map(() => mapping.confirm(this.world, members)),
    confirm_shared: ({ member }) => this.#map(() => mapping.confirmShared(this.world, member)),
    list_proposals: ({ member }) => mapping.proposals(this.world, member),
    preview_paste: (t) => mapping.previewPaste(this.world, t.text, t.search, t.filter, t.from),
    apply_paste: ({ rows }) => this.#map(() => mapping.applyPaste(this.world, rows)),
    export_mapping: ({ path }) => ({ path: `${path}/headhuntr-mapping.csv`, rows: this.world.team.length }),
    reset_mapping: ({ members }) => this.#map(() => mapping.reset(this.world, members)),
    leave_out: (t) => this.#map(() => mapping.leaveOut(this.world, t.members, t.leave_out)),
    undo_mapping: () => this.#map(() => mapping.undo(this.world)),
    review: () => sync.reviewView(this.world),
    approve_review: ({ fingerprint }) => this.#write(["review"], () => (this.world.approved = fingerprint), sync.reviewView, "Approved the review"),
    activate: () =>
      this.#write(["home", "review"], () => {
        if (this.world.faults.has("offline")) throw problem("offline");
        if (blockers(this.world).length > 0 || this.world.approved !== fingerprint(this.world)) throw problem("not_ready");
        this.world.activated_at = new Date(this.world.now()).toISOString();
        this.world.deactivated = false;
        sync.startRun(this.world, "sync", this.options.beat, this.#tell);
      }, overview, "Switched sending on"),
    deactivate: () =>
      this.#write(["home", "review"], () => Object.assign(this.world, { activated_at: null, deactivated: true }), overview, "Switched sending off"),
    home: () => sync.homeView(this.world),
    import_candidates: ({ paths }) => {
      let result: Gives<"import_candidates"> | undefined;
      this.#write(["people", "home", "review"], () => (result = sync.importCandidates(this.world, paths)), overview, "Took in sourced candidates");
      return result ?? sync.importCandidates(this.world, []);
    },
    start_run: ({ kind }) => this.#write(["home", "runs"], () => sync.startRun(this.world, kind, this.options.beat, this.#tell), sync.homeView),
    cancel_run: () =>
      this.#write(["home", "runs"], () => {
        const run = this.world.running;
        if (run === null) return;
        sync.finish(this.world, run, "cancelled");
        this.#tell([], run);
      }, sync.homeView),
    pause: () => this.#write(["home"], () => (this.world.paused = true), sync.homeView),
    resume: () => this.#write(["home"], () => (this.world.paused = false), sync.homeView),
    list_people: (t) => sync.listPeople(this.world, t.search, t.filter, t.offset, t.limit),
    decide_person: (t) =>
      this.#write(["people", "home"], () => sync.decide(this.world, t.person, t.decision), (world) => sync.listPeople(world, "", "all", 0, 100), "Decided about a person"),
    person_history: ({ person }) => sync.personHistory(this.world, person),
    list_made: ({ offset, limit }) => sync.listMade(this.world, offset, limit),
    confirm_sending: () => this.#write(["home", "audit"], () => undefined, sync.homeView, "Agreed to send more people within the hour"),
    set_cap: () => this.#write(["home", "audit"], () => undefined, sync.homeView, "Set the cap"),
    outcomes: ({ offset, limit }) => sync.outcomes(this.world, offset, limit),
    outcomes_table: () => ({ text: asTable(sync.outcomes(this.world, 0, Infinity).outcomes) }),
    made_table: () => ({ text: asTable(sync.listMade(this.world, 0, Infinity).rows) }),
    list_jobs: ({ search }) => {
      const rows = JOBS.filter((job) => job.name.toLowerCase().includes(search.toLowerCase()));
      return { rows, total: rows.length };
    },
    handover: () => ({
      candidates_url: "http://127.0.0.1:8790/api/candidates",
      outcomes_url: "http://127.0.0.1:8790/api/outcomes",
      key: "a".repeat(64),
    }),
    completeness: () => sync.completeness(this.world),
    privacy: () => this.#privacy,
    choose_privacy: (takes) => (this.#privacy = takes),
    watch: () => this.#watched,
    watch_folder: ({ folder }) => (this.#watched = { folder, taken_at: null, taken: null, problem: null }),
    list_runs: (t) => ({ rows: this.world.runs.slice(t.offset, t.offset + t.limit), total: this.world.runs.length }),
    list_audit: (t) => ({
      rows: this.world.audit.slice(t.offset, t.offset + t.limit).map((entry, index) => ({ ...entry, subject: "", subject_name: null, acting_name: this.world.users.find((user) => user.id === entry.acting)?.name ?? null, entry: this.world.audit.length - t.offset - index })),
      total: this.world.audit.length,
      intact: true,
    }),
    support_file: () => sync.supportFile(this.world),
    wipe: () => {
      this.world = emptyWorld(this.options.now);
      return overview(this.world);
    },
  };

  #privacy: Gives<"privacy"> = { private_candidates: false, confidential_jobs: false };
  #watched: Gives<"watch"> = { folder: null, taken_at: null, taken: null, problem: null };

  /** Changes the world, writes it down, tells of it, and shows it. */
  #write<T>(topics: Topic[], act: () => unknown, show: (world: World) => T, words?: string): T {
    act();
    const at = new Date(this.world.now()).toISOString();
    this.world.saved_at = at;
    if (words !== undefined) this.world.audit.unshift({ at, actor: "You", what: words, acting: null, result: "Done" });
    this.#tell([...topics, "overview", "audit"]);
    return show(this.world);
  }

  #map(act: () => void): Gives<"mapping"> {
    return this.#write(["mapping", "review"], act, mapping.mappingView);
  }

  #slot(number: number): World["slots"][number] {
    const found = this.world.slots.find((slot) => slot.slot === number);
    if (found === undefined) throw problem("not_found");
    return found;
  }

  readonly #tell = (topics: Topic[], run?: RunProgress): void => {
    for (const listener of this.#events) {
      if (run !== undefined) listener({ event: "progress", run: structuredClone(run) });
      if (topics.length > 0) listener({ event: "changed", topics });
    }
  };

  async #pause(): Promise<void> {
    if (this.options.delay > 0) await new Promise((done) => setTimeout(done, this.options.delay));
  }

  onEvent(listener: (event: Event) => void): () => void {
    this.#events.add(listener);
    return () => void this.#events.delete(listener);
  }

  onDrop(listener: (drop: Drop) => void): () => void {
    this.#drops.add(listener);
    return () => void this.#drops.delete(listener);
  }

  /** Lets files go over the window. */
  drop(paths: string[], over = false): void {
    for (const listener of this.#drops) listener({ paths, over });
  }

  mode(): Promise<AppMode> {
    return Promise.resolve({ practice: this.options.practice, version: "0.1.0", store: "/home/sample/.local/share/headhuntr" });
  }

  switchMode(practice: boolean): Promise<void> {
    this.options.practice = practice;
    return Promise.resolve();
  }

  async practice(request: PracticeRequest): Promise<PracticeView> {
    await this.#pause();
    if (request.practice === "save_webhook") this.#write(["webhooks", "home"], () => webhooks.ping(this.world, request.slot), () => null);
    if (request.practice === "fault") this.#fault(request.fault, request.on);
    if (request.practice === "play") this.#playing.push({ id: ++this.#lastFault, typed: request.fault, played: 0 });
    if (request.practice === "mend") this.#playing = this.#playing.filter((fault) => fault.id !== request.id);
    if (request.practice === "act") this.#act(request.act);
    if (request.practice === "wipe") {
      this.world = emptyWorld(this.options.now);
      this.#playing = [];
    }
    return {
      scenario: "tidy",
      harvest_url: "http://127.0.0.1:8799/v3",
      auth_url: "http://127.0.0.1:8799",
      ...CREDENTIAL,
      export_path: "/samples/greenhouse-users.xlsx",
      team_path: "/samples/headhuntr-team.csv",
      candidates_path: "/samples/sourced-candidates.jsonl",
      faults: FAULTS.map((fault) => ({ ...fault, on: this.world.faults.has(fault.fault) })),
      playing: this.#playing,
      journal: this.world.audit.map((entry) => ({ at: entry.at, what: entry.what, acting: entry.acting === null ? null : `User ${entry.acting}` })),
    };
  }

  #fault(fault: string, on: boolean): void {
    if (on) this.world.faults.add(fault);
    else this.world.faults.delete(fault);
    if (fault === "revoke_scope") this.world.missing = on ? ["harvest:notes:create"] : [];
    if (fault === "deactivate_user") {
      const mapped = this.world.team.find((m) => m.state === "confirmed");
      const user = this.world.users.find((user) => user.id === mapped?.user);
      if (user) user.deactivated = on;
    }
    this.#tell(["overview", "credential", "users", "mapping", "home"]);
  }

  #act(act: "move" | "hire" | "reject"): void {
    const person = this.world.people.find((p) => p.state === "sent" && p.outcome !== "Hired" && p.outcome !== "Rejected");
    if (person === undefined) throw problem("not_found", { title: "Nobody has been sent yet", now: "Send somebody first." });
    const [outcome, what] = { move: ["Interviewing", "Candidate has changed stage"], hire: ["Hired", "Candidate has been hired"], reject: ["Rejected", "Candidate or Prospect rejected"] }[act];
    const at = new Date(this.world.now()).toISOString();
    Object.assign(person, { outcome, outcome_at: at });
    this.world.last_webhook = { at, what: what ?? "" };
    this.#tell(["home", "people", "webhooks"]);
  }

  chooseFile(options: ChooseFile): Promise<string | null> {
    if (options.folder) return Promise.resolve("/home/sample");
    if (options.extensions.includes("jsonl")) return Promise.resolve("/samples/sourced-candidates.jsonl");
    if (options.extensions.includes("csv")) return Promise.resolve("/samples/headhuntr-team.csv");
    return Promise.resolve(this.chosen);
  }

  saveText(file: SaveText): Promise<string | null> {
    this.saved.push(file);
    return Promise.resolve(`/home/sample/${file.name}`);
  }

  openLink(url: string): Promise<void> {
    this.opened.push(url);
    return Promise.resolve();
  }

  copy(text: string): Promise<void> {
    this.copied.push(text);
    return Promise.resolve();
  }

  /** Does what a person would have done to arrive at a step, or at home. */
  async reach(goal: Step | "home"): Promise<void> {
    const order: (Step | "home")[] = ["permissions", "credential", "users", "webhooks", "mapping", "review", "activate", "home"];
    const acts: Record<Step, () => Promise<unknown>> = {
      permissions: () => this.call("confirm_permissions", { api_credentials: true, webhooks: true }),
      credential: () => this.call("submit_credential", { client_id: "abc", client_secret: "sample-secret-9f3c", harvest_url: null, auth_url: null }),
      users: () => this.call("import_users", { path: "/samples/greenhouse-users.xlsx" }),
      webhooks: async () => {
        await this.call("choose_delivery", { delivery: "own_address", address: "https://hooks.example.com" });
        await this.call("prove_address", {});
        for (const slot of this.world.slots) webhooks.ping(this.world, slot.slot);
      },
      mapping: async () => {
        await this.call("import_team", { path: "/samples/headhuntr-team.csv" });
        await this.call("confirm_mapping", { members: this.world.team.filter((m) => m.user !== null).map((m) => m.member) });
        await this.call("leave_out", { members: this.world.team.filter((m) => m.user === null).map((m) => m.member), leave_out: true });
        await this.call("import_candidates", { paths: ["/samples/sourced-candidates.jsonl"] });
      },
      review: async () => this.call("approve_review", { fingerprint: (await this.call("review", {})).fingerprint }),
      activate: () => this.call("activate", {}),
    };
    for (const step of order.slice(0, order.indexOf(goal))) await acts[step as Step]();
    if (goal !== "home") await this.call("visit", { step: goal });
    else await this.call("visit", { step: "activate" });
  }
}
