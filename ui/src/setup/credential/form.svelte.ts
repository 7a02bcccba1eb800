// The credential form: what was typed, what is wrong with it, and what to submit.

import type { Problem } from "../../backend/types";
import { credential as w } from "../../words/credential";
import { allowed, clean, flaw, type Flaw } from "./clean";

export type Kind = "v3" | "v1";
export type FieldName = "client_id" | "client_secret" | "api_key" | "harvest_url" | "auth_url";

const FIELDS: Record<Kind, FieldName[]> = {
  v3: ["client_id", "client_secret", "harvest_url", "auth_url"],
  v1: ["api_key", "harvest_url"],
};

export class CredentialForm {
  kind = $state<Kind>("v3");
  values = $state<Record<FieldName, string>>({
    client_id: "",
    client_secret: "",
    api_key: "",
    harvest_url: "",
    auth_url: "",
  });
  errors = $state<Partial<Record<FieldName, string>>>({});
  notes = $state<Partial<Record<FieldName, string>>>({});
  attempt = $state(0);
  /** What Greenhouse refused, said in short on top; the rest stands beside its field. */
  #refused = $state<{ field: FieldName; title: string } | null>(null);

  get faults(): { field: string; text: string }[] {
    return FIELDS[this.kind].flatMap((field) => {
      const text = this.errors[field];
      if (text === undefined) return [];
      return [{ field, text: this.#refused?.field === field ? this.#refused.title : text }];
    });
  }

  /** Cleans a field and looks at it, when one leaves it. An empty one is no fault until submitted. */
  leave(field: FieldName): void {
    const before = this.values[field];
    this.#tidy(field);
    // What was refused stays said until something else is typed.
    if (this.#refused?.field === field && this.values[field] === before) return;
    if (this.values[field] === "") delete this.errors[field];
    else this.#look(field);
  }

  /** Cleans and looks at all. Returns whether they may be sent. */
  submit(): boolean {
    this.errors = {};
    this.#refused = null;
    for (const field of FIELDS[this.kind]) {
      this.#tidy(field);
      this.#look(field);
    }
    this.attempt++;
    return this.faults.length === 0;
  }

  /** Puts a refusal beside the field it belongs to. */
  refuse(problem: Problem): void {
    const named = FIELDS[this.kind].find((field) => field === problem.field);
    if (named !== undefined) {
      this.#refused = { field: named, title: problem.title };
      this.errors[named] = w.refused(problem.why, problem.now, problem.number);
    }
    this.attempt++;
  }

  /** Forgets what was typed, secrets first. */
  clear(): void {
    this.values = { client_id: "", client_secret: "", api_key: "", harvest_url: "", auth_url: "" };
    this.errors = {};
    this.notes = {};
  }

  #tidy(field: FieldName): void {
    const { value, changed } = clean(this.values[field]);
    if (changed && value !== "") this.notes[field] = w.cleaned;
    else if (changed) delete this.notes[field];
    this.values[field] = value;
  }

  #look(field: FieldName): void {
    const value = this.values[field];
    const text = field.endsWith("_url") ? addressFault(value) : secretFault(field, flaw(value));
    if (text === undefined) delete this.errors[field];
    else this.errors[field] = text;
  }
}

function addressFault(value: string): string | undefined {
  return value === "" || allowed(value) ? undefined : w.urlWrong;
}

function secretFault(field: FieldName, what: Flaw | null): string | undefined {
  const names: Partial<Record<FieldName, [string, string]>> = {
    client_id: ["client ID", w.idMissing],
    client_secret: ["client secret", w.secretMissing],
    api_key: ["API key", w.keyMissing],
  };
  const [name, missing] = names[field] ?? [field, ""];
  if (what === "empty") return missing;
  if (what === "inside") return w.inside(name);
  if (what === "masked") return w.masked;
  return undefined;
}
