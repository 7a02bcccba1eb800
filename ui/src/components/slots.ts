// The rows that are drawn of a long list, each in a slot. A slot whose row went out of sight is given to one that came
// into sight: its elements are kept and show other words, which costs a fraction of making them anew.

export interface Slot<T> {
  /** Stays with the slot's elements. */
  key: number;
  /** The row it shows. */
  index: number;
  /** What is drawn: while the row is being read, what the slot showed before, unseen. */
  item: T | undefined;
  /** Whether the row is being read. */
  waits: boolean;
}

/**
 * Gives each of these rows a slot. Rows that had one keep it, and a slot of which nothing changed stays the same object;
 * the slots come in the order of their rows.
 */
export function deal<T>(before: Slot<T>[], indices: number[], read: (index: number) => T | undefined): Slot<T>[] {
  const wanted = new Set(indices);
  const held = new Map(before.filter((slot) => wanted.has(slot.index)).map((slot) => [slot.index, slot]));
  const free = before.filter((slot) => !wanted.has(slot.index));
  let next = before.reduce((most, slot) => Math.max(most, slot.key + 1), 0);
  return indices.map((index) => {
    const slot = held.get(index) ?? free.shift();
    const item = read(index);
    // What was drawn of a row stays until it is read again.
    if (item === undefined && slot?.index === index) return slot;
    const dealt = { key: slot?.key ?? next++, index, item: item ?? slot?.item, waits: item === undefined };
    const same = slot?.index === dealt.index && slot.item === dealt.item && slot.waits === dealt.waits;
    return same ? slot : dealt;
  });
}
