// A list that is read again: rows stay where they are while they are the same ones.

import { expect, test } from "vitest";
import { Rows } from "./rows.svelte";

interface Person {
  id: number;
  state: string;
}

test("rows keep their places when they are read again, until another search begins", async () => {
  let rows: Person[] = [1, 2, 3].map((id) => ({ id, state: "open" }));
  const list = new Rows<Person>(
    () => Promise.resolve({ rows, total: rows.length }),
    (row) => row.id,
  );
  const shown = (): string[] => [0, 1, 2].map((at) => `${String(list.at(at)?.id)} ${String(list.at(at)?.state)}`);
  await list.reload();
  rows = [
    { id: 2, state: "open" },
    { id: 3, state: "open" },
    { id: 1, state: "confirmed" },
  ];
  await list.reload();
  expect(shown()).toEqual(["1 confirmed", "2 open", "3 open"]);
  await list.restart();
  expect(shown()).toEqual(["2 open", "3 open", "1 confirmed"]);
  rows = [{ id: 7, state: "open" }, ...rows.slice(0, 2)];
  await list.reload();
  expect(shown()).toEqual(["7 open", "2 open", "3 open"]);
});
