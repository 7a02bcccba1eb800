// The keys of a long list: Tab goes through the controls of one row and then on, out of the list; the arrows up and
// down go to the same control of another row. Otherwise the end of the page would be thousands of stops away.

const CONTROLS = "button, input, select, a[href]";

/** Returns what can be focused in a row, in order. */
function controls(row: Element): HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>(CONTROLS)].filter((control) => control.closest("[role=menu]") === null);
}

/** The control that one was on the way to in a row that was still being read, by its place in the row. */
const headed = new WeakMap<Element, number>();

/** Whether a row is being read: what it draws is another one’s. */
function waits(row: Element): boolean {
  return row.querySelector("[inert]") !== null;
}

/** Puts the focus on the row itself, until it leaves it. */
function hold(row: HTMLElement): void {
  row.tabIndex = -1;
  row.focus();
}

/** Puts the focus on a control of a row, or on the nearest that takes it. Returns whether there is one. */
function enter(row: Element, at: number): boolean {
  const wanted = controls(row).filter((control) => !control.hasAttribute("disabled"));
  const next = wanted[Math.min(Math.max(at, 0), wanted.length - 1)];
  next?.focus();
  return next !== undefined;
}

/** Lets nothing be done to what a row draws while it is being read: it would be done to another one. */
export function still(event: Event): void {
  if (!(event.target instanceof Element) || event.target.closest("[inert]") === null) return;
  event.stopPropagation();
  if (event.type === "click") event.preventDefault();
}

/** Keeps the controls of a row in the order of Tab, or out of it, whatever the row draws. */
export function stops(row: HTMLElement, here: boolean): { update: (here: boolean) => void; destroy: () => void } {
  let stop = here;
  const set = (): void => {
    const wanted = stop && !waits(row) ? 0 : -1;
    for (const control of controls(row)) {
      if (control.tabIndex !== wanted) control.tabIndex = wanted;
    }
  };
  const drawn = (): void => {
    set();
    const focused = document.activeElement;
    if (waits(row)) {
      if (focused !== row && row.contains(focused)) hold(row);
      return;
    }
    const at = headed.get(row);
    if (at !== undefined && focused === row) enter(row, at);
  };
  const left = (): void => {
    // Where the whole window loses the focus, the row still has it when one comes back.
    if (document.activeElement === row) return;
    headed.delete(row);
    row.removeAttribute("tabindex");
  };
  const watch = new MutationObserver(drawn);
  watch.observe(row, { childList: true, subtree: true, attributeFilter: ["inert"] });
  row.addEventListener("blur", left);
  set();
  return {
    update: (here) => {
      if (stop === here) return;
      stop = here;
      set();
    },
    destroy: () => {
      watch.disconnect();
      row.removeEventListener("blur", left);
    },
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
  const to = list.querySelector<HTMLElement>(`[role=row][aria-rowindex="${number}"]`);
  if (to === null) {
    // The row was scrolled out of sight, and its neighbour is not drawn: back to it first.
    event.preventDefault();
    from.scrollIntoView({ block: "center" });
    return true;
  }
  const at = headed.get(from) ?? controls(from).indexOf(event.target);
  if (waits(to)) {
    headed.set(to, at);
    hold(to);
  } else if (!enter(to, at)) return false;
  event.preventDefault();
  return true;
}
