// The whole window over the stand-in, for tests: opened at a place, looked at, and closed by the testing library.

import axe from "axe-core";
import { render } from "@testing-library/svelte";
import { tick } from "svelte";
import frame from "../../index.html?raw";
import App from "../App.svelte";
import { Fake, type FakeOptions } from "../backend/fake/fake";
import type { CallName, Problem, Step } from "../backend/types";

export interface Opened {
  fake: Fake;
  /** The element with this test id; fails where there is none. */
  find: (testid: string) => HTMLElement;
  all: (testid: string) => HTMLElement[];
  absent: (testid: string) => boolean;
  click: (testid: string) => Promise<void>;
  /** Types over what a field holds, and leaves it. */
  type: (id: string, text: string) => Promise<void>;
}

/** Opens the window where a person would be who has come as far as `at`. */
export async function open(at: Step | "home" | "welcome", options: FakeOptions = {}): Promise<Opened> {
  const fake = new Fake(options);
  if (at !== "welcome") await fake.reach(at);
  return show(fake);
}

/** Opens a window over a stand-in that is there already. */
export async function show(fake: Fake): Promise<Opened> {
  const { title, documentElement } = new DOMParser().parseFromString(frame, "text/html");
  document.title = title;
  document.documentElement.lang = documentElement.lang;
  render(App, { props: { backend: fake } });
  await settle(40);
  const all = (testid: string): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(`[data-testid="${testid}"]`)];
  const find = (testid: string): HTMLElement => {
    const found = all(testid)[0];
    if (found === undefined) throw new Error(`Nothing on the page is called “${testid}”`);
    return found;
  };
  return {
    fake,
    find,
    all,
    absent: (testid) => all(testid).length === 0,
    click: async (testid) => {
      const target = find(testid);
      target.focus();
      target.click();
      await settle();
    },
    type: async (id, text) => {
      const field = document.getElementById(id);
      if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) throw new Error(`No field ${id}`);
      field.focus();
      field.value = text;
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
      field.blur();
      await settle();
    },
  };
}

/** Lets answers arrive, changes be told of, and the page be drawn. */
export async function settle(milliseconds = 60): Promise<void> {
  await new Promise((done) => setTimeout(done, milliseconds));
  await tick();
}

/** Presses a key where the focus is. */
export async function press(key: string): Promise<void> {
  document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  await settle();
}

/** Lets one call fail until what is returned is called. */
export function refuse(fake: Fake, name: CallName, problem: Problem): () => void {
  const before = fake.call.bind(fake);
  fake.call = (async (called: CallName, takes: never) => {
    if (called === name) throw problem;
    return before(called, takes);
  }) as Fake["call"];
  return () => void (fake.call = before);
}

/** What axe holds against the page. Contrast needs real drawing and is looked at elsewhere. */
export async function violations(): Promise<string[]> {
  const seen = await axe.run(document, {
    resultTypes: ["violations"],
    rules: { "color-contrast": { enabled: false }, "target-size": { enabled: false } },
  });
  return seen.violations.map((v) => `${v.id}: ${v.nodes.map((node) => node.target.join(" ")).join(", ")}`);
}
