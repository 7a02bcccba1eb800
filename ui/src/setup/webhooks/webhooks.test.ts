// The webhooks: an address that is tested, a tick that comes by itself, and nothing removed that cannot be taken back.

import { expect, test } from "vitest";
import { open, settle, type Opened } from "../../testing/window";

async function withAddress(address = "https://hooks.example.com"): Promise<Opened> {
  const page = await open("webhooks");
  await page.click("delivery-own_address");
  await page.type("address", address);
  await page.click("use-address");
  await settle(200);
  return page;
}

test("an address that is not https is refused in words, beside its field", async () => {
  const page = await withAddress("http://hooks.example.com");
  expect(page.find("error-summary").textContent).toContain("starts with https://");
  expect(document.activeElement).toBe(page.find("error-summary"));
  expect(page.fake.world.address).toBeNull();
});

test("an https address with a login in it is refused for that, and not for its beginning", async () => {
  const page = await withAddress("https://me:secret@hooks.example.com");
  const said = page.find("error-summary").textContent;
  expect(said).toContain("Leave out the user name");
  expect(said).not.toContain("starts with https://");
  expect(page.fake.world.address).toBeNull();
});

test("an address is tested at once, and one that does not lead here says what to do", async () => {
  const page = await withAddress("https://fail.example.com");
  expect(page.find("address-state").textContent).toContain("does not lead here");
  expect(page.find("problem").textContent).toContain("tunnel");
});

test("the tick comes by itself when the test message arrives, and leads to the next", async () => {
  const page = await withAddress();
  expect(page.all("slot").map((slot) => slot.dataset.state)).toEqual(["waiting", "waiting"]);
  await page.fake.practice({ practice: "save_webhook", slot: 1 });
  await settle(250);
  expect(page.all("slot")[0]?.dataset.state).toBe("live");
  expect(page.find("slot-live").textContent).toContain("right signature");
  await page.click("slot-next");
  expect(document.activeElement?.closest("[data-slot]")).toBe(page.all("slot")[1]);
});

test("a webhook that was removed can be taken back, and is gone when one goes on", async () => {
  const page = await withAddress();
  await page.click("slot-remove");
  expect(page.all("slot")).toHaveLength(1);
  expect(page.fake.world.slots, "nothing is thrown away yet").toHaveLength(2);
  await page.click("slot-undo");
  expect(page.all("slot")).toHaveLength(2);
  await page.click("slot-remove");
  await page.click("primary");
  await settle();
  expect(page.fake.world.slots).toHaveLength(1);
});
