// Every page can be drawn from the stand-in, has one heading, tells its place, and has nothing axe objects to.

import { expect, test } from "vitest";
import { history } from "./backend/fake/history";
import { HOME_PAGES } from "./state/session.svelte";
import { open, settle, show, violations } from "./testing/window";
import { homeTitle } from "./words/home";
import { STEPS, stateWord, stepTitle } from "./words/steps";
import { Fake } from "./backend/fake/fake";

test("the first screen says what is needed in at most five things", async () => {
  const page = await open("welcome");
  const needs = page.find("welcome").querySelectorAll("section li");
  expect(needs.length).toBeGreaterThan(2);
  expect(needs.length).toBeLessThanOrEqual(5);
  expect(page.find("welcome").textContent).toContain("20 minutes");
  expect(await violations()).toEqual([]);
});

test.each(STEPS)("the step %s", async (step) => {
  const page = await open(step);
  expect(page.find(`page-${step}`)).toBeTruthy();
  expect(document.querySelectorAll("h1")).toHaveLength(1);
  expect(document.activeElement, "the heading has the focus on arrival").toBe(document.querySelector("h1"));
  for (const other of STEPS) {
    const entry = page.find(`step-${other}`);
    const words = Object.values(stateWord).some((word) => entry.textContent?.includes(word));
    expect(words, `${other} tells its state in words`).toBe(true);
    expect(entry.getAttribute("aria-current")).toBe(other === step ? "step" : null);
  }
  expect(page.find("help"), "help is where it always is").toBeTruthy();
  expect(await violations()).toEqual([]);
});

test.each(HOME_PAGES)("the page %s of home, after a week of use", async (name) => {
  const fake = new Fake();
  await fake.reach("home");
  history(fake.world);
  const page = await show(fake);
  await page.click(`home-${name}`);
  expect(page.find(`home-${name}`).getAttribute("aria-current")).toBe("page");
  expect(page.find(`home-${name}`).textContent).toContain(homeTitle[name]);
  expect(document.querySelectorAll("h1")).toHaveLength(1);
  expect(await violations()).toEqual([]);
});

test("the overview answers in one look", async () => {
  const fake = new Fake();
  await fake.reach("home");
  history(fake.world);
  const page = await show(fake);
  expect(page.find("fact-connected").textContent).toContain("Priya Raman");
  expect(page.find("fact-pull").textContent).toContain("minutes ago");
  expect(page.find("fact-webhook").textContent).toContain("stage");
  expect(page.find("fact-waiting").textContent).toContain("0 people");
  expect(page.all("attention")).toHaveLength(3);
  expect(page.find("funnel").textContent).toContain("128 people");
});

test("the runs say whether everything is here", async () => {
  const fake = new Fake();
  await fake.reach("home");
  history(fake.world);
  const page = await show(fake);
  await page.click("home-runs");
  expect(page.find("whole-state").textContent).toContain("Everything listed is kept");
  const lists = page.all("whole-list");
  expect(lists.length).toBeGreaterThan(3);
  expect(lists[0]?.textContent).toContain("Users");
  expect(await violations()).toEqual([]);
});

test("dialogs and drawers have nothing axe objects to, and give the focus back", async () => {
  const page = await open("mapping");
  await page.click("help");
  expect(page.find("help-panel").textContent).toContain("On behalf of");
  expect(await violations()).toEqual([]);
  await page.click("close");
  expect(document.activeElement).toBe(page.find("help"));
  await page.click("add-people");
  expect(await violations()).toEqual([]);
});

test("practice says what it is, on every page", async () => {
  const page = await open("credential", { practice: true });
  expect(page.find("practice").textContent).toContain("Nothing here touches your Greenhouse");
  await page.click("practice");
  await settle();
  expect(page.find("practice-panel").textContent).toContain("Break something on purpose");
  expect(await violations()).toEqual([]);
});

test("a file for support is read before it is saved", async () => {
  const fake = new Fake();
  const page = await show(fake);
  await page.click("primary");
  await page.click("help");
  await page.click("support");
  await settle();
  const text = page.find("support-text").textContent ?? "";
  expect(text).toContain("steps");
  expect(await violations()).toEqual([]);
  await page.click("support-save");
  expect(fake.saved.map((file) => file.text), "what was seen is what is saved").toEqual([text]);
  expect(page.find("support-saved").textContent).toContain("headhuntr-support");
});

test("the names of the steps are the same everywhere", async () => {
  const page = await open("home");
  await page.click("home-setup");
  for (const step of STEPS) expect(page.find(`setup-${step}`).textContent).toContain(stepTitle[step]);
});
