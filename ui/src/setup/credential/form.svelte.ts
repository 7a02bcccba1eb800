// The credential form: what was typed, what is wrong with it, and what to submit.

import type { Backend } from "../../backend/backend";
import type { Problem } from "../../backend/types";
import { credential as w } from "../../words/credential";

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
  #refused = $state<{ field: FieldName; title: string; text: string } | null>(null);
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  get faults(): { field: string; text: string }[] {
    return FIELDS[this.kind].flatMap((field) => {
      const text = this.errors[field];
      if (text === undefined) return [];
      return [{ field, text: this.#refused?.field === field ? this.#refused.title : text }];
    });
  }

  /** Has a field looked at, when one leaves it. An empty one is no fault until submitted. */
  async leave(field: FieldName): Promise<void> {
    const text = this.values[field];
    // What was refused stays said until something else is typed.
    if (this.#refused?.field === field && this.#refused.text === text) return;
    if (text.trim() === "") this.#clean(field);
    else await this.#look(field);
  }

  /** Has all looked at. Returns whether they may be sent. */
  async submit(): Promise<boolean> {
    this.#refused = null;
    for (const field of FIELDS[this.kind]) {
      if (field.endsWith("_url") && this.values[field].trim() === "") this.#clean(field);
      else await this.#look(field);
    }
    this.attempt++;
    return this.faults.length === 0;
  }

  /** Puts a refusal beside the field it belongs to. */
  refuse(problem: Problem): void {
    const named = FIELDS[this.kind].find((field) => field === problem.field);
    if (named !== undefined) {
      this.#refused = { field: named, title: problem.title, text: this.values[named] };
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

  #clean(field: FieldName): void {
    delete this.errors[field];
    delete this.notes[field];
  }

  /** What is around it and what is wrong with it is the engine's to say; the text itself stays here. */
  async #look(field: FieldName): Promise<void> {
    const text = this.values[field];
    try {
      const seen = await this.#backend.call("look_at_pasted", { field, text });
      // Something else was typed meanwhile.
      if (this.values[field] !== text) return;
      this.#clean(field);
      if (seen.is_decorated) this.notes[field] = w.cleaned;
      if (seen.problem) this.errors[field] = seen.problem.detail === "" ? seen.problem.now : `${seen.problem.detail}.`;
    } catch {
      // Handing it over says what is the matter.
      this.#clean(field);
    }
  }
}
