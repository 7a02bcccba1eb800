// Where people stand, for a spreadsheet: every row once, and nothing a spreadsheet would run.

import { expect, test } from "vitest";
import { Fake } from "../../backend/fake/fake";
import { history } from "../../backend/fake/history";
import { cell, madeTable, outcomeTable } from "./table";

test("every person sent is one line under the names of the columns", async () => {
  const fake = new Fake();
  await fake.reach("home");
  history(fake.world);
  const lines = (await outcomeTable(fake)).split("\n");
  const { total } = await fake.call("outcomes", { offset: 0, limit: 1 });
  expect(total).toBeGreaterThan(100);
  expect(lines).toHaveLength(total + 1);
  expect(lines[0]).toContain("Stands at");
  for (const line of lines) expect(line.split("\t")).toHaveLength(13);
});

test("everything that was made is one line with the page where it can be removed", async () => {
  const fake = new Fake();
  await fake.reach("home");
  history(fake.world);
  const lines = (await madeTable(fake)).split("\n");
  const { total } = await fake.call("list_made", { offset: 0, limit: 1 });
  expect(lines).toHaveLength(total + 1);
  expect(lines[1]).toContain("https://app.greenhouse.io/people/");
});

test("what somebody typed is never taken for a formula, nor for another cell", () => {
  expect(cell("=HYPERLINK(1)")).toBe("'=HYPERLINK(1)");
  expect(cell("@sum")).toBe("'@sum");
  expect(cell('"=HYPERLINK(1)')).toBe(`'"=HYPERLINK(1)`);
  expect(cell(" =1")).toBe("' =1");
  expect(cell("＝1")).toBe("'＝1");
  expect(cell("O'Brien-Smith")).toBe("O'Brien-Smith");
  expect(cell("two\tcells\nand lines")).toBe("two cells and lines");
  expect(cell(null)).toBe("");
  expect(cell(4100200)).toBe("4100200");
});
