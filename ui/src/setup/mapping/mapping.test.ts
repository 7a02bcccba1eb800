// The mapping by keyboard alone, and what it promises: reasons, confirming, undo, and lists of any length.

import { expect, test } from "vitest";
import type { Fake } from "../../backend/fake/fake";
import type { CallName } from "../../backend/types";
import { problem } from "../../backend/fake/problems";
import { open, press, refuse, settle, type Opened } from "../../testing/window";

async function withTeam(file = "/samples/headhuntr-team.csv"): Promise<Opened> {
  const page = await open("mapping");
  page.fake.drop([file]);
  await settle(300);
  return page;
}

const row = (page: Opened, name: string): HTMLElement => {
  const found = page.all("mapping-row").find((line) => line.textContent?.includes(name));
  if (found === undefined) throw new Error(`No row of ${name}`);
  return found;
};
const inside = (line: HTMLElement, testid: string): HTMLInputElement => {
  const found = line.querySelector<HTMLInputElement>(`[data-testid="${testid}"]`);
  if (found === null) throw new Error(`No ${testid} in the row`);
  return found;
};

/** Notes what is asked of one call from now on. */
function asks(page: Opened, name: CallName): unknown[] {
  const takes: unknown[] = [];
  const before = page.fake.call.bind(page.fake);
  page.fake.call = (async (called: CallName, given: never) => {
    if (called === name) takes.push(given);
    return before(called, given);
  }) as Fake["call"];
  return takes;
}

test("those who need somebody come first, each with the reason for what is proposed", async () => {
  const page = await withTeam();
  const states = page.all("mapping-row").map((line) => line.dataset.state);
  expect(states[0]).toBe("unmatched");
  expect(row(page, "Priya Raman").textContent).toContain("Same e-mail");
  expect(row(page, "Kofi Haddad").textContent).toContain("Same mailbox");
});

test("an ATS id is typed and taken with Enter; Esc leaves it as it was", async () => {
  const page = await withTeam();
  const field = inside(row(page, "Sam Whitlock"), "ats-id");
  field.focus();
  field.value = "4100237";
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  await press("Escape");
  expect(inside(row(page, "Sam Whitlock"), "ats-id").value).toBe("");
  field.value = "4100237";
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  await press("Enter");
  await settle(300);
  expect(row(page, "Sam Whitlock").textContent).toContain("Tomas Kowalski");
  expect(row(page, "Sam Whitlock").textContent, "one account for two people is named").toContain("Used twice");
});

test("what is no number is said beside the field and changes nothing", async () => {
  const page = await withTeam();
  const field = inside(row(page, "Sam Whitlock"), "ats-id");
  field.focus();
  field.value = "12x";
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  field.blur();
  await settle();
  expect(field.getAttribute("aria-invalid")).toBe("true");
  const described = field.getAttribute("aria-describedby") ?? "";
  expect(document.getElementById(described)?.textContent).toContain("whole number");
  expect((await page.fake.call("mapping", {})).unmatched).toBe(1);
});

test("an id that is taken with Enter is asked for once, though the field is left before the answer", async () => {
  const page = await withTeam();
  const calls = asks(page, "set_mapping");
  const field = inside(row(page, "Sam Whitlock"), "ats-id");
  field.focus();
  field.value = "4100237";
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
  field.blur();
  await settle(300);
  expect(calls).toHaveLength(1);
  expect(inside(row(page, "Sam Whitlock"), "ats-id").value).toBe("4100237");
});

test("why a change was refused stays, though another one was asked for meanwhile", async () => {
  const page = await withTeam();
  const allow = refuse(page.fake, "set_mapping", problem("acting_user_deactivated"));
  const field = inside(row(page, "Sam Whitlock"), "ats-id");
  field.focus();
  field.value = "4100237";
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  field.blur();
  inside(row(page, "Priya Raman"), "confirm").click();
  await settle(300);
  allow();
  expect(page.find("mapping-problem").textContent).toContain("deactivated");
  expect((await page.fake.call("mapping", {})).confirmed, "the other one is made all the same").toBe(1);
  inside(row(page, "Kofi Haddad"), "confirm").click();
  await settle(300);
  expect(page.absent("mapping-problem"), "until one acts anew").toBe(true);
});

test("whoever is added while another change is under way is added after it, once", async () => {
  const page = await withTeam();
  const before = page.fake.call.bind(page.fake);
  let answer = (): void => {};
  const asked: string[] = [];
  page.fake.call = (async (called: CallName, given: never) => {
    asked.push(called);
    if (called === "confirm_mapping") await new Promise<void>((done) => (answer = done));
    return before(called, given);
  }) as Fake["call"];
  inside(row(page, "Priya Raman"), "confirm").click();
  await page.click("add-people");
  document.querySelector<HTMLInputElement>('input[name="way"][value="type"]')?.click();
  await settle();
  await page.type("member_name", "Nele Brandt");
  await page.type("member_email", "nele@example.com");
  for (let presses = 0; presses < 2; presses++) {
    document.querySelector<HTMLFormElement>("#add-form")?.requestSubmit();
    await settle();
  }
  expect(page.find("add-save").getAttribute("aria-busy"), "the press is seen").toBe("true");
  answer();
  await settle(300);
  expect(asked.filter((name) => name === "add_member")).toHaveLength(1);
  expect(page.absent("add-dialog")).toBe(true);
  expect(row(page, "Nele Brandt")).toBeTruthy();
});

test("the menu of a row opens, moves and closes by keyboard, and the focus returns", async () => {
  const page = await withTeam();
  const dots = row(page, "Sam Whitlock").querySelector<HTMLElement>('[aria-haspopup="menu"]');
  dots?.focus();
  dots?.click();
  await settle();
  const items = [...document.querySelectorAll<HTMLElement>("[role=menuitem]")];
  expect(document.activeElement).toBe(items[0]);
  await press("ArrowDown");
  expect(document.activeElement).toBe(items[1]);
  await press("Escape");
  expect(document.activeElement).toBe(dots);
});

test("certain ones are confirmed in one go, proved, and taken back with one more", async () => {
  const page = await withTeam();
  await page.click("confirm-certain");
  await settle(200);
  expect((await page.fake.call("mapping", {})).confirmed).toBe(11);
  expect(row(page, "Priya Raman").textContent).toContain("Works");
  await page.click("undo");
  await settle(200);
  expect((await page.fake.call("mapping", {})).confirmed).toBe(0);
});

test("somebody is found for a person among all users; the first look is for their name", async () => {
  const page = await withTeam();
  inside(row(page, "Sam Whitlock"), "pick").click();
  await settle(200);
  expect(page.find("user-picker").textContent).toContain("Nobody in Greenhouse is called “Whitlock”");
  const search = page.find("search-picker") as HTMLInputElement;
  expect(document.activeElement).toBe(search);
  search.value = "kowalski";
  search.dispatchEvent(new InputEvent("input", { bubbles: true }));
  await settle(400);
  page.find("pick-user").click();
  await settle(300);
  expect(page.absent("user-picker")).toBe(true);
  expect(row(page, "Sam Whitlock").textContent).toContain("Kowalski");
});

test("five thousand people are as quick as five: only those in sight are drawn", async () => {
  const page = await open("mapping");
  const { madeUpUsers } = await import("../../backend/fake/world");
  page.fake.world.users = madeUpUsers(6000);
  page.fake.drop(["/samples/large-team.csv"]);
  await settle(500);
  expect(page.find("mapping-table").getAttribute("aria-rowcount")).toBe("5001");
  expect(page.all("mapping-row").length).toBeLessThan(40);
  expect(page.find("filter-all").closest("label")?.textContent).toContain((5000).toLocaleString());
});

test("Tab goes through one row and out of the list; the arrows go from row to row", async () => {
  const page = await withTeam();
  const tabbable = (): HTMLElement[] =>
    [...page.find("mapping-table").querySelectorAll<HTMLElement>("button, input")].filter((control) => control.tabIndex === 0);
  const rowOf = (control: Element | null): HTMLElement | null | undefined => control?.closest<HTMLElement>('[data-testid="mapping-row"]');
  const first = page.all("mapping-row")[0];
  expect(new Set(tabbable().map(rowOf))).toEqual(new Set([first]));
  inside(first ?? document.body, "ats-id").focus();
  await press("ArrowDown");
  const second = page.all("mapping-row")[1];
  expect(document.activeElement).toBe(inside(second ?? document.body, "ats-id"));
  expect(new Set(tabbable().map(rowOf))).toEqual(new Set([second]));
  await press("ArrowUp");
  expect(document.activeElement).toBe(inside(first ?? document.body, "ats-id"));
});
