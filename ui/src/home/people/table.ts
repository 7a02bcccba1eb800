// Where people stand, as a table to be pasted into a spreadsheet.

import type { Backend } from "../../backend/backend";
import type { Gives } from "../../backend/types";
import { made as m, outcomeTable as w } from "../../words/home";

type Row = Gives<"outcomes">["outcomes"][number];

const PAGE = 500;

/** Reads all outcomes and sets them out in columns, with their names on top. */
export async function outcomeTable(backend: Backend): Promise<string> {
  const lines = [w.columns.map(cell).join("\t")];
  for (let offset = 0; ; offset += PAGE) {
    const page = await backend.call("outcomes", { offset, limit: PAGE });
    for (const row of page.outcomes) lines.push(cells(row).map(cell).join("\t"));
    if (page.outcomes.length === 0 || offset + PAGE >= page.total) return lines.join("\n");
  }
}

/** Reads everything that was made and sets it out in columns, with their names on top. */
export async function madeTable(backend: Backend): Promise<string> {
  const lines = [m.columns.map(cell).join("\t")];
  for (let offset = 0; ; offset += PAGE) {
    const page = await backend.call("list_made", { offset, limit: PAGE });
    for (const { at, headhuntr_id, name, what, candidate, application, made, acting, link } of page.rows) {
      lines.push([at, headhuntr_id, name, what, candidate, application, made, acting, link].map(cell).join("\t"));
    }
    if (page.rows.length === 0 || offset + PAGE >= page.total) return lines.join("\n");
  }
}

function cells(row: Row): (string | number | null)[] {
  const { headhuntr_id, name, owner, job_name, standing, stage, pool, rejected_at, reason, heard_at, candidate, application, merged_from } = row;
  return [headhuntr_id, name, owner, job_name, standing, stage, pool, rejected_at, reason, heard_at, candidate, application, merged_from];
}

/** What a spreadsheet takes for a formula, or for the quote around a cell that may hold anything. */
const RUNS = /^(?:"|[\s']*[=+\-@＝＋－＠])/u;

/** A cell that stays one cell, and that no spreadsheet takes for a formula. */
export function cell(value: string | number | null): string {
  const text = String(value ?? "").replace(/[\t\r\n]+/g, " ");
  return RUNS.test(text) ? `'${text}` : text;
}
