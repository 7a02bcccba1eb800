// Words that several pages share.

export const common = {
  product: "Headhuntr for Greenhouse",
  back: "Back",
  continue: "Continue",
  backToReview: "Back to the review",
  cancel: "Cancel",
  close: "Close",
  tryAgain: "Try again",
  copy: "Copy",
  copied: "Copied",
  notCopied: "Not copied",
  copyFailed: "Could not copy. Select the text and copy it by hand.",
  search: "Search",
  clear: "Clear the search",
  more: "More",
  help: "Help",
  home: "Home",
  reading: "Reading…",
  openGreenhouse: "Open Greenhouse",
  yes: "Yes",
  no: "No",
  practice: "Practice",
  practiceLine: "Nothing here touches your Greenhouse",
  skip: "Skip to the page",
  problemSummary: (count: number) => (count === 1 ? "One thing to put right" : `${count} things to put right`),
  stopped: "The app cannot start",
  loading: "One moment…",
  dropTitle: "Let go to read it",
  dropLine: "The file stays where it is. It is read, never changed.",
  strayedHere: "Take it in there",
  saved: (ago: string) => `Saved ${ago}`,
  allSaved: "Everything is saved",
  rowKeysShort: "↑ ↓ other rows",
  rowKeys: "Arrow keys up and down go to the other rows",
  showAll: (count: string) => `Show all ${count}`,
  number: (number: string) => `Number ${number}`,
};

export const GREENHOUSE_DOOR = "https://app.greenhouse.io";

import type { FileKind, Step } from "../backend/types";

/** What a file is called, and the step it belongs to. */
export const fileWords: Record<FileKind, { name: string; step: Step | "people" | null }> = {
  user_export: { name: "a Greenhouse user export", step: "users" },
  team: { name: "a Headhuntr team list", step: "mapping" },
  candidates: { name: "a list of sourced candidates", step: "people" },
  folder: { name: "a folder", step: "people" },
  unknown: { name: "something this app does not know", step: null },
};
