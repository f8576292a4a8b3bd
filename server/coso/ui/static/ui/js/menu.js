// Menus are <details>: they open without us. We close them on Escape, on a click elsewhere, and one for another.
import { each } from "./once.js";

function openMenus() {
  return document.querySelectorAll("details[data-menu][open]");
}

let watching = false;

export function menus(root) {
  each(root, "details[data-menu]", "Menu", (menu) => {
    menu.addEventListener("toggle", () => {
      if (!menu.open) return;
      for (const other of openMenus()) if (other !== menu) other.open = false;
    });
  });
  if (watching) return;
  watching = true;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of openMenus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
  });
}
