// Steps 1 to 3 of the stand-in.

import type { CredentialView, FileVerdict, PermissionsView, UsersImport, UsersPage, UsersView } from "../types";
import { permissionRows } from "./permissions";
import { problem } from "./problems";
import { madeUpUsers, type World } from "./world";

const at = (world: World): string => new Date(world.now()).toISOString();

export function permissionsView(world: World): PermissionsView {
  const items = [
    {
      key: "api_credentials",
      label: "Manage ALL organization's API Credentials",
      reason: "To create the credential that this app uses, in the next step.",
      confirmed: world.confirmed.api_credentials,
    },
    {
      key: "webhooks",
      label: "Manage and configure webhooks",
      reason: "To let Greenhouse tell Headhuntr at once when somebody moves on or is hired.",
      confirmed: world.confirmed.webhooks,
    },
  ];
  const lacking = items.filter((item) => !item.confirmed).map((item) => `– ${item.label}`);
  const message =
    lacking.length === 0
      ? ""
      : `Hello,\n\nto connect Headhuntr.io with Greenhouse I need ${lacking.length === 1 ? "one more right" : "two more rights"} on my own user:\n${lacking.join("\n")}\n\nThey are found under Configure › Users › (my name) › Permissions › Developer Permissions. To grant them one has to be a Site Admin who may edit another user's advanced permissions.\n\nThank you!`;
  return {
    items,
    path: ["Configure", "Users", "your name", "Permissions", "Developer Permissions"],
    granted_by: "A Site Admin who holds “Can edit another user's advanced permissions”",
    message,
  };
}

export function credentialView(world: World): CredentialView {
  const permissions = permissionRows(world.missing, world.credential !== null);
  const required = permissions.filter((row) => row.need === "core" || row.need === "required");
  const missing = permissions.filter((row) => row.standing === "missing");
  return {
    accepted: world.credential,
    problem: world.rejected ? problem("credential_rejected") : null,
    permissions,
    granted: required.filter((row) => row.standing === "granted").length,
    required: required.length,
    limits: missing.map((row) => row.without),
    limits_accepted: world.limits_accepted,
    message:
      missing.length === 0
        ? ""
        : `Hello,\n\nplease tick these permissions of the credential “Headhuntr.io Harvest API Key” (Configure › Dev Center › API Credentials › Manage scopes):\n${missing.map((row) => `– ${row.label}`).join("\n")}\n\nThank you!`,
    vault_ready: world.vault_ready,
    vault_problem: world.vault_ready ? null : problem("keychain_unavailable"),
    form: [
      ["API type", "Harvest V3 (OAuth)"],
      ["Partner (optional)", "Headhuntr.io"],
      ["Description", "Headhuntr.io Harvest API Key"],
    ],
  };
}

/** Accepts anything but what says in itself that it is wrong. */
export function submit(world: World, clientId: string | null, secret: string, harvest: string | null): void {
  if (world.faults.has("offline")) throw problem("offline");
  if (/wrong/i.test(secret)) throw problem("credential_rejected", { field: clientId === null ? "api_key" : "client_secret" });
  world.missing = /partial/i.test(secret) ? ["harvest:attachments:create", "harvest:notes:create"] : [];
  world.limits_accepted = false;
  world.rejected = false;
  world.credential = {
    dialect: clientId === null ? "v1" : "v3",
    organisation: "Northmoor Ltd",
    acting_as: "Priya Raman",
    site_admin: true,
    client_id: clientId,
    secret_tail: secret.slice(-4),
    kept_in: "this computer’s keychain",
    harvest_url: harvest ?? "https://harvest.greenhouse.io/v3",
    accepted_at: at(world),
    checked_at: at(world),
    jobs: { value: 42, or_more: false },
    users: { value: 148, or_more: false },
  };
}

/** Says what a file is, by its name alone: the stand-in cannot open files. */
export function recognise(path: string): FileVerdict {
  const file = path.split(/[\\/]/).at(-1) ?? path;
  if (/protected/i.test(file)) return { file, kind: "unknown", problem: problem("file_protected") };
  if (/user|export/i.test(file) && /\.xlsx$/i.test(file)) return { file, kind: "user_export", problem: null };
  if (/team/i.test(file)) return { file, kind: "team", problem: null };
  if (/candidate|sourced|people/i.test(file)) return { file, kind: "candidates", problem: null };
  if (!file.includes(".")) return { file, kind: "folder", problem: null };
  return { file, kind: "unknown", problem: problem("file_wrong_kind", { detail: `“${file}” is not one of the files this app reads.` }) };
}

export function usersView(world: World): UsersView {
  return {
    applied: world.applied,
    waiting: world.waiting,
    diff: world.diff,
    can_read_live: world.credential !== null && !world.missing.includes("harvest:users:list"),
  };
}

function importOf(world: World, source: "export" | "live", file: string, count: number, partial: boolean): UsersImport {
  const users = madeUpUsers(count);
  const off = users.filter((user) => user.deactivated).length;
  return {
    source,
    file,
    at: at(world),
    total: count,
    active: count - off,
    deactivated: off,
    site_admins: partial ? 0 : users.filter((user) => user.site_admin).length,
    columns:
      source === "live"
        ? []
        : [
            { header: "User ID", meaning: "User ID" },
            { header: "Name", meaning: "Name" },
            { header: "Primary email", meaning: "E-mail" },
            { header: "Status", meaning: "Status" },
            { header: "Site Admin?", meaning: "Site Admin" },
            { header: "Office", meaning: null },
          ],
    problems: source === "live" ? [] : [problem("rows_invalid", { title: "Row 97", detail: "The User ID is empty." })],
    problem_count: source === "live" ? 0 : 1,
    warnings: partial ? [problem("export_partial")] : [],
    looks_partial: partial,
    took_ms: 84,
  };
}

/** Applies at once the first time; later, lets what would change wait. */
export function takeUsers(world: World, source: "export" | "live", path: string, count: number): void {
  const file = path.split(/[\\/]/).at(-1) ?? "";
  if (source === "export") {
    const verdict = recognise(path);
    if (verdict.kind !== "user_export") throw verdict.problem ?? problem("file_wrong_kind", { detail: `“${file}” is not a Greenhouse user export.` });
  }
  const taken = importOf(world, source, file, count, /partial/i.test(file));
  if (world.applied === null) {
    world.applied = taken;
    world.users = madeUpUsers(count);
    return;
  }
  const [first, second] = world.users;
  world.waiting = taken;
  world.diff = {
    added: 1,
    changed: 1,
    gone: 1,
    mapped_gone: world.team.some((m) => m.user === second?.id) ? 1 : 0,
    changes: [
      { change: "gone", user: second?.id ?? 2, name: second?.name ?? "", what: "", is_mapped: world.team.some((m) => m.user === second?.id) },
      { change: "changed", user: first?.id ?? 1, name: first?.name ?? "", what: "E-mail: priya@example.com → priya.raman@example.com", is_mapped: true },
      { change: "added", user: 4_199_001, name: "Ottilie Brandt", what: "", is_mapped: false },
    ],
  };
}

export function applyUsers(world: World): void {
  if (world.waiting === null) throw problem("not_found");
  const second = world.users[1];
  world.users = [
    ...world.users.filter((user) => user !== second),
    { id: 4_199_001, name: "Ottilie Brandt", email: "ottilie.brandt@example.com", deactivated: false, site_admin: false, is_mapped: false },
  ];
  world.applied = { ...world.waiting, total: world.users.length };
  world.waiting = null;
  world.diff = null;
}

export function listUsers(world: World, search: string, offset: number, limit: number): UsersPage {
  const wanted = search.toLowerCase();
  const mapped = new Set(world.team.map((m) => m.user));
  const found = world.users.filter((user) => `${user.name} ${user.email} ${user.id}`.toLowerCase().includes(wanted));
  const rows = found.slice(offset, offset + limit).map((user) => ({ ...user, is_mapped: mapped.has(user.id) }));
  return { rows, total: found.length };
}
