// What every page loads: each module looks for its own `data-` attributes and does nothing when there are none.
import { menus } from "./menu.js";
import { unsaved } from "./unsaved.js";
import { keepDrafts } from "./keep.js";
import { fileDrops } from "./filedrop.js";
import { live } from "./live.js";
import { errors } from "./errors.js";
import { players } from "./audio.js";
import { reviews } from "./review.js";
import { clocks } from "./clock.js";
import { signOuts } from "./sign-out.js";
import { comboboxes } from "./combobox.js";

const modules = [menus, unsaved, keepDrafts, fileDrops, live, errors, players, reviews, clocks, signOuts, comboboxes];

async function start(root) {
  for (const module of modules) module(root);
  if (root.querySelector("[data-map]")) {
    // The map is heavy: only pages that show one load it.
    const { maps } = await import("./map.js");
    maps(root);
  }
}

start(document);
document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) start(event.target);
});
document.addEventListener("coso:refreshed", (event) => start(event.target));
