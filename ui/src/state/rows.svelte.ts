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
  readonly #fetch: (offset: number, limit: number) => Promise<Block<T>>;

  constructor(fetch: (offset: number, limit: number) => Promise<Block<T>>) {
    this.#fetch = fetch;
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
    await this.reload();
  }

  async #read(block: number): Promise<void> {
    this.#asked.add(block);
    const age = this.#age;
    try {
      const page = await this.#fetch(block * BLOCK, BLOCK);
      if (age !== this.#age) return;
      this.#blocks = { ...this.#blocks, [block]: page.rows };
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
export function useRows<T>(topics: Topic[], fetch: (offset: number, limit: number) => Promise<Block<T>>): Rows<T> {
  const of = session();
  const rows = new Rows(fetch);
  onMount(() => {
    rows.show(0, 0);
    return of.onChange(topics, () => void rows.reload());
  });
  return rows;
}
