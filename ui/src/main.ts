// Starts the window: the real engine inside the app, a stand-in where the page is developed in a browser. What is
// shipped holds no stand-in.

import "@fontsource-variable/inter/opsz.css";
import { mount } from "svelte";
import App from "./App.svelte";
import { insideApp, tauri } from "./backend/tauri";
import type { Backend } from "./backend/backend";
import "./styles/tokens.css";
import "./styles/base.css";

async function backend(): Promise<Backend> {
  // In this order, so that the rest is left out of what is shipped.
  if (import.meta.env.MODE === "production" || insideApp()) return tauri;
  const { browserFake } = await import("./backend/fake/browser");
  return browserFake();
}

const target = document.getElementById("app");
if (target !== null) {
  void backend().then((backend) => mount(App, { target, props: { backend } }));
}
