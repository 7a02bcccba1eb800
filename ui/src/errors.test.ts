// An error says what, why and what now; it takes the focus, leads to its field, and never leaves one without a way on.

import { expect, test } from "vitest";
import { unexpected } from "./bindings/unexpected";
import { problem } from "./backend/fake/problems";
import type { CallName, Code, Problem, Step } from "./backend/types";
import { Fake } from "./backend/fake/fake";
import { open, refuse, settle, show, violations } from "./testing/window";

/** Whether the page says all that a problem has to say. */
function said(wanted: Problem): boolean {
  const text = document.body.textContent ?? "";
  return [wanted.title, wanted.why, wanted.now, wanted.number].every((part) => part !== "" && text.includes(part));
}

/** A button that can be pressed, on the page itself. */
function wayOn(): HTMLButtonElement | undefined {
  return [...document.querySelectorAll<HTMLButtonElement>("main button")].find((button) => !button.disabled);
}

test("an empty form says what is missing, beside each field and on top, and the focus goes there", async () => {
  const page = await open("credential");
  await page.click("primary");
  const summary = page.find("error-summary");
  expect(document.activeElement).toBe(summary);
  expect(summary.textContent).toContain("2 things to put right");
  const link = summary.querySelector("a");
  link?.click();
  const field = document.getElementById("client_id");
  expect(document.activeElement).toBe(field);
  const described = field?.getAttribute("aria-describedby") ?? "";
  expect(document.getElementById(described)?.textContent).toContain("Paste the client ID");
  expect(await violations()).toEqual([]);
});

test("a credential that Greenhouse refuses is explained beside its field, and stays to be corrected", async () => {
  const page = await open("credential");
  await page.type("client_id", "abc");
  await page.type("client_secret", "wrong-secret");
  await page.click("primary");
  const refused = problem("credential_rejected");
  expect(document.activeElement).toBe(page.find("error-summary"));
  expect(page.find("error-summary").textContent).toContain(refused.title);
  expect(said(refused)).toBe(true);
  expect((document.getElementById("client_id") as HTMLInputElement).value).toBe("abc");
  await page.type("client_secret", "right-secret-9f3c");
  await page.click("primary");
  expect(page.find("accepted").textContent).toContain("9f3c");
});

const REFUSALS: [Step | "home", CallName, Code, string][] = [
  ["permissions", "confirm_permissions", "offline", "permission-webhooks"],
  ["users", "import_users", "file_protected", "dropzone-choose"],
  ["users", "read_users_live", "offline", "read-live"],
  ["mapping", "import_team", "file_wrong_kind", "dropzone-choose"],
  ["review", "approve_review", "not_ready", "primary"],
  ["activate", "activate", "offline", "primary"],
  ["home", "pause", "not_found", "pause"],
];
test.each(REFUSALS)("at %s, %s refused as %s is said in full, and one can go on", async (place, call, code, testid) => {
  const page = await open(place);
  refuse(page.fake, call, problem(code));
  await page.click(testid);
  expect(said(problem(code))).toBe(true);
  expect(document.querySelector('[role="alert"]'), "it is announced").not.toBeNull();
  expect(wayOn()).toBeDefined();
});

const READS: [Step | "home", CallName][] = [
  ["permissions", "permissions"],
  ["credential", "credential"],
  ["users", "users"],
  ["webhooks", "webhooks"],
  ["mapping", "mapping"],
  ["review", "review"],
  ["home", "home"],
];
test.each(READS)("where %s cannot be read, the page says so and the rest of the window works", async (place, call) => {
  const fake = new Fake();
  await fake.reach(place);
  const heal = refuse(fake, call, problem("keychain_unavailable"));
  const page = await show(fake);
  expect(said(problem("keychain_unavailable"))).toBe(true);
  expect(document.querySelectorAll("nav button").length).toBeGreaterThan(5);
  heal();
  await page.click("read-again");
  expect(page.absent("unread"), "and it can be read again").toBe(true);
});

test("a window that cannot start says why and can try again", async () => {
  const fake = new Fake();
  let broken = true;
  const before = fake.call.bind(fake);
  fake.call = (async (name: CallName, takes: never) => {
    if (broken) throw problem("keychain_unavailable");
    return before(name, takes);
  }) as typeof fake.call;
  const stopped = await show(fake);
  expect(said(problem("keychain_unavailable"))).toBe(true);
  broken = false;
  await stopped.click("primary");
  expect(stopped.find("welcome")).toBeTruthy();
});

test("what is thrown without words gets words", async () => {
  const page = await open("activate");
  page.fake.call = (() => Promise.reject(new Error("broken pipe"))) as typeof page.fake.call;
  await page.click("primary");
  await settle();
  const text = page.find("activate-problem").textContent ?? "";
  expect(text).toContain(unexpected.title);
  expect(text).toContain("broken pipe");
  expect(text).toContain(unexpected.number);
});
