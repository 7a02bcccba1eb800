// Which elements show which rows as a list is scrolled.

import { expect, test } from "vitest";
import { deal, type Slot } from "./slots";

const read = (index: number): string => `row ${index}`;
const shown = (slots: Slot<string>[]): string[] => slots.map((slot) => `${slot.key}: ${String(slot.item)}`);

test("a slot whose row went out of sight shows the one that came into sight; all others stay as they are", () => {
  const before = deal<string>([], [0, 1, 2], read);
  const after = deal(before, [1, 2, 3], read);
  expect(shown(after)).toEqual(["0: row 3", "1: row 1", "2: row 2"]);
  expect(after[1], "what shows the same is the same").toBe(before[1]);
});

test("a leap makes no new slots", () => {
  const before = deal<string>([], [0, 1, 2], read);
  expect(shown(deal(before, [90, 91, 92], read))).toEqual(["0: row 90", "1: row 91", "2: row 92"]);
});

test("a row that stays drawn though it is out of sight keeps its slot, and the others make do", () => {
  const before = deal<string>([], [0, 1, 2], read);
  const after = deal(before, [1, 90, 91, 92], read);
  expect(shown(after)).toEqual(["0: row 90", "1: row 1", "2: row 91", "3: row 92"]);
  expect(shown(deal(after, [91, 92, 93], read))).toEqual(["0: row 93", "2: row 91", "3: row 92"]);
});

test("while a row is being read its slot keeps what it drew, and says that it waits", () => {
  const before = deal<string>([], [0], read);
  const [waiting] = deal(before, [500], () => undefined);
  expect(waiting).toEqual({ key: 0, index: 500, item: "row 0", waits: true });
  expect(deal(before, [500], read)[0]?.waits).toBe(false);
  expect(deal(before, [0], () => undefined), "what was drawn stays until it is read again").toEqual(before);
  expect(deal<string>([], [0], () => undefined)[0]?.waits, "a new one waits too").toBe(true);
});
