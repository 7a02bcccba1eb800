// Secrets: masked, and never on the page until somebody asks.

import { expect, test } from "vitest";
import { open, settle } from "../../testing/window";

const SECRET = "gh_9b1c4E-77a0.f3d2_5A";

/** Everything a secret could be read from: text, attributes, values that were set as attributes. */
const written = (): string => document.documentElement.outerHTML;

test("a pasted secret is masked, shown on request, and gone from the page once accepted", async () => {
  const page = await open("credential");
  await page.type("client_id", "abc");
  await page.type("client_secret", `  "${SECRET}"`);
  const field = document.getElementById("client_secret") as HTMLInputElement;
  expect(field.type).toBe("password");
  expect(document.getElementById("client_secret-note")?.textContent).toContain("taken off");
  await page.click("reveal-client_secret");
  expect(field.type).toBe("text");
  expect(page.find("reveal-client_secret").getAttribute("aria-pressed")).toBe("true");
  await page.click("primary");
  expect(page.find("accepted").textContent).toContain(`…${SECRET.slice(-4)}`);
  expect(written()).not.toContain(SECRET);
  await page.click("replace");
  expect((document.getElementById("client_secret") as HTMLInputElement).value, "it is not kept for later").toBe("");
});

test("a webhook's key is not on the page until it is asked for, and copied without being shown", async () => {
  const page = await open("webhooks");
  await page.fake.call("choose_delivery", { delivery: "own_address", address: "https://hooks.example.com" });
  await page.click("step-users");
  await page.click("step-webhooks");
  await settle();
  const [slot] = page.fake.world.slots;
  const key = page.fake.world.secrets.get(slot?.slot ?? 0) ?? "";
  expect(key).toMatch(/^[0-9a-f]{64}$/);
  expect(written()).not.toContain(key);
  expect(page.find("value-secret").textContent).toContain(key.slice(-4));
  await page.click("copy-secret");
  expect(page.fake.copied).toEqual([key]);
  expect(written()).not.toContain(key);
  await page.click("reveal-secret");
  expect(page.find("value-secret").textContent).toContain(key);
  await page.click("reveal-secret");
  expect(written()).not.toContain(key);
});

test("each value of a webhook is copied as it stands, in the order of Greenhouse's form", async () => {
  const page = await open("webhooks");
  await page.fake.call("choose_delivery", { delivery: "own_address", address: "https://hooks.example.com" });
  await page.click("step-users");
  await page.click("step-webhooks");
  for (const key of ["name", "when", "endpoint", "secret", "email"]) await page.click(`copy-${key}`);
  const slot = page.fake.world.slots[0];
  expect(page.fake.copied).toEqual([
    slot?.name,
    slot?.event_label,
    "https://hooks.example.com/greenhouse/1",
    page.fake.world.secrets.get(1),
    slot?.error_email,
  ]);
});

test("the key for programs on this computer is fetched when asked for, and masked until then", async () => {
  const page = await open("home");
  await page.click("home-setup");
  const { key } = await page.fake.call("handover", {});
  expect(written()).not.toContain(key);
  page.find("handover").querySelector("summary")?.click();
  await settle();
  expect(written()).not.toContain(key);
  await page.click("handover-copy");
  expect(page.fake.copied).toEqual([key]);
  await page.click("handover-reveal");
  expect(page.find("handover-key").textContent).toContain(key);
});
