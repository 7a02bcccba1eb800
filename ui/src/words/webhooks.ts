// Words of step 4.

import type { AddressState, Delivery, SlotState } from "../backend/types";

export const webhooks = {
  title: "How Greenhouse tells Headhuntr",
  lead: "When somebody moves on or is hired, Greenhouse can say so at once. Choose how its messages reach you.",
  homeTitle: "Webhooks",
  homeLead: "How Greenhouse tells Headhuntr of changes, and what has arrived.",
  choose: "How shall messages arrive?",
  address: "Public address",
  addressHint: "Starts with https:// and leads to this computer, for example a tunnel or a reverse proxy.",
  addressHintPractice: "The practice Greenhouse is on this computer, so it can send straight here.",
  addressHh: "Headhuntr’s endpoint",
  addressHhHint: "Copy it from Headhuntr’s ATS configuration page.",
  addressWrong: "Enter an address that starts with https://. Greenhouse sends to no other.",
  addressMissing: "Enter the address, or choose another way.",
  use: "Use this address",
  change: "Change",
  prove: "Test it",
  proveAgain: "Test again",
  proving: "Calling it…",
  listening: (where: string) => `Forward it to ${where} on this computer`,
  slots: "Two webhooks to create in Greenhouse",
  slotsMany: (count: string) => `${count} ${count === "One" ? "webhook" : "webhooks"} to create in Greenhouse`,
  path: ["Configure", "Dev Center", "Web Hooks", "Web hooks", "Create"],
  verify: "Names and events follow what sourcing tools usually ask for. If your copy of Headhuntr’s guide prints others, use those: Edit.",
  form: "Copy the values in this order",
  name: "Name this webhook",
  when: "When",
  endpoint: "Endpoint URL",
  secret: "Secret key",
  email: "Error recipient email",
  disabled: "Disabled",
  noEmail: "Not set",
  noAddress: "Choose an address first",
  show: "Show",
  hide: "Hide",
  edit: "Edit",
  renew: "New secret…",
  remove: "Remove",
  waitingFor: (clock: string) => `Waiting for Greenhouse’s test message · ${clock}`,
  waitingIdle: "When you save it in Greenhouse, the tick appears here by itself.",
  live: "Arrived",
  arrived: "Greenhouse’s test message arrived with the right signature",
  next: "Next webhook",
  timeoutTitle: "Nothing has arrived yet",
  timeoutLine: "These are the usual causes:",
  causes: [
    "It is not saved in Greenhouse yet, or Disabled is set to Yes.",
    "The endpoint URL lost a character when it was copied.",
    "The secret key is another one. Copy it once more and save again.",
    "The address does not lead to this computer: the tunnel is off, or a firewall stops it.",
  ],
  notArriving: "It does not arrive?",
  extras: "More that Greenhouse can tell",
  extrasNote: "One click each; they are optional",
  add: "Add",
  recommended: "Recommended",
  noneTitle: "Without webhooks",
  noneLine: "The app asks Greenhouse every few minutes. Everything stays true, only later. You can add webhooks at any time.",
  hhTitle: "Messages go to Headhuntr",
  hhLine: "This app cannot see them arrive. It asks Greenhouse every few minutes all the same.",
  renewTitle: "Make a new secret key?",
  renewLine: "Messages with the old key are refused from then on, until you have put the new one into Greenhouse.",
  removed: (name: string) => `“${name}” is removed`,
  removedLine: "Delete it in Greenhouse too, or its messages are refused.",
  undo: "Undo",
  editTitle: "Edit the webhook",
  save: "Save",
  nameMissing: "Give it a name.",
  emailWrong: "Enter an e-mail address, or leave it empty.",
  notSeen: "Not seen here",
  extra: "Extra",
};

export const deliveryWords: Record<Delivery, { title: string; line: string }> = {
  own_address: {
    title: "To this computer",
    line: "You have a public https address that leads here: a tunnel or a reverse proxy. Changes show within seconds.",
  },
  headhuntr: {
    title: "To Headhuntr",
    line: "Headhuntr gave you an address of its own. Paste it; Greenhouse sends there.",
  },
  none: {
    title: "No webhooks",
    line: "The app asks Greenhouse every few minutes. Nothing to set up, just as true, only later.",
  },
};

export const addressWord: Record<AddressState, string> = {
  not_needed: "Not needed",
  unproved: "Not tested yet",
  proved: "It leads here",
  failing: "It does not lead here",
};

export const slotWord: Record<SlotState, string> = {
  waiting: "Waiting",
  live: "Live",
  refused: "Wrong secret",
  off: "Disabled",
};

export const slotTone: Record<SlotState, "good" | "bad" | "plain" | "wait"> = {
  waiting: "wait",
  live: "good",
  refused: "bad",
  off: "plain",
};
