// What jsdom lacks of a browser.

import { cleanup } from "@testing-library/svelte";
import { afterEach } from "vitest";
import { Session } from "./state/session.svelte";

HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
  this.setAttribute("open", "");
};
HTMLElement.prototype.showPopover ??= function () {};
Element.prototype.scrollTo ??= function () {};
if (!("inert" in HTMLElement.prototype)) {
  Object.defineProperty(HTMLElement.prototype, "inert", {
    get(this: HTMLElement) {
      return this.hasAttribute("inert");
    },
    set(this: HTMLElement, inert: unknown) {
      this.toggleAttribute("inert", Boolean(inert));
    },
  });
}
globalThis.ResizeObserver ??= class {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
};
Element.prototype.animate ??= function () {
  return { finished: Promise.resolve(), cancel() {}, onfinish: null } as unknown as Animation;
};
// Nothing is drawn, so nothing can be drawn on.
HTMLCanvasElement.prototype.getContext = () => null;

// Tests do not wait for what comes in bursts only in life.
Session.gather = 5;

// Each test opens a window of its own.
afterEach(cleanup);
