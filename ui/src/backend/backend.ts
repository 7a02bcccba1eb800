// What the pages may ask of the world outside them. Two bodies: the real app, and a stand-in that runs in a browser.

import { unexpected } from "../bindings/unexpected";
import type { AppMode, CallName, Event, Gives, PracticeRequest, PracticeView, Problem, Takes } from "./types";

export type { AppMode, PracticeRequest, PracticeView } from "./types";

/** Files held over the window, or let go over it. */
export interface Drop {
  paths: string[];
  over: boolean;
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
  return { ...unexpected, detail };
}
