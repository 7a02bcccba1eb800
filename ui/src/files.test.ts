// Files let go anywhere over the window: taken in, or named for what they are, and always with a way on.

import { expect, test } from "vitest";
import { open, settle, violations, type Opened } from "./testing/window";

async function drop(page: Opened, ...paths: string[]): Promise<void> {
  page.fake.drop(paths);
  await settle(250);
}

test("while a file is held over the window, the window says that it takes it", async () => {
  const page = await open("users");
  page.fake.drop([], true);
  await settle();
  expect(page.find("drop-veil").textContent).toContain("never changed");
  page.fake.drop([]);
  await settle();
  expect(page.absent("drop-veil")).toBe(true);
});

test("the right file is read at once, with counts, columns and the first trouble", async () => {
  const page = await open("users");
  await drop(page, "/samples/greenhouse-users.xlsx");
  expect(page.find("users-total").textContent).toContain("148");
  expect(page.find("columns").textContent).toContain("5 of 6 used");
  expect(page.find("row-problems").textContent).toContain("Row 97");
});

test("the button does what dropping does", async () => {
  const page = await open("users");
  await page.click("dropzone-choose");
  await settle();
  expect(page.find("users-total").textContent).toContain("148");
});

test("a file for another step is named and taken there, not refused", async () => {
  const page = await open("users");
  await drop(page, "/somewhere/headhuntr-team.csv");
  expect(page.find("strayed").textContent).toContain("a Headhuntr team list");
  expect(page.fake.world.team).toHaveLength(0);
  expect(await violations()).toEqual([]);
});

test.each(["/x/budget.xls", "/x/protected.xlsx", "/x/photo.png"])("%s is told for what it is, and changes nothing", async (path) => {
  const page = await open("users");
  await drop(page, path);
  const notice = page.find("strayed");
  expect(notice.getAttribute("role")).toBe("alert");
  expect(notice.textContent).toMatch(/HG-\d{3}/);
  expect(page.fake.world.applied).toBeNull();
  notice.querySelector<HTMLButtonElement>("button")?.click();
  await settle();
  expect(page.absent("strayed")).toBe(true);
});

test("a newer export shows what would change before it does", async () => {
  const page = await open("webhooks");
  await page.click("step-users");
  await drop(page, "/x/greenhouse-users-new.xlsx");
  expect(page.find("page-users").textContent).toContain("Ottilie Brandt");
  expect(page.fake.world.users.some((user) => user.name === "Ottilie Brandt")).toBe(false);
  const apply = [...document.querySelectorAll<HTMLButtonElement>("main button")].find((b) => b.textContent?.includes("Apply"));
  apply?.click();
  await settle();
  expect(page.fake.world.users.some((user) => user.name === "Ottilie Brandt")).toBe(true);
});

test("several files of sourced candidates are taken in together; the one that is none is named", async () => {
  const page = await open("home");
  page.fake.world.people = [];
  await page.click("home-people");
  await drop(page, "/x/sourced.jsonl", "/x/photo.png");
  expect(page.find("import-added").textContent).toContain("9");
  expect(page.find("import-result").textContent).toContain("photo.png");
});
