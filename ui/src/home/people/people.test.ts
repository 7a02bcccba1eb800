// Deciding about people: what can be decided is the engine's to say, what was decided is said, and can be taken back.

import { expect, test } from "vitest";
import { Fake } from "../../backend/fake/fake";
import { history } from "../../backend/fake/history";
import { settle, show, violations, type Opened } from "../../testing/window";

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

test("the bars of the runs have a scale", async () => {
  const page = await people();
  await page.click("home-runs");
  expect(page.all("run-scale").map((mark) => mark.textContent)).toEqual(["1", "100"]);
});
