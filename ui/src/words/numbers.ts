// Counts as people write them.

import type { Count } from "../backend/types";

/** A whole number with the system's separators. */
export function figure(value: number): string {
  return value.toLocaleString();
}

/** A count with its word: "1 person", "1,204 people". */
export function counted(value: number, one: string, many: string): string {
  return `${figure(value)} ${value === 1 ? one : many}`;
}

/** A count that may be a lower bound: "500+". */
export function atLeast(count: Count): string {
  return count.or_more ? `${figure(count.value)}+` : figure(count.value);
}

/** Small numbers as words at the start of a sentence. */
export function spelled(value: number): string {
  const words = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"];
  return words[value] ?? figure(value);
}

/** Parts in a row: "a, b and c". */
export function listed(parts: string[]): string {
  if (parts.length <= 1) return parts[0] ?? "";
  return `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
