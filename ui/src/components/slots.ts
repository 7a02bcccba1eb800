// The rows that are drawn of a long list, each in a slot. A slot whose row went out of sight is given to one that came
// into sight: its elements are kept where they are and show other words, which costs a fraction of making them anew.

export interface Slot<T> {
  /** Stays with the slot's elements. */
  key: number;
  /** The row it shows. */
  index: number;
  /** What is drawn: while the row is being read, what the slot showed before, under a cover. */
  item: T | undefined;
  /** Whether the row is being read. */
  waits: boolean;
}

/**
 * Gives each of these rows a slot. Slots never change places, since whatever is moved loses the focus; rows that had
 * one keep it, and a slot of which nothing changed stays the same object.
 */
export function deal<T>(before: Slot<T>[], indices: number[], read: (index: number) => T | undefined): Slot<T>[] {
  const drawn = new Set(before.map((slot) => slot.index));
  const wanted = new Set(indices);
  const fresh = indices.filter((index) => !drawn.has(index));
  const kept = before.flatMap((slot) => {
    const index = wanted.has(slot.index) ? slot.index : fresh.shift();
    return index === undefined ? [] : [fill(slot, index, read(index))];
  });
  const next = before.reduce((most, slot) => Math.max(most, slot.key + 1), 0);
  return [...kept, ...fresh.map((index, at) => fill({ key: next + at, index, item: undefined, waits: true }, index, read(index)))];
}

function fill<T>(slot: Slot<T>, index: number, item: T | undefined): Slot<T> {
  const same = slot.index === index;
  // What was drawn of a row stays until it is read again.
  if (same && (item === undefined || (item === slot.item && !slot.waits))) return slot;
  return { key: slot.key, index, item: item ?? slot.item, waits: item === undefined };
}
