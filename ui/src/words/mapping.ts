// Words of step 5.

import type { Evidence, MappingState, Proof } from "../backend/types";

export const mapping = {
  title: "Who is who",
  lead: "Each colleague who uses Headhuntr, and the Greenhouse user their work is done on behalf of. Nothing is ever sent in anybody else’s name.",
  homeTitle: "Mapping",
  emptyTitle: "Who uses Headhuntr?",
  emptyLine: "Hand over your Headhuntr team. Those with the same e-mail in Greenhouse are found by themselves.",
  dropTitle: "Drop the team list anywhere on this window",
  dropLine: "CSV or Excel with name, e-mail and, if there is one, the Headhuntr id.",
  sheet: ["Name", "E-mail", "Headhuntr id"],
  choose: "Choose file…",
  chooser: "Choose the Headhuntr team list",
  add: "Add people…",
  addTitle: "Add people of your team",
  ways: { paste: "Paste rows", type: "Type one", tick: "From Greenhouse" },
  waysLegend: "How to add",
  paste: "Rows, one person each",
  pasteHint: "Name, e-mail, Headhuntr id and ATS id, in any order. Straight from a spreadsheet is fine.",
  pastePlaceholder: "Ana Sample\tana@example.com\t1042\nBen Sample\tben@example.com\t1043",
  pasteEmpty: "Paste at least one row.",
  name: "Name",
  email: "E-mail in Headhuntr",
  nameMissing: "Enter a name.",
  emailMissing: "Enter the e-mail this person uses in Headhuntr.",
  addOne: "Add",
  addMany: "Add these people",
  tickHint: "Tick the colleagues who use Headhuntr. They are mapped to the user you tick.",
  tickMissing: "Tick at least one person.",
  addTicked: (count: number) => (count === 0 ? "Add" : count === 1 ? "Add 1 person" : `Add ${count} people`),
  filters: { all: "All", open: "Needs you", confirmed: "Confirmed" },
  filterLegend: "Which people",
  search: "Search name, e-mail or ATS id",
  confirmCertain: (count: number) => `Confirm ${count} certain`,
  confirm: "Confirm",
  retry: "Try again",
  leaveOut: "Leave out",
  takeIn: "Take back in",
  remove: "Remove",
  undo: "Undo",
  columns: ["In Headhuntr", "ATS Id", "In Greenhouse", "Why", "State"],
  atsFor: (name: string) => `ATS Id of ${name}`,
  notNumber: "An ATS Id is a whole number.",
  pick: "Find…",
  pickFor: (name: string) => `Find the Greenhouse user of ${name}`,
  pickTitle: (name: string) => `Who is ${name} in Greenhouse?`,
  pickSearch: "Search name, e-mail or User ID",
  pickUnknown: (name: string) => `Nobody in Greenhouse is called “${name}”. Here is everybody.`,
  pickNone: "Nobody found. Try a part of the name.",
  pickClear: "Nobody",
  nobody: "Nobody yet",
  noneFound: "Nobody matches",
  noneFoundLine: "Try another word, or look at all.",
  mapped: "Taken",
  deactivated: "Deactivated",
  certainTitle: (count: string) => `${count} have the same e-mail on both sides`,
  certainLine: "Look them over and confirm them in one go.",
  readyTitle: "Everybody is matched",
  readyLine: "A token was made for each, so acting on their behalf works.",
  brokenTitle: (count: string) => `${count} stopped working`,
  brokenLine: "What they sourced waits until you choose another Greenhouse user for them.",
  facts: { team: "Team", confirmed: "Confirmed", certain: "Same e-mail", likely: "To look at", unmatched: "No match", leftOut: "Left out" },
  noticed: (count: string) => `${count} noticed in the list`,
};

export const evidenceWord: Record<Evidence, string> = {
  same_email: "Same e-mail",
  same_mailbox_other_domain: "Same mailbox",
  same_name: "Same name",
  by_hand: "By hand",
};

export const evidenceNote: Record<Evidence, string> = {
  same_email: "Certain",
  same_mailbox_other_domain: "Other domain",
  same_name: "Only likely",
  by_hand: "Chosen by you",
};

export const mappingStateWord: Record<MappingState, string> = {
  unmatched: "No match",
  proposed: "To confirm",
  confirmed: "Confirmed",
  left_out: "Left out",
};

export const proofWord: Record<Proof, string> = {
  untried: "Not tried yet",
  works: "Works",
  refused: "Refused",
};
