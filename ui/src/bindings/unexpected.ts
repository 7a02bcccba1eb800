// This file was generated from the engine's words. Do not edit it.
import type { Problem } from "./Problem";

/** What is said where nobody has words. */
export const unexpected: Problem = {
  "code": "unexpected",
  "number": "HG-901",
  "title": "Something unexpected happened",
  "why": "This is a fault of the app.",
  "now": "Try again. If it stays, make a support bundle and send it to us.",
  "place": "support",
  "detail": "",
  "field": null
};
