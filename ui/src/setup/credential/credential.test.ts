// What is sent of the credential's form.

import { expect, test } from "vitest";
import type { Fake } from "../../backend/fake/fake";
import type { CallName } from "../../backend/types";
import { open } from "../../testing/window";

test("an address of blanks is none", async () => {
  const page = await open("credential");
  const before = page.fake.call.bind(page.fake);
  let sent: unknown;
  page.fake.call = (async (name: CallName, takes: never) => {
    if (name === "submit_credential") sent = takes;
    return before(name, takes);
  }) as Fake["call"];
  await page.type("client_id", "abc");
  await page.type("client_secret", "right-secret-9f3c");
  await page.type("harvest_url", "  ");
  await page.type("auth_url", " ");
  await page.click("primary");
  expect(sent).toMatchObject({ harvest_url: null, auth_url: null });
});
