// The long list: it draws what is in sight, reads what it draws, and tells the whole length.

import { render } from "@testing-library/svelte";
import { createRawSnippet, tick } from "svelte";
import { expect, test, vi } from "vitest";
import { Rows } from "../state/rows.svelte";
import VirtualList from "./VirtualList.svelte";

interface Item {
  name: string;
}

function listOf(total: number): { rows: Rows<Item>; asked: number[] } {
  const asked: number[] = [];
  const rows = new Rows<Item>((offset, limit) => {
    asked.push(offset);
    const length = Math.max(0, Math.min(limit, total - offset));
    return Promise.resolve({ rows: Array.from({ length }, (_, i) => ({ name: `Person ${offset + i}` })), total });
  });
  return { rows, asked };
}

const row = createRawSnippet<[Item, number]>((item) => ({
  render: () => `<span role="cell" class="name">${item().name}</span>`,
}));

async function settle(): Promise<void> {
  await new Promise((done) => setTimeout(done, 10));
  await tick();
}

test("of ten thousand rows some tens are drawn, and one block is read", async () => {
  const { rows, asked } = listOf(10_000);
  rows.show(0, 0);
  render(VirtualList<Item>, { props: { rows, row, rowHeight: 3, sight: 8, label: "People" } });
  await settle();
  const table = document.querySelector("[role=table]");
  expect(table?.getAttribute("aria-rowcount")).toBe("10000");
  expect(document.querySelectorAll(".name").length).toBeGreaterThan(5);
  expect(document.querySelectorAll(".name").length).toBeLessThan(40);
  expect(asked).toEqual([0]);
});

test("what comes into sight is read, once", async () => {
  const { rows, asked } = listOf(10_000);
  rows.show(0, 0);
  await settle();
  rows.show(5_020, 5_040);
  rows.show(5_030, 5_050);
  await settle();
  expect(rows.at(5_033)?.name).toBe("Person 5033");
  expect(rows.at(200)).toBeUndefined();
  expect(asked).toEqual([0, 5_000]);
});

test("a reload keeps what is shown until the answer is there, and an older answer never wins", async () => {
  const answers: ((page: { rows: Item[]; total: number }) => void)[] = [];
  const rows = new Rows<Item>(() => new Promise((done) => answers.push(done)));
  rows.show(0, 0);
  answers[0]?.({ rows: [{ name: "first" }], total: 1 });
  await settle();
  void rows.reload();
  void rows.reload();
  expect(rows.at(0)?.name).toBe("first");
  answers[2]?.({ rows: [{ name: "newest" }], total: 1 });
  await settle();
  answers[1]?.({ rows: [{ name: "late" }], total: 1 });
  await settle();
  expect(rows.at(0)?.name).toBe("newest");
});

test("a list that cannot be read says why and can be read again", async () => {
  let broken = true;
  const rows = new Rows<Item>(() => (broken ? Promise.reject(new Error("gone")) : Promise.resolve({ rows: [{ name: "a" }], total: 1 })));
  rows.show(0, 0);
  await settle();
  expect(rows.problem?.number).toBe("HG-901");
  broken = false;
  rows.show(0, 0);
  await settle();
  expect(rows.problem).toBeNull();
  expect(rows.total).toBe(1);
});

test("the focus stays on its row however far the list is scrolled, and no other row takes its elements", async () => {
  const { rows } = listOf(10_000);
  rows.show(0, 0);
  const field = createRawSnippet<[Item, number]>((item) => ({
    render: () => `<span role="cell" class="name"><input value="${item().name}" /></span>`,
  }));
  render(VirtualList<Item>, { props: { rows, row: field, rowHeight: 3, sight: 8, label: "People" } });
  await settle();
  const input = document.querySelectorAll("input")[2];
  input?.focus();
  const scroll = (top: number): void => {
    const all = document.querySelector<HTMLElement>(".all");
    if (all !== null) all.getBoundingClientRect = () => new DOMRect(0, -top, 800, 480_000);
    document.querySelector(".scroller")?.dispatchEvent(new Event("scroll"));
  };
  // The order is told once scrolling rests, whenever that is on a busy machine.
  const rests = (first: string[]): Promise<void> =>
    vi.waitFor(() => expect(told().slice(0, first.length), "rows are told in their order").toEqual(first), { timeout: 5000 });
  const drawn = (): string[] => [...document.querySelectorAll(".all > .row")].map((it) => it.getAttribute("aria-rowindex") ?? "");
  const told = (): string[] => {
    const owns = document.querySelector(".scroller")?.getAttribute("aria-owns")?.split(" ");
    return owns?.map((id) => document.getElementById(id)?.getAttribute("aria-rowindex") ?? "") ?? drawn();
  };
  const before = drawn().length;
  scroll(240_000);
  await rests(["3", "4997"]);
  expect(document.activeElement).toBe(input);
  expect(input?.closest(".row")?.getAttribute("aria-rowindex")).toBe("3");
  expect(told().toSorted()).toEqual(drawn().toSorted());
  scroll(0);
  await rests(["1"]);
  expect(document.activeElement).toBe(input);
  expect(drawn()).toHaveLength(before);
});

test("a row that is being read takes no focus, no click and no key for the one its elements showed before", async () => {
  let answer: (() => void) | undefined;
  const rows = new Rows<Item>(async (offset, limit) => {
    if (offset > 0) await new Promise<void>((done) => (answer = done));
    return { rows: Array.from({ length: limit }, (_, i) => ({ name: `Person ${offset + i}` })), total: 10_000 };
  });
  rows.show(0, 0);
  let done = 0;
  const controls = createRawSnippet<[Item, number]>(() => ({
    render: () => `<span role="cell"><button>Confirm</button><input /></span>`,
    setup: (cell) => {
      cell.addEventListener("click", () => done++);
      cell.addEventListener("keydown", () => done++);
    },
  }));
  render(VirtualList<Item>, { props: { rows, row: controls, rowHeight: 3, sight: 8, label: "People" } });
  await settle();
  const all = document.querySelector<HTMLElement>(".all");
  if (all !== null) all.getBoundingClientRect = () => new DOMRect(0, -95 * 48, 800, 480_000);
  document.querySelector(".scroller")?.dispatchEvent(new Event("scroll"));
  await settle();
  const rowAt = (index: number): HTMLElement | null => document.querySelector(`.all > .row[aria-rowindex="${index + 1}"]`);
  const press = (key: string): void => {
    document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  };
  rowAt(99)?.querySelector("input")?.focus();
  const waiting = rowAt(100);
  const stale = waiting?.querySelector("input");
  expect(stale?.closest("[inert]"), "hidden from a screen reader, and from Tab").not.toBeNull();
  expect(rowAt(99)?.querySelector("[inert]"), "a row that was read is not").toBeNull();
  press("ArrowDown");
  await settle();
  expect(document.activeElement).toBe(waiting);
  expect(stale?.tabIndex).toBe(-1);
  done = 0;
  press("Enter");
  waiting?.querySelector("button")?.click();
  stale?.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
  expect(done).toBe(0);
  press("ArrowDown");
  press("ArrowUp");
  expect(document.activeElement, "the arrows go on from it").toBe(waiting);
  await expect.poll(() => answer).toBeDefined();
  answer?.();
  await settle();
  expect(document.activeElement, "once it is read, one is where one was going").toBe(rowAt(100)?.querySelector("input"));
  expect(rowAt(100)).toBe(waiting);
  expect(waiting?.hasAttribute("tabindex")).toBe(false);
  press("ArrowUp");
  const kept = document.activeElement;
  expect(kept).toBe(rowAt(99)?.querySelector("input"));
  void rows.reload();
  await settle();
  expect(document.activeElement, "a row that is only read anew keeps the focus").toBe(kept);
});
