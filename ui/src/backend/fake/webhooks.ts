// Step 4 of the stand-in.

import type { Delivery, EventChoice, SlotView, WebhooksView } from "../types";
import { problem } from "./problems";
import type { World } from "./world";

const CHOICES: EventChoice[] = [
  { action: "reject_candidate", label: "Candidate or Prospect rejected", reason: "Headhuntr hears when somebody is turned down, and why.", recommended: true },
  { action: "unhire_candidate", label: "Candidate has been unhired", reason: "Takes a hire back when it did not come about.", recommended: true },
  { action: "merge_candidate", label: "Candidate merged", reason: "Follows a person whose two profiles became one.", recommended: true },
  { action: "delete_candidate", label: "Delete candidate", reason: "Forgets a person who was deleted in Greenhouse.", recommended: true },
  { action: "candidate_anonymized", label: "Candidate anonymized", reason: "Removes personal details here as well.", recommended: true },
];

function slot(world: World, action: string, name: string, label: string, inGuide: boolean): SlotView {
  const number = 1 + Math.max(0, ...world.slots.map((s) => s.slot));
  renew(world, number);
  return {
    slot: number,
    name,
    event_label: label,
    action,
    endpoint_url: world.address === null ? null : `${world.address.replace(/\/$/, "")}/greenhouse/${number}`,
    secret_tail: world.secrets.get(number)?.slice(-4) ?? "",
    error_email: "recruiting-ops@example.com",
    disabled: false,
    in_guide: inGuide,
    state: "waiting",
    pinged_at: null,
    last_delivery_at: null,
    problem: null,
  };
}

export function renew(world: World, number: number): void {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  world.secrets.set(number, [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(""));
}

export function webhooksView(world: World): WebhooksView {
  const used = new Set(world.slots.map((s) => s.action));
  return {
    delivery: world.delivery,
    address: world.address,
    address_state: world.address_state,
    address_problem: world.address_state === "failing" ? problem("webhook_unreachable") : null,
    listening_at: "http://127.0.0.1:8790",
    slots: world.slots.map((s) => ({ ...s, secret_tail: world.secrets.get(s.slot)?.slice(-4) ?? "" })),
    choices: CHOICES.filter((choice) => !used.has(choice.action)),
    last_delivery_at: world.last_webhook?.at ?? null,
  };
}

export function choose(world: World, delivery: Delivery, address: string | null): void {
  world.delivery = delivery;
  world.address = delivery === "none" ? null : address;
  world.address_state = delivery === "own_address" ? "unproved" : "not_needed";
  if (delivery !== "none" && world.slots.length === 0) {
    world.slots.push(slot(world, "candidate_stage_change", "Headhuntr.io - stage change", "Candidate has changed stage", true));
    world.slots.push(slot(world, "hire_candidate", "Headhuntr.io - hired", "Candidate has been hired", true));
  }
  for (const s of world.slots) s.endpoint_url = address === null ? null : `${address.replace(/\/$/, "")}/greenhouse/${s.slot}`;
}

export function add(world: World, action: string): void {
  const choice = CHOICES.find((choice) => choice.action === action);
  if (choice === undefined) throw problem("not_found");
  world.slots.push(slot(world, action, `Headhuntr.io - ${choice.label.toLowerCase()}`, choice.label, false));
}

/** Greenhouse's test message arrives. */
export function ping(world: World, number: number): void {
  const found = world.slots.find((s) => s.slot === number);
  if (found === undefined) throw problem("not_found");
  const at = new Date(world.now()).toISOString();
  Object.assign(found, { state: "live", pinged_at: at, last_delivery_at: at, problem: null });
  world.last_webhook = { at, what: "Ping" };
}
