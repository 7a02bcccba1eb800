// The help of each page: what it is for, and the Greenhouse words on it.

import type { Step } from "../backend/types";
import type { HomePage } from "../state/session.svelte";

export interface Help {
  title: string;
  about: string[];
  terms: [string, string][];
}

const terms = {
  devCenter: ["Dev Center", "The part of Greenhouse’s settings for connections to other programs: Configure › Dev Center."],
  siteAdmin: ["Site Admin", "A Greenhouse user who may see and change nearly everything. Greenhouse lets only a Site Admin list people and jobs for another program."],
  developer: ["Developer permissions", "Extra rights that any Greenhouse user can be given, whatever their role."],
  credential: ["Credential", "A name and a secret that Greenhouse makes for one program. Here it is a client ID and a client secret."],
  harvest: ["Harvest", "Greenhouse’s way for other programs to read and write recruiting records. Version 3 is today’s; version 1 was retired on 31 August 2026."],
  permission: ["Permission of a credential", "One thing the credential may do, such as “List candidates”. Greenhouse calls it a scope."],
  keychain: ["Keychain", "The place where your computer keeps passwords, locked with your login."],
  userId: ["User ID", "The number Greenhouse gives each of its users. In Headhuntr it is the ATS id."],
  webhook: ["Webhook", "A message Greenhouse sends by itself when something happens, such as a hire."],
  ping: ["Ping", "A test message that Greenhouse sends when a webhook is saved."],
  secretKey: ["Secret key", "A long word that only Greenhouse and this app know. It proves that a message really comes from Greenhouse."],
  behalf: ["On behalf of", "Each person is added to Greenhouse in the name of the colleague who found them, as if they had done it by hand."],
  prospect: ["Prospect", "Somebody in Greenhouse who has not applied for a job yet."],
  dryRun: ["Dry run", "The same work as the real run, up to the moment of sending. Nothing is sent."],
  mirror: ["Pull", "Reading what changed in Greenhouse into this computer."],
  push: ["Push", "Sending sourced people to Greenhouse."],
} satisfies Record<string, [string, string]>;

export const stepHelp: Record<Step, Help> = {
  permissions: {
    title: "About permissions",
    about: [
      "To connect Headhuntr you create two things in Greenhouse: a credential and webhooks. For each, Greenhouse asks for a right of your own.",
      "Nothing can be checked before there is a credential. Tick what you see on your own page in Greenhouse; the next steps show whether it is so.",
      "If you lack one, send the message to a Site Admin. You can go on in the meantime and come back.",
    ],
    terms: [terms.developer, terms.siteAdmin, terms.devCenter],
  },
  credential: {
    title: "About the credential",
    about: [
      "Greenhouse shows the client secret only once. Copy it before you close that window; if it is lost, create another.",
      "The secret is kept in this computer’s keychain and nowhere else. The app shows its last four characters only.",
      "No permission to delete anything is ever needed. If one is switched on, the table says so and you can switch it off.",
    ],
    terms: [terms.credential, terms.harvest, terms.permission, terms.siteAdmin, terms.keychain],
  },
  users: {
    title: "About users",
    about: [
      "The app needs the User ID of each colleague who uses Headhuntr, so that people are added in the right name.",
      "In Greenhouse: Configure › Users › Export to Excel. Take off any filter first, so that nobody is missing. The export of a Job Admin leaves out Site Admins.",
      "The file is read on this computer. It is never changed and never sent anywhere.",
    ],
    terms: [terms.userId, terms.siteAdmin],
  },
  webhooks: {
    title: "About webhooks",
    about: [
      "With webhooks Headhuntr hears of a hire within seconds. Without them the app asks Greenhouse every few minutes: slower, and just as true.",
      "Greenhouse sends only to public https addresses. A computer on a desk has none, so you need an address that leads to it, or Headhuntr’s own.",
      "Greenhouse has a form for each webhook. Copy the values in their order, save, and watch for the tick.",
    ],
    terms: [terms.webhook, terms.ping, terms.secretKey, terms.devCenter],
  },
  mapping: {
    title: "About mapping",
    about: [
      "Each person who uses Headhuntr is matched with their Greenhouse user. What they find is then added on their behalf.",
      "The same e-mail on both sides is certain. A likeness of names is only ever proposed. In both cases a person confirms.",
      "Nobody without a confirmed match is ever sent in somebody else’s name.",
    ],
    terms: [terms.userId, terms.behalf],
  },
  review: {
    title: "About the review",
    about: [
      "Everything decided so far, on one page. “Change” leads to the step and back here.",
      "The numbers say what the first run will do. Where Greenhouse tells no totals, they are the least it can be.",
    ],
    terms: [terms.dryRun, terms.prospect, terms.behalf],
  },
  activate: {
    title: "About activation",
    about: [
      "Until you activate, this app only reads. After it, sourced people are sent to Greenhouse by themselves.",
      "All is checked once more first. If anything fails, nothing is switched on.",
      "You can switch it off at any time. Nothing goes on running, and nothing is lost.",
      "People from Headhuntr get here as a file dropped on the window, through a folder that is watched, or by a program on this computer.",
    ],
    terms: [terms.push, terms.mirror],
  },
};

const sync: Help = {
  title: "About the sync",
  about: [
    "A run reads what changed in Greenhouse and then sends the people who wait. It starts by the clock, when a webhook arrives, or when you say so.",
    "Greenhouse allows so many requests every 30 seconds. When they are used up, the app waits and says for how long.",
    "What needs a decision of yours is listed under “Needs you”. Nothing else is held up by it.",
  ],
  terms: [terms.mirror, terms.push, terms.webhook, terms.prospect],
};

export const homeHelp: Record<HomePage, Help> = {
  overview: sync,
  people: {
    title: "About people",
    about: [
      "Everybody who was sourced in Headhuntr and handed to this app, with where they stand now.",
      "They are handed over as a file dropped on the window, through a folder that is watched, or by a program on this computer. Set-up shows the last two.",
      "A person who is in Greenhouse already is never added twice. Where that cannot be told, you decide.",
    ],
    terms: [terms.prospect, terms.behalf],
  },
  runs: sync,
  webhooks: stepHelp.webhooks,
  mapping: stepHelp.mapping,
  audit: {
    title: "About the audit log",
    about: [
      "Who did what, in whose name, and what came of it. Entries can be added, never changed.",
      "Each entry carries a seal made from the one before it. If any is altered, the page says so.",
    ],
    terms: [terms.behalf],
  },
  setup: {
    title: "About the set-up",
    about: ["Every step stays open. Change what you like; the app says what else it touches."],
    terms: [terms.credential, terms.webhook],
  },
};
