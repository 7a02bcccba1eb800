// Words of step 2.

import type { Need, Standing } from "../backend/types";

export const credential = {
  title: "Let Greenhouse know this app",
  lead: "Create a credential in Greenhouse and paste it here. It is checked at once and kept in this computer’s keychain.",
  acceptedTitle: "Greenhouse accepted the credential",
  allReady: "We asked Greenhouse what it may do. Everything Headhuntr needs is switched on.",
  someMissing: (count: string) =>
    `We asked Greenhouse what it may do. ${count} of the things Headhuntr needs ${count === "One" ? "is" : "are"} switched off; everything else is ready.`,
  brokenTitle: "The credential stopped working",
  replaceTitle: "Replace the credential",
  replaceLead: "The mapping, the webhooks and everything that was read stay as they are.",

  createTitle: "In Greenhouse",
  stepsV3: [
    "Go to API Credentials and choose Create.",
    "Fill in the form with these values.",
    "Copy the client ID and the client secret. Greenhouse shows the secret only once.",
    "Say that you have stored it, then tick the permissions below under Manage scopes, and save.",
  ],
  path: ["Configure", "Dev Center", "API Credentials"],
  scopesPath: ["Configure", "Dev Center", "API Credentials", "Headhuntr.io", "Manage scopes"],
  tick: (count: number) => `The ${count} permissions to tick`,
  tickNote: "None of them can delete anything",
  copyList: "Copy the list",
  pasteTitle: "Paste it here",

  clientId: "Client ID",
  clientSecret: "Client secret",
  apiKey: "API key",
  cleaned: "The spaces, line ends, quotes or labels around it are taken off when it is checked.",

  which: "Kind of credential",
  v3: "Client ID and secret",
  v1: "Old API key",
  v1Title: "Greenhouse retired these keys on 31 August 2026",
  v1Line: "Most accounts no longer accept them. One that still works tells who your users are; to sync, create a Harvest V3 credential.",
  addresses: "Other addresses",
  addressesNote: "Only for test systems",
  harvestUrl: "Harvest’s address",
  authUrl: "Address for signing in",
  check: "Check with Greenhouse",
  checking: "Greenhouse is checking it…",
  checkedWhen: "Checked",
  checkAgain: "Check again",
  replace: "Replace…",
  keep: "Keep the present one",
  withoutThese: "Continue without these",
  goneOn: "You chose to go on without. What depends on it stays off.",
  copyMessage: "Copy message for your admin",
  message: "Message for your admin",
  limitsTitle: "What does not work yet",
  limitsHow: "Tick what is missing, save, then check again.",
  tableTitle: "Permissions",
  granted: (granted: number, required: number) => `${granted} of the ${required} needed are granted`,
  columns: ["In Greenhouse it is called", "Why Headhuntr needs it", "Now"],
  jobs: "Jobs it sees",
  users: "Users it sees",
  actingAs: (name: string) => `Acting as ${name}`,
  siteAdmin: "Site Admin",
  notSiteAdmin: "not a Site Admin",
  tail: (tail: string, where: string) => `secret ends in …${tail}, kept in ${where}`,
  organisationUnknown: "Your Greenhouse account",

  refused: (why: string, now: string, number: string) => `${why} ${now} (${number})`,

  vaultTitle: "Where to keep secrets",
  vaultLead: "This computer offers no keychain. The app never keeps a secret in the clear; it can use an encrypted file of yours instead.",
  vaultPath: "File",
  vaultPathHint: "A new file is made where there is none.",
  vaultPass: "Passphrase",
  vaultPassHint: "At least 12 characters. You are asked for it each time the app starts.",
  vaultShort: "Use at least 12 characters.",
  vaultNoPath: "Say where the file shall be.",
  vaultOpen: "Open the encrypted file",
  vaultChoose: "Choose…",
};

export const standingWord: Record<Standing, string> = {
  missing: "Missing",
  not_knowable: "Not known yet",
  granted: "Granted",
  not_granted: "Would help",
  unneeded: "Unneeded",
};

export const standingTone: Record<Standing, "good" | "warn" | "plain" | "wait"> = {
  missing: "warn",
  not_knowable: "wait",
  granted: "good",
  not_granted: "wait",
  unneeded: "plain",
};

export const groupWord: Record<Standing, string> = {
  missing: "Missing",
  not_knowable: "Not known before the first time",
  granted: "Granted",
  not_granted: "Would help, not needed",
  unneeded: "Granted but not needed. You can switch these off",
};

export const needWord: Record<Need, string> = {
  core: "Nothing works without it",
  required: "",
  optional: "",
};
