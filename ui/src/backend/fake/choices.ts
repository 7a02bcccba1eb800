// What can be decided about a person, for the stand-in.

import type { Choice, Code, Conflict, PersonState } from "../types";

/** What one can decide about a person, given what holds them: the engine's to say, and this is its stand-in. */
export function choices(state: PersonState, conflict: Conflict | null, code?: Code): Choice[] {
  if (state === "left_out") return ["take_in"];
  if (state === "waiting") return ["leave_out"];
  if (state !== "needs_you") return [];
  if (conflict === null) return code === "not_listed" ? ["try_again", "go_on", "leave_out"] : ["try_again", "leave_out"];
  switch (conflict.kind) {
    case "twins":
    case "name_only":
      return ["link", "go_on", "leave_out"];
    case "rejected_on_job":
    case "resume_gone":
      return ["go_on", "leave_out"];
    case "pool_not_found":
      return ["go_on", "try_again", "leave_out"];
    case "source_not_found":
    case "kept_theirs":
      return ["go_on"];
    case "owner_unknown":
    case "owner_unmapped":
    case "owner_broken":
      return ["mapping", "leave_out"];
    case "job_missing":
    case "job_not_found":
    case "job_ambiguous":
    case "job_closed":
      return ["job", "try_again", "leave_out"];
    case "owner_missing":
    case "not_permitted":
      return ["try_again", "leave_out"];
  }
}
