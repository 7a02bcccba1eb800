// A long list of which only the part in sight is read.

import { onMount } from "svelte";
import { asProblem } from "../backend/backend";
import type { Problem, Topic } from "../backend/types";
import { session } from "./session.svelte";

const BLOCK = 100;

export interface Block<T> {
  rows: T[];
  total: number;
}

export class Rows<T> {
  total = $state(0);
  /** Whether anything was read yet. */
  ready = $state(false);
  problem = $state<Problem | null>(null);

  /** Blocks are replaced whole: watching every field of every row would cost more than drawing them. */
  #blocks = $state.raw<Record<number, T[]>>({});
  #asked = new Set<number>();
  #age = 0;
  #last: [number, number] = [0, 0];
  #anew = false;
  readonly #fetch: (offset: number, limit: number) => Promise<Block<T>>;
  readonly #key: ((row: T) => unknown) | null;

  /** With a `key`, rows keep their places while they are the same ones: what a hand points at stays under it. */
  constructor(fetch: (offset: number, limit: number) => Promise<Block<T>>, key: ((row: T) => unknown) | null = null) {
    this.#fetch = fetch;
    this.#key = key;
  }

  at(index: number): T | undefined {
    return this.#blocks[Math.floor(index / BLOCK)]?.[index % BLOCK];
  }

  /** Reads the rows from `first` to `last`, where they were not read yet. */
  show(first: number, last: number): void {
    this.#last = [first, last];
    for (let block = Math.floor(first / BLOCK); block <= Math.floor(last / BLOCK); block++) {
      if (!this.#asked.has(block)) void this.#read(block);
    }
  }

  /** Reads again what is in sight, keeping what is shown until the answer is there. */
  async reload(): Promise<void> {
    this.#age++;
    this.#asked.clear();
    const [first, last] = this.#last;
    const blocks = new Set([Math.floor(first / BLOCK), Math.floor(last / BLOCK)]);
    const age = this.#age;
    await Promise.all([...blocks].map((block) => this.#read(block)));
    if (age !== this.#age) return;
    this.#blocks = Object.fromEntries(Object.entries(this.#blocks).filter(([key]) => blocks.has(Number(key))));
  }

  /** Begins at the top, for another search or filter. */
  async restart(): Promise<void> {
    this.#last = [0, 0];
    this.#anew = true;
    try {
      await this.reload();
    } finally {
      this.#anew = false;
    }
  }

  /** Puts rows that were read again in the places they had. */
  #inPlace(block: number, rows: T[]): T[] {
    const key = this.#key;
    const before = this.#blocks[block];
    if (this.#anew || key === null || before?.length !== rows.length) return rows;
    const fresh = new Map(rows.map((row) => [key(row), row]));
    const kept = before.flatMap((row) => fresh.get(key(row)) ?? []);
    return kept.length === rows.length ? kept : rows;
  }

  async #read(block: number): Promise<void> {
    this.#asked.add(block);
    const age = this.#age;
    try {
      const page = await this.#fetch(block * BLOCK, BLOCK);
      if (age !== this.#age) return;
      this.#blocks = { ...this.#blocks, [block]: this.#inPlace(block, page.rows) };
      this.total = page.total;
      this.ready = true;
      this.problem = null;
    } catch (thrown) {
      this.#asked.delete(block);
      if (age === this.#age) this.problem = asProblem(thrown);
    }
  }
}

/** Makes a list for the component that is being made, and keeps it fresh as long as it is there. */
export function useRows<T>(
  topics: Topic[],
  fetch: (offset: number, limit: number) => Promise<Block<T>>,
  key: ((row: T) => unknown) | null = null,
): Rows<T> {
  const of = session();
  const rows = new Rows(fetch, key);
  onMount(() => {
    rows.show(0, 0);
    return of.onChange(topics, () => void rows.reload());
  });
  return rows;
}
