// The stand-in in a browser: `?at=mapping` begins at a step (or `home`), `?practice` in practice mode, `?no-keychain` without one.
// Files dropped on the page are passed on by name.

import type { Step } from "../types";
import { copyText } from "../tauri";
import { Fake } from "./fake";
import { history } from "./history";

export async function browserFake(): Promise<Fake> {
  const wanted = new URLSearchParams(location.search);
  const fake = new Fake({ practice: wanted.has("practice"), delay: 0, beat: 400 });
  const at = wanted.get("at");
  if (wanted.has("no-keychain")) fake.world.vault_ready = false;
  if (at !== null) await fake.reach(at as Step | "home");
  if (at === "home" && wanted.has("history")) history(fake.world);
  fake.options.delay = Number(wanted.get("delay") ?? 120);
  fake.copy = async (text) => {
    fake.copied.push(text);
    await copyText(text);
  };
  passDrops(fake);
  Object.assign(window, { fake });
  return fake;
}

function passDrops(fake: Fake): void {
  addEventListener("dragover", (event) => {
    event.preventDefault();
    fake.drop([], true);
  });
  addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) fake.drop([]);
  });
  addEventListener("drop", (event) => {
    event.preventDefault();
    fake.drop([...(event.dataTransfer?.files ?? [])].map((file) => `/dropped/${file.name}`));
  });
}
