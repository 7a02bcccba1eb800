// The keys of a long list: Tab goes through the controls of one row and then on, out of the list; the arrows up and
// down go to the same control of another row. Otherwise the end of the page would be thousands of stops away.

const CONTROLS = "button, input, select, a[href]";

/** Returns what can be focused in a row, in order. */
function controls(row: Element): HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>(CONTROLS)].filter((control) => control.closest("[role=menu]") === null);
}

/** Keeps the controls of a row in the order of Tab, or out of it, whatever the row draws. */
export function stops(row: HTMLElement, here: boolean): { update: (here: boolean) => void; destroy: () => void } {
  let stop = here;
  const set = (): void => {
    for (const control of controls(row)) {
      if (control.tabIndex !== (stop ? 0 : -1)) control.tabIndex = stop ? 0 : -1;
    }
  };
  const watch = new MutationObserver(set);
  watch.observe(row, { childList: true, subtree: true });
  set();
  return {
    update: (here) => {
      if (stop === here) return;
      stop = here;
      set();
    },
    destroy: () => watch.disconnect(),
  };
}

/** Goes a row up or down where the key says so. Returns whether it did. */
export function step(event: KeyboardEvent): boolean {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const from = event.target instanceof Element ? event.target.closest(".row") : null;
  if (by === undefined || from === null || !(event.target instanceof HTMLElement)) return false;
  if (event.target.closest("[role=menu]") !== null || event.target instanceof HTMLSelectElement) return false;
  const list = from.closest("[role=table]");
  // By their numbers: the elements of rows are in another order.
  const number = Number(from.getAttribute("aria-rowindex")) + by;
  if (list === null || number < 1 || number > Number(list.getAttribute("aria-rowcount"))) return false;
  const to = list.querySelector(`[role=row][aria-rowindex="${number}"]`);
  if (to === null) {
    // The row was scrolled out of sight, and its neighbour is not drawn: back to it first.
    event.preventDefault();
    from.scrollIntoView({ block: "center" });
    return true;
  }
  const at = controls(from).indexOf(event.target);
  const wanted = controls(to).filter((control) => !control.hasAttribute("disabled"));
  const next = wanted[Math.min(at, wanted.length - 1)];
  if (next === undefined) return false;
  event.preventDefault();
  next.focus();
  return true;
}
