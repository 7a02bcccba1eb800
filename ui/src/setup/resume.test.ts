// What was done is the store's and not the page's: whenever the window is opened again, it is where it was.

import { cleanup } from "@testing-library/svelte";
import { expect, test } from "vitest";
import type { Step } from "../backend/types";
import { open, show } from "../testing/window";
import { STEPS } from "../words/steps";

test.each(STEPS)("a window closed at %s opens there again, with what was decided before it", async (step: Step) => {
  const first = await open(step);
  const before = STEPS.map((name) => first.find(`step-${name}`).dataset.state);
  cleanup();
  const again = await show(first.fake);
  expect(again.find(`page-${step}`)).toBeTruthy();
  expect(STEPS.map((name) => again.find(`step-${name}`).dataset.state)).toEqual(before);
});

test("once activated, the window opens on the overview", async () => {
  const page = await open("home");
  expect(page.find("page-overview")).toBeTruthy();
});

test("going back loses nothing that was accepted", async () => {
  const page = await open("users");
  await page.click("back");
  await page.click("back");
  expect((page.find("permission-webhooks") as HTMLInputElement).checked).toBe(true);
  await page.click("primary");
  expect(page.find("accepted").textContent).toContain("Northmoor Ltd");
});

test("a change from the review comes back to the review", async () => {
  const page = await open("review");
  await page.click("change-users");
  expect(page.find("page-users")).toBeTruthy();
  expect(page.find("primary").textContent).toContain("Back to the review");
  await page.click("primary");
  expect(page.find("page-review")).toBeTruthy();
});

test("what changed since the review was approved is said, and asks for approval again", async () => {
  const page = await open("activate");
  await page.fake.call("set_mapping", { member: 1, user: 4_100_237 });
  await page.click("step-review");
  expect(page.find("stale").textContent).toContain("Something changed");
  expect(page.find("primary").textContent).toContain("Approve");
});

test("what was typed and not sent yet is there again after a look elsewhere", async () => {
  const page = await open("credential");
  await page.type("client_id", "half-way");
  await page.click("step-users");
  await page.click("step-credential");
  expect((document.getElementById("client_id") as HTMLInputElement).value).toBe("half-way");
  expect(document.activeElement).toBe(document.querySelector("h1"));
});

test("a dialog that was closed by mistake opens with what was typed", async () => {
  const page = await open("mapping");
  await page.click("add-people");
  await page.type("team_rows", "Ana Sample\tana@example.com");
  document.querySelector("dialog")?.click();
  expect(page.find("add-dialog"), "a click beside it does not close it").toBeTruthy();
  await page.click("close");
  await page.click("add-people");
  expect((document.getElementById("team_rows") as HTMLTextAreaElement).value).toContain("ana@example.com");
  await page.click("add-save");
  expect(page.find("paste-counts").textContent, "what it would do is shown first").toContain("1 to add");
  expect(page.fake.world.team).toHaveLength(0);
  await page.click("paste-back");
  expect((document.getElementById("team_rows") as HTMLTextAreaElement).value, "and can be corrected").toContain("ana@example.com");
  await page.click("add-save");
  await page.click("paste-apply");
  expect(page.fake.world.team).toHaveLength(1);
  await page.click("add-people");
  expect((document.getElementById("team_rows") as HTMLTextAreaElement).value, "what was added is not offered again").toBe("");
});

test("just after activation the way back is at hand", async () => {
  const page = await open("activate");
  await page.click("primary");
  expect(page.find("just-activated").textContent).toContain("switch it off");
  await page.click("deactivate");
  await page.click("confirm");
  expect((await page.fake.call("overview", {})).activated_at).toBeNull();
  expect(page.find("inactive").textContent).toContain("switched off");
});
