// Words: counts, times, and the rules that every text of the window keeps.

import { expect, test } from "vitest";
import { problem } from "../backend/fake/problems";
import * as common from "./common";
import * as credential from "./credential";
import { homeHelp, stepHelp } from "./help";
import * as home from "./home";
import * as mapping from "./mapping";
import { atLeast, counted, listed } from "./numbers";
import * as permissions from "./permissions";
import { placeWords, whatNow } from "./places";
import * as practice from "./practice";
import * as review from "./review";
import * as steps from "./steps";
import * as support from "./support";
import { about, ago, counted as clock, duration, moment, shortAgo, until } from "./time";
import * as users from "./users";
import * as webhooks from "./webhooks";
import * as welcome from "./welcome";

const NOW = new Date(2026, 10, 24, 14, 20, 0).getTime();
const before = (milliseconds: number): string => new Date(NOW - milliseconds).toISOString();

test("one is one and many are many", () => {
  expect(counted(0, "person", "people")).toBe("0 people");
  expect(counted(1, "person", "people")).toBe("1 person");
  expect(counted(1204, "person", "people")).toBe(`${(1204).toLocaleString()} people`);
  expect(atLeast({ value: 500, or_more: true })).toBe("500+");
  expect(listed(["résumé", "note", "tags"])).toBe("résumé, note and tags");
  expect(steps.reasonWords({ kind: "unmapped", count: 1 })).toBe("1 person to confirm");
  expect(steps.reasonWords({ kind: "mapping_broken", count: 2 })).toBe("2 people stopped working");
});

test("times are said as people say them", () => {
  const minute = 60_000;
  const hour = 60 * minute;
  expect(ago(before(2000), NOW)).toBe("just now");
  expect(ago(before(38_000), NOW)).toBe("38 seconds ago");
  expect(ago(before(minute), NOW)).toBe("1 minute ago");
  expect(ago(before(4 * minute + 59_000), NOW)).toBe("4 minutes ago");
  expect(ago(before(3 * hour), NOW)).toBe("3 hours ago");
  expect(ago(before(20 * hour), NOW), "by the calendar, not by the hour").toBe("yesterday");
  expect(ago(before(6 * 24 * hour), NOW)).toBe("6 days ago");
  expect(ago("no time", NOW)).toBe("");
  expect(shortAgo(before(38_000), NOW)).toBe("just now");
  expect(shortAgo(before(4 * minute), NOW)).toBe("4\u00a0min ago");
  expect(shortAgo(before(3 * hour), NOW)).toBe("3\u00a0h ago");
  expect(until(before(-11 * minute), NOW)).toBe("in 11 minutes");
  expect(until(before(1000), NOW)).toBe("in a moment");
  expect(moment(before(minute), NOW)).toMatch(/^Today \d/);
  expect(moment(before(24 * hour), NOW)).toMatch(/^Yesterday \d/);
});

test("lengths of time keep to the unit one would use", () => {
  expect(duration(84)).toBe("0.1\u00a0s");
  expect(duration(6_200)).toBe("6\u00a0s");
  expect(duration(125_000)).toBe("2\u00a0min");
  expect(duration(65 * 60_000)).toBe("1\u00a0h 5\u00a0min");
  expect(about(4)).toBe("a few seconds");
  expect(about(46)).toBe("about 50 seconds");
  expect(about(61)).toBe("about a minute");
  expect(about(600)).toBe("about 10 minutes");
  expect(clock(62)).toBe("1:02");
});

/** All fixed texts of the window. */
function texts(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(texts);
  return [];
}
const ALL = texts([common, credential, homeHelp, stepHelp, home, mapping, permissions, practice, review, steps, support, users, webhooks, welcome]);

test("no text uses a word that nobody explains", () => {
  expect(ALL.length).toBeGreaterThan(300);
  for (const text of ALL) {
    expect(text).not.toMatch(/\b(HMAC|payload|invalid input|undefined|back-?end|stack trace|exception)\b/i);
    expect(text, "no exclamation").not.toMatch(/[a-z]!/);
    expect(text, "one kind of ellipsis").not.toContain("...");
  }
});

test("every term a page uses is explained in its help", () => {
  const terms = (step: keyof typeof stepHelp): string[] => stepHelp[step].terms.map(([term]) => term);
  expect(terms("permissions")).toContain("Site Admin");
  expect(terms("credential")).toEqual(expect.arrayContaining(["Credential", "Harvest", "Keychain"]));
  expect(terms("users")).toContain("User ID");
  expect(terms("webhooks")).toEqual(expect.arrayContaining(["Webhook", "Ping", "Secret key"]));
  expect(terms("mapping")).toContain("On behalf of");
  for (const help of [...Object.values(stepHelp), ...Object.values(homeHelp)]) {
    expect(help.about.length).toBeGreaterThan(0);
    for (const [term, meaning] of help.terms) expect(meaning.length, term).toBeGreaterThan(20);
  }
});

test("what to do names the place in the window, where it is done elsewhere", () => {
  const twice = problem("mapping_twice");
  expect(whatNow(twice)).toBe(`${twice.now} ${placeWords.mapping}`);
  expect(whatNow(twice), "it may follow what is done in Greenhouse").not.toContain("You do that");
  expect(whatNow(twice, { at: "step", step: "users" })).toContain(placeWords.mapping);
  expect(whatNow(twice, { at: "step", step: "mapping" }), "one is there already").toBe(twice.now);
  expect(whatNow(twice, { at: "home", page: "mapping" }), "after the set-up too").toBe(twice.now);
  expect(whatNow(problem("offline")), "on the spot").toBe(problem("offline").now);
});

/** Syllables, roughly: groups of vowels, without a silent e at the end. */
function syllables(word: string): number {
  const groups = word.toLowerCase().replace(/[^a-z]/g, "").replace(/(?:[^laeiouy]es|ed|[^laeiouy]e)$/, "").match(/[aeiouy]+/g);
  return Math.max(1, groups?.length ?? 1);
}

/** The school year in which a text is read with ease (Flesch-Kincaid). */
function grade(text: string): number {
  const sentences = Math.max(1, text.split(/[.!?:;](?:\s|$)/).filter((part) => part.trim() !== "").length);
  const words = text.split(/\s+/).filter((word) => /[a-z]/i.test(word));
  const count = words.reduce((sum, word) => sum + syllables(word), 0);
  return 0.39 * (words.length / sentences) + 11.8 * (count / words.length) - 15.59;
}

test("the pages are read with ease", () => {
  const long = ALL.filter((text) => text.split(" ").length >= 8);
  expect(long.length).toBeGreaterThan(80);
  expect(grade(long.join(" ")), "all of them together").toBeLessThanOrEqual(8);
  for (const help of Object.values(stepHelp)) expect(grade(help.about.join(" ")), help.title).toBeLessThanOrEqual(8.5);
});
