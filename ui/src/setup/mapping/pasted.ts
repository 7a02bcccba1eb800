// What was pasted, and where.

import type { MappingFilter } from "../../backend/types";

/** The pasted text, and the row of the table as it was shown that it was pasted into. */
export interface Pasted {
  text: string;
  search: string;
  filter: MappingFilter;
  from: number | null;
}
