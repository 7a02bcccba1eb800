// Deciding about people: what can be decided is the engine's to say, what was decided is said, and can be taken back.

import { expect, test } from "vitest";
import type { Conflict } from "../../backend/types";
import { Fake } from "../../backend/fake/fake";
import { history } from "../../backend/fake/history";
import { problem } from "../../backend/fake/problems";
import { refuse, settle, show, violations, type Opened } from "../../testing/window";
import { decidedLine } from "../../words/home";

async function people(): Promise<Opened> {
  const fake = new Fake();
  await fake.reach("home");
  history(fake.world);
  const page = await show(fake);
  await page.click("home-people");
  return page;
}

test("a decision is said, and whoever was left out can be taken back in", async () => {
  const page = await people();
  const name = page.find("open-person").textContent ?? "";
  await page.click("open-person");
  await page.click("decide-leave-out");
  const said = page.find("decided");
  expect(said.textContent).toContain(`${name} is left out`);
  expect(said.closest("[role=status]"), "to a screen reader too").not.toBeNull();
  expect(await violations()).toEqual([]);
  await page.click("decided-undo");
  expect(page.find("decided").textContent).toContain("tried again");
  expect(document.activeElement, "the button that had the focus is gone").toBe(page.find("decided"));
});

test("why somebody could not be taken back in goes once it works", async () => {
  const page = await people();
  await page.click("open-person");
  await page.click("decide-leave-out");
  const allow = refuse(page.fake, "decide_person", problem("offline"));
  await page.click("decided-undo");
  expect(page.find("people-problem").textContent).toContain("cannot be reached");
  allow();
  await page.click("decided-undo");
  expect(page.absent("people-problem")).toBe(true);
});

test("a note that is put away is not said to go on", () => {
  const about = (conflict: Conflict | null): string => decidedLine({ name: "Nele Brandt", conflict }, { decide: "go_on" });
  expect(about({ kind: "kept_theirs", fields: ["title"] })).toContain("put away");
  expect(about({ kind: "source_not_found", source: "Headhuntr" })).toContain("put away");
  expect(about({ kind: "resume_gone" })).toContain("goes on with the next run");
});

test("a job is chosen by its ATS id, from those there are", async () => {
  const page = await people();
  const held = page.fake.world.people.find((person) => person.conflict?.kind === "job_closed");
  document.querySelector<HTMLElement>(`[data-person="${held?.person}"] [data-testid="open-person"]`)?.click();
  await settle();
  const jobs = [...document.querySelectorAll("#decide-jobs option")].map((one) => one.textContent);
  expect(jobs).toContain("Backend Engineer");
  expect(jobs, "nobody is put on a closed one").not.toContain("Office Manager");
});

test("what was made says what each of its numbers is", async () => {
  const page = await people();
  await page.click("open-made");
  const row = page.find("made-row").textContent ?? "";
  for (const word of ["candidate", "application"]) expect(row).toMatch(new RegExp(`${word} \\d+`));
  await page.click("copy-made");
  expect(page.fake.copied.at(-1)).toContain("https://app.greenhouse.io/people/");
});

test("the audit log tells two of one name apart by their ids", async () => {
  const page = await people();
  const [user] = page.fake.world.users;
  page.fake.world.audit.unshift({ at: new Date().toISOString(), actor: "App", what: "Added a candidate", acting: user?.id ?? null, result: "Done" });
  await page.click("home-audit");
  const row = page.find("audit-row").textContent ?? "";
  expect(row).toContain(user?.name ?? "nobody");
  expect(row).toContain(String(user?.id));
});

test("the bars of the runs have a scale", async () => {
  const page = await people();
  await page.click("home-runs");
  expect(page.all("run-scale").map((mark) => mark.textContent)).toEqual(["1", "100"]);
});
