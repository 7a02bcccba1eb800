// The real app: one command for the engine, a few for the window around it.

import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { AppMode, Backend, ChooseFile, Drop, PracticeRequest, PracticeView, SaveText } from "./backend";
import type { CallName, Event, Gives, Takes } from "./types";

/** Returns whether the page runs inside the app. */
export function insideApp(): boolean {
  return "__TAURI_INTERNALS__" in window;
}

function subscribe<T>(name: string, listener: (payload: T) => void): () => void {
  const stop = listen<T>(name, (event) => listener(event.payload));
  return () => void stop.then((end) => end());
}

export const tauri: Backend = {
  call: <N extends CallName>(name: N, takes: Takes<N>) =>
    invoke<Gives<N>>("call", { request: { call: name, ...(takes as object) } }),
  onEvent: (listener) => subscribe<Event>("engine", listener),
  onDrop: (listener) => subscribe<Drop>("dropped", listener),
  mode: () => invoke<AppMode>("app_mode"),
  switchMode: (practice: boolean) => invoke<void>("switch_mode", { practice }),
  practice: (request: PracticeRequest) => invoke<PracticeView>("practice", { request }),
  chooseFile: (options: ChooseFile) => invoke<string | null>("choose_file", { ...options }),
  saveText: (file: SaveText) => invoke<string | null>("save_text", { ...file }),
  openLink: (url: string) => invoke<void>("open_link", { url }),
  copy: copyText,
};

/** Puts text on the clipboard; by way of a hidden field where the web view forbids the short way. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copyBySelection(text);
  }
}

function copyBySelection(text: string): void {
  const before = document.activeElement instanceof HTMLElement ? document.activeElement : null;
  const field = document.createElement("textarea");
  field.value = text;
  field.setAttribute("aria-hidden", "true");
  field.style.position = "fixed";
  field.style.opacity = "0";
  (document.querySelector("dialog[open]") ?? document.body).append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  before?.focus();
  if (!copied) throw new Error("The clipboard refused the text");
}
