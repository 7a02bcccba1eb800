// What was begun in the dialog that adds people, so that closing it by mistake costs nothing.

import { SvelteSet } from "svelte/reactivity";

export type Way = "paste" | "type" | "tick";

export class Begun {
  way = $state<Way>("paste");
  text = $state("");
  name = $state("");
  email = $state("");
  readonly ticked = new SvelteSet<number>();
}
