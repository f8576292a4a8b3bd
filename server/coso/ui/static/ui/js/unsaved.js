// A form with `data-unsaved` asks before its changes are lost.
import { each } from "./once.js";

export function unsaved(root) {
  each(root, "form[data-unsaved]", "Unsaved", (form) => {
    let changed = false;
    form.addEventListener("input", () => { changed = true; });
    form.addEventListener("change", () => { changed = true; });
    form.addEventListener("submit", () => { changed = false; });
    window.addEventListener("beforeunload", (event) => {
      if (changed && form.isConnected) event.preventDefault();
    });
  });
}
