// The time of day, for words such as "4 minutes ago". One timer for the whole window.

import { onMount } from "svelte";

let time = $state(Date.now());
let watchers = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** Returns now, in milliseconds; whoever reads it in a template is drawn again each second. */
export function now(): number {
  return time;
}

/** Keeps the clock going as long as the component is there. */
export function useClock(): void {
  onMount(() => {
    watchers++;
    time = Date.now();
    timer ??= setInterval(() => (time = Date.now()), 1000);
    return () => {
      watchers--;
      if (watchers === 0) {
        clearInterval(timer);
        timer = undefined;
      }
    };
  });
}
