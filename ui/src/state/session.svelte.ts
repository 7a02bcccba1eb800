// The window's memory: where the person is, what every screen shows around itself, and who hears of changes.

import { createContext } from "svelte";
import { asProblem, type AppMode, type Backend, type PracticeView } from "../backend/backend";
import type { CallName, Event, FileKind, FileVerdict, Gives, Overview, Problem, RunProgress, Step, Topic } from "../backend/types";

export const HOME_PAGES = ["overview", "people", "runs", "webhooks", "mapping", "audit", "setup"] as const;
export type HomePage = (typeof HOME_PAGES)[number];

/** Where the person is. */
export type Place = { at: "welcome" } | { at: "step"; step: Step } | { at: "home"; page: HomePage };

/** What a page does with files that are let go over the window. */
export interface Taker {
  kinds: FileKind[];
  take(paths: string[]): void;
}

export class Session {
  /** How long changes are gathered before they are told of, in milliseconds. */
  static gather = 120;

  readonly backend: Backend;

  overview = $state<Overview | null>(null);
  mode = $state<AppMode>({ practice: false, version: "", store: "" });
  place = $state<Place>({ at: "welcome" });
  /** Whether a step was opened from the review, to come back to it. */
  returning = $state(false);
  /** Why the window cannot start. */
  stopped = $state<Problem | null>(null);
  progress = $state<RunProgress | null>(null);
  /** The sourced candidate the page of people opens with, once. */
  wantedPerson: number | null = null;
  helping = $state(false);
  practising = $state(false);
  /** The file for support is being looked over. */
  supporting = $state(false);
  practice = $state<PracticeView | null>(null);
  /** What a screen reader is told next. */
  said = $state("");
  /** Files are held over the window. */
  dropping = $state(false);
  /** The file that was let go just now, until it is known what it is. */
  arriving = $state<string | null>(null);
  /** A file that was let go where it does not belong. */
  strayed = $state<{ verdict: FileVerdict; path: string } | null>(null);

  readonly #remembered = new Map<CallName, unknown>();
  readonly #drafts = new Map<string, unknown>();
  readonly #listeners = new Set<{ topics: Topic[]; heard: () => void }>();
  readonly #takers: Taker[] = [];
  #pending = new Set<Topic>();
  #settling: ReturnType<typeof setTimeout> | undefined;

  constructor(backend: Backend) {
    this.backend = backend;
  }

  /** Reads what is needed to show anything; returns what ends listening. */
  start(): () => void {
    const ends = [
      this.backend.onEvent((event) => this.#hear(event)),
      this.backend.onDrop((drop) => {
        this.dropping = drop.over;
        if (!drop.over && drop.paths.length > 0) void this.receive(drop.paths);
      }),
      this.onChange(["overview", "credential", "users", "webhooks", "mapping", "review"], () => void this.refresh()),
    ];
    void this.#open();
    return () => ends.forEach((end) => end());
  }

  async #open(): Promise<void> {
    try {
      const [mode, overview] = await Promise.all([this.backend.mode(), this.backend.call("overview", {})]);
      this.mode = mode;
      this.overview = overview;
      this.stopped = null;
      this.place = firstPlace(overview);
      if (mode.practice) await this.readPractice();
    } catch (thrown) {
      this.stopped = asProblem(thrown);
    }
  }

  async retry(): Promise<void> {
    await this.#open();
  }

  async refresh(): Promise<void> {
    try {
      this.overview = await this.backend.call("overview", {});
    } catch {
      // The page in front shows its own trouble; the rail keeps what it last knew.
    }
  }

  async readPractice(): Promise<void> {
    try {
      this.practice = await this.backend.practice({ practice: "view" });
    } catch {
      this.practice = null;
    }
  }

  // -- where the person is

  async goToStep(step: Step, returning = false): Promise<void> {
    this.returning = returning;
    this.place = { at: "step", step };
    this.helping = false;
    try {
      this.overview = await this.backend.call("visit", { step });
    } catch {
      // Only the memory of where we were is lost.
    }
  }

  goHome(page: HomePage = "overview"): void {
    this.returning = false;
    this.helping = false;
    this.place = { at: "home", page };
  }

  /** Opens a sourced candidate on the page of people. */
  goToPerson(person: number): void {
    this.wantedPerson = person;
    this.goHome("people");
  }

  goToWelcome(): void {
    this.place = { at: "welcome" };
  }

  /** Whether there is a home yet: pushing is allowed, or was. */
  get hasHome(): boolean {
    const activate = this.overview?.steps.find((s) => s.step === "activate");
    const once = activate?.reasons.some((r) => r.kind === "deactivated") ?? false;
    return this.overview?.activated_at != null || once;
  }

  // -- what was read

  remembered<N extends CallName>(name: N): Gives<N> | null {
    return (this.#remembered.get(name) as Gives<N> | undefined) ?? null;
  }

  remember<N extends CallName>(name: N, value: Gives<N>): void {
    this.#remembered.set(name, value);
  }

  /** What was begun on a page and not sent yet: it is there again when one comes back. Kept in memory alone. */
  draft<T>(name: string, begin: () => T): T {
    if (!this.#drafts.has(name)) this.#drafts.set(name, begin());
    return this.#drafts.get(name) as T;
  }

  /** Throws a draft away: it was sent. */
  drop(name: string): void {
    this.#drafts.delete(name);
  }

  forget(): void {
    this.#remembered.clear();
    this.#drafts.clear();
  }

  // -- what changes

  onChange(topics: Topic[], heard: () => void): () => void {
    const listener = { topics, heard };
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #hear(event: Event): void {
    if (event.event === "progress") {
      this.progress = event.run.outcome === null ? event.run : null;
      return;
    }
    event.topics.forEach((topic) => this.#pending.add(topic));
    this.#settling ??= setTimeout(() => this.#tell(), Session.gather);
  }

  #tell(): void {
    const topics = this.#pending;
    this.#pending = new Set();
    this.#settling = undefined;
    for (const listener of this.#listeners) {
      if (listener.topics.some((topic) => topics.has(topic))) listener.heard();
    }
  }

  /** Has a screen reader say something, once. */
  announce(text: string): void {
    this.said = "";
    setTimeout(() => (this.said = text), 50);
  }

  // -- files

  /** Lets a page take files as long as it is there. */
  takeFiles(taker: Taker): () => void {
    this.#takers.push(taker);
    return () => void this.#takers.splice(this.#takers.indexOf(taker), 1);
  }

  /** Gives files to the page in front, or says what they are. */
  async receive(paths: string[]): Promise<void> {
    const first = paths[0];
    if (first === undefined) return;
    this.strayed = null;
    const taker = this.#takers.at(-1);
    this.arriving = first.split(/[\\/]/).at(-1) ?? first;
    try {
      const verdict = await this.backend.call("recognise_file", { path: first });
      const wanted = taker?.kinds.includes(verdict.kind) ?? false;
      const unsure = verdict.kind === "unknown" && verdict.problem === null;
      if (taker !== undefined && (wanted || unsure)) taker.take(paths);
      else this.strayed = { verdict, path: first };
    } catch {
      taker?.take(paths);
    } finally {
      this.arriving = null;
    }
  }
}

function firstPlace(overview: Overview): Place {
  if (!overview.begun) return { at: "welcome" };
  if (overview.activated_at !== null) return { at: "home", page: "overview" };
  return { at: "step", step: overview.current };
}

const [read, provide] = createContext<Session>();

/** Returns the session of the window the component is in. */
export const session = read;
/** Gives the session to everything inside the component. */
export const provideSession = provide;
