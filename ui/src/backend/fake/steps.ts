// The seven steps, derived from what the stand-in remembers: the same rules as the engine's, in small.

import type { Overview, Reason, Step, StepState, StepView } from "../types";
import { STEPS, stepTitle } from "../../words/steps";
import type { World } from "./world";

type Status = [StepState, Reason[], string?];

export function fingerprint(world: World): string {
  const team = world.team.map((m) => [m.member, m.user, m.state]);
  return JSON.stringify([world.credential?.secret_tail, world.applied?.total, world.delivery, world.address, team]);
}

function permissions(world: World): Status {
  const { api_credentials, webhooks } = world.confirmed;
  if (api_credentials && webhooks) return ["done", [], "Both confirmed"];
  return api_credentials || webhooks ? ["in_work", [{ kind: "permission_unconfirmed" }]] : ["to_do", []];
}

function credential(world: World): Status {
  if (world.credential === null) return ["to_do", []];
  if (world.rejected) return ["needs_attention", [{ kind: "credential_rejected" }]];
  const count = world.missing.length;
  if (count === 0) return ["done", [], "Checked, all permissions"];
  const reasons: Reason[] = [{ kind: "permissions_missing", count }];
  return world.limits_accepted ? ["done", reasons, `Without ${count} permissions`] : ["needs_attention", reasons];
}

function users(world: World): Status {
  if (world.applied === null) return ["to_do", []];
  const from = world.applied.source === "live" ? "from Greenhouse" : "from Excel";
  const reasons: Reason[] = world.applied.looks_partial ? [{ kind: "export_partial" }] : [];
  return ["done", reasons, `${world.applied.total} ${from}`];
}

function webhooks(world: World): Status {
  if (world.delivery === null) return ["to_do", []];
  if (world.delivery === "none") return ["done", [], "Without; asked every few minutes"];
  if (world.delivery === "headhuntr") return ["done", [], "To Headhuntr"];
  const wanted = world.slots.filter((slot) => !slot.disabled).length;
  const live = world.slots.filter((slot) => slot.state === "live").length;
  if (wanted > 0 && live >= wanted) return ["done", [], `${live} of ${wanted} have arrived`];
  const late: Reason = { kind: "webhooks_not_live", live, wanted };
  return ["in_work", world.address_state === "proved" ? [late] : [{ kind: "address_unproved" }, late]];
}

export function broken(world: World): number {
  const off = new Set(world.users.filter((user) => user.deactivated).map((user) => user.id));
  return world.team.filter((m) => m.state === "confirmed" && m.user !== null && off.has(m.user)).length;
}

function mapping(world: World): Status {
  if (world.applied === null) return ["cannot_start", [{ kind: "after", step: "users" }]];
  const team = world.team.length;
  const confirmed = world.team.filter((m) => m.state === "confirmed").length;
  const open = team - confirmed - world.team.filter((m) => m.state === "left_out").length;
  const count = broken(world);
  if (count > 0) return ["needs_attention", [{ kind: "mapping_broken", count }]];
  if (team === 0) return ["to_do", [{ kind: "team_unknown" }]];
  if (open === 0) return ["done", [], `${confirmed} of ${team} confirmed`];
  return [confirmed === 0 ? "to_do" : "in_work", [{ kind: "unmapped", count: open }]];
}

/** The steps without which nothing may be switched on. */
function usable(world: World): Step[] {
  const missing: Step[] = [];
  if (world.credential === null || world.rejected) missing.push("credential");
  if (world.applied === null) missing.push("users");
  if (world.delivery === null) missing.push("webhooks");
  if (!world.team.some((m) => m.state === "confirmed")) missing.push("mapping");
  return missing;
}

export function blockers(world: World): Reason[] {
  return usable(world).map((step) => ({ kind: "after", step }));
}

function review(world: World): Status {
  const missing = blockers(world);
  if (missing.length > 0) return ["cannot_start", missing];
  if (world.approved === null) return ["to_do", []];
  return world.approved === fingerprint(world) ? ["done", [], "Approved"] : ["needs_attention", [{ kind: "changed_since_review" }]];
}

function activate(world: World, reviewed: StepState): Status {
  if (world.activated_at !== null) {
    const reasons = blockers(world);
    return reasons.length === 0 ? ["done", [], "Switched on"] : ["needs_attention", reasons];
  }
  if (reviewed !== "done") {
    return ["cannot_start", [{ kind: "after", step: "review" }, ...(world.deactivated ? [{ kind: "deactivated" } as const] : [])]];
  }
  return ["to_do", world.deactivated ? [{ kind: "deactivated" }] : []];
}

export function steps(world: World): StepView[] {
  const reviewed = review(world);
  const all: Record<Step, Status> = {
    permissions: permissions(world),
    credential: credential(world),
    users: users(world),
    webhooks: webhooks(world),
    mapping: mapping(world),
    review: reviewed,
    activate: activate(world, reviewed[0]),
  };
  return STEPS.map((step) => {
    const [state, reasons, summary] = all[step];
    return { step, title: stepTitle[step], state, summary: summary ?? "", reasons };
  });
}

export function overview(world: World): Overview {
  return {
    steps: steps(world),
    current: world.current,
    organisation: world.credential?.organisation ?? null,
    activated_at: world.activated_at,
    attention: world.people.filter((person) => person.state === "needs_you").length,
    saved_at: world.saved_at,
    begun: world.begun,
    version: "0.1.0",
  };
}
