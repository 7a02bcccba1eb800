// A part of what the engine shows: read once, re-read when the engine says that it changed.

import { onMount } from "svelte";
import { asProblem } from "../backend/backend";
import type { CallName, Gives, Problem, Takes, Topic } from "../backend/types";
import { session, type Session } from "./session.svelte";

/** Calls that answer with the same view as `N`. */
export type Answering<N extends CallName> = {
  [M in CallName]: Gives<M> extends Gives<N> ? M : never;
}[CallName];

export class View<N extends CallName> {
  /** Replaced whole, never changed in place. */
  value = $state.raw<Gives<N> | null>(null);
  /** Why it could not be read. */
  unread = $state<Problem | null>(null);
  /** What the last request for a change ran into. */
  failed = $state<Problem | null>(null);
  /** The change that is being asked for. */
  busy = $state<CallName | null>(null);

  readonly #session: Session;
  readonly #name: N;
  readonly #takes: () => Takes<N>;
  #asked = 0;
  #turns: Promise<unknown> = Promise.resolve();
  /** How many changes are being made or wait for their turn. */
  #queued = 0;

  constructor(of: Session, name: N, takes: () => Takes<N>) {
    this.#session = of;
    this.#name = name;
    this.#takes = takes;
    this.value = of.remembered(name);
  }

  async load(): Promise<void> {
    const ticket = ++this.#asked;
    try {
      const value = await this.#session.backend.call(this.#name, this.#takes());
      if (ticket === this.#asked) this.#accept(value);
    } catch (thrown) {
      if (ticket === this.#asked) this.unread = asProblem(thrown);
    }
  }

  /** Asks for a change. Returns what came of it, or nothing where it failed; why is then in `failed`. */
  async ask<M extends Answering<N>>(name: M, takes: Takes<M>): Promise<Gives<N> | null> {
    if (this.busy !== null) return null;
    this.busy = name;
    if (this.#queued === 0) this.failed = null;
    const ticket = ++this.#asked;
    try {
      const value = (await this.#session.backend.call(name, takes)) as Gives<N>;
      if (ticket === this.#asked) this.#accept(value);
      return value;
    } catch (thrown) {
      this.failed = asProblem(thrown);
      return null;
    } finally {
      this.busy = null;
      // After whatever the page reads anew: that is what was asked for.
      setTimeout(() => void this.#session.refresh());
    }
  }

  /**
   * Does this after what was asked for before. A problem stays until somebody acts with nothing under way: what waited
   * already does not wipe away why the one before it was refused.
   */
  inTurn<T>(act: () => Promise<T>): Promise<T> {
    if (this.#queued++ === 0) this.failed = null;
    const done = this.#turns.then(act).finally(() => this.#queued--);
    this.#turns = done.catch(() => undefined);
    return done;
  }

  #accept(value: Gives<N>): void {
    this.value = value;
    this.unread = null;
    this.#session.remember(this.#name, value);
  }
}

/** Reads a view for the component that is being made, and keeps it fresh as long as it is there. */
export function useView<N extends CallName>(
  name: N,
  topics: Topic[],
  takes: () => Takes<N> = () => ({}) as Takes<N>,
): View<N> {
  const of = session();
  const view = new View(of, name, takes);
  onMount(() => {
    void view.load();
    return of.onChange(topics, () => void view.load());
  });
  return view;
}
