// What the pages may ask of the world outside them. Two bodies: the real app, and a stand-in that runs in a browser.

import type { CallName, Event, Gives, Problem, Takes } from "./types";

/** In what way the app runs. */
export interface AppMode {
  practice: boolean;
  version: string;
  /** Where the store lies, for people to read. */
  store: string;
}

/** Files held over the window, or let go over it. */
export interface Drop {
  paths: string[];
  over: boolean;
}

export type FaultName = "offline" | "revoke_scope" | "deactivate_user" | "rate_limit" | "server_errors";
export type Act = "move" | "hire" | "reject";

export type PracticeRequest =
  | { practice: "view" }
  | { practice: "save_webhook"; slot: number }
  | { practice: "fault"; fault: FaultName; on: boolean; subject?: string }
  | { practice: "play"; fault: string }
  | { practice: "mend"; id: number }
  | { practice: "act"; act: Act }
  | { practice: "wipe" };

/** The built-in Greenhouse to practise on. */
export interface PracticeView {
  scenario: string;
  harvest_url: string;
  auth_url: string;
  client_id: string;
  client_secret: string;
  export_path: string;
  team_path: string;
  candidates_path: string;
  faults: { fault: FaultName; on: boolean; words: string }[];
  /** Faults of one's own that wait for their requests, as they were typed. */
  playing: { id: number; typed: string; played: number }[];
  journal: { at: string; what: string; acting: string | number | null }[];
}

/** What to offer in a file chooser. */
export interface ChooseFile {
  title: string;
  extensions: string[];
  folder: boolean;
}

/** A text to be saved where the person says. */
export interface SaveText {
  title: string;
  name: string;
  text: string;
}

export interface Backend {
  /** Asks the engine. Throws a `Problem`. */
  call<N extends CallName>(name: N, takes: Takes<N>): Promise<Gives<N>>;
  /** Listens to the engine; returns what ends it. */
  onEvent(listener: (event: Event) => void): () => void;
  /** Listens to files over the window; returns what ends it. */
  onDrop(listener: (drop: Drop) => void): () => void;
  mode(): Promise<AppMode>;
  switchMode(practice: boolean): Promise<void>;
  practice(request: PracticeRequest): Promise<PracticeView>;
  chooseFile(options: ChooseFile): Promise<string | null>;
  /** Lets the person save a text; returns where it is, or nothing if they chose none. Throws a `Problem`. */
  saveText(file: SaveText): Promise<string | null>;
  openLink(url: string): Promise<void>;
  copy(text: string): Promise<void>;
}

/** Returns whatever was thrown as a problem in words. */
export function asProblem(thrown: unknown): Problem {
  if (typeof thrown === "object" && thrown !== null && "title" in thrown && "now" in thrown) {
    return thrown as Problem;
  }
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return {
    code: "unexpected",
    number: "HG-900",
    title: "Something went wrong that should not have",
    why: "This is a fault in the app, not something you did. Nothing you entered is lost.",
    now: "Try again. If it happens once more, send us the number and the words below.",
    detail,
    field: null,
  };
}
